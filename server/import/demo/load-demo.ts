import { ExposureError } from '../../domain/errors.ts';
import { demoSource } from '../../domain/records/demo-source.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { commitImport } from '../commit-import.ts';
import { type DemoStep, demoAnalyst, demoHistory, firstStep, importIdOf, lastStep, readEdit, readStep } from './demo-history.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Loads the demo world into an empty store: first an import with the source `demo world`, then the short history of the steps after it, each
 * recorded some days before `now` (seeds/README.md).
 *
 * Each step is one transaction. If a start ended between two of them, this one goes on with the steps that are missing, at the instants that
 * follow from the first one. Servers that start at once on one store take each step once.
 *
 * @param now epoch ms
 * @returns false if the store already had a write that is not the beginning of the history
 */
export async function loadDemo(store: FactStore, now: number): Promise<boolean> {
  if (!(await isUnfinished(store)) && (await store.readRevision()) !== 0) return false;
  await takeStep(store, firstStep, now - firstStep.daysBefore * dayMs);
  const first = await store.findImport(importIdOf(firstStep));
  if (first?.state !== 'COMMITTED') return false;
  for (const step of demoHistory.slice(1))
    await takeStep(store, step, first.committedAt + (firstStep.daysBefore - step.daysBefore) * dayMs);
  return true;
}

async function isUnfinished(store: FactStore): Promise<boolean> {
  const first = await store.findImport(importIdOf(firstStep));
  return first?.state === 'COMMITTED' && (await store.findImport(importIdOf(lastStep))) === undefined;
}

/** Takes a step that the store does not have yet. Another server may take it at the same time. */
async function takeStep(store: FactStore, step: DemoStep, at: number): Promise<void> {
  if (step.act === 'edit') {
    // Again, it changes nothing.
    const { violations } = await store.commit({ by: demoAnalyst, at, assertions: await readEdit(step, at) });
    if (violations[0] !== undefined) throw refusedStep(step, violations[0].message);
    return;
  }
  const id = importIdOf(step);
  if ((await store.findImport(id)) === undefined) await importStep(store, step, id, at).catch(passIfCommitted);
  if (step.act === 'mistake') await store.undoImport(id, 'local', at + hourMs);
}

async function importStep(store: FactStore, step: DemoStep, id: string, at: number): Promise<void> {
  const { source } = step;
  const name = step === firstStep ? demoSource : null;
  const order = { id, by: 'local', at, createdAt: at, name, source, assertedAt: null };
  const outcome = await commitImport(store, await readStep(step, at), order, 'ALL_OR_NOTHING');
  if (outcome.isWritten) return;
  const rejection = outcome.rejections[0];
  throw refusedStep(step, rejection ? `${rejection.file}:${rejection.line}: ${rejection.message}` : 'no row was written');
}

/** A step has one import, and its id is given: a conflict says that another server was first. */
function passIfCommitted(error: unknown): void {
  if (!(error instanceof ExposureError) || error.code !== 'CONFLICT') throw error;
}

function refusedStep({ folder }: DemoStep, reason: string): Error {
  return new Error(`The step ${folder} of the demo world could not be recorded: ${reason}`);
}
