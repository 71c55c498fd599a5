import { compareCodePoints } from '../../../domain/compare.ts';
import { describeKey } from '../../../domain/fact-sentences.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { Transaction } from '../connection/connection.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { LoggedAssertion } from '../log/assertion-log.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';

/** A tally of the log of published writes. */
export interface LogTally {
  /** Write -> its number of assertions by effect, as an index into `effects`. */
  readonly effects: ReadonlyMap<number, readonly number[]>;
  /** The number of assertions of each kind. */
  readonly counts: ReadonlyMap<FactKind, number>;
  readonly sentences: readonly string[];
}

const chunksAtOnce = 32;
const maxSentences = 100;
/** A sample reads chunks of at most so many of the latest events, and so many of a kind. */
const sampledEvents = 50;
const sampledChunks = 8;

/** Reads the whole log once, and checks that each write states a fact at most once, in the order of keys. */
export async function tallyLog(transaction: Transaction, writes: PublishedWrites): Promise<LogTally> {
  const log = new LogReader();
  const effects = new Map<number, number[]>();
  const counts = new Map<FactKind, number>();
  const sentences: string[] = [];
  const headsByKind = await Promise.all(factKinds.map((kind) => readHeadsAfter(transaction, kind, 0)));
  for (const [i, kind] of factKinds.entries()) {
    const heads = (headsByKind[i] as ChunkHead[]).filter((head) => head.write <= writes.lastEvent);
    const order = new ChunkOrder(kind);
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce);
      const chunks = await readOrDescribe(log, transaction, kind, some);
      for (const [place, chunk] of chunks.entries()) {
        const head = some[place] as ChunkHead;
        if (typeof chunk === 'string') {
          sentences.push(chunk);
          continue;
        }
        if (sentences.length < maxSentences) sentences.push(...order.check(head, chunk));
        const tally = effects.get(head.write) ?? [0, 0, 0, 0];
        effects.set(head.write, tally);
        for (const { effect } of chunk) tally[effect] = (tally[effect] ?? 0) + 1;
        counts.set(kind, (counts.get(kind) ?? 0) + chunk.length);
      }
    }
  }
  return { effects, counts, sentences };
}

/** A few chunks, among them the latest: a sentence for each that is damaged. */
export async function sampleLog(transaction: Transaction, writes: PublishedWrites): Promise<string[]> {
  const log = new LogReader();
  const sentences: string[] = [];
  for (const kind of factKinds) {
    const heads = (await readHeadsAfter(transaction, kind, Math.max(0, writes.lastEvent - sampledEvents))).slice(-sampledChunks);
    for (const chunk of await readOrDescribe(log, transaction, kind, heads)) if (typeof chunk === 'string') sentences.push(chunk);
  }
  return sentences;
}

/** The chunks, or a sentence in the place of each that cannot be read. */
async function readOrDescribe(
  log: LogReader,
  transaction: Transaction,
  kind: FactKind,
  heads: readonly ChunkHead[],
): Promise<readonly (readonly LoggedAssertion[] | string)[]> {
  try {
    return await log.readChunks(transaction, kind, heads);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  const chunks: (readonly LoggedAssertion[] | string)[] = [];
  for (const head of heads) {
    try {
      chunks.push(...(await log.readChunks(transaction, kind, [head])));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      chunks.push(`Log chunk ${head.place} of write ${head.write} for kind ${kind} is damaged (${(error as Error).message}).`);
    }
  }
  return chunks;
}

/** Errors of decompression and parsing, and of contents that are no assertions. */
function isUnreadable(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return (typeof code === 'string' && code.startsWith('Z_')) || name === 'SyntaxError' || name === 'TypeError' || name === 'RangeError';
}

/** Checks that the chunks of one kind match their heads and are in order. Takes them by write and place. */
class ChunkOrder {
  readonly #kind: FactKind;
  #write = 0;
  #place = 0;
  #last: string | undefined;

  constructor(kind: FactKind) {
    this.#kind = kind;
  }

  *check(head: ChunkHead, chunk: readonly LoggedAssertion[]): Generator<string> {
    const { write, place, first, last, count, changed } = head;
    if (write !== this.#write) {
      this.#write = write;
      this.#place = 0;
      this.#last = undefined;
    }
    const name = `Log chunk ${place} of write ${write} for kind ${this.#kind}`;
    if (place !== this.#place++) yield `${name} stands in place of another.`;
    const keys = chunk.map(({ assertion }) => toGraphKey(this.#kind, assertion.key));
    const isAsStated =
      keys.length === count &&
      keys[0] === first &&
      keys[keys.length - 1] === last &&
      chunk.filter(({ effect }) => effect !== 0).length === changed;
    if (!isAsStated) yield `${name} does not match its head.`;
    for (const key of keys) {
      if (this.#last !== undefined && compareCodePoints(this.#last, key) >= 0) {
        yield `${name} has ${describeKey(this.#kind, (chunk[keys.indexOf(key)] as LoggedAssertion).assertion.key)} out of order or twice.`;
        break;
      }
      this.#last = key;
    }
  }
}
