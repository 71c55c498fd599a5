import { createHash } from 'node:crypto';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import type { CopyForm, FactKind } from '../../../server/domain/facts.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { chooseLayout } from '../../../server/projection/refresh/choose-layout.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { reslot } from '../../../server/projection/refresh/reslot.ts';
import { NoRoom } from '../../../server/projection/slots.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

/** Facts that change, with their projection as a server renews it. */
class Renewed {
  readonly #facts = new Map<string, RecordedFact>();
  last: Projection;

  constructor(facts: readonly RecordedFact[]) {
    for (const fact of facts) this.#facts.set(`${fact.kind} ${fact.key}`, fact);
    this.last = buildProjection(this.#facts.values(), 0);
  }

  /** Whether it equals facts built anew. */
  isSame(): boolean {
    return projectionInText(this.last) === projectionInText(buildProjection(this.#facts.values(), this.last.revision));
  }

  /** Returns whether the transfers still have their columns. */
  renew(put: readonly RecordedFact[], removed: readonly string[] = []): boolean {
    for (const fact of put) this.#facts.set(`${fact.kind} ${fact.key}`, fact);
    for (const key of removed) this.#facts.delete(`TRANSFER ${key}`);
    const changed = new Map([...new Set(put.map(({ kind }) => kind))].map((kind) => [kind, changesOf(kind, put, removed)]));
    if (removed.length > 0) changed.set('TRANSFER', changesOf('TRANSFER', put, removed));
    const was = this.last;
    this.last = runAtOnce(refreshProjection(was, changed, was.revision + 1, { isFollowed: true }));
    return this.last.transfers.sentAt === was.transfers.sentAt;
  }
}

function changesOf(kind: FactKind, put: readonly RecordedFact[], removed: readonly string[]) {
  const facts = put.filter((fact) => fact.kind === kind);
  return { keys: [...facts.map(({ key }) => key), ...(kind === 'TRANSFER' ? removed : [])], facts };
}

const base = world().lab('lab').vendor('v', 'w').artifact('a', 'lab');

function transfers(ids: readonly string[], { portion = 1, sender = 'lab', form = 'PLAINTEXT' as CopyForm } = {}): RecordedFact[] {
  const made = world();
  for (const id of ids) made.transfer(id, 'a', sender, 'v', { portion, form });
  return toRecordedFacts(made.build());
}

const many = Array.from({ length: 300 }, (_, i) => `m-${100 + i}`);

/** By the lab, which owns the artifact, and by one that was never sent it, so that each transfer implies a copy. */
describe.each(['lab', 'w'])('transfers sent by %s', (sender) => {
  const half = (ids: readonly string[]) => transfers(ids, { portion: 0.5, sender });
  it.each([
    ['more changes than are placed one by one', () => half(many)],
    ['a transfer with its organization', () => toRecordedFacts(world().vendor('x').build()).concat(half(['m-100']))],
    ['a transfer with its artifact', () => toRecordedFacts(world().artifact('b', 'lab').build()).concat(half(['m-100']))],
  ] as const)('[P319] new transfers take vacant slots as before after %s', (_, change) => {
    const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(many, { sender })]);
    expect(facts.renew(transfers(['m-250-1'], { sender }))).toBe(false);
    expect(facts.renew(transfers(['m-250-2'], { sender }))).toBe(true);
    facts.renew(change());
    expect(facts.isSame()).toBe(true);
    expect(facts.renew(transfers(['m-250-3'], { sender }))).toBe(true);
    expect(facts.isSame()).toBe(true);
  });
});

it.each([
  ['lab', 'upwards'],
  ['lab', 'downwards'],
  ['w', 'upwards'],
  ['w', 'downwards'],
])('[P347] the next 30 of a series that %s sends take vacant slots, %s', (sender, way) => {
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(many, { sender })]);
  const series = Array.from({ length: 31 }, (_, i) => `m-250-${String(i + 10)}`);
  if (way === 'downwards') series.reverse();
  const isInPlace = series.map((id) => facts.renew(transfers([id], { sender })));
  expect(isInPlace).toEqual(series.map((_, i) => i > 0));
  expect(facts.isSame()).toBe(true);
});

