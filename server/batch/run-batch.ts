import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Worker } from 'node:worker_threads';
import { createGzip } from 'node:zlib';
import { makeFolder } from '../store/make-folder.ts';
import { errorOf, startThread } from '../threads/start-thread.ts';
import type { BatchQuestionName, StatedParameters } from './batch-questions.ts';
import { batchQuestions } from './batch-questions.ts';
import type { BatchOutcome, BatchProgress, BatchTask } from './batch-thread.ts';
import type { AnswerHead, KernelRun } from './kernel.ts';
import type { PackedFacts, PackManifest } from './pack-format.ts';
import { checkFiles, hashFile, readManifest } from './pack-format.ts';
import { compareKeys, readLines } from './result-lines.ts';

/** The manifest of an answer, beside its rows. */
export interface ResultManifest extends PackedFacts, AnswerHead {
  readonly format: string;
  readonly pack: string;
  /** The number of rows in `rows.ndjson.gz`. */
  readonly rows: number;
  readonly sha256: string;
}

export interface BatchRequest {
  /** Of the pack. */
  readonly folder: string;
  readonly questions: readonly BatchQuestionName[];
  readonly parameters: StatedParameters;
  /** Answers go to `results` in it. Default: the pack's folder. */
  readonly out?: string | undefined;
  /** Default: one for each core. */
  readonly threads?: number | undefined;
}

export const rowsFile = 'rows.ndjson.gz';

/**
 * Answers questions about a pack on the cores of this machine, in the two rounds that a cluster would run (kernel.ts). Each answer replaces an
 * earlier one to the same question in the folder, once it is whole.
 *
 * Throws BATCH_DAMAGED before anything is answered, BAD_USER_INPUT, and the errors of the file system. Memory: for each thread the common facts
 * and, in round 2, what the question needs of all parts: about 20 bytes a copy for a ranking.
 *
 * @param onAnswer called after each question
 * @param onPart called after each part that a question has read, with the number of its transfers
 */
export async function runBatch(
  { folder, questions, parameters, out = folder, threads = availableParallelism() }: BatchRequest,
  onAnswer: (manifest: ResultManifest) => void,
  onPart: (transfers: number) => void = () => undefined,
): Promise<ResultManifest[]> {
  const pack = await readManifest(folder);
  await checkFiles(folder, pack);
  const team = Array.from({ length: threads }, () => startThread('batch/batch-thread'));
  const answers: ResultManifest[] = [];
  try {
    for (const question of questions) {
      const run = { common: join(folder, 'common'), question, parameters };
      const answer = await answerInto(join(out, 'results'), run, folder, pack, team, onPart);
      answers.push(answer);
      onAnswer(answer);
    }
    return answers;
  } finally {
    await Promise.all(team.map((thread) => thread.terminate()));
  }
}

async function answerInto(
  results: string,
  run: KernelRun,
  folder: string,
  pack: PackManifest,
  team: readonly Worker[],
  onPart: (transfers: number) => void,
): Promise<ResultManifest> {
  const unfinished = join(results, `${run.question}.${randomBytes(6).toString('hex')}.part`);
  const work = join(unfinished, 'work');
  makeFolder(work);
  try {
    const files = pack.files.flatMap(({ name }) => (name === 'common' ? [] : [join(folder, name)]));
    const dealt = team.map((_, i) => files.filter((_file, place) => place % team.length === i));
    const first = await Promise.all(
      team.map((thread, i) => carryOut(thread, { run, round: { files: dealt[i] as string[] }, out: join(work, `1-${i}`) }, onPart)),
    );
    const held = first.map((one) => one.held);
    const shares = batchQuestions[run.question].isShared ? team : team.slice(0, 1);
    const second = await Promise.all(
      shares.map((thread, i) => {
        const round = { held, share: { first: i, count: shares.length } };
        return carryOut(thread, { run, round, out: join(work, `2-${i}`) }, onPart);
      }),
    );
    const path = join(unfinished, rowsFile);
    const rows = await mergeInto(
      path,
      [...first, ...second].flatMap((one) => one.rows),
    );
    rmSync(work, { recursive: true });
    const { store, revision, knownAt, instant, format, pack: name } = pack;
    const { sha256 } = await hashFile(path);
    const answer = (second[0] as (typeof second)[number]).answer as AnswerHead;
    const manifest: ResultManifest = { format, pack: name, store, revision, knownAt, instant, ...answer, rows, sha256 };
    await writeFile(join(unfinished, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    rmSync(join(results, run.question), { recursive: true, force: true });
    await rename(unfinished, join(results, run.question));
    return manifest;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Rejects with the error of the task, or of its thread. */
function carryOut(
  thread: Worker,
  task: BatchTask,
  onPart: (transfers: number) => void,
): Promise<Exclude<BatchOutcome, { failure: unknown }>> {
  return new Promise((resolve, reject) => {
    const end = () => thread.removeAllListeners('message').removeAllListeners('error');
    thread.once('error', (error) => {
      end();
      reject(error);
    });
    thread.on('message', (outcome: BatchOutcome | BatchProgress) => {
      if ('transfers' in outcome) return onPart(outcome.transfers);
      end();
      if (!('failure' in outcome)) return resolve(outcome);
      reject(errorOf(outcome.failure));
    });
    thread.postMessage(task);
  });
}

/** Merges files of sorted rows into one. Returns the number of rows. */
async function mergeInto(path: string, runs: readonly string[]): Promise<number> {
  let count = 0;
  async function* rows(): AsyncGenerator<string> {
    let waiting = '';
    for await (const row of mergeRows(runs)) {
      count++;
      waiting += `${row}\n`;
      if (waiting.length < 65_536) continue;
      yield waiting;
      waiting = '';
    }
    yield waiting;
  }
  await pipeline(Readable.from(rows()), createGzip(), createWriteStream(path));
  return count;
}

interface Head {
  readonly lines: AsyncIterator<string>;
  key: string;
  row: string;
}

async function* mergeRows(runs: readonly string[]): AsyncGenerator<string> {
  const heads: Head[] = [];
  for (const run of runs) {
    const lines = readLines(run);
    const head: Head = { lines, key: '', row: '' };
    if (await advance(head)) heads.push(head);
  }
  while (heads.length > 0) {
    let first = heads[0] as Head;
    for (const head of heads) if (compareKeys(head.key, first.key) < 0) first = head;
    yield first.row;
    if (!(await advance(first))) heads.splice(heads.indexOf(first), 1);
  }
}

async function advance(head: Head): Promise<boolean> {
  const next = await head.lines.next();
  if (next.done === true) return false;
  const tab = next.value.indexOf('\t');
  head.key = JSON.parse(next.value.slice(0, tab)) as string;
  head.row = next.value.slice(tab + 1);
  return true;
}
