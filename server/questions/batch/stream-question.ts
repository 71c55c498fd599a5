import { existsSync, readdirSync, statSync } from 'node:fs';
import { rename, rm, utimes } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type AttachedResult, copyRows } from '../../batch/attached-result.ts';
import type { BatchQuestionName, StatedParameters } from '../../batch/batch-questions.ts';
import { readManifest } from '../../batch/pack-format.ts';
import { rowsFile, runBatch } from '../../batch/run-batch.ts';
import { writePack } from '../../batch/write-pack.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import { openStore } from '../../store/open/open-store.ts';

/** A question about all facts of a revision, for a thread that holds none of them. */
export interface StreamOrder {
  readonly url: string;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  readonly revision: number;
  readonly policy: ControlPolicy;
  /** Holds the packs and the rows of answers. */
  readonly folder: string;
  /** The name of the pack in the folder. Equal facts and settings have the same. */
  readonly pack: string;
  /** The pack that this server used before. It is deleted. */
  readonly formerPack: string | undefined;
  /** A new folder in it for unfinished work, which the caller deletes. */
  readonly work: string;
  readonly question: BatchQuestionName;
  readonly parameters: StatedParameters;
  /** Epoch milliseconds. */
  readonly now: number;
}

const mostThreads = 4;
/** Threads share the files, so that there should be many. */
const bytesAFile = 2 ** 23;
/** The end of the names of packs. */
export const packSuffix = '.pack';
/** Other servers of the folder may still use a pack, or rows. They are kept for so long after their last use. */
const packsKeptMs = 3_600_000;
const othersKeptMs = 24 * 3_600_000;

/**
 * Answers a question as `exposure batch` does: packs the facts unless they are packed, reads part after part, and leaves the rows in the folder.
 * A damaged pack is made anew. Progress counts transfers: each is read, put into a part, read in the part, and then in the answer.
 *
 * Throws BATCH_DAMAGED, and the errors of the store and of the file system. Memory: as `writePack`, then as `runBatch`.
 */
export async function streamQuestion(order: StreamOrder, onProgress: OnProgress): Promise<AttachedResult> {
  if (!existsSync(packOf(order))) return answerFrom(order, await pack(order, onProgress), onProgress);
  try {
    return await answerFrom(order, 0, onProgress);
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'BATCH_DAMAGED') throw error;
    await rm(packOf(order), { recursive: true, force: true });
    return answerFrom(order, await pack(order, onProgress), onProgress);
  }
}

const packOf = ({ folder, pack: name }: StreamOrder) => join(folder, name);

/** Returns the steps of progress that it took. */
async function pack(order: StreamOrder, onProgress: OnProgress): Promise<number> {
  const { url, credentials, revision, policy, now, work } = order;
  const store = await openStore(url, { credentials });
  try {
    const { counts } = await writePack(store, {
      folder: join(work, 'pack'),
      knownAt: null,
      revision,
      now,
      policy,
      bytesAFile,
      onProgress: (done, total) => onProgress(done, total === null ? 0 : 2 * total),
    });
    try {
      await rename(join(work, 'pack'), packOf(order));
    } catch (error) {
      // Another server that shares the folder was sooner.
      if (!existsSync(packOf(order))) throw error;
    }
    return 2 * counts.transfers;
  } finally {
    await store.close();
  }
}

/** @param before steps of progress before this */
async function answerFrom(order: StreamOrder, before: number, onProgress: OnProgress): Promise<AttachedResult> {
  const { question, parameters, work, folder, now } = order;
  const { counts } = await readManifest(packOf(order));
  await utimes(packOf(order), new Date(), new Date());
  await tidy(order);
  let done = before;
  const request = {
    ...{ folder: packOf(order), questions: [question], parameters, out: work },
    threads: Math.min(mostThreads, availableParallelism()),
  };
  const [manifest] = await runBatch(
    request,
    () => undefined,
    (transfers) => {
      done += transfers;
      onProgress(done, before + 2 * counts.transfers);
    },
  );
  if (manifest === undefined) throw new Error('A batch of one question has one answer.');
  return copyRows(folder, manifest, join(work, 'results', question, rowsFile), now);
}

/** Deletes what nobody has used for long, or what is left of work that ended early. */
async function tidy({ folder, pack: name, formerPack }: StreamOrder): Promise<void> {
  const now = Date.now();
  for (const one of [...namesIn(folder, ''), ...namesIn(folder, 'batch')]) {
    const keptMs = one === formerPack ? 0 : one.endsWith(packSuffix) ? packsKeptMs : othersKeptMs;
    const { mtimeMs = now } = statSync(join(folder, one), { throwIfNoEntry: false }) ?? {};
    if (one !== name && one !== 'batch' && now - mtimeMs >= keptMs) await rm(join(folder, one), { recursive: true, force: true });
  }
}

function namesIn(folder: string, inside: string): string[] {
  return existsSync(join(folder, inside)) ? readdirSync(join(folder, inside)).map((name) => join(inside, name)) : [];
}
