import { isDeepStrictEqual } from 'node:util';
import type { AttachedResult } from '../../batch/attached-result.ts';
import type { BatchParameters, BatchQuestionName } from '../../batch/batch-questions.ts';
import { isAtOneInstant } from '../../exposure/rankings/stable-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';
import type { BatchResults, RowFile } from './batch-results.ts';
import type { StreamedResults } from './streamed-results.ts';

/** Where an answer over all facts was computed beforehand. */
export interface BatchSource {
  readonly name: string;
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly instant: number;
  /** Revisions since then whose changes are not in the answer; 0: it is current. */
  readonly behind: number;
}

/** The rows of an answer. */
export interface BatchAnswer {
  /** Null: they were computed for the question. */
  readonly source: BatchSource | null;
  readonly rows: RowFile;
}

/**
 * The latest attached answer to a question, if this server may give it. A server that holds all facts gives only a current answer, because it
 * can compute one. A server that holds a part of them has no other way: where no result answers, it reads all parts of the facts one after
 * another (`StreamedResults`). Never for somebody bound to a lab, not for facts known in the past, and not for facts that are planned.
 *
 * @param projection an answer is about the facts of the store, so it is only given of those that the asker has
 * @param asked all that decides the answer. An instant matches while no interval begins or ends between it and the one of the result
 * @param mayBeBehind whether the caller shows how far the answer is behind; otherwise it gets only a current one
 * @param patienceMs as in `Asker.keep`
 * @param isRenewed whether the caller makes an answer current that it may not give as it is (`mayGive`). A server with a part of the facts cannot
 */
export async function findBatch(
  asker: Asker,
  projection: Projection,
  question: BatchQuestionName,
  asked: BatchParameters,
  mayBeBehind: boolean,
  patienceMs?: number,
  isRenewed = false,
): Promise<BatchAnswer | undefined> {
  const { batch, streamed } = asker.questions;
  const attached = await findAttached(asker, projection, question, asked, mayBeBehind, isRenewed);
  if (attached !== undefined || batch === undefined || streamed === undefined || !(await isOfStore(asker, projection))) return attached;
  return { source: null, rows: await stream(asker, batch, streamed, projection, [question, asked], patienceMs) };
}

/** As `findBatch`, of results that are attached, and so at once. */
export async function findAttached(
  asker: Asker,
  projection: Projection,
  question: BatchQuestionName,
  asked: BatchParameters,
  mayBeBehind: boolean,
  isRenewed = false,
): Promise<BatchAnswer | undefined> {
  const { batch, held } = asker.questions;
  if (batch === undefined || !(await isOfStore(asker, projection))) return undefined;
  for (const result of await asker.read(batch.list())) {
    const behind = projection.revision - result.revision;
    if (
      result.question !== question ||
      behind < 0 ||
      !((isRenewed && held.isWhole) || mayGive(asker, behind, mayBeBehind)) ||
      !isSame(result, asked)
    )
      continue;
    const rows = await asker.read(batch.open(result));
    if (rows === undefined) continue;
    return { source: { name: result.name, revision: result.revision, instant: Date.parse(result.instant), behind }, rows };
  }
  return undefined;
}

/** Whether a projection has the facts of the store as they are now, for somebody who may see them all. */
async function isOfStore(asker: Asker, projection: Projection): Promise<boolean> {
  return asker.questions.labs === null && asker.knownAt === null && projection === (await asker.facts());
}

/** Has a limit of its own, in place of the asker's. */
async function stream(
  asker: Asker,
  batch: BatchResults,
  streamed: StreamedResults,
  projection: Projection,
  asked: readonly [BatchQuestionName, BatchParameters],
  patienceMs: number | undefined,
): Promise<RowFile> {
  const { revision } = projection;
  const findKnown = () => streamed.knownOf(revision).find((result) => result.question === asked[0] && isSame(result, asked[1]));
  const known = findKnown();
  if (known !== undefined) {
    const rows = (await asker.read(streamed.keep(known))) ? await asker.read(batch.open(known, streamed.folder)) : undefined;
    if (rows !== undefined) return rows;
    streamed.forget(known);
  }
  const limit = new TimeLimit(streamed.timeoutMs, asker.limit.signal);
  const make = async (shared: TimeLimit, progress: WorkProgress) => {
    const result = await streamed.answer(asked, revision, findKnown, shared, progress);
    const found = await batch.open(result, streamed.folder);
    if (found === undefined) throw new Error(`The rows of ${result.name} are gone.`);
    return found;
  };
  const key = ['streamed', streamed.forgotten, ...asked] as const;
  const { answers } = asker.questions;
  return asker.limit.pausedWhile(
    patienceMs === undefined ? answers.get(projection, key, limit, make) : answers.getSoon(projection, key, asker.limit, patienceMs, make),
  );
}

/** Whether an answer that is so far behind may be given as it is. @param mayBeBehind as in `findBatch` */
export function mayGive({ questions }: Asker, behind: number, mayBeBehind: boolean): boolean {
  return behind === 0 || (mayBeBehind && !questions.held.isWhole);
}

function isSame({ parameters, span }: AttachedResult, asked: BatchParameters): boolean {
  const isWithin = (instant: number) => (span.from === null || instant >= span.from) && (span.until === null || instant < span.until);
  if (asked.settings === undefined || parameters.settings === undefined)
    return (
      asked.instant !== undefined &&
      isWithin(asked.instant) &&
      parameters.legalForms === asked.legalForms &&
      isDeepStrictEqual(parameters.policy, asked.policy) &&
      isDeepStrictEqual(parameters.gaps, asked.gaps)
    );
  const { core, widest, ...options } = asked.settings;
  const { core: ownCore, widest: ownWidest, ...own } = parameters.settings;
  if (!isDeepStrictEqual({ ...own }, { ...options })) return false;
  if (isAtOneInstant(asked.settings) && isAtOneInstant(parameters.settings)) return isWithin(core.from);
  return isDeepStrictEqual({ ...core }, { ...ownCore }) && isDeepStrictEqual({ ...widest }, { ...ownWidest });
}

const sources = new WeakMap<object, BatchSource>();

/** Marks an answer as one of a batch. @param source null: it was computed for the question */
export function fromBatch<T extends object>(answer: T, source: BatchSource | null): T {
  if (source !== null) sources.set(answer, source);
  return answer;
}

/** Where an answer was computed beforehand; null: it was computed for the question. */
export function batchSourceOf(answer: object): BatchSource | null {
  return sources.get(answer) ?? null;
}
