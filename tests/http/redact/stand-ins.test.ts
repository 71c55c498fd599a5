import { StandIns } from '../../../server/http/stand-ins.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { describe, expect, it } from '../../support/test.ts';
import { project } from '../../support/worlds/large-shape.ts';
import { toRecordedFacts, WorldBuilder, world } from '../../support/worlds/world.ts';

/** Names that begin alike, as those of a register often do. */
function manyAlike(count: number) {
  const world = new WorldBuilder();
  for (let i = 0; i < count; i++) world.organization(`org-${i}`, { name: `Acme company ${i}`, website: `https://acme-${i}.example` });
  return project(world);
}

/** Milliseconds of processor time, which other programs do not lengthen. */
function cost(act: () => unknown): number {
  const begun = process.cpuUsage();
  act();
  return process.cpuUsage(begun).user / 1000;
}

describe('stand-ins', () => {
  it('[S265] four times as many names that begin alike take about four times as long', () => {
    const [few, many] = [manyAlike(10_000), manyAlike(40_000)];
    const sentences = (count: number) => Array.from({ length: count }, (_, i) => `Acme company ${i} and Acme company ${i + 1}.`).join(' ');
    const hide = (projection: typeof few, count: number) => () => new StandIns().add(projection, new Map()).hideIn(sentences(count));
    const least = (act: () => unknown) => Math.min(...Array.from({ length: 3 }, () => cost(act)));
    // Comparing each name with each other would take 16 times as long.
    expect(least(hide(many, 40_000))).toBeLessThan(10 * least(hide(few, 10_000)));
  });

  it('[G190] hides the longest of several names that begin alike', () => {
    const world = new WorldBuilder().organization('a', { name: 'Acme' }).organization('b', { name: 'Acme (Nord)' });
    const standIns = new StandIns().add(project(world.organization('c', { name: '"Acme" & Sons', roles: ['LAB'] })), new Map());
    expect(standIns.hideIn('Acme (Nord), Acme and "Acme" & Sons; Acmes.')).toBe('Vendor 2, Vendor 1 and Lab 1; Acmes.');
  });

  it('[G378] leads an id back to its own organization, even if it is a name, an alias or a written form of another', () => {
    const world = new WorldBuilder()
      .organization('Acme', { name: 'ACME', aliases: ['acme', 'a\\;b'] })
      .organization('acme')
      .organization('ACME')
      .organization('a;b')
      .organization('a\\;b');
    const standIns = new StandIns().add(project(world), new Map());
    const ids = ['Acme', 'acme', 'ACME', 'a;b', 'a\\;b'];
    const shown = ids.map((id) => standIns.hideInValue({ id }) as { id: string });
    expect(new Set(shown.map(({ id }) => id)).size).toBe(ids.length);
    expect(shown.map((value) => standIns.restoreInValue(value))).toEqual(ids.map((id) => ({ id })));
  });

  it('[G376] hides the sign that a name at the end of a text begins with, though a longer name begins alike', () => {
    const world = new WorldBuilder().organization('a', { name: 'Acme' }).organization('b', { name: '/Acme' });
    const standIns = new StandIns().add(project(world.organization('c', { name: 'Acme (Nord)' })), new Map());
    expect(standIns.hideIn('Acme, /Acme')).toBe('Vendor 1, Vendor 2');
  });
});

it('[P307] hides no text that facts no longer have', () => {
  const factsWith = (channel: string) =>
    toRecordedFacts(world().lab('lab').vendor('v').artifact('a', 'lab').transfer('t', 'a', 'lab', 'v', { channel }).build());
  const facts = factsWith('post').filter(({ kind }) => kind === 'TRANSFER');
  const changed = new Map([['TRANSFER' as const, { keys: ['t'], facts }]]);
  const next = runAtOnce(refreshProjection(buildProjection(factsWith('weekly meeting'), 0), changed, 1));
  const text = 'They talked at the weekly meeting, and by post.';
  expect(new StandIns().add(next, new Map()).hideIn(text)).toBe('They talked at the weekly meeting, and by post.');
  expect(new StandIns().add(buildProjection(factsWith('weekly meeting'), 0), new Map()).hideIn(text)).not.toContain('weekly meeting');
});
