import type { DrawnLink, DrawnNode } from '../../web/canvas/explore/graph-props.ts';
import { foldGroups, groupKey, groupName, withGroup } from '../../web/features/explore/groups/use-groups.ts';
import { parseExploreState } from '../../web/shared/url/explore-url.ts';
import { describe, expect, it } from '../support/test.ts';

function node(key: string, kind: DrawnNode['kind'] = 'VENDOR'): DrawnNode {
  return { key, kind, name: key.toUpperCase(), description: '', hiddenCount: 0 };
}

function link(source: string, target: string, count = 1, isUnreadable = false): DrawnLink {
  return { key: JSON.stringify(['TRANSFER', source, target]), kind: 'TRANSFER', source, target, count, isUnreadable, description: '' };
}

const nodes = [node('lab', 'LAB'), node('a'), node('b'), node('c', 'SUBCONTRACTOR')];
const links = [link('lab', 'a', 3), link('lab', 'b', 2, true), link('a', 'b'), link('b', 'c')];
const closed = { members: ['b', 'a'], isOpen: false };

describe('groups of nodes in Explore', () => {
  it('[W242] a closed group is one node, its lines are one for each neighbor, kind and direction, and inner lines vanish', () => {
    const drawn = foldGroups(nodes, links, [closed]);
    expect(drawn.nodes.map(({ key, name, memberCount }) => [key, name, memberCount])).toEqual([
      ['lab', 'LAB', undefined],
      ['group:b', '2 vendors', 2],
      ['c', 'C', undefined],
    ]);
    expect(drawn.links.map(({ source, target, count, isUnreadable }) => [source, target, count, isUnreadable])).toEqual([
      ['lab', 'group:b', 5, false],
      ['group:b', 'c', 1, false],
    ]);
    expect(drawn.nodes[1]?.description).toBe('group of A and B');
  });

  it('[W242] an open group, and one with a single drawn member, change nothing', () => {
    for (const groups of [[{ ...closed, isOpen: true }], [{ members: ['a', 'gone'], isOpen: false }], []]) {
      expect(foldGroups(nodes, links, groups)).toEqual({ nodes, links });
    }
  });

  it('[W242] a node is in one group: it leaves the one before, and a group of one ends', () => {
    expect(withGroup([closed, { members: ['c', 'd', 'e'], isOpen: true }], ['a', 'c'])).toEqual([
      { members: ['d', 'e'], isOpen: true },
      { members: ['a', 'c'], isOpen: false },
    ]);
    const params = new URLSearchParams([
      ['group', '["a","b"]'],
      ['openGroup', '["b","c","d"]'],
      ['group', '["a","e"]'],
      ['group', 'broken'],
    ]);
    expect(parseExploreState(params).groups).toEqual([
      { members: ['a', 'b'], isOpen: false },
      { members: ['c', 'd'], isOpen: true },
    ]);
    expect(groupKey(closed)).toBe('group:b');
    expect(groupName(nodes)).toBe('4 organizations');
    expect(groupName([node('x', 'ARTIFACT'), node('y')])).toBe('2 nodes');
  });
});
