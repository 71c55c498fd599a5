import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion, FactValue } from '../../server/domain/assertions.ts';
import { ExposureError } from '../../server/domain/errors.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { PagedList } from '../../server/domain/paged-list.ts';
import { listArtifacts, listCopies, listOrganizations, listTransfers } from '../../server/explore/list-facts.ts';
import { copyId } from '../../server/projection/custody.ts';
import { Asker } from '../../server/questions/asker.ts';
import { askSearch } from '../../server/questions/explore/ask-search.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { mergeOrganizations, unmergeOrganizations } from '../../server/questions/merge-organizations.ts';
import { Questions } from '../../server/questions/questions.ts';
import { answerRadius } from '../../server/questions/radius/ask-radius.ts';
import { askConcentration, askSafeguards, askSharedHolders } from '../../server/questions/rankings/ask-concentration.ts';
import { askControlGaps } from '../../server/questions/rankings/ask-control-gaps.ts';
import { askExposures, settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askFindings, askRadiusFindings } from '../../server/questions/rankings/ask-findings.ts';
import { askRanking, rankFirst } from '../../server/questions/rankings/ask-ranking.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { ShownWrites } from '../../server/questions/write-facts.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, readAll, toAssertion } from '../store/assertions-for-tests.ts';
import { findDifference, oracleRadiusInIds, radiusInIds } from '../support/answers/engine-answers.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import { oracleFindings } from '../support/oracle/findings.ts';
import { oracleMerges } from '../support/oracle/merges.ts';
import type { Question } from '../support/oracle/question.ts';
import { oracleRanking } from '../support/oracle/ranking.ts';
import { seed } from '../support/seed.ts';
import { afterAll, expect, it } from '../support/test.ts';
import { questionsAbout } from '../support/worlds/arbitraries.ts';
import { richInstants, richWorlds } from '../support/worlds/rich-worlds.ts';
import { factsOf, type Stated, toRecordedFacts, type World } from '../support/worlds/world.ts';
import { counting, limitMs, rounds } from './scale.ts';

/** Threads take longer to start than to answer, so all servers of this test share one pool. */
class Shared extends Scheduler {
  override async close(): Promise<void> {}

  end(): Promise<void> {
    return super.close();
  }
}

const scheduler = new Shared();
const folder = mkdtempSync(join(tmpdir(), 'exposure-restarts-'));
afterAll(async () => {
  await scheduler.end();
  rmSync(folder, { recursive: true, force: true });
});

const mergedIntoField = factFields.ORGANIZATION.findIndex(({ name }) => name === 'mergedInto');
const pick = fc.nat({ max: 10_000 });
const some = fc.array(pick, { minLength: 1, maxLength: 4 });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), facts: some }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('alter' as const), one: pick, other: pick }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), fact: pick }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), one: pick, other: pick }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('unmerge' as const), one: pick }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), facts: some }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), one: pick }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), until: richInstants }) },
  ),
  { minLength: 4, maxLength: 14, size: 'max' },
);
type Step = (typeof steps extends fc.Arbitrary<infer S> ? S : never)[number];

const cases = richWorlds
  .filter(({ facts }) => facts.filter(({ kind }) => kind === 'ORGANIZATION').length > 1)
  .chain((world) =>
    fc.record({ world: fc.constant(world), steps, questions: fc.array(questionsAbout(world), { minLength: 2, maxLength: 2 }) }),
  );

/** A server's application layer over a store that lasts, and its edits. */
class Played {
  readonly store: WholeStore;
  readonly #snapshot: string;
  readonly #all: readonly Assertion[];
  readonly #imports: string[] = [];
  #questions: Questions<WholeStore>;
  #bound: BoundQuestions;
  #at = 0;
  now = 20;

  constructor(store: WholeStore, snapshot: string, world: World) {
    this.store = store;
    this.#snapshot = snapshot;
    this.#all = toRecordedFacts(world).map(toAssertion);
    this.#questions = this.#open(true);
    this.#bound = new BoundQuestions(this.#questions);
  }

