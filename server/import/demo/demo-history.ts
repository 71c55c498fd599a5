import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../configuration/package-root.ts';
import type { Assertion } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { demoSource } from '../../domain/records/demo-source.ts';
import { type ReadImport, readImport } from '../read-import.ts';

/** The author of the correction: a person of the story, so that nobody's own edits are taken for it. */
export const demoAnalyst = 'Demo analyst';

/** A step of the demo's history. Its rows are the CSV files of `seeds/demo/history`, in a folder of its name. */
export interface DemoStep {
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
export async function readStep(step: DemoStep, at: number): Promise<ReadImport> {
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
  return { ...world, assertions, files };
}

/** The rows of a step as a person's edit states them: it speaks of all fields, and has no file. */
export async function readEdit(step: DemoStep, at: number): Promise<Assertion[]> {
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
