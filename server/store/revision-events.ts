import type { RecordedAssertion } from '../domain/assertions.ts';
import { foldAssertions } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import { buildFactChange } from './fact-changes.ts';
import type { ChangedFact, HistoryPage } from './fact-store.ts';
import type { FactChange } from './fact-write.ts';
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
