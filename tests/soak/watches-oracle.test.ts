import fc from 'fast-check';
import type { Assertion } from '../../server/domain/assertions.ts';
import type { Tier } from '../../server/rules/copy-tier.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { evaluationLimit, PointFacts } from '../../server/watches/asked-point.ts';
import { findDifferences } from '../../server/watches/find-difference.ts';
import type { WatchInput } from '../../server/watches/watch-input.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import { oracleFindings } from '../support/oracle/findings.ts';
import { oracleNotices } from '../support/oracle/notices.ts';
import type { Question } from '../support/oracle/question.ts';
import { oracleExposures, oracleRanking } from '../support/oracle/ranking.ts';
import { oracleChanges } from '../support/oracle/what-if.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { questionsAbout } from '../support/worlds/arbitraries.ts';
import type { Stated, World } from '../support/worlds/world.ts';
import { keyOf, toRecordedFacts, world } from '../support/worlds/world.ts';
import { ada, Watching } from '../watches/watching.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const edits = rounds(1000);
const random = randomFrom(seed);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const maybe = <T>(value: T): T | null => (random() < 0.3 ? null : value);

const labs = ['lab-1', 'lab-2', 'lab-3'];
const vendors = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
const artifacts = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
const ownerOf = (artifact: string) => labs[Number(artifact.slice(1)) % labs.length] as string;
const instants = [0, 10, 20, 30, 40, 50];
const atOnce = (instant: number) => ({ core: { from: instant, to: instant }, widest: { from: instant, to: instant }, ...defaults });
const dayMs = 86_400_000;
const defaults = { maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };

/** A fact that an edit states, with fields drawn anew. Its date stays, as the store keeps that of the first assertion. */
function draw(): Stated {
  const builder = world();
  const n = Math.floor(random() * 14);
  const [from, until] = [pick(instants), pick(instants)].sort((a, b) => a - b) as [number, number];
  const kind = random();
  if (kind < 0.5) {
    const artifact = pick(artifacts);
    const sender = random() < 0.6 ? ownerOf(artifact) : pick(vendors);
    builder.transfer(`t${n}`, artifact, sender, pick([...vendors, ...labs].filter((one) => one !== sender)), {
      ...{ sentAt: maybe(from), portion: pick([1, 0.5, 0.25]), confidence: pick([1, 1, 0.4]), assertedAt: 20 },
      ...{ form: pick(['PLAINTEXT', 'PLAINTEXT', 'ENCRYPTED_KEY_AT_OWNER', 'VIEW_ONLY'] as const) },
      ...{ deletionState: pick(['NONE', 'NONE', 'ATTESTED', 'VERIFIED'] as const), deletedAt: maybe(until) },
    });
  } else if (kind < 0.67) {
    const grantee = pick(vendors);
    const grantor = pick(vendors.filter((one) => one !== grantee));
    builder.access(`x${n % 6}`, grantee, grantor, {
      likelihood: pick([1, 0.5, 0.3]),
      validFrom: maybe(from),
      validUntil: maybe(until),
      assertedAt: 20,
    });
  } else if (kind < 0.75) {
    builder.artifact(pick(artifacts), '', {
      valueLowUsd: 100,
      valueHighUsd: pick([100, 500, 900]),
      sensitivity: pick([3, 5]),
      assertedAt: 20,
    });
  } else if (kind < 0.95) {
    const provider = pick(vendors);
    const client = random() < 0.7 ? pick(labs) : pick(vendors.filter((one) => one !== provider));
    builder.engagement(`e${n}`, client, provider, {
      startsAt: maybe(from),
      endsAt: random() < 0.7 ? null : until,
      noticeHours: maybe(pick([1, 24])),
      assertedAt: 20,
    });
  } else builder.reveals(pick(artifacts.slice(0, 3)), pick(artifacts.slice(3)), pick([1, 0.5, 0.1]), { assertedAt: 20 });
  const [fact] = builder.build().facts as [Stated];
  return fact.kind === 'ARTIFACT' ? { ...fact, owner: ownerOf(fact.id) } : fact;
}

const start = world();
for (const id of labs) start.organization(id, { roles: ['LAB'] });
for (const id of vendors) start.organization(id, { roles: ['VENDOR'] });
for (const id of artifacts) start.artifact(id, ownerOf(id), { valueHighUsd: 200, assertedAt: 20 });
for (const [i, id] of artifacts.entries()) start.transfer(`t${i}`, id, ownerOf(id), pick(vendors), { sentAt: 10, assertedAt: 20 });

const nameOf = (fact: Stated) => `${fact.kind} ${keyOf(fact)}`;

/** A watch, and what it must tell: `KIND subject` of each row that counts. */
interface Watched {
  readonly input: WatchInput;
  readonly expect: (before: Moment, after: Moment) => string[];
}

interface Moment {
  readonly world: World;
  readonly instant: number;
}