/** Beginnings of ids on both sides of `implied:` and `owned:`. */
const beginnings = ['a', 'implied;', 'm', 'owned;', 't'];

it('[P320] makes room at every new place: slots that have no record are left out before they are too many', () => {
  const ids = Array.from({ length: 80 }, (_, i) => `${beginnings[i % 5]}-${100 + i}`);
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(ids, { sender: 'w' })]);
  let removed = 0;
  let fewest = Infinity;
  let most = 0;
  for (const [i, id] of ids.entries()) {
    const sender = i % 3 === 0 ? 'w' : 'lab';
    facts.renew(transfers([`${id}-1`], { sender }));
    // The first may take the one vacant slot between two spaced records, and the next ones make room.
    for (const n of [2, 3]) facts.renew(transfers([`${id}-${n}`], { sender }));
    expect(facts.renew(transfers([`${id}-4`], { sender }))).toBe(true);
    if (i % 4 === 0) expect(facts.renew([], [ids[(removed++ * 7) % 80] as string])).toBe(true);
    const { slots, count } = facts.last.transfers;
    // Spaced ones have a vacant slot for each record.
    most = Math.max(most, slots - 2 * count);
    if (i > 66) fewest = Math.min(fewest, slots - count);
    if (i % 8 === 0 || i > 56) expect(facts.isSame()).toBe(true);
  }
  expect(most).toBeLessThanOrEqual(4096 + 64);
  expect(fewest).toBeLessThan(2000);
});

it('[P321] leaves earlier projections as they were where new transfers take the place of as many', () => {
  const hidden = { form: 'ENCRYPTED_KEY_AT_OWNER' } as const;
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(many, hidden)]);
  const earlier = facts.last;
  const text = projectionInText(earlier);
  // A new transfer comes with 64 vacant slots, so no copy behind it moves.
  facts.renew(transfers(['m-099'], hidden), many.slice(0, 65));
  expect(facts.renew(transfers(['m-099-1', 'm-099-2']))).toBe(true);
  expect(projectionInText(earlier) === text).toBe(true);
  expect(facts.isSame()).toBe(true);
});

/** Slots without a record: of transfers, and of implied copies. */
function vacanciesOf({ transfers, copies }: Projection): readonly [number, number] {
  const ofTransfers = transfers.slots - transfers.count;
  return [ofTransfers, copies.slots - copies.count - ofTransfers];
}

it('[P322] makes no room for implied copies where their transfers have none', () => {
  const even = Array.from({ length: 100 }, (_, i) => `m-${1000 + 2 * i}`);
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(even)]);
  for (let batch = 0; batch < 5; batch++) {
    const odd = Array.from({ length: 20 }, (_, k) => `m-${1001 + 2 * (batch + 5 * k)}`);
    facts.renew([...transfers(odd.slice(0, 10), { sender: 'w' }), ...transfers(odd.slice(10))]);
    expect(facts.isSame()).toBe(true);
  }
  expect(vacanciesOf(facts.last)).toEqual([0, 0]);
});

it.each(['lab', 'w'])('[P323] leaves out the slots of removed records also where others arrive at many places; sent by %s', (sender) => {
  const idsOf = (round: number) => Array.from({ length: 200 }, (_, k) => `${beginnings[k % 5]}-${10_000 + 50 * k + round}`);
  const stay = Array.from({ length: 200 }, (_, k) => `${beginnings[k % 5]}-${10_049 + 50 * k}`);
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers([...stay, ...idsOf(0)], { sender })]);
  for (let round = 0; round < 24; round++) {
    expect(facts.renew([], idsOf(round))).toBe(true);
    facts.renew(transfers(idsOf(round + 1), { sender }));
    if (round > 18) expect(facts.isSame()).toBe(true);
    for (const vacancies of vacanciesOf(facts.last)) expect(vacancies).toBeLessThanOrEqual(4096);
  }
});

