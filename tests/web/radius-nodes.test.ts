import { isEveryHoldingKnown, radiusNodes } from '../../web/features/blast-radius/canvas/radius-nodes.ts';
import { TIERS } from '../../web/shared/format/words.ts';
import { describe, expect, it } from '../support/test.ts';
import { lanesWorld } from './lanes-worlds.ts';

const radius = lanesWorld(60);
const nothing: ReadonlySet<string> = new Set();

describe('a radius on rings or free', () => {
  it('[W1071] has each holder and lab once, the origin first, and a line for each lab at a holder', () => {
    const { nodes, links } = radiusNodes(radius, null, nothing);
    const keys = nodes.map(({ key }) => key);
    expect(keys.toSorted()).toEqual([...radius.organizations, ...radius.labs].map(({ id }) => `organization:${id}`).toSorted());
    expect(nodes[0]).toMatchObject({ key: 'organization:o0', part: 'origin' });
    for (const { id, counts } of radius.labs) expect(nodes.find(({ key }) => key === `organization:${id}`)).toMatchObject({ counts });

    const ownerOf = new Map(radius.artifacts.map(({ id, ownerId }) => [id, ownerId]));
    const held = links.filter(({ kind }) => kind === 'HOLDS');
    const pairs = new Map<string, typeof radius.copies>();
    for (const copy of radius.copies) {
      const pair = JSON.stringify(['HOLDS', `organization:${ownerOf.get(copy.artifactId)}`, `organization:${copy.holderId}`]);
      pairs.set(pair, [...(pairs.get(pair) ?? []), copy]);
    }
    expect(held.map(({ key }) => key).toSorted()).toEqual([...pairs.keys()].toSorted());
    for (const { key, count, tier } of held) {
      const copies = pairs.get(key) ?? [];
      expect([count, tier]).toEqual([copies.length, TIERS.find((each) => copies.some((copy) => copy.tier === each))]);
    }
    expect(links.filter(({ tier }) => tier === 'SPREAD')).toHaveLength(radius.spread.length);
  });

  it('[W1071] leaves out what is hidden, with its lines', () => {
    const hidden = `organization:${radius.labs[0]?.id}`;
    const { nodes, links } = radiusNodes(radius, null, new Set([hidden]));
    expect(nodes.map(({ key }) => key)).not.toContain(hidden);
    expect(links.flatMap(({ source, target }) => [source, target])).not.toContain(hidden);
  });

  it('[W1071] of fewer hops, is pale where it does not reach, and says no chance and count of the whole', () => {
    const reached = new Set(radius.organizations.flatMap(({ id, hops }) => (hops < 2 ? [id] : [])));
    const copies = radius.copies.filter(({ holderId }) => reached.has(holderId));
    const after = { tiers: new Map(), reached, copies, spread: [], labs: new Map(radius.labs.slice(1).map((lab) => [lab.id, lab])) };
    const { nodes, links } = radiusNodes(radius, after, nothing);
    const restOf = (ids: readonly { readonly id: string }[]) =>
      ids.flatMap(({ id }) => (nodes.find(({ key }) => key === `organization:${id}`)?.part === 'rest' ? [id] : []));
    expect(restOf(radius.organizations)).toEqual(radius.organizations.flatMap(({ id, hops }) => (hops < 2 ? [] : [id])));
    expect(restOf(radius.labs)).toEqual([radius.labs[0]?.id]);
    expect(nodes.filter(({ note }) => note !== undefined)).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
    for (const { target } of links) expect(reached).toContain(target.slice('organization:'.length));
  });

  it("[W1071] knows no lines from the first rows of a filtered list alone, and has the server's where there are some", () => {
    const first = { ...radius, isWhole: false };
    const unknown = radiusNodes(first, null, nothing);
    expect(unknown.areLabLinksKnown).toBe(false);
    expect(unknown.links.every(({ tier }) => tier === 'SPREAD')).toBe(true);
    const counts = { EXPOSED: 0, POSSIBLE: 7, CONTAINED: 2 };
    const cells = [{ holderId: 'o1', labId: radius.labs[0]?.id ?? '', counts, lossUsd: counts }];
    const { links } = radiusNodes({ ...first, cells }, null, nothing);
    expect(links.filter(({ kind }) => kind === 'HOLDS')).toMatchObject([{ count: 9, tier: 'POSSIBLE' }]);
  });

  it('[W1166] of a radius that the layout cannot show whole, draws the origins, the holders that hold most and the labs with the worst losses', () => {
    const large = lanesWorld(400);
    const organizations = [
      ...large.organizations,
      ...Array.from({ length: 120 }, (_, i) => ({
        ...(large.organizations.at(-1) as (typeof large.organizations)[number]),
        id: `h${i}`,
        heldCount: i,
      })),
    ];
    const { nodes, links } = radiusNodes({ ...large, organizations }, null, nothing, 80);
    const keys = nodes.map(({ key }) => key);
    expect(keys).toHaveLength(24);
    for (const { id, hops } of organizations) if (hops === 0) expect(keys).toContain(`organization:${id}`);
    expect(keys).toContain('organization:h119');
    expect(keys).not.toContain('organization:h0');
    const drawn = new Set(keys);
    for (const { source, target } of links) expect([drawn.has(source), drawn.has(target)]).toEqual([true, true]);
    expect(radiusNodes(large, null, nothing, 1000).nodes.length).toBe(large.organizations.length + large.labs.length);
    // The largest holders are known only if all holdings are.
    const reachedTotal = organizations.filter(({ hops }) => hops > 0).length;
    const known = organizations.map((one) => ({ ...one, heldCount: one.heldCount ?? 0 }));
    expect(isEveryHoldingKnown({ ...large, organizations: known, reachedTotal })).toBe(true);
    expect(isEveryHoldingKnown({ ...large, organizations: known, reachedTotal: reachedTotal + 1 })).toBe(false);
    const unknown = known.map((one) => (one.id === 'h7' ? { ...one, heldCount: null } : one));
    expect(isEveryHoldingKnown({ ...large, organizations: unknown, reachedTotal })).toBe(false);
  });
});
