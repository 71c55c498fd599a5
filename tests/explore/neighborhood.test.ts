import fc from 'fast-check';
import { isReadable } from '../../server/domain/facts.ts';
import { summarizeCustody } from '../../server/explore/list-facts.ts';
import { findNeighborhood, listNeighbors } from '../../server/explore/neighborhood.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { formOf } from '../../server/projection/custody.ts';
import { type GraphNode, type LinkKind, linkKey, linkKinds, nodeKey } from '../../server/projection/links.ts';
import { copyKinds, rowOf } from '../../server/projection/projection.ts';
import { expectSame } from '../support/answers/expect-same.ts';
import { finish } from '../support/finish.ts';
import { isReadableCopy, meets, type OracleWindow, oracleCopies } from '../support/oracle/custody.ts';
import { byCodePoint } from '../support/oracle/order.ts';
import { describe, expect, it } from '../support/test.ts';
import { worlds } from '../support/worlds/arbitraries.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { factsOf, toRecordedFacts, type World, world } from '../support/worlds/world.ts';

interface PlainLink {
  readonly kind: LinkKind;
  readonly source: string;
  readonly target: string;
  count: number;
  readableCount: number | null;
}

const organization = (id: string) => `organization:${id}`;
const artifact = (id: string) => `artifact:${id}`;
const period = (from: number | null, until: number | null) => ({ from: from ?? -Infinity, until: until ?? Infinity });

/** Every link of a world, worked out from its facts, without the projection. A window leaves out what is not valid in it. */
function plainLinks(world: World, window: OracleWindow | null): PlainLink[] {
  const links = new Map<string, PlainLink>();
  const add = (kind: LinkKind, source: string, target: string, isReadable: boolean | null) => {
    const key = JSON.stringify([kind, source, target]);
    const link = links.get(key) ?? { kind, source, target, count: 0, readableCount: isReadable === null ? null : 0 };
    link.count++;
    if (isReadable === true) link.readableCount = (link.readableCount ?? 0) + 1;
    links.set(key, link);
  };
  for (const { id, owner } of factsOf(world, 'ARTIFACT')) add('OWNS', organization(owner), artifact(id), null);
  for (const copy of oracleCopies(world)) {
    if (window !== null && !meets(window, copy.possible)) continue;
    if (copy.kind !== 'OWNED') add('HOLDS', artifact(copy.artifact), organization(copy.holder), isReadableCopy(copy));
    if (copy.kind === 'TRANSFERRED' && copy.transfer !== null) {
      add('TRANSFER', organization(copy.transfer.sender), organization(copy.transfer.recipient), isReadableCopy(copy));
    }
  }
  for (const { grantee, grantor, validFrom, validUntil } of factsOf(world, 'ACCESS')) {
    if (window !== null && !meets(window, period(validFrom, validUntil))) continue;
    add('ACCESS', organization(grantee), organization(grantor), null);
  }
  for (const { client, provider, startsAt, endsAt } of factsOf(world, 'ENGAGEMENT')) {
    // An engagement has started by the end of the window, and has not ended before it (semantics §5).
    if (window !== null && ((startsAt ?? -Infinity) > window.to || (endsAt ?? Infinity) <= window.from)) continue;
    add('ENGAGEMENT', organization(client), organization(provider), null);
  }
  for (const fact of factsOf(world, 'REVEALS')) add('REVEALS', artifact(fact.artifact), artifact(fact.reveals), null);
  return [...links.values()];
}

const windows = fc
  .tuple(fc.constantFrom(0, 5, 10, 20, 30, 50, 60), fc.constantFrom(0, 0, 10, 25))
  .map(([from, length]): OracleWindow => ({ from, to: from + length }));
const bySourceAndTarget = (a: PlainLink, b: PlainLink) =>
  linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || byCodePoint(a.source, b.source) || byCodePoint(a.target, b.target);

const nodesOf = (world: World): string[] => [
  ...factsOf(world, 'ORGANIZATION').map(({ id }) => organization(id)),
  ...factsOf(world, 'ARTIFACT').map(({ id }) => artifact(id)),
];

const show = (value: unknown) => JSON.stringify(value, null, 1);
const project = (world: World) => buildProjection(toRecordedFacts(world), 1);

