import type { Assertion } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactChange } from '../../store/fact-store.ts';
import { effects } from '../../store/fact-store.ts';
import type { PlannedFact } from '../../store/planned-fact.ts';
import type { ImportOutcome, ReadImport } from '../import-files.ts';

/** The changes that a commit of the draft would make. */
export interface DraftAnalysis {
  readonly outcome: ImportOutcome;
  readonly read: ReadImport;
  /** Indexes of the assertions that change a fact, by file and line. */
  readonly changed: Uint32Array;
}

export function buildAnalysis(read: ReadImport, outcome: ImportOutcome): DraftAnalysis {
  const [unchanged, refused] = [effects.indexOf('UNCHANGED'), effects.indexOf('REFUSED')];
  const changed: number[] = [];
  for (const [index, effect] of outcome.written.effects.entries()) if (effect !== unchanged && effect !== refused) changed.push(index);
  const { assertions } = read;
  const place = (index: number) => assertions[index] as (typeof assertions)[number];
  changed.sort((a, b) => {
    const [x, y] = [place(a), place(b)];
    if (x.file !== y.file) return (x.file ?? '') < (y.file ?? '') ? -1 : 1;
    return (x.line ?? 0) - (y.line ?? 0) || a - b;
  });
  return { outcome, read, changed: Uint32Array.from(changed) };
}

/** Every fact that a commit would change, by file and line. O(changes). */
export function plannedFacts({ changed, read, outcome: { written } }: DraftAnalysis): PlannedFact[] {
  const created = effects.indexOf('CREATED');
  return Array.from(changed, (index) => ({
    assertion: read.assertions[index] as Assertion,
    isCreated: written.effects[index] === created,
    values: written.readValues(index),
  }));
}

/** A page of the changes of a commit, by file and line. O(changes) with a filter by kind, otherwise O(limit). */
export function changesOf(
  analysis: DraftAnalysis,
  kinds: readonly FactKind[] | undefined,
  offset: number,
  limit: number,
): { changes: FactChange[]; totalCount: number } {
  const { changed, read, outcome } = analysis;
  const asked =
    kinds === undefined ? changed : changed.filter((index) => kinds.includes((read.assertions[index] as { kind: FactKind }).kind));
  const page = [...asked.subarray(offset, offset + limit)];
  return { changes: page.length === 0 ? [] : outcome.written.readChanges(page), totalCount: asked.length };
}
