import { type FoundPath, groupPaths, pathTitle, pathVariables } from '../../web/features/explore/paths/path-words.ts';
import type { LinkKind } from '../../web/shared/generated/operations.ts';
import { describe, expect, it } from '../support/test.ts';

/** A path over organizations named by letters. */
function pathOf(names: string, kinds: readonly LinkKind[], isCustody = false): FoundPath {
  const nodes = [...names].map((name) => ({ key: `organization:${name}`, organization: { id: name, name, roles: [] }, artifact: null }));
  const links = kinds.map((kind, i) => ({
    key: JSON.stringify([kind, nodes[i]?.key, nodes[i + 1]?.key]),
    kind,
    source: nodes[i]?.key ?? '',
    target: nodes[i + 1]?.key ?? '',
    count: 1,
    facts: { totalCount: 0, edges: [] },
  }));
  return { isCustody, nodes, links };
}

describe('[W642] the ways from one node to another', () => {
  it('custody comes first, then access, engagements and contact; ownership and holding are no way and come last', () => {
    const custody = pathOf('avb', ['TRANSFER', 'TRANSFER'], true);
    const contact = pathOf('ab', ['TRANSFER']);
    const access = pathOf('asb', ['ACCESS', 'ACCESS']);
    const engaged = pathOf('aeb', ['ENGAGEMENT', 'ENGAGEMENT']);
    const mixed = pathOf('amb', ['ACCESS', 'ENGAGEMENT']);
    const facts = pathOf('axb', ['OWNS', 'HOLDS'], true);
    const groups = groupPaths({
      custody: [contact, custody],
      access: [access],
      engagements: [engaged],
      mixed: [contact, access, custody, mixed],
      all: [facts, contact, access],
    });
    expect(
      groups.map(({ title, paths }) => [title, ...paths.map(({ nodes }) => nodes.map(({ organization }) => organization?.name).join(''))]),
    ).toEqual([
      ['Custody', 'avb'],
      ['Access', 'asb'],
      ['Engagements', 'aeb'],
      ['Contact', 'ab', 'amb'],
      ['Facts that name both', 'axb'],
    ]);
    expect(groupPaths({ all: [] })).toEqual([]);
  });

  it('names each organization between', () => {
    expect([pathOf('avsb', ['TRANSFER', 'TRANSFER', 'TRANSFER']), pathOf('ab', ['ACCESS'])].map(pathTitle)).toEqual([
      '3 steps through v and s',
      '1 step',
    ]);
  });

  it('the custody of an artifact goes from its owner to the other end', () => {
    expect(pathVariables('artifact:x', 'organization:v', 'all', false, null)).toBeNull();
    expect(pathVariables('artifact:x', 'organization:v', 'all', false, 'lab')).toMatchObject({
      custodyFrom: { organization: 'lab' },
      custodyTo: { organization: 'v' },
      artifact: 'x',
      isCustodyDirected: true,
      custody: true,
      access: false,
      all: true,
    });
    expect(pathVariables('organization:lab', 'artifact:x', 'custody', true, 'lab')).toMatchObject({ custody: false, all: false });
    expect(pathVariables('organization:a', 'organization:b', 'access', true, null)).toMatchObject({
      custody: false,
      access: true,
      engagements: false,
      mixed: false,
      all: false,
    });
  });
});
