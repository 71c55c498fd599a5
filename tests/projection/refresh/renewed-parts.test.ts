import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { listCopies, listTransfers } from '../../../server/explore/list-facts.ts';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import { FindingList } from '../../../server/exposure/findings/findings.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { listAll, sortById } from '../../../server/projection/columns/order-rows.ts';
import { copyId, findCopy } from '../../../server/projection/custody.ts';
import { selectLabView, toLabFacts } from '../../../server/projection/lab-view.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import type { ChangedFacts } from '../../../server/projection/refresh/place-changes.ts';
import { countFacts } from '../../../server/projection/refresh/read-changes.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { openProjection, shareProjection } from '../../../server/projection/share-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { factLists } from '../../../server/questions/run/jobs.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { findDifference, radiusInIds } from '../../support/answers/engine-answers.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { describe, expect, it } from '../../support/test.ts';
import { inputOf } from '../../support/worlds/large-shape.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

/** Beginnings of ids on both sides of `implied:` and `owned:`, and at both ends. */
const beginnings = ['', 'implied', 'implied;', 'owned', 'owned;', 't-', '\u{1f600}'];
const organizations = ['lab', 'v', 'w', 'x'];
/** Others come between them and around them. */
const artifacts = ['b', 'd', 'f'];
const instants = [null, 10, 20, 30];

const small = fc.nat(40);
const change = fc.oneof(
  /** Transfers that are next to each other. */
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('series' as const),
      at: fc.constantFrom<number[]>(0, 1, 2, 3, 4, 5, 5, 5, 6),
      from: fc.nat(9),
      count: fc.integer({ min: 1, max: 4 }),
      as: small,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), at: small, count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('back' as const), at: small, as: fc.option(small, { freq: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), at: small, as: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('artifact' as const), at: small, as: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('organization' as const), at: small }) },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const step = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  /** Another renewal of the same facts, or the facts as another thread gets them. */
  beside: fc.constantFrom('nothing', 'nothing', 'a plan', 'a message'),
});

function transfer(id: string, as: number): RecordedFact {
  const [sender, recipient] = [organizations[as % 4] as string, organizations[(as + 1 + (as >> 2)) % 4] as string];
  const built = world().transfer(id, artifacts[as % 3] as string, sender, recipient === sender ? 'lab' : recipient, {
    sentAt: instants[as % 4] as number | null,
    deletedAt: as % 5 === 0 ? 25 : null,
    deletionState: as % 5 === 0 ? 'ATTESTED' : 'NONE',
    fragments: as % 7 === 0 ? [`f${as % 2}`, 'g'] : null,
    channel: as % 3 === 0 ? `c${as % 6}` : null,
    assertedAt: as,
  });
  return {
    ...(toRecordedFacts(built.build())[0] as RecordedFact),
    provenance: { importId: `i${as}`, file: null, line: as, assertedBy: 'ada', assertedAt: as, source: null },
  };
}

class Facts {
  readonly known = new Map<string, RecordedFact>();
  readonly #removed: RecordedFact[] = [];
  #changed = new Map<FactKind, Set<string>>();

  constructor() {
    const base = world().lab('lab').vendor('v', 'w', 'x');
    for (const id of artifacts) base.artifact(id, 'lab', { fragmentCount: id === 'b' ? 4 : null });
    for (const fact of toRecordedFacts(base.build())) this.put(fact);
    for (let i = 0; i < 12; i++) this.put(transfer(`${beginnings[i % 7]}${i * 3}`, i));
    this.#changed.clear();
  }

  put(fact: RecordedFact): void {
    this.known.set(`${fact.kind} ${fact.key}`, fact);
    this.#note(fact);
  }

