import { findCustodyPaths } from '../../server/explore/custody-paths.ts';
import type { Path } from '../../server/explore/paths.ts';
import { findPaths } from '../../server/explore/paths.ts';

import { buildProjection } from '../../server/projection/build/build-projection.ts';
import type { LinkKind } from '../../server/projection/links.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { finish } from '../support/finish.ts';
import { describe, expect, it } from '../support/test.ts';
import type { WorldBuilder } from '../support/worlds/world.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const project = (built: WorldBuilder) => buildProjection(toRecordedFacts(built.build()), 1);

function show(projection: Projection, { nodes, links, isCustody }: Path): string {
  const id = ({ kind, index }: Path['nodes'][number]) =>
    (kind === 'artifact' ? projection.artifacts : projection.organizations).id.get(index);
  const parts = links.map(({ kind, facts }, i) => {
    const ids = kind === 'TRANSFER' ? `(${facts.map((t) => projection.transfers.id.get(t)).join()})` : '';
    return ` ${kind}${ids} ${id(nodes[i + 1] as Path['nodes'][number])}`;
  });
  return `${id(nodes[0] as Path['nodes'][number])}${parts.join('')}${isCustody ? '' : ' (contact)'}`;
}

function paths(projection: Projection, from: string, to: string, kinds?: LinkKind[], isDirected = true): string[] {
  const node = (id: string) => ({ kind: 'organization' as const, index: projection.organizations.id.find(id) });
  return finish(findPaths(projection, { from: node(from), to: node(to), kinds, isDirected, maxLength: 6, limit: 10 })).map((path) =>
    show(projection, path),
  );
}

function custody(projection: Projection, artifact: string, from: string, to: string, maxLength = 6): string[] {
  const organization = (id: string) => projection.organizations.id.find(id);
  const question = {
    artifact: projection.artifacts.id.find(artifact),
    from: organization(from),
    to: organization(to),
    maxLength,
    limit: 10,
  };
  return finish(findCustodyPaths(projection, question)).map((path) => show(projection, path));
}

describe('paths', () => {
  const two = world()
    .lab('a', 'b')
    .vendor('v')
    .subcontractor('s')
    .artifact('x', 'a')
    .artifact('y', 'b')
    .transfer('t1', 'x', 'a', 'v', { sentAt: 10 })
    .transfer('t2', 'y', 'b', 'v', { sentAt: 10 })
    .transfer('t3', 'y', 'v', 's', { sentAt: 20 })
    .engagement('e', 'a', 'v');

  it('[P74] a path is custody if one artifact was passed on along it, and contact otherwise', () => {
    const projection = project(two);
    // Lab a's artifact never went to the subcontractor. Both only have contact with the vendor.
    expect(paths(projection, 'a', 's', ['TRANSFER'])).toEqual(['a TRANSFER(t1) v TRANSFER(t3) s (contact)']);
    expect(paths(projection, 'b', 's', ['TRANSFER'])).toEqual(['b TRANSFER(t2) v TRANSFER(t3) s']);
    expect(paths(projection, 'a', 'v')).toEqual(['a TRANSFER(t1) v', 'a OWNS x HOLDS v']);
    expect(paths(projection, 'a', 'v', ['ENGAGEMENT'])).toEqual(['a ENGAGEMENT v (contact)']);
    expect(paths(projection, 's', 'a', ['TRANSFER'])).toEqual([]);
    expect(paths(projection, 's', 'a', ['TRANSFER'], false)).toEqual(['s TRANSFER(t3) v TRANSFER(t1) a (contact)']);
    expect(custody(projection, 'x', 'a', 's')).toEqual([]);
    expect(custody(projection, 'y', 'b', 's')).toEqual(['b TRANSFER(t2) v TRANSFER(t3) s']);
  });

  it('[P74] custody follows time: a copy that was deleted before or came later passes nothing on', () => {
    const built = (details: object) =>
      project(
        world()
          .lab('a')
          .vendor('v', 's')
          .artifact('x', 'a')
          .transfer('t1', 'x', 'a', 'v', { sentAt: 10, ...details })
          .transfer('t2', 'x', 'v', 's', { sentAt: 20 }),
      );
    expect(custody(built({}), 'x', 'a', 's')).toEqual(['a TRANSFER(t1) v TRANSFER(t2) s']);
    expect(custody(built({ deletionState: 'VERIFIED', deletedAt: 20 }), 'x', 'a', 's')).toEqual([]);
    expect(paths(built({ deletionState: 'VERIFIED', deletedAt: 20 }), 'a', 's', ['TRANSFER'])).toEqual([
      'a TRANSFER(t1) v TRANSFER(t2) s (contact)',
    ]);
    expect(custody(built({ sentAt: 21 }), 'x', 'a', 's')).toEqual([]);
    expect(custody(built({ sentAt: null }), 'x', 'a', 's')).toEqual(['a TRANSFER(t1) v TRANSFER(t2) s']);
  });

  it('[P74] a step shows only transfers on the path, and a path passes an organization twice only if there is no other way', () => {
    const projection = project(
      world()
        .lab('a')
        .vendor('b', 'v', 'w')
        .artifact('x', 'a')
        .transfer('t1', 'x', 'a', 'v', { sentAt: 10, deletionState: 'VERIFIED', deletedAt: 20 })
        .transfer('t2', 'x', 'v', 'w', { sentAt: 15 })
        .transfer('t3', 'x', 'w', 'v', { sentAt: 30 })
        .transfer('t4', 'x', 'v', 'b', { sentAt: 40 })
        .transfer('t5', 'x', 'a', 'v', { sentAt: 50 }),
    );
    expect(custody(projection, 'x', 'a', 'b')).toEqual(['a TRANSFER(t1) v TRANSFER(t2) w TRANSFER(t3) v TRANSFER(t4) b']);
    expect(custody(projection, 'x', 'a', 'b', 3)).toEqual([]);
    expect(custody(projection, 'x', 'a', 'w')).toEqual(['a TRANSFER(t1) v TRANSFER(t2) w']);
  });

  it('[P72] in a complete graph the first paths come first, and a path crosses a hub with 50,000 copies', () => {
    const built = world();
    for (let i = 100; i < 400; i++) built.vendor(`v${i}`);
    for (let i = 100; i < 400; i++) for (let j = 100; j < 400; j++) if (i !== j) built.access(`${i}/${j}`, `v${i}`, `v${j}`);
    expect(paths(project(built), 'v100', 'v399').slice(0, 3)).toEqual([
      'v100 ACCESS v399 (contact)',
      'v100 ACCESS v101 ACCESS v399 (contact)',
      'v100 ACCESS v102 ACCESS v399 (contact)',
    ]);
    const hub = world().lab('lab').vendor('end', 'hub', 'off');
    hub.artifact('x', 'lab');
    for (let i = 0; i < 50_000; i++) hub.transfer(`t${i}`, 'x', 'lab', 'hub', { sentAt: i });
    hub.transfer('u', 'x', 'hub', 'end', { sentAt: 10 });
    const projection = project(hub);
    expect(custody(projection, 'x', 'lab', 'end')).toEqual(['lab TRANSFER(t0,t1,t10,t2,t3,t4,t5,t6,t7,t8,t9) hub TRANSFER(u) end']);
    expect(paths(projection, 'lab', 'off')).toEqual([]);
  });
});
