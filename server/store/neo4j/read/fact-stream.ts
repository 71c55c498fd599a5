import type { RecordedFact } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FactBatch, FactStream, KnownAt } from '../../fact-store.ts';
import type { Snapshot } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';

/** Two: the server reads one page while another is on its way here. */
const pagesAtOnce = 2;

/** All facts of one snapshot, page by page. */
export class Neo4jFactStream implements FactStream {
  readonly #snapshots: Snapshots;
  readonly #at: KnownAt | undefined;
  readonly #factsAtOnce: number;
  #revision: number | undefined;

  /** @param factsAtOnce in one page: many are read faster, few are held at a time */
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

/** Where a page ends is asked ahead of it: the index alone answers, and the next page need not wait for this one. */
async function* readPages(snapshot: Snapshot, kind: FactKind, factsAtOnce: number): AsyncGenerator<RecordedFact[]> {
  const pages: Promise<RecordedFact[]>[] = [];
  let after: string | undefined = '';
  while (after !== undefined || pages.length > 0) {
    while (after !== undefined && pages.length < pagesAtOnce) {
      const end: string | undefined = await snapshot.findEnd(kind, after, factsAtOnce);
      const page = snapshot.readRange(kind, { after, end });
      // Who stops early, or fails at another page, does not ask for it.
      page.catch(() => undefined);
      pages.push(page);
      after = end;
    }
    yield (await pages.shift()) as RecordedFact[];
  }
}