  #note({ kind, key }: RecordedFact): void {
    this.#changed.set(kind, (this.#changed.get(kind) ?? new Set()).add(key));
  }

  #transfers(): RecordedFact[] {
    return [...this.known.values()].filter(({ kind }) => kind === 'TRANSFER');
  }

  do(one: Change): void {
    const all = this.#transfers();
    switch (one.do) {
      case 'series':
        for (let i = 0; i < one.count; i++) this.put(transfer(`${beginnings[one.at % 7]}${one.from + i}`, one.as + i));
        return;
      case 'remove':
        for (const fact of all.slice(one.at % (all.length + 1)).slice(0, one.count)) {
          this.known.delete(`TRANSFER ${fact.key}`);
          this.#removed.push(fact);
          this.#note(fact);
        }
        return;
      case 'back': {
        const fact = this.#removed[one.at % (this.#removed.length + 1)];
        if (fact !== undefined) this.put(one.as === null ? fact : transfer(fact.key, one.as));
        return;
      }
      case 'edit': {
        const fact = all[one.at % (all.length + 1)];
        if (fact !== undefined) this.put(transfer(fact.key, one.as));
        return;
      }
      case 'artifact':
        for (const fact of toRecordedFacts(
          world()
            .artifact(`${'abcdefg'[one.at % 7]}`, organizations[one.as % 4] as string)
            .build(),
        ))
          this.put(fact);
        return;
      case 'organization':
        for (const fact of toRecordedFacts(world().vendor(`n${one.at}`).build())) this.put(fact);
    }
  }

  take(): ReadonlyMap<FactKind, ChangedFacts> {
    const taken = new Map(
      [...this.#changed].map(([kind, keys]) => [
        kind,
        { keys: [...keys], facts: [...keys].flatMap((key) => this.known.get(`${kind} ${key}`) ?? []) },
      ]),
    );
    this.#changed = new Map();
    return taken;
  }
}

/** Shows the first difference of two long texts. */
function expectSame(actual: string, expected: string): void {
  if (actual !== expected) expect(findDifference(JSON.parse(actual), JSON.parse(expected))).toBeUndefined();
}

/** One artifact a part, a few, or all of them in one. */
const partSizes = [1, 4, 10, 50, undefined];

describe('a projection whose parts were renewed', () => {
  it('[P294] equals all facts built anew, with parts of any size, and leaves every earlier projection as it was', () => {
    const seen = { shared: 0, cut: 0, numbers: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 6, maxLength: 16 }), fc.constantFrom(...partSizes), (steps, size) => {
        const facts = new Facts();
        let last = buildProjection(facts.known.values(), 0, size);
        const earlier = new Map([[last, projectionInText(last)]]);
        for (const [i, { changes, beside }] of steps.entries()) {
          for (const one of changes) facts.do(one);
          const changed = facts.take();
          const renew = () => runAtOnce(refreshProjection(last, changed, i + 1, size));
          const expected = projectionInText(buildProjection(facts.known.values(), i + 1));
          const others = beside === 'a plan' ? [renew()] : [];
          if (beside === 'a message') last = openProjection(structuredClone(shareProjection(last)));
          const next = renew();
          const sent = openProjection(structuredClone(shareProjection(next, last)), last);
          for (const one of [next, sent, ...others]) {
            expectSame(projectionInText(one), expected);
            earlier.set(one, expected);
          }
          if (next.memory.parts.some((part) => last.memory.parts.includes(part))) seen.shared++;
          if (next.memory.parts.length > last.memory.parts.length) seen.cut++;
          if (next.memory.lasting.artifacts.numberOf.some((number, index) => number !== index)) seen.numbers++;
          last = next;
        }
        // At the end, because what a renewal changes in an earlier projection stays changed.
        for (const [projection, was] of earlier) expectSame(projectionInText(projection), was);
      }),
      { numRuns: 60 },
    );
    expect(seen.shared).toBeGreaterThan(100);
    expect(seen.cut).toBeGreaterThan(5);
    expect(seen.numbers).toBeGreaterThan(10);
  });

  it('[P296] is read by a thread as it was, while later ones are made', async () => {
    const pool = new WorkerPool(1);
    const question = { instant: 20, policy: defaultPolicy, kinds: null, isSorted: true };
    const facts = new Facts();
    for (let i = 0; i < 3000; i++) facts.put(transfer(`m-${i * 7}`, i));
    facts.take();
    let last = buildProjection(facts.known.values(), 0, 500);
    for (let i = 0; i < 120; i++) {
      const was = last;
      const limit = new TimeLimit(60_000);
      const expected = factLists.findings(was, question);
      const ranking = rankOrigins(was, settings);
      const asked = [pool.run(was, 'findings', question, limit), pool.run(was, 'ranking', settings, limit)] as const;
      for (let k = 0; k < 6; k++) {
        facts.put(transfer(`m-700-${i}-${k}`, i + k));
        if (k % 2 === 1) facts.do({ do: 'remove', at: i * 17 + k, count: 1 });
        last = runAtOnce(refreshProjection(last, facts.take(), last.revision + 1, 500));
        if (k === 3) await nextTurn();
      }
      expect(await asked[0]).toEqual(expected);
      expect(await asked[1]).toEqual(ranking);
    }
    expectSame(projectionInText(last), projectionInText(buildProjection(facts.known.values(), last.revision)));
    await pool.close();
  });

  it('[P297] finds ids, lists, radii, findings and the view of a lab as one built anew does', () => {
    const facts = new Facts();
    let last = buildProjection(facts.known.values(), 0, 10);
    for (let i = 0; i < 60; i++) {
      facts.do({ do: 'series', at: i % 7, from: (i * 5) % 40, count: 2, as: i });
      if (i % 3 === 0) facts.do({ do: 'remove', at: i, count: 2 });
      last = runAtOnce(refreshProjection(last, facts.take(), i + 1, 10));
      const anew = buildProjection(facts.known.values(), i + 1);
      expect(answersOf(last)).toEqual(answersOf(anew));
    }
    expect(last.memory.parts.length).toBeGreaterThan(2);
  });
});