const strength = (tier: Tier) => ['CONTAINED', 'POSSIBLE', 'EXPOSED'].indexOf(tier);
type Exposed = ReturnType<typeof oracleRadius>['artifacts'][number];
const byStrength = (a: Exposed, b: Exposed) =>
  strength(a.tier) - strength(b.tier) ||
  a.weightedShare - b.weightedShare ||
  a.portion.high - b.portion.high ||
  a.portion.low - b.portion.low;

function watchRadius(question: Question, i: number): Watched {
  const { origins, suspected = [], hasCore = true, core, widest, scopes, ...options } = question;
  const on = i % 3 === 0 ? (['JOINED', 'WEAKENED'] as const) : (['JOINED', 'LEFT', 'STRENGTHENED', 'WEAKENED'] as const);
  const minTier = i % 2 === 0 ? null : 'POSSIBLE';
  const radius = { origins, suspectedOrigins: suspected, hasCore, core, widest, scope: scopes, options };
  return {
    input: { name: `radius ${i}`, kind: 'RADIUS', radius, on, minTier },
    expect: (before, after) => {
      const [was, is] = [before, after].map((moment) => oracleRadius(moment.world, question)) as [
        ReturnType<typeof oracleRadius>,
        ReturnType<typeof oracleRadius>,
      ];
      const tiersOf = (id: string) =>
        [was, is].flatMap(({ artifacts: all }) => all.filter(({ artifact }) => artifact === id).map(({ tier }) => tier));
      return oracleChanges(was, is)
        .filter(({ kind }) => (on as readonly string[]).includes(kind))
        .filter(({ artifact }) => minTier === null || tiersOf(artifact).some((tier) => strength(tier) >= strength(minTier)))
        .map(({ artifact, kind }) => `${kind} ${artifact}`);
    },
  };
}

function watchLab(lab: string, questions: readonly Question[]): Watched {
  const worst = ({ world: facts }: Moment) => {
    const all = questions.flatMap((question) => oracleRadius(facts, question).artifacts.filter(({ owner }) => owner === lab));
    const ids = [...new Set(all.map(({ artifact }) => artifact))];
    const best = ids.map(
      (id) =>
        all
          .filter(({ artifact }) => artifact === id)
          .sort(byStrength)
          .at(-1) as Exposed,
    );
    return { ...oracleRadius(facts, questions[0] as Question), artifacts: best };
  };
  return {
    input: { name: lab, kind: 'LAB', lab },
    expect: (before, after) =>
      oracleChanges(worst(before), worst(after))
        .filter(({ kind }) => kind !== 'STAYED')
        .map(({ artifact, kind }) => `${kind} ${artifact}`),
  };
}

/** JOINED and LEFT of two sets of subjects. */
function compareSets(before: readonly string[], after: readonly string[]): string[] {
  const joined = after.filter((id) => !before.includes(id)).map((id) => `JOINED ${id}`);
  return [...joined, ...before.filter((id) => !after.includes(id)).map((id) => `LEFT ${id}`)];
}

function watchFindings(kinds: readonly string[]): Watched {
  const of = ({ world: facts, instant }: Moment) =>
    oracleFindings(facts, defaultPolicy, instant)
      .map(({ id }) => id)
      .filter((id) => kinds.some((kind) => id.startsWith(`${kind}/`)));
  return {
    input: { name: kinds.join(), kind: 'FINDINGS', findings: kinds },
    expect: (before, after) => compareSets(of(before), of(after)),
  };
}

function watchRanking(first: number): Watched {
  const of = ({ world: facts, instant }: Moment) =>
    oracleRanking(facts, atOnce(instant), 'WEIGHTED_LOSS')
      .filter(({ position, weightedLossUsd }) => position <= first && weightedLossUsd > 0)
      .map(({ organization }) => organization);
  return { input: { name: `first ${first}`, kind: 'RANKING', first }, expect: (before, after) => compareSets(of(before), of(after)) };
}

/** Those that are due within a day, and those that are overdue. */
function watchNotices(incident: string, question: Question, discoveredAt: number): Watched {
  const of = ({ world: facts, instant }: Moment) => {
    const keys = (isIn: (dueAt: number) => boolean) =>
      oracleNotices(facts, question, discoveredAt).flatMap(({ lab, notifier, dueAt }) =>
        dueAt !== null && isIn(dueAt) ? [`${lab}<${notifier}`] : [],
      );
    return [keys((dueAt) => dueAt - dayMs <= instant), keys((dueAt) => dueAt < instant)] as const;
  };
  return {
    input: { name: `notices of ${incident}`, kind: 'NOTICE', incident },
    expect: (before, after) =>
      of(after).flatMap((keys, i) =>
        keys.filter((key) => !of(before)[i]?.includes(key)).map((key) => `JOINED ${key.slice(0, key.indexOf('<'))}`),
      ),
  };
}

/** Of an artifact, who exposes it at which tier. Holders are told by words that this oracle leaves aside. */
function watchArtifact(artifact: string): Watched {
  const of = ({ world: facts, instant }: Moment) =>
    oracleExposures(facts, atOnce(instant)).find((one) => one.artifact === artifact)?.organizations ?? [];
  return {
    input: { name: artifact, kind: 'ARTIFACT', artifact, on: ['JOINED', 'LEFT'] },
    expect: (before, after) =>
      compareSets(
        of(before).map(({ organization }) => organization),
        of(after).map(({ organization }) => organization),
      ),
  };
}

