import { createHash, randomBytes } from 'node:crypto';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttachedResult, resultFolder, streamFolder } from '../../batch/attached-result.ts';
import type { BatchParameters, BatchQuestionName, StatedParameters } from '../../batch/batch-questions.ts';
import { digestLegalForms } from '../../batch/batch-questions.ts';
import { packFormat } from '../../batch/pack-format.ts';
import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';
import { WorkerPool } from '../run/worker-pool.ts';
import { packSuffix, type StreamOrder } from './stream-question.ts';

/** Where threads read the store. */
export interface StreamOptions extends Pick<StreamOrder, 'url' | 'credentials'> {
  /** EXPOSURE_STREAM_TIMEOUT_MS. */
  readonly timeoutMs: number;
}

/** Answers of one revision. Larger than the number of questions, because windows differ. */
const mostKnown = 32;

/**
 * Answers to questions about all facts, for a server that holds a part of them: it reads all parts one after another, as `exposure batch` does
 * (docs/batch.md). One question at a time, in threads. The rows of an answer are on disk.
 */
export class StreamedResults {
  readonly timeoutMs: number;
  readonly folder: string;
  /** The number of answers that were forgotten. */
  forgotten = 0;
  readonly #store: Pick<FactStore, 'readFingerprint'>;
  readonly #options: StreamOptions;
  readonly #policy: ControlPolicy;
  /** The thread in which a question is answered, and which starts others. It ends with the answer, because an idle one collects no garbage. */
  #thread: WorkerPool | undefined;
  #isClosed = false;
  #turn: Promise<unknown> = Promise.resolve();
  #known: readonly AttachedResult[] = [];
  #pack: string | undefined;

  constructor(store: Pick<FactStore, 'readFingerprint'>, dataFolder: string, options: StreamOptions, policy: ControlPolicy) {
    this.timeoutMs = options.timeoutMs;
    this.folder = streamFolder(dataFolder);
    this.#store = store;
    this.#options = options;
    this.#policy = policy;
  }

  /** The answers to earlier questions about this revision, the latest first. */
  knownOf(revision: number): readonly AttachedResult[] {
    return this.#known.filter((result) => result.revision === revision);
  }

  /** Keeps the rows of an answer for a day more. False: they are gone. */
  async keep(result: AttachedResult): Promise<boolean> {
    try {
      const now = new Date();
      await utimes(resultFolder(this.folder, result.name), now, now);
      return true;
    } catch {
      return false;
    }
  }

  /** Computes an answer anew when it is next asked for, because its rows are gone. */
  forget(result: AttachedResult): void {
    this.#known = this.#known.filter((one) => one !== result);
    this.forgotten++;
  }

  /**
   * Answers a question about a revision when its turn comes. Takes no longer than EXPOSURE_STREAM_TIMEOUT_MS.
   *
   * @param findKnown an answer that was found until its turn came
   * Throws CONFLICT (the store was replaced), QUERY_TIMEOUT, STORE_UNAVAILABLE (the disk), and the errors of `streamQuestion`.
   */
  async answer(
    [question, asked]: readonly [BatchQuestionName, BatchParameters],
    revision: number,
    findKnown: () => AttachedResult | undefined,
    shared: TimeLimit,
    progress: WorkProgress,
  ): Promise<AttachedResult> {
    const end = new AbortController();
    const stopWatching = shared.watch((reason) => end.abort(reason));
    const limit = new TimeLimit(this.timeoutMs, end.signal);
    const answer = this.#turn.then(async () => {
      if (this.#isClosed) throw new ExposureError('QUERY_TIMEOUT', 'The server shut down before the answer was ready. Ask again.');
      limit.check();
      return findKnown() ?? (await this.#compute(question, asked, revision, limit, progress));
    });
    this.#turn = answer.catch(() => undefined);
    return limit.within(answer).finally(stopWatching);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.close();
    await this.#turn;
  }

  async #compute(
    question: BatchQuestionName,
    asked: BatchParameters,
    revision: number,
    limit: TimeLimit,
    progress: WorkProgress,
  ): Promise<AttachedResult> {
    const { url, credentials } = this.#options;
    const fingerprint = await limit.within(this.#store.readFingerprint(revision));
    const settings = JSON.stringify([packFormat, fingerprint, revision, this.#policy, digestLegalForms()]);
    const pack = `${createHash('sha256').update(settings).digest('hex').slice(0, 24)}${packSuffix}`;
    const work = this.#openWork();
    const thread = new WorkerPool(1);
    this.#thread = thread;
    try {
      const formerPack = this.#pack === pack ? undefined : this.#pack;
      const order = { url, credentials, revision, policy: this.#policy, folder: this.folder, pack, formerPack, work, now: Date.now() };
      const result = await thread.run(null, 'stream', { ...order, question, parameters: stated(asked) }, limit, progress);
      this.#pack = pack;
      if (result.store !== fingerprint)
        throw new ExposureError('CONFLICT', 'The store was replaced while the question was answered. Ask again.');
      this.#known = [result, ...this.knownOf(revision).filter(({ name }) => name !== result.name)].slice(0, mostKnown);
      return result;
    } catch (error) {
      throw asDiskError(this.folder, error);
    } finally {
      await thread.close();
      // A thread that ends early may still write a file.
      await rm(work, { recursive: true, force: true, maxRetries: 10 });
    }
  }

  #openWork(): string {
    const work = join(this.folder, randomBytes(6).toString('hex'));
    try {
      makeFolder(work);
      return work;
    } catch (error) {
      throw asDiskError(this.folder, error);
    }
  }
}

/** A thread of a thread passes on the message of an error alone. */
const diskError = /\b(ENOSPC|EDQUOT|EFBIG|EACCES|EPERM|EROFS|EIO|ENOTDIR)\b/;

function asDiskError(folder: string, error: unknown): unknown {
  const [reason] = (!(error instanceof ExposureError) && error instanceof Error && diskError.exec(error.message)) || [];
  if (reason === undefined) return error;
  const message = `The folder ${folder} cannot be used (${reason}). Make room or give it to this user, or set EXPOSURE_DATA to another folder.`;
  return new ExposureError('STORE_UNAVAILABLE', message, { cause: error });
}

function stated({ settings, instant, gaps }: BatchParameters): StatedParameters {
  if (settings === undefined) return { asOf: formatInstant(instant as number), ...(gaps && { gaps }) };
  const { core, widest, ...options } = settings;
  const window = ({ from, to }: { readonly from: number; readonly to: number }) => ({ from: formatInstant(from), to: formatInstant(to) });
  return { core: window(core), widest: window(widest), ...options };
}
