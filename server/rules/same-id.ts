import { type Assertion, areValuesEqual } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';

/**
 * An id may be stated more than once (semantics §1, §12 "Equal rows"). There is one answer for each way to state
 * a fact. The first three are those of facts in general:
 *
 * * EQUAL_OR_REJECTED. Rows of one import that have an id: equal rows are one fact. Rows that differ are all rejected, because nothing says which
 *   is right (import/rows/collected-rows.ts; import/rows/place-records.ts for incidents).
 * * ROWS_ADD_UP. Rows of the lists of one import about an organization, an engagement or a control: a list has a row for each service of a vendor, and
 *   two lists may name one vendor, so what they state is joined. Where two rows contradict each other, the earlier row counts and the report says so (import/mapping/rows/fact-merger.ts).
 * * LATER_WRITE_COUNTS. Imports and edits, one after another: of each field, the latest assertion that states it decides
 *   (`foldAssertions` of domain/assertions.ts).
 *
 * Three ways have an answer of their own, in the one place that reads them:
 *
 * * An edit lists each fact once. A second one is refused even if it is equal, because a person typed it (graphql/resolvers/write-facts.ts).
 * * A software list that is recorded with other contents is a further edition of it, and gets an id of its own (import/rows/place-records.ts).
 * * Of an advisory, the record that was modified last counts. An older one is left out, and a warning says so (import/rows/place-records.ts).
 */

/** Whether ROWS_ADD_UP holds for the rows of lists about a kind. For the rows about any other kind, EQUAL_OR_REJECTED does. */
export function doRowsAddUp(kind: FactKind): boolean {
  return kind === 'ORGANIZATION' || kind === 'ENGAGEMENT' || kind === 'CONTROL';
}

/** Whether two rows of one fact state the same fields with the same values, including source and date. */
export function areRowsEqual(a: Assertion, b: Assertion): boolean {
  return a.assertedAt === b.assertedAt && a.source === b.source && areValuesEqual(a.values as never, b.values as never);
}

/**
 * Why a row of several that differ is rejected.
 *
 * @param others what names the other rows
 */
export function describeDifferingRows(fact: string, others: string): string {
  return `${fact} stands in several rows that do not say the same: here and in ${others}. Keep the right one, or give them different ids.`;
}