/** Ids in no order, as random ones are. */
const randomIds = Array.from({ length: 560 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex').slice(0, 32));

it.each(['lab', 'w'])('[P325] transfers whose ids arrive anywhere take vacant slots from the third on; sent by %s', (sender) => {
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(randomIds.slice(0, 500))]);
  const inPlace = randomIds.slice(500, 540).map((id, i) => {
    const earlier = facts.last;
    const text = projectionInText(earlier);
    const isInPlace = facts.renew(transfers([id], { sender, portion: i / 40 }));
    expect(projectionInText(earlier) === text).toBe(true);
    expect(facts.isSame()).toBe(true);
    return isInPlace;
  });
  // The first leaves room around it, and the second spaces all. A later one may find a place taken.
  expect(inPlace.slice(0, 2)).toEqual([false, false]);
  expect(inPlace.filter((is) => is).length).toBeGreaterThan(30);
});

it('[P325] ids that are longer than all others take vacant slots from the third on', () => {
  const short = randomIds.slice(0, 500).map((id) => id.slice(0, 6));
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(short)]);
  for (const [length, ids] of [
    [8, randomIds.slice(500, 510)],
    [32, randomIds.slice(510, 540)],
    [48, randomIds.slice(540, 560)],
  ] as const) {
    const inPlace = ids.map((id) => facts.renew(transfers([id.padEnd(length, '-').slice(0, length)])));
    expect(inPlace.slice(2).filter((is) => !is).length).toBeLessThan(6);
    expect(facts.isSame()).toBe(true);
  }
});

it('[P325] records are not spaced where the room for ids would be more than a column holds', () => {
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(many)]);
  facts.renew(transfers([`m-100-${'x'.repeat(240)}`]));
  expect(chooseLayout(facts.last, new NoRoom(200))).toBe('SPACED');
  expect(chooseLayout({ ...facts.last, transfers: { ...facts.last.transfers, count: 2 ** 24 } }, new NoRoom(200))).toBe('SPACED');
  expect(chooseLayout({ ...facts.last, transfers: { ...facts.last.transfers, count: 2 ** 24 } }, new NoRoom(250))).not.toBe('SPACED');
});

it('[P326] laying records out anew changes nothing but their slots, and shares no column with the former projection', () => {
  const facts = new Renewed([...toRecordedFacts(base.build()), ...transfers(many, { sender: 'w' })]);
  facts.renew(transfers(['a-1', 'implied;1', 'm-250-1', 'owned;1'], { sender: 'w' }));
  facts.renew(transfers(['m-250-2']), many.slice(100, 150));
  // It passes on what `m-250-2` brought, so its copy has a chain.
  facts.renew(toRecordedFacts(world().transfer('z-1', 'a', 'v', 'x').build()).concat(toRecordedFacts(world().vendor('x').build())));
  const former = facts.last;
  const text = projectionInText(former);
  const fresh = (isSpaced: boolean) => runAtOnce(reslot(former, isSpaced));
  for (const [projection, slots] of [
    [fresh(false), former.transfers.count],
    // Each of the three parts of the order has a vacant slot at its start, too.
    [fresh(true), former.transfers.count * 2 + 3],
  ] as const) {
    expect(projectionInText(projection) === text).toBe(true);
    expect(projection.transfers.slots).toBe(slots);
    facts.last = projection;
    facts.renew(transfers(['a-2', 'm-251-1']), ['m-160']);
    facts.renew(transfers(['m-160'], { sender: 'w' }), ['a-2', 'm-251-1']);
    expect(projectionInText(projection) === text).toBe(true);
    expect(facts.isSame()).toBe(true);
    expect(projectionInText(former) === text).toBe(true);
  }
});
