import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../configuration/package-root.ts';
import type { Assertion } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { demoSource } from '../../domain/facts.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { UndoOutcome, UndoWatch } from '../../store/fact-write.ts';
import type { Dependent } from '../../store/plan/plan-undo.ts';
import { describeDependents } from '../../store/plan/plan-undo.ts';
import { commitImport } from '../commit-import.ts';
import type { ReadImport } from '../read-import.ts';
import { readImport } from '../read-import.ts';

/** The author of the correction: a person of the story, so that nobody's own edits are taken for it. */
export const demoAnalyst = 'Demo analyst';

/** A step of the demo's history. Its rows are the CSV files of `seeds/demo/history`, in a folder of its name. */
interface DemoStep {
  readonly folder: string;
  /** The days between the step and the start of the server. */
  readonly daysBefore: number;
  /** `edit`: a person's edit. A list that was imported by mistake is undone an hour later. */
  readonly act: 'import' | 'mistake' | 'edit';
  /** The source of the list, for an import. */
  readonly source: string | null;
}

/** The first step: all of `seeds/demo` but what later steps bring. Its own folder has rows as they were first recorded. */
export const firstStep: DemoStep = { folder: '1-world', daysBefore: 21, act: 'import', source: demoSource };

/** The last step. A store that has it has the whole history. */
export const lastStep: DemoStep = {
  folder: '5-late-rows',
  daysBefore: 2,
  act: 'import',
  source: 'Registers and inventories, November 2026',
};

/** The steps in the order of time. After the last one, the facts are those of `seeds/demo`. */
export const demoHistory: readonly DemoStep[] = [
  firstStep,
  { folder: '2-mistake', daysBefore: 12, act: 'mistake', source: 'Training list, do not import' },
  { folder: '3-answer', daysBefore: 9, act: 'import', source: 'Quillmark, answer of November 2026' },
  { folder: '4-correction', daysBefore: 5, act: 'edit', source: null },
  lastStep,
];

/** The id of a step's import, the same in each store. */
export function importIdOf({ folder }: DemoStep): string {
  return `demo-${folder}`;
}

/** Reads the rows of a step. The first step has those of the whole world that no later step brings. */
async function readStep(step: DemoStep, at: number): Promise<ReadImport> {
  const own = await readFolder(join('history', step.folder), step.source, at);
  if (step !== firstStep) return own;
  const firstRecorded = new Map([...own.assertions].map((assertion) => [nameOf(assertion), assertion]));
  const later = new Set<string>();
  for (const other of demoHistory.slice(1))
    for (const assertion of (await readFolder(join('history', other.folder), other.source, at)).assertions) later.add(nameOf(assertion));
  const world = await readFolder('', step.source, at);
  const assertions: Assertion[] = [];
  const leftOut = new Map<string | null, number>();
  for (const assertion of world.assertions) {
    const recorded = firstRecorded.get(nameOf(assertion));
    // A row keeps its place in the file, whatever it first said.
    if (recorded !== undefined) assertions.push({ ...recorded, file: assertion.file, line: assertion.line });
    else if (!later.has(nameOf(assertion))) assertions.push(assertion);
    else leftOut.set(assertion.file, (leftOut.get(assertion.file) ?? 0) + 1);
  }
  const files = world.files.map((file) => ({ ...file, rowCount: file.rowCount - (leftOut.get(file.name) ?? 0) }));
  return { ...world, assertions: PackedAssertions.of(assertions), files };
}

/** The rows of a step as a person's edit states them: it speaks of all fields, and has no file. */
async function readEdit(step: DemoStep, at: number): Promise<Assertion[]> {
  const { assertions } = await readStep(step, at);
  return [...assertions].map((assertion) => ({
    ...assertion,
    values: factFields[assertion.kind].map(({ isInternal }, i) => (isInternal === true ? undefined : (assertion.values[i] ?? null))),
    file: null,
    line: null,
  }));
}

/** @param folder below seeds/demo; empty: seeds/demo itself */
function readFolder(folder: string, source: string | null, at: number): Promise<ReadImport> {
  const path = join(packageRoot(), 'seeds', 'demo', folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.csv'));
  return readImport(
    names.sort().map((name) => ({ name, path: join(path, name) })),
    { assertedAt: at, source },
  );
}

function nameOf({ kind, key }: Assertion): string {
  return `${kind} ${key}`;
}

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
      await writer.commit({ by, at, assertions: PackedAssertions.of(retractions) });
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
    const { violations } = await store.commit({ by: demoAnalyst, at, assertions: PackedAssertions.of(await readEdit(step, at)) });
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
