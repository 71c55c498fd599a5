import type { RecordedFact } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FactBatch, FactStream, KnownAt } from '../../fact-store.ts';
import type { Snapshot } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';

/** The server reads one page while another is in transit. */
const pagesAtOnce = 2;

/** Streams all facts of one snapshot, page by page. */
export class Neo4jFactStream implements FactStream {
  readonly #snapshots: Snapshots;
  readonly #at: KnownAt | undefined;
  readonly #factsAtOnce: number;
  #revision: number | undefined;

  /** @param factsAtOnce facts in one page: more read faster, fewer take less memory */
  constructor(snapshots: Snapshots, at: KnownAt | undefined, factsAtOnce = 10_000) {
    this.#snapshots = snapshots;
    this.#at = at;
    this.#factsAtOnce = factsAtOnce;
  }

  get revision(): number {
    if (this.#revision === undefined) throw new Error('The revision of a stream of facts is known once its first batch is.');
    return this.#revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    const snapshot = await this.#snapshots.open(this.#at);
    this.#revision = snapshot.revision;
    for (const kind of factKinds) {
      for await (const facts of readPages(snapshot, kind, this.#factsAtOnce)) if (facts.length > 0) yield { kind, facts };
    }
  }
}

/** Asks for the end of each page first, which the index alone answers, so that the next page need not wait for this one. */
async function* readPages(snapshot: Snapshot, kind: FactKind, factsAtOnce: number): AsyncGenerator<RecordedFact[]> {
  const pages: Promise<RecordedFact[]>[] = [];
  let after: string | undefined = '';
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