function find(projection: ReturnType<typeof project>, key: string): GraphNode {
  const [kind, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  return kind === 'organization'
    ? { kind, index: projection.organizations.id.find(id) }
    : { kind: 'artifact', index: projection.artifacts.id.find(id) };
}

describe('the surroundings of a node', () => {
  it('[G250] the links of a neighborhood in a window are those worked out from the facts that are valid in it', () => {
    fc.assert(
      fc.property(worlds, fc.option(windows, { nil: null }), fc.nat(), (world, window, pick) => {
        const keys = nodesOf(world);
        const start = keys[pick % Math.max(1, keys.length)];
        if (start === undefined) return;
        const projection = project(world);
        const { nodes, links } = finish(findNeighborhood(projection, [find(projection, start)], undefined, 2000, window ?? undefined));
        const all = plainLinks(world, window);
        const near = new Set([
          start,
          ...all.flatMap(({ source, target }) => (source === start ? [target] : target === start ? [source] : [])),
        ]);
        expectSame(show(nodes.map((node) => nodeKey(projection, node)).sort()), show([...near].sort()));
        const expected = all.filter(({ source, target }) => near.has(source) && near.has(target)).sort(bySourceAndTarget);
        expectSame(
          show(links.map((link) => [linkKey(projection, link), link.count, link.readableCount])),
          show(
            expected.map(({ kind, source, target, count, readableCount }) => [
              JSON.stringify([kind, source, target]),
              count,
              readableCount,
            ]),
          ),
        );
      }),
      { numRuns: generatedRuns(150) },
    );
  });

  it('[G251] the neighbors of a node are those of its links, each once, by name, then id, and filtered by a part of the name', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.constantFrom(...linkKinds),
        fc.nat(),
        fc.constantFrom('', 'a', 'A', 'ä', 'b1', 'nothing'),
        (world, kind, pick, text) => {
          const keys = nodesOf(world);
          const start = keys[pick % Math.max(1, keys.length)];
          if (start === undefined) return;
          const projection = project(world);
          const names = new Map([
            ...factsOf(world, 'ORGANIZATION').map(({ id, name }) => [organization(id), name] as const),
            ...factsOf(world, 'ARTIFACT').map(({ id, name }) => [artifact(id), name] as const),
          ]);
          const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
          const found = listNeighbors(projection, find(projection, start), kind, text).map((node) => nodeKey(projection, node));
          const ofKind = plainLinks(world, null).filter((link) => link.kind === kind);
          const near = new Set(ofKind.flatMap(({ source, target }) => (source === start ? [target] : target === start ? [source] : [])));
          const expected = [...near]
            .filter((key) => plain(names.get(key) as string).includes(plain(text)))
            .sort((a, b) => byCodePoint(names.get(a) as string, names.get(b) as string) || byCodePoint(a, b));
          expectSame(show(found), show(expected));
        },
      ),
      { numRuns: generatedRuns(150) },
    );
  });

  it('[S200] the first neighborhood of a node walks each of its facts a fixed number of times, and later ones only its neighbors', () => {
    const build = world();
    for (const id of ['lab', 'hub', 'v']) build.organization(id);
    build.artifact('a', 'lab');
    for (let i = 0; i < 3000; i++) build.transfer(`t${i}`, 'a', 'hub', i % 2 === 0 ? 'v' : 'lab');
    const plain = project(build.build());
    let reads = 0;
    const recipient = {
      at(transfer: number) {
        reads++;
        return plain.transfers.recipient.at(transfer);
      },
    };
    const projection = { ...plain, transfers: { ...plain.transfers, recipient: recipient as typeof plain.transfers.recipient } };
    const ask = () => finish(findNeighborhood(projection, [find(projection, organization('hub'))], ['TRANSFER'], 100));
    const first = ask();
    expect(first.links.map(({ count }) => count)).toEqual([1500, 1500]);
    expect(reads).toBeGreaterThanOrEqual(3000);
    expect(reads).toBeLessThanOrEqual(2 * 3000);
    reads = 0;
    expect(show(ask())).toBe(show(first));
    expect(reads).toBe(0);
  });

  it('[S201] the summary of custody is the same between two instants at which a copy begins or ends', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.integer({ min: -5, max: 70 }), fc.integer({ min: -5, max: 70 }), (about, pick, at, later) => {
        const projection = project(about);
        if (projection.organizations.count === 0) return;
        const index = pick % projection.organizations.count;
        const { from, until, custody } = summarizeCustody(projection, index, at);
        expect(from <= at && at < until).toBe(true);
        if (later >= from && later < until) expect(summarizeCustody(projection, index, later).custody).toEqual(custody);
      }),
      { numRuns: generatedRuns(300) },
    );
  });

  it('[P285] the summary of custody counts the copies that are possibly live, without own ones', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: -5, max: 70 }), (about, at) => {
        const projection = project(about);
        const { artifacts, copies, organizations, transfers } = projection;
        for (let index = 0; index < organizations.count; index++) {
          const live = Array.from(rowOf(organizations.copies, index)).filter(
            (copy) =>
              copyKinds[copies.kind.at(copy)] !== 'OWNED' && copies.possibleFrom.at(copy) <= at && at < copies.possibleUntil.at(copy),
          );
          const received = live
            .filter((copy) => copyKinds[copies.kind.at(copy)] === 'TRANSFERRED')
            .map((copy) => transfers.sentAt.at(copies.transfer.at(copy)))
            .filter((sentAt) => !Number.isNaN(sentAt));
          const owners = new Set(live.map((copy) => artifacts.owner[copies.artifact.at(copy)]));
          owners.delete(index);
          expect(summarizeCustody(projection, index, at).custody).toMatchObject({
            copyCount: live.length,
            readableCount: live.filter((copy) => isReadable(formOf(projection, copy))).length,
            labCount: owners.size,
            lastReceivedAt: received.length === 0 ? null : Math.max(...received),
          });
        }
      }),
      { numRuns: generatedRuns(300) },
    );
  });
});
