import type { FactValue, RecordedAssertion } from '../domain/assertions.ts';
import { foldAssertions, isValueEqual } from '../domain/assertions.ts';
import { formatFactValue } from '../domain/canonical-values.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { factFields } from '../domain/fact-fields.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../domain/facts.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import type { ChangedFact, HistoryPage } from './fact-store.ts';
import type { FactChange, FieldChange } from './fact-write.ts';
import type { WriteLedger, WriteRecord } from './write-ledger.ts';

/** The write or undo that raised the revision. There is exactly one for each revision. */
export interface RevisionEvent {
  readonly write: WriteRecord;
  readonly isUndo: boolean;
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** How many facts changed a value. */
  readonly count: number;
}

/** Events after a revision, latest first. */
export function findEvents(ledger: WriteLedger, sinceRevision = 0): RevisionEvent[] {
  const events: RevisionEvent[] = [];
  for (const write of ledger.writes) {
    if (doesWriteRaise(write)) events.push(eventOf(write));
    if (write.undo?.isRaising === true) {
      const { revision, at, by, changed: count } = write.undo;
      events.push({ write, isUndo: true, revision, at, by, count });
    }
  }
  return events.filter((event) => event.revision > sinceRevision).sort((a, b) => b.revision - a.revision);
}

/** A write as an event, whether or not it was undone. */
export function eventOf(write: WriteRecord): RevisionEvent {
  const { revision, at, by, created, updated, retracted } = write;
  return { write, isUndo: false, revision, at, by, count: created + updated + retracted };
}

/** One page of the changes of all events. @param read reads a page of one event's changes, by kind and key */
export async function readEvents(
  events: readonly RevisionEvent[],
  offset: number,
  limit: number,
  read: (event: RevisionEvent, offset: number, limit: number) => FactChange[] | Promise<FactChange[]>,
): Promise<HistoryPage> {
  const changes: FactChange[] = [];
  let skip = offset;
  for (const event of events) {
    const wanted = limit - changes.length;
    if (wanted <= 0) break;
    if (skip >= event.count) skip -= event.count;
    else {
      changes.push(...(await read(event, skip, wanted)));
      skip = 0;
    }
  }
  return { changes, totalCount: events.reduce((sum, event) => sum + event.count, 0) };
}

/**
 * The change that an event made to a fact; undefined if none.
 *
 * @param assertions all of the fact, undone ones included
 */
export function describeChange(
  ledger: WriteLedger,
  event: RevisionEvent,
  kind: FactKind,
  key: string,
  assertions: readonly RecordedAssertion[],
): FactChange | undefined {
  const foldAt = (revision: number) =>
    foldAssertions(assertions.filter((assertion) => ledger.isLive(assertion.write, { revision })))?.values;
  const own = event.isUndo ? undefined : assertions.find((assertion) => assertion.write === event.write.seq);
  return buildFactChange(kind, key, foldAt(event.revision - 1), foldAt(event.revision), {
    file: own?.file ?? null,
    line: own?.line ?? null,
    source: own?.source ?? null,
    revision: event.revision,
    at: event.at,
    by: event.by,
    importId: event.write.importId,
  });
}

/** A fact before and after an event, which did not create it. @param assertions all of the fact, undone ones included */
export function foldAround(
  ledger: WriteLedger,
  revision: number,
  key: string,
  assertions: readonly RecordedAssertion[],
): Extract<ChangedFact, { isCreated: false }> {
  const foldAt = (at: number) => foldAssertions(assertions.filter((assertion) => ledger.isLive(assertion.write, { revision: at })));
  return { key, isCreated: false, before: foldAt(revision - 1), after: foldAt(revision) };
}

/** All changes of one fact, latest first. */
export function describeHistory(ledger: WriteLedger, kind: FactKind, key: string, assertions: readonly RecordedAssertion[]): FactChange[] {
  const writes = new Set(assertions.map((assertion) => assertion.write));
  return findEvents(ledger)
    .filter((event) => writes.has(event.write.seq))
    .flatMap((event) => describeChange(ledger, event, kind, key, assertions) ?? []);
}

/** The write that a change belongs to. */
type ChangeOrigin = Pick<FactChange, 'file' | 'line' | 'source' | 'revision' | 'at' | 'by' | 'importId'>;

const nameFields = new Map<FactKind, number>([
  ['ORGANIZATION', fieldIndex('ORGANIZATION', 'name')],
  ['ARTIFACT', fieldIndex('ARTIFACT', 'name')],
]);

/**
 * The difference between a fact before and after. Undefined if there is none.
 *
 * @param before undefined if the fact did not exist
 */
export function buildFactChange(
  kind: FactKind,
  key: string,
  before: readonly FactValue[] | undefined,
  after: readonly FactValue[] | undefined,
  origin: ChangeOrigin,
): FactChange | undefined {
  const fields = diffFields(kind, before, after);
  if (fields.length === 0) return undefined;
  const nameField = nameFields.get(kind);
  const name = nameField === undefined ? null : ((after ?? before)?.[nameField] as string | null);
  return { change: nameChange(before, after, fields), kind, key, name, fields, ...origin };
}

function nameChange(
  before: readonly FactValue[] | undefined,
  after: readonly FactValue[] | undefined,
  fields: readonly FieldChange[],
): FactChange['change'] {
  if (before === undefined) return 'CREATED';
  if (after === undefined) return 'RETRACTED';
  const merge = fields.find(({ field }) => field === 'mergedInto');
  if (merge === undefined || fields.length > 1) return 'UPDATED';
  return merge.after === null ? 'UNMERGED' : 'MERGED';
}

/** Fields in their order. Each attribute counts as a field `attribute:NAME`, as in a file. */
function diffFields(kind: FactKind, before: readonly FactValue[] | undefined, after: readonly FactValue[] | undefined): FieldChange[] {
  return factFields[kind].flatMap((spec, i) => {
    const was = before?.[i] ?? null;
    const is = after?.[i] ?? null;
    if (isValueEqual(was, is)) return [];
    if (spec.type === 'attributes') return diffAttributes(was, is);
    return [{ field: spec.name, before: formatFactValue(spec, was), after: formatFactValue(spec, is) }];
  });
}

function diffAttributes(was: FactValue, is: FactValue): FieldChange[] {
  const before = toMap(was);
  const after = toMap(is);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort(compareCodePoints)
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ field: `attribute:${name}`, before: before.get(name) ?? null, after: after.get(name) ?? null }));
}

function toMap(value: FactValue): Map<string, string> {
  return new Map(((value ?? []) as readonly Attribute[]).map((attribute) => [attribute.name, attribute.value]));
}
