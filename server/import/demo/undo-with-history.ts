import type { FactStore } from '../../store/fact-store.ts';
import type { UndoOutcome, UndoWatch } from '../../store/fact-write.ts';
import { type Dependent, describeDependents } from '../../store/plan/plan-undo.ts';
import { type DemoStep, demoAnalyst, demoHistory, firstStep, importIdOf, readEdit } from './demo-history.ts';

/**
 * Undoes an import. With the import `demo world` goes the rest of the demo's history, because its facts depend on it: the latest step first,
 * the import itself last.
 *
 * If anything else depends on the demo world, nothing is undone, and the refusal names it. Each step is one transaction: after a failure
 * between two of them, the import is still committed, and the same call undoes what is left.
 *
 * Throws as the store's `undoImport`.
 */
export async function undoWithHistory(
  writer: Pick<FactStore, 'commit' | 'undoImport'>,
  importId: string,
  by: string,
  at: number,
  watch?: UndoWatch,
): Promise<UndoOutcome> {
  const undone = await writer.undoImport(importId, by, at, watch);
  if (undone.outcome !== 'refused' || importId !== importIdOf(firstStep)) return undone;
  const others = undone.dependents.filter((dependent) => !demoHistory.some((step) => isOf(step, dependent)));
  if (others.length > 0) {
    const message = `Import ${importId} cannot be undone: ${describeDependents(others)} on it. Undo or change these first.`;
    return { ...undone, dependents: others, message };
  }
  for (const step of demoHistory.toReversed()) {
    if (!undone.dependents.some((dependent) => isOf(step, dependent))) continue;
    if (step.act === 'edit') {
      const retractions = (await readEdit(step, at)).map(({ kind, key }) => ({
        ...{ kind, key, isRetraction: true, values: [], assertedAt: at, source: null, file: null, line: null },
      }));
      await writer.commit({ by, at, assertions: retractions });
      continue;
    }
    const later = await writer.undoImport(importIdOf(step), by, at);
    if (later.outcome === 'refused') return later;
  }
  return await writer.undoImport(importId, by, at);
}

function isOf(step: DemoStep, { importId, by }: Dependent): boolean {
  return step.act === 'edit' ? importId === null && by === demoAnalyst : importId === importIdOf(step);
}