const window = { from: 0, to: 1_000_000 };
const settings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0.5, minDegree: 0.05 };

/** Answers of each room that looks at all transfers or copies, by ids. */
function answersOf(projection: Projection) {
  const { transfers } = projection;
  const ids = (indexes: ArrayLike<number>) => Array.from(indexes, (t) => transfers.id.get(t));
  const sought = beginnings.flatMap((beginning) => Array.from({ length: 45 }, (_, i) => `${beginning}${i}`));
  const question = { instant: 20, policy: defaultPolicy, kinds: null, isSorted: true };
  const list = FindingList.from(
    { projection, policy: defaultPolicy, instant: 20, levels: new AccessLevels(projection, 20) },
    factLists.findings(projection, question),
  );
  const findings = [...list.ids()].sort();
  const view = runAtOnce(selectLabView(projection, [0], new Map()));
  return {
    count: countFacts(projection),
    found: sought.map((id) => {
      const t = transfers.id.find(id);
      return t < 0 ? null : [transfers.id.get(t), copyId(projection, findCopy(projection, id)), findCopy(projection, `implied:${id}`) < 0];
    }),
    sorted: ids(listTransfers(projection, {}).slice(0, 10_000)),
    copies: Array.from(listCopies(projection, {}).slice(0, 10_000), (copy) => copyId(projection, copy)),
    findings,
    again: [...list.filter(findings.slice(0, 9), true).ids()].sort(),
    listed: list.slice(0, 10_000).map(({ id, message }) => ({ id, message })),
    ranking: rankOrigins(projection, settings),
    radius: radiusInIds(findBlastRadius(projection, inputOf(projection, ['v']))),
    view: ids(
      sortById(
        transfers,
        [...view.transfers.keys()].filter((t) => view.transfers[t] === 1),
      ),
    ),
    visible: toLabFacts(projection, view, factsOf(projection)).map(({ key }) => key),
  };
}

/** A fact of each transfer, as far as a view looks at it. */
function factsOf({ transfers }: Projection): RecordedFact[] {
  return Array.from(sortById(transfers, listAll(transfers)), (t) => transfer(transfers.id.get(t), 0));
}
