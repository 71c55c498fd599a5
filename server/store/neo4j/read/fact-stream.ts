import type { RecordedFact } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FactBatch, FactStream, KnownAt } from '../../fact-store.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { DamagedLog } from './fold-chunks.ts';
import { findLog, readLoggedFacts } from './logged-facts.ts';
import type { Snapshot } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';

/** The server reads one page while another is in transit. */
const pagesAtOnce = 2;

export interface FactStreamOptions {
  /** Facts in one page of the graph: more are read faster, fewer take less memory. Default 10,000. */
  readonly factsAtOnce?: number;
  /** The log of a kind is read if it has at most this many assertions a fact. Default 3: with more, the graph is read sooner. */
  readonly assertionsAFact?: number;
}

/**
 * Streams all facts of one snapshot, page by page. It reads the log, which is packed and takes the server a tenth of the time. Only where
 * the log states each fact several times over, or is damaged, it reads the graph. Both give the same facts in the same order.
 */
export class Neo4jFactStream implements FactStream {
  readonly #snapshots: Snapshots;
  readonly #at: KnownAt | undefined;
  readonly #options: Required<FactStreamOptions>;
  #revision: number | undefined;

  constructor(snapshots: Snapshots, at: KnownAt | undefined, { factsAtOnce = 10_000, assertionsAFact = 3 }: FactStreamOptions = {}) {
    this.#snapshots = snapshots;
    this.#at = at;
    this.#options = { factsAtOnce, assertionsAFact };
  }

  get revision(): number {
    if (this.#revision === undefined) throw new Error('The revision of a stream of facts is known once its first batch is.');
    return this.#revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    const snapshot = await this.#snapshots.open(this.#at);
    this.#revision = snapshot.revision;
    const log = await findLog(snapshot);
    for (const kind of factKinds) {
      for await (const facts of this.#readKind(snapshot, kind, log && (log.get(kind) ?? []))) if (facts.length > 0) yield { kind, facts };
    }
  }

  async *#readKind(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[] | undefined): AsyncGenerator<RecordedFact[]> {
    let after = '';
    if (heads !== undefined && (await this.#isShort(snapshot, kind, heads))) {
      try {
        for await (const facts of readLoggedFacts(snapshot, kind, heads)) {
          yield facts;
          const last = facts.at(-1);
          if (last !== undefined) after = toGraphKey(kind, last.key);
        }
        return;
      } catch (error) {
        if (!(error instanceof DamagedLog)) throw error;
      }
    }
    yield* readPages(snapshot, kind, this.#options.factsAtOnce, after);
  }

  /** Whether the log of a kind is short, beside the facts in the graph. */
  async #isShort(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): Promise<boolean> {
    const assertions = heads.reduce((sum, { count }) => sum + count, 0);
    const [row] = await snapshot.read((transaction) => transaction.run(graphKindOf(kind).count));
    return assertions <= this.#options.assertionsAFact * (row?.[0] as number);
  }
}

/** Asks for the end of each page first, which the index alone answers, so that the next page need not wait for this one. */
async function* readPages(snapshot: Snapshot, kind: FactKind, factsAtOnce: number, start: string): AsyncGenerator<RecordedFact[]> {
  const pages: Promise<RecordedFact[]>[] = [];
  let after: string | undefined = start;
  while (after !== undefined || pages.length > 0) {
    while (after !== undefined && pages.length < pagesAtOnce) {
      const end: string | undefined = await snapshot.findEnd(kind, after, factsAtOnce);
      const page = snapshot.readRange(kind, { after, end });
      // A caller that stops early, or fails at another page, never awaits this one: its failure must not count as unhandled.
      page.catch(() => undefined);
      pages.push(page);
      after = end;
    }
    yield (await pages.shift()) as RecordedFact[];
  }
}
