import { setTimeout as pause } from 'node:timers/promises';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { localIdentity } from '../auth/identity.ts';
import { formatInstant } from '../domain/instants.ts';
import type { Projection } from '../projection/projection.ts';
import type { Questions } from '../questions/questions.ts';
import { settingsAt } from '../questions/rankings/ask-exposures.ts';
import { rankFirst } from '../questions/rankings/ask-ranking.ts';
import { TimeLimit } from '../questions/run/time-limit.ts';
import { Context, type Services } from './context.ts';
import { readProperty } from './page.ts';

/** A ranking and the search index of fewer copies take less time than a person takes to type. */
const fewCopies = 200_000;
/** The most milliseconds that a start waits for it, if it read a snapshot. */
const longestWaitMs = 200;
/** A start that read all facts waits for a part of the time that this took. */
const partOfReading = 1 / 4;
const longestPartMs = 2000;
/** Of each kind of question. By then, most of the code has been compiled. */
const rounds = 4;
/** Work that is left ends after this long. */
const longestMs = 60_000;
const windowMs = 90 * 86_400_000;

const search = `query($text: String!) { search(text: $text, first: 20) { matched
  found { ... on Organization { id name roles aliases } ... on Artifact { id name type owner { id name } } } } }`;
const neighborhood = `query($id: ID!) { neighborhood(of: [{ organization: $id }], maxNodes: 100) { omittedCount
  nodes { key organization { id name roles status country custody { copyCount labCount lastReceivedAt } sent(first: 1) { totalCount } }
    artifact { id name type owner { id name } copies(first: 1) { totalCount } } linkCounts { kind incoming outgoing } }
  links { key kind source target count readableCount } } }`;
const radius = `query($id: ID!, $from: DateTime!, $to: DateTime!) {
  blastRadius(input: { origins: [$id], widest: { from: $from, to: $to } }) {
    summary { exposedCount possibleCount affectedLabCount blindSpotCount weightedLossUsd worstCaseLossUsd }
    artifacts(first: 50) { totalCount edges { node { artifact { id name } tier portion { low high } ways(first: 1) { because } } } } } }`;

/**
 * Begins the default ranking as soon as there are facts, because it takes longest and needs the event loop least. It does nothing over a few
 * facts, or where a server holds a part of the facts.
 *
 * @returns ends with the ranking; never rejects, because background work has no caller: the next question does it again and reports the error
 */
export async function rankAtStart(questions: Questions, projection: Projection, few = fewCopies): Promise<void> {
  if (isSmall(questions, projection, few)) return;
  await rankFirst(questions, projection, settingsAt({}, questions.clock())).catch(() => undefined);
}

/** Whether a server has too few facts for this, or a part of them alone. A part refuses to tell its copies. */
function isSmall({ held }: Questions, projection: Projection, few: number): boolean {
  return !held.isWhole || projection.copies.count < few;
}

export interface WarmUpOptions {
  readonly fewCopies?: number;
  readonly longestWaitMs?: number;
}

/**
 * Asks what people are about to ask, so that the first of them need not wait: until the runtime has compiled it, code takes several times as
 * long, and the search index is made of all facts (docs/decisions/free-event-loop.md).
 *
 * It changes no answer, counts as no person's question, and leaves no trace in the audit trail or the metrics. It does nothing over a few facts, or
 * where a server holds a part of the facts.
 */
export class WarmUp {
  readonly #services: Services;
  readonly #schema: GraphQLSchema;
  readonly #options: Required<WarmUpOptions>;
  readonly #stop = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor(services: Services, schema: GraphQLSchema, options: WarmUpOptions = {}) {
    this.#services = services;
    this.#schema = schema;
    this.#options = { fewCopies, longestWaitMs, ...options };
  }

  /**
   * Ends when the start has waited long enough, or sooner: the ranking goes on in its thread, and the search index between answers. Never
   * rejects.
   *
   * @param ranking as `rankAtStart` gives it
   */
  async start(projection: Projection, ranking = Promise.resolve()): Promise<void> {
    const { questions } = this.#services;
    if (isSmall(questions, projection, this.#options.fewCopies)) return;
    const limit = new TimeLimit(longestMs, this.#stop.signal);
    const asking = new AbortController();
    this.#work = this.#askAll(projection, limit, asking.signal).catch(() => undefined);
    const readMs = questions.current.state?.buildMs ?? 0;
    const waitMs = Math.max(this.#options.longestWaitMs, Math.min(longestPartMs, readMs * partOfReading));
    await Promise.race([Promise.all([ranking, this.#work]), pause(waitMs)]);
    asking.abort();
  }

  /** Ends the questions. The ranking ends with the threads. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('The server shuts down.'));
    await this.#work;
  }

  /**
   * A search first: somebody would wait for all that its index takes, but only for a part of what the other questions take. Those are of
   * organizations far from one another. Once people ask, it asks no more.
   */
  async #askAll(projection: Projection, limit: TimeLimit, signal: AbortSignal): Promise<void> {
    const { organizations } = projection;
    await this.#ask(search, { text: (organizations.name.get(0) as string).slice(0, 100) }, limit);
    const to = this.#services.questions.clock();
    for (let round = 0; round < rounds; round++) {
      const id = organizations.id.get(Math.floor((organizations.count * (round + 0.5)) / rounds));
      for (const query of [neighborhood, radius]) {
        if (signal.aborted) return;
        await this.#ask(query, { id, from: formatInstant(to - windowMs), to: formatInstant(to) }, limit);
      }
      // A kept radius would keep these facts in memory after they have changed.
      this.#services.questions.radii.forget(projection);
    }
  }

  /** Without Apollo Server, whose plugins count and record what people ask. */
  async #ask(query: string, variableValues: Readonly<Record<string, unknown>>, limit: TimeLimit): Promise<void> {
    const document = parse(query);
    validate(this.#schema, document);
    const contextValue = new Context(this.#services, { identity: localIdentity, address: '' }, limit);
    JSON.stringify(await execute({ schema: this.#schema, document, contextValue, variableValues, fieldResolver: readProperty }));
  }
}
