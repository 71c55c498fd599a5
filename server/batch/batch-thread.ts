import { once } from 'node:events';
import { closeSync, createWriteStream, openSync, type WriteStream, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import { failureOf, type ThreadFailure } from '../threads/start-thread.ts';
import type { KernelLine, KernelRun } from './kernel.ts';
import { runRound1, runRound2 } from './kernel.ts';
import { compareKeys, readLines } from './result-lines.ts';

/** A share of a round, with files for its lines. */
export interface BatchTask {
  readonly run: KernelRun;
  readonly round:
    | { readonly files: readonly string[] }
    | { readonly held: readonly string[]; readonly share: { readonly first: number; readonly count: number } };
  /** Paths of new files are this with an ending. */
  readonly out: string;
}

/** Sent after each part of round 1: the number of its transfers. */
export interface BatchProgress {
  readonly transfers: number;
}

export type BatchOutcome =
  | {
      readonly held: string;
      readonly rows: readonly string[];
      readonly answer: Extract<KernelLine, { answer: unknown }>['answer'] | undefined;
    }
  | { readonly failure: ThreadFailure };

/** So many characters of rows are sorted together. */
const mostHeld = 32_000_000;
const charactersAWrite = 1_000_000;

/** Runs inside a worker thread of `batch run`: one task after another. */
const port = parentPort;
if (port === null) throw new Error('batch-thread.ts runs in a worker thread.');
port.on('message', async (task: BatchTask) => port.postMessage(await carryOut(task)));

async function carryOut({ run, round, out }: BatchTask): Promise<BatchOutcome> {
  const held = createWriteStream(`${out}.held`);
  const rows = new SortedRuns(`${out}.rows`);
  let answer: Extract<KernelLine, { answer: unknown }>['answer'] | undefined;
  try {
    const lines =
      'files' in round
        ? runRound1(run, round.files, noInput(), (transfers) => port?.postMessage({ transfers } satisfies BatchProgress))
        : runRound2(run, readAll(round.held), 'round 1', round.share);
    for await (const line of lines) {
      if ('row' in line) rows.add(line.key, JSON.stringify(line.row));
      else if ('answer' in line) answer = line.answer;
      else await write(held, `${JSON.stringify(line)}\n`);
    }
    held.end();
    await finished(held);
    return { held: `${out}.held`, rows: rows.finish(), answer };
  } catch (error) {
    held.destroy();
    return { failure: failureOf(error) };
  }
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

async function* readAll(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) yield* readLines(path);
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

/** Writes rows into files, each sorted by key: a line is the key as JSON, a tab, and the row as JSON. */
class SortedRuns {
  readonly #out: string;
  readonly #files: string[] = [];
  #rows: { readonly key: string; readonly row: string }[] = [];
  #size = 0;

  constructor(out: string) {
    this.#out = out;
  }

  add(key: string, row: string): void {
    this.#rows.push({ key, row });
    this.#size += key.length + row.length;
    if (this.#size >= mostHeld) this.#flush();
  }

  finish(): readonly string[] {
    if (this.#rows.length > 0) this.#flush();
    return this.#files;
  }

  #flush(): void {
    const path = `${this.#out}.${this.#files.length}`;
    this.#files.push(path);
    const file = openSync(path, 'wx');
    let waiting = '';
    const write = () => {
      writeFileSync(file, waiting);
      waiting = '';
    };
    for (const { key, row } of this.#rows.sort((a, b) => compareKeys(a.key, b.key))) {
      waiting += `${JSON.stringify(key)}\t${row}\n`;
      if (waiting.length >= charactersAWrite) write();
    }
    write();
    closeSync(file);
    this.#rows = [];
    this.#size = 0;
  }
}