  /** @param labs who is asked for; null: everybody */
  of(labs: readonly string[] | null): Questions {
    return this.#bound.of(labs);
  }

  #open(isKept: boolean): Questions<WholeStore> {
    const onTrouble = (sentence: string) => expect(sentence).toBeUndefined();
    const snapshot = { path: this.#snapshot, leastFacts: 1, settledMs: 600_000, stopWaitMs: 60_000, onTrouble, onPacked: () => undefined };
    return new Questions({ store: this.store, projection: 'whole', clock: () => this.now, scheduler, ...(isKept && { snapshot }) });
  }

  /** A server that reads all facts. */
  anew(): Questions<WholeStore> {
    return this.#open(false);
  }

  async begin(): Promise<void> {
    await this.store.commit(
      edit(
        this.#all.filter((_, i) => i % 3 !== 2),
        { at: this.#at, skipRefused: true },
      ),
    );
  }

  async restart(): Promise<void> {
    await this.#questions.close();
    this.#questions = this.#open(true);
    this.#bound = new BoundQuestions(this.#questions);
    const { projection } = await this.#questions.current.read();
    await rankFirst(this.#questions, projection, settingsAt({}, this.now));
  }

  /** Half of the edits are seen on their own, the others together with the next. */
  async play(step: Step): Promise<void> {
    await this.#edit(step, ++this.#at);
    if (this.#at % 2 === 0) await this.#questions.current.read();
  }

  async #edit(step: Step, at: number): Promise<void> {
    const author = { by: 'ada', at };
    const take = (facts: readonly number[]) => [
      ...new Map(facts.map((i) => this.#all[i % this.#all.length] as Assertion).map((each) => [`${each.kind} ${each.key}`, each])).values(),
    ];
    const organizations = this.#all.filter(({ kind }) => kind === 'ORGANIZATION').map(({ key }) => key);
    const organization = (i: number) => organizations[i % organizations.length] as string;
    switch (step.do) {
      case 'put':
        await this.store.commit(edit(take(step.facts), { at, skipRefused: true }));
        return;
      case 'import': {
        this.#imports.push(`i${at}`);
        await new ShownWrites(this.#questions).commit(importOf(`i${at}`, take(step.facts), { at, skipRefused: true }));
        return;
      }
      case 'undo': {
        const [id] = this.#imports.splice(step.one % Math.max(1, this.#imports.length), 1);
        if (id !== undefined) await new ShownWrites(this.#questions).undoImport(id, 'ada', at);
        return;
      }
      case 'alter': {
        // A fact takes what another of its kind says, but for its key and the records that both name.
        const one = this.#all[step.one % this.#all.length] as Assertion;
        const alike = this.#all.filter(({ kind }) => kind === one.kind);
        const other = alike[step.other % alike.length] as Assertion;
        const isKept = factFields[one.kind].map((spec) => spec.isKey === true || spec.type === 'reference');
        const values = one.values.map((value, field) => (isKept[field] ? value : (other.values[field] as FactValue)));
        await this.store.commit(edit([{ ...one, values }], { at, skipRefused: true }));
        return;
      }
      case 'retract': {
        const { kind, key } = this.#all[step.fact % this.#all.length] as Assertion;
        const gone = { kind, key, isRetraction: true, values: [], assertedAt: 0, source: null, file: null, line: null };
        await this.store.commit(edit([gone], { at, skipRefused: true }));
        return;
      }
      case 'merge':
        await mergeOrganizations(this.store, organization(step.one), organization(step.other), author);
        return;
      case 'unmerge':
        await unmergeOrganizations(this.store, organization(step.one), author);
        return;
      case 'restart':
        return this.restart();
      case 'wait':
        this.now = step.until;
        return;
      default:
        step satisfies never;
    }
  }

  /** The facts by the plain reading of merges. Undefined: an undo left a merge without its organization. */
  async plainWorld(): Promise<World | undefined> {
    const unmerged = await readAll(this.store.unmerged);
    const facts = unmerged.map(({ kind, values, provenance: { assertedAt } }) => {
      const properties = factFields[kind].flatMap(({ name, isInternal }, field) =>
        isInternal ? [] : [[kind === 'ACCESS' && name === 'kind' ? 'accessKind' : name, values[field]]],
      );
      return { ...Object.fromEntries(properties), kind, assertedAt } as unknown as Stated;
    });
    const mergedInto = new Map(
      unmerged.flatMap((fact): [string, string][] => {
        const into = fact.kind === 'ORGANIZATION' ? (fact.values[mergedIntoField] as string | null) : null;
        return into === null ? [] : [[fact.key, into]];
      }),
    );
    const ids = new Set(factsOf({ facts }, 'ORGANIZATION').map(({ id }) => id));
    return [...mergedInto.values()].every((id) => ids.has(id)) ? oracleMerges({ facts }, mergedInto) : undefined;
  }
}

const all = <T, R>(list: PagedList<T>, toRow: (item: T) => R): R[] => Array.from(list.slice(0, list.length), toRow);

/** Every list that is kept, and some that are not, with ids in place of indexes. */
async function everyList(questions: Questions): Promise<object> {
  const asker = new Asker(questions);
  const projection = await asker.facts();
  const { organizations, artifacts, transfers } = projection;
  const id = (organization: number) => organizations.id.get(organization);
  const settings = settingsAt({}, asker.now);
  const gaps = await askControlGaps(asker, projection, asker.now, {});
  const findings = await askFindings(asker, projection, asker.now);
  return {
    ranking: (await askRanking(asker, projection, { settings, roles: null, orderBy: 'WEIGHTED_LOSS' })).map(({ organization, ...rest }) => [
      id(organization),
      rest,
    ]),
    exposures: (await askExposures(asker, projection, settings, null)).map((each) => [
      artifacts.id.get(each.artifact),
      each.count,
      each.share,
    ]),
    findings: all(findings, (each) => [each.id, each.message]),
    gaps: all(gaps, (each) => [id(each.organization), each.because, each.missing.map(({ control }) => control)]),
    concentration: (await askConcentration(asker, projection, asker.now)).map((each) => [
      ...[id(each.lab), each.herfindahlIndex],
      each.holders.map(({ holder, share }) => [id(holder), share]),
    ]),
    shared: (await askSharedHolders(asker, projection, asker.now)).map((each) => [id(each.holder), each.labs.map(id), each.artifactCount]),
    safeguards: (await askSafeguards(asker, projection, asker.now)).map(({ lab, ...rest }) => [id(lab), rest]),
    transfers: all(listTransfers(projection, {}), (t) => transfers.id.get(t)),
    copies: all(listCopies(projection, {}), (copy) => copyId(projection, copy)),
    organizations: all(listOrganizations(projection, {}), (o) => [id(o), organizations.name.get(o), organizations.aliases.get(o)]),
    artifacts: all(listArtifacts(projection, {}), (a) => artifacts.id.get(a)),
    found: (await askSearch(asker, 'alpha', null)).hits.map(({ kind, index, matched, score }) => [
      kind === 'artifact' ? artifacts.id.get(index) : id(index),
      matched,
      score,
    ]),
  };
}

/** The radius with all its rows; the code of the error if an organization is gone. */
async function radiusOf(questions: Questions, { scopes, ...question }: Question, knownAt: number | null): Promise<object | string> {
  const asker = new Asker(questions);
  const { origins, suspected, hasCore, core, widest, ...options } = question;
  try {
    const asked = { origins, suspectedOrigins: suspected, hasCore, core, widest, options, scope: scopes, knownAt };
    const answer = await answerRadius(asker, asked, undefined);
    const findings = knownAt === null ? (await askRadiusFindings(asker, answer)).map(({ id, message }) => [id, message]) : [];
    return { radius: radiusInIds(answer.radius), findings };
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'NOT_FOUND') return error.code;
    throw error;
  }
}

async function expectSameLists(played: Played, anew: Questions<WholeStore>, world: World): Promise<void> {
  const [lab] = factsOf(world, 'ORGANIZATION').flatMap(({ id, roles }) => (roles.includes('LAB') ? [[id]] : []));
  expect(await everyList(played.of(null))).toEqual(await everyList(anew));
  if (lab !== undefined) expect(await everyList(played.of(lab))).toEqual(await everyList(new BoundQuestions(anew).of(lab)));
}

/** @param then an instant before the last writes */
async function expectSameRadius(played: Played, anew: Questions<WholeStore>, question: Question, then: number): Promise<void> {
  const knownAt = Math.min(played.now, then);
  for (const at of [null, knownAt]) expect(await radiusOf(played.of(null), question, at)).toEqual(await radiusOf(anew, question, at));
  const plain = await played.plainWorld();
  if (plain === undefined) return;
  await expectListsOfOracle(played, plain);
  const ids = new Set(factsOf(plain, 'ORGANIZATION').map(({ id }) => id));
  // tests/graphql/merged-ids.test.ts covers the scopes and origins of merged organizations.
  const suspected = (question.suspected ?? []).filter(({ organization }) => ids.has(organization));
  const asked = { ...question, suspected, scopes: [], origins: question.origins.filter((id) => ids.has(id)) };
  if (asked.origins.length + suspected.length === 0) return;
  const { radius } = await answerRadius(new Asker(played.of(null)), { ...asked, suspectedOrigins: suspected, options: asked }, undefined);
  expect(findDifference(radiusInIds(radius), oracleRadiusInIds(oracleRadius(plain, asked)))).toBeUndefined();
}

/** A ranking and findings of now, which are kept until something begins or ends. */
async function expectListsOfOracle(played: Played, plain: World): Promise<void> {
  const asker = new Asker(played.of(null));
  const projection = await asker.facts();
  const settings = settingsAt({}, asker.now);
  const ranked = await askRanking(asker, projection, { settings, roles: null, orderBy: 'WEIGHTED_LOSS' });
  const rows = ranked.map(({ organization, exposedCount, possibleCount, ...rest }) => ({
    ...rest,
    ...{ organization: projection.organizations.id.get(organization), exposedCount, possibleCount },
    artifactCount: exposedCount + possibleCount,
  }));
  expect(findDifference(rows, oracleRanking(plain, settings, 'WEIGHTED_LOSS'))).toBeUndefined();
  const findings = all(await askFindings(asker, projection, asker.now), ({ id }) => id);
  expect(findings.sort()).toEqual(
    oracleFindings(plain, defaultPolicy, asker.now)
      .map(({ id }) => id)
      .sort(),
  );
}

const numRuns = rounds(200);

it(
  `[P343] after edits, imports, merges and restarts, a server answers as one that reads all facts, and as the oracle (seed ${seed})`,
  async () => {
    const countOne = counting('servers with merges and restarts', numRuns);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, steps: all, questions }) => {
        countOne();
        const name = join(folder, `${++count}`);
        const store = await openStore(`sqlite:${name}.db`);
        const played = new Played(store, `${name}.snapshot`, world);
        try {
          await played.begin();
          for (const [i, step] of all.entries()) {
            await played.play(step);
            const isLast = i === all.length - 1;
            // Between two of these, nobody asks for a list. So the kept ones are those of the facts and the instant before.
            if (step.do !== 'wait' && step.do !== 'restart' && !isLast) continue;
            const anew = played.anew();
            await expectSameLists(played, anew, world);
            if (isLast) for (const question of questions) await expectSameRadius(played, anew, question, i / 2);
            await anew.close();
          }
        } finally {
          await played.of(null).close();
          await store.close();
        }
      }),
      { seed, numRuns },
    );
  },
  limitMs,
);
