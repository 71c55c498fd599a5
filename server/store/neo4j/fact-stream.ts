import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import type { FactBatch, FactStream, KnownAt } from '../fact-store.ts';
import type { Moment } from './moment.ts';
import type { Moments } from './moments.ts';

/** Two: the server reads one page while another is on its way here. */
const pagesAtOnce = 2;

/** All facts of one moment, page by page. */
export class Neo4jFactStream implements FactStream {
  readonly #moments: Moments;
  readonly #at: KnownAt | undefined;
  readonly #factsAtOnce: number;
  #revision: number | undefined;

  /** @param factsAtOnce in one page: many are read faster, few are held at a time */
  constructor(moments: Moments, at: KnownAt | undefined, factsAtOnce = 10_000) {
    this.#moments = moments;
    this.#at = at;
    this.#factsAtOnce = factsAtOnce;
  }

  get revision(): number {
    if (this.#revision === undefined) throw new Error('The revision of a stream of facts is known once its first batch is.');
    return this.#revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    const moment = await this.#moments.open(this.#at);
    this.#revision = moment.revision;
    const asked: AskedPage[] = [];
    for await (const page of askForPages(moment, this.#factsAtOnce)) {
      asked.push(page);
      if (asked.length === pagesAtOnce) yield* take(asked.shift() as AskedPage);
    }
    for (const page of asked) yield* take(page);
  }
}

/** A page that is on its way. */
interface AskedPage {
  readonly kind: FactKind;
  readonly facts: Promise<RecordedFact[]>;
}

/** Where a page ends is asked ahead of it: the index alone answers, and the next page, also of the next kind, need not wait for this one. */
async function* askForPages(moment: Moment, factsAtOnce: number): AsyncGenerator<AskedPage> {
  for (const kind of factKinds) {
    let after: string | undefined = '';
    while (after !== undefined) {
      const end: string | undefined = await moment.findEnd(kind, after, factsAtOnce);
      const facts = moment.readRange(kind, { after, end });
      // Who stops early, or fails at another page, does not ask for it.
      facts.catch(() => undefined);
      yield { kind, facts };
      after = end;
    }
  }
}

async function* take({ kind, facts: coming }: AskedPage): AsyncGenerator<FactBatch> {
  const facts = await coming;
  if (facts.length > 0) yield { kind, facts };
}
