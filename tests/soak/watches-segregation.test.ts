import type { Assertion } from '../../server/domain/assertions.ts';
import type { WatchEvent } from '../../server/domain/records/watch.ts';
import type { WatchInput } from '../../server/watches/watch-input.ts';
import { artifact, lab, retract, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { Watching } from '../watches/watching.ts';
import { limitMs, randomFrom, rounds } from './scale.ts';

const count = rounds(200);
const steps = 12;
/** A person has 100 watches at most. */
const ownerOf = (i: number) => ({ name: `bound-${Math.floor(i / 100)}`, labs: ['vega'] });

const random = randomFrom(seed);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const day = (n: number) => Date.parse('2026-09-01T00:00:00Z') + n * 86_400_000;
const vendors = ['v1', 'v2', 'v3', 'v4'];
/** No fact of the lab names them. */
const strangers = ['w1', 'w2', 'w3'];
const own = ['a1', 'a2', 'a3', 'a4'];
const foreign = ['f1', 'f2', 'f3'];

const start: readonly Assertion[] = [
  ...[lab('vega'), lab('altair'), ...[...vendors, ...strangers].map((id) => vendor(id))],
  ...[...own.map((id) => artifact(id, 'vega', { valueHighUsd: 100 })), ...foreign.map((id) => artifact(id, 'altair'))],
  ...own.map((id, i) => transfer(`t-${id}`, id, 'vega', vendors[i] as string, { sentAt: day(0) })),
];

function drawInside(step: number): Assertion {
  const id = pick(own);
  if (random() < 0.2) return artifact(id, 'vega', { valueHighUsd: pick([100, 500, 900]) });
  if (random() < 0.3) return retract('TRANSFER', `t-${pick(own)}`);
  return transfer(pick([`t-${id}`, `in-${step}`]), id, 'vega', pick(vendors), { sentAt: day(pick([0, 5, 10])), portion: pick([1, 0.5]) });
}

/** Facts of another lab, at vendors that the lab knows too, and at others. */
function drawOutside(step: number, i: number): Assertion[] {
  const id = `${step}-${i}`;
  const of = pick(foreign);
  const stranger = pick(strangers);
  return pick<() => Assertion[]>([
    () => [transfer(`x-${id}`, of, 'altair', pick([...vendors, ...strangers]), { sentAt: day(pick([0, 5, 10])) })],
    () => [artifact(of, 'altair', { sensitivity: pick([1, 5]), valueHighUsd: pick([100, 9_000_000]) })],
    () => [artifact(`new-${id}`, 'altair'), transfer(`y-${id}`, `new-${id}`, 'altair', stranger, { sentAt: day(3) })],
    () => [lab(`hidden-${id}`), artifact(`h-${id}`, `hidden-${id}`)],
    () => [vendor(stranger, { name: `Renamed ${id}` })],
    () => [say('ENGAGEMENT', { id: `e-${id}`, client: 'altair', provider: stranger })],
    () => [
      say('ACCESS', {
        id: `c-${id}`,
        grantee: stranger,
        grantor: pick(strangers.filter((one) => one !== stranger)),
        kind: 'SOFTWARE',
        likelihood: 0.5,
      }),
    ],
  ])();
}

function watchOf(i: number): WatchInput {
  const core = { from: day(pick([0, 6])), to: day(pick([8, 20])) };
  const name = `w${i}`;
  return pick<() => WatchInput>([
    () => ({ name, kind: 'RADIUS', radius: { origins: [pick(vendors)], core } }),
    () => ({ name, kind: 'RADIUS', radius: { origins: [pick(vendors), pick(strangers)], core, options: { transferLikelihood: 0.5 } } }),
    () => ({ name, kind: 'RADIUS', incident: 'INC', minTier: pick(['EXPOSED', 'POSSIBLE'] as const) }),
    () => ({ name, kind: 'RADIUS', radius: { origins: [pick(vendors)], core }, worstCaseLossUsd: pick([50, 300]) }),
    () => ({ name, kind: 'LAB', lab: 'vega' }),
    () => ({ name, kind: 'ARTIFACT', artifact: pick(own) }),
    () => ({ name, kind: 'FINDINGS' }),
    () => ({ name, kind: 'RANKING', first: pick([1, 3]) }),
  ])();
}

/** Without the random id of its watch. */
const bytesOf = ({ watch: _, ...event }: WatchEvent) => JSON.stringify(event);

it(
  `[S963] no fact outside the view of a lab changes a byte of what ${count} watches tell those bound to it (seed ${seed})`,
  async () => {
    const both = [await new Watching().open(), await new Watching().open()] as const;
    try {
      const watches = Array.from({ length: count }, (_, i) => watchOf(i));
      for (const one of both) {
        await one.write(start);
        await one.saveIncident('INC', { origins: ['v1'], core: { from: day(0), to: day(20) } });
        for (const [i, input] of watches.entries()) await one.watch(input, ownerOf(i));
      }
      const owners = Array.from({ length: Math.ceil(count / 100) }, (_, i) => ownerOf(i * 100));
      let told = 0;
      for (let step = 0; step < steps; step++) {
        // The second changes in each step, so that the revisions of both stores rise alike.
        const inside = [drawInside(step), artifact('a-step', 'vega', { valueHighUsd: step + 1 })];
        // A write states a fact once.
        const drawn = Array.from({ length: 3 }, (_, i) => drawOutside(step, i)).flat();
        const outside = [...new Map(drawn.map((assertion) => [`${assertion.kind} ${assertion.key}`, assertion])).values()];
        await both[0].write(inside);
        await both[1].write([...inside, ...outside]);
        for (const one of both) await one.evaluate(ownerOf(0));
        for (const owner of owners) {
          const [alone, beside] = await Promise.all(
            both.map(async (one) => (await one.events(owner)).map(({ event }) => bytesOf(event)).sort()),
          );
          expect({ seed, step, events: beside }).toEqual({ seed, step, events: alone });
          told = Math.max(told, alone?.length ?? 0);
        }
      }
      expect(told).toBeGreaterThan(steps / 2);
    } finally {
      for (const one of both) await one.close();
    }
  },
  limitMs,
);