it(
  `[S919] the events of 20 watches beside random edits are the differences of the oracle (seed ${seed})`,
  async () => {
    const watching = await new Watching().open();
    try {
      const facts = new Map(start.build().facts.map((fact) => [nameOf(fact), fact]));
      const toAssertions = (stated: readonly Stated[]): Assertion[] =>
        toRecordedFacts({ facts: stated }).map(({ kind, key, values, provenance: { assertedAt } }) => ({
          ...{ kind, key, values, assertedAt, isRetraction: false, source: null, file: null, line: null },
        }));
      await watching.write(toAssertions([...facts.values()]));
      const questions = fc
        .sample(questionsAbout(start.build()), { seed, numRuns: 10 })
        .map((question) => ({ ...question, scopes: question.scopes.map((scope) => ({ ...scope, engagements: [] })) }));
      const ofIncidents = questions.slice(0, 2);
      // One breach was known long before its notices are overdue, and those of the other fall due as time passes.
      const discoveries = [30, watching.now] as const;
      for (const [i, { suspected = [], hasCore = true, scopes, ...question }] of ofIncidents.entries())
        await watching.saveIncident(`INC-${i}`, {
          ...{ ...question, suspectedOrigins: suspected, hasCore, scope: scopes },
          discoveredAt: discoveries[i] ?? null,
        });
      const watched = [
        ...questions.map(watchRadius),
        ...labs.slice(0, 2).map((lab) => watchLab(lab, ofIncidents)),
        ...ofIncidents.map((question, i) => watchNotices(`INC-${i}`, question, discoveries[i] as number)),
        watchFindings(['CUSTODY_GAP', 'SENT_AFTER_DELETION', 'UNDECLARED_SUBCONTRACTOR', 'STALE', 'BLIND_SPOT']),
        watchFindings(['COPY_AFTER_ENGAGEMENT', 'UNKNOWN_SENT_AT', 'NO_NOTICE_TERM', 'READABLE_AT_HIGHEST_SENSITIVITY']),
        ...['a1', 'a4'].map(watchArtifact),
        ...[2, 4].map(watchRanking),
      ];
      expect(watched.length).toBe(20);
      const ids = new Map<string, Watched>();
      for (const one of watched) ids.set((await watching.watch(one.input)).id, one);
      let before: Moment = { world: { facts: [...facts.values()] }, instant: watching.now };
      const [countOne, told] = [counting('edits', edits), new Map<string, number>()];
      const points = new PointFacts(watching.questions);
      let skipped = 0;
      for (let done = 0; done < edits; ) {
        // Some evaluations span several edits, as after a rest.
        for (let more = pick([1, 1, 1, 2, 3]); more > 0 && done < edits; more--, done++) {
          countOne();
          const retractable = [...facts.values()].filter(
            ({ kind }) => kind !== 'ORGANIZATION' && kind !== 'ARTIFACT' && kind !== 'ENGAGEMENT',
          );
          if (random() < 0.25 && retractable.length > 0) {
            const gone = pick(retractable);
            facts.delete(nameOf(gone));
            await watching.write([
              { kind: gone.kind, key: keyOf(gone), isRetraction: true, values: [], assertedAt: 0, source: null, file: null, line: null },
            ]);
          } else {
            const fact = draw();
            facts.set(nameOf(fact), fact);
            await watching.write(toAssertions([fact]));
          }
        }
        const unasked = new Map((await watching.watches()).map((saved) => [saved.id, saved.watch]));
        const events = await watching.evaluate(ada);
        const after: Moment = { world: { facts: [...facts.values()] }, instant: watching.now };
        for (const [id, { input, expect: expected }] of ids) {
          const items = events.filter(({ watch }) => watch === id).flatMap((event) => event.items);
          const rows = items.map(({ kind, subject }) => `${kind} ${subject}`);
          expect([input.name, done, rows.sort()]).toEqual([input.name, done, expected(before, after).sort()]);
          if (rows.length > 0) told.set(input.kind, (told.get(input.kind) ?? 0) + 1);
        }
        // A watch that was not asked would have answered the same, to the last word of a row.
        for (const { id, watch } of await watching.watches()) {
          const then = unasked.get(id);
          if (then === undefined || then.evaluatedAt !== watch.evaluatedAt) continue;
          const [from, to] = [await points.open(then.last, evaluationLimit()), await points.open(watch.last, evaluationLimit())];
          const missed = await findDifferences(watch.question, watch.condition, from, to);
          expect([watch.name, done, missed]).toEqual([watch.name, done, []]);
          skipped++;
        }
        before = after;
      }
      expect(told.get('RADIUS')).toBeGreaterThan(0);
      expect(skipped).toBeGreaterThan(0);
    } finally {
      await watching.close();
    }
  },
  limitMs,
);
