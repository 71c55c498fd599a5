import { kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import type { DrawnLink, DrawnNode } from '../../../canvas/explore/graph-props.ts';
import { countOf, joinNames } from '../../../shared/format/count.ts';
import type { ExploreGroup } from '../../../shared/url/explore-url.ts';

/** The key of a group on the canvas. It stays the same while members are hidden. */
export function groupKey({ members }: ExploreGroup): string {
  return `group:${members[0] ?? ''}`;
}

/** The key under which a node is drawn: its own, or that of the closed group that holds it. */
export function drawnKey(groups: readonly ExploreGroup[], key: string): string {
  const group = groups.find(({ members, isOpen }) => !isOpen && members.includes(key));
  return group === undefined ? key : groupKey(group);
}

/** The kind and number of the members, such as "3 vendors". */
export function groupName(members: readonly DrawnNode[]): string {
  const kinds = new Set(members.map(({ kind }) => kind));
  const [kind] = kinds;
  if (kind !== undefined && kinds.size === 1) {
    const words = kindLooks[kind].words.toLowerCase();
    return countOf(members.length, words.replace(/s$/, ''), words);
  }
  return kinds.has('ARTIFACT') ? countOf(members.length, 'node', 'nodes') : countOf(members.length, 'organization', 'organizations');
}

/**
 * Draws each closed group as one node, with one line for each kind of connection, neighbor and direction. Only the canvas folds: the table
 * keeps the rows of the members. A group with fewer than two drawn members folds nothing. Complexity: O(nodes + links).
 */
export function foldGroups(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  groups: readonly ExploreGroup[],
): { readonly nodes: readonly DrawnNode[]; readonly links: readonly DrawnLink[] } {
  const groupOf = new Map(
    groups.filter(({ isOpen }) => !isOpen).flatMap((group) => group.members.map((member) => [member, group] as const)),
  );
  const members = new Map<ExploreGroup, DrawnNode[]>();
  for (const node of nodes) {
    const group = groupOf.get(node.key);
    if (group !== undefined) members.set(group, [...(members.get(group) ?? []), node]);
  }
  const folded = new Map([...members].filter(([, own]) => own.length > 1));
  if (folded.size === 0) return { nodes, links };
  const keyOf = (key: string) => {
    const group = groupOf.get(key);
    return group !== undefined && folded.has(group) ? groupKey(group) : key;
  };
  const drawn = new Map<string, DrawnNode>();
  for (const node of nodes) {
    const key = keyOf(node.key);
    const group = groupOf.get(node.key);
    if (key === node.key) drawn.set(key, node);
    else if (!drawn.has(key)) drawn.set(key, groupNode(key, folded.get(group as ExploreGroup) ?? []));
  }
  const lines = new Map<string, DrawnLink>();
  for (const link of links) {
    const [source, target] = [keyOf(link.source), keyOf(link.target)];
    if (source === link.source && target === link.target) lines.set(link.key, link);
    else if (source !== target) {
      const key = JSON.stringify([link.kind, source, target]);
      const known = lines.get(key);
      const count = link.count + (known?.count ?? 0);
      lines.set(key, {
        key,
        kind: link.kind,
        source,
        target,
        count,
        isUnreadable: link.isUnreadable && (known?.isUnreadable ?? true),
        ...strongest([link.tier, known?.tier]),
        description: `${drawn.get(source)?.name ?? ''} to ${drawn.get(target)?.name ?? ''}, ${countOf(count, 'fact', 'facts')}`,
      });
    }
  }
  return { nodes: [...drawn.values()], links: [...lines.values()] };
}

function groupNode(key: string, members: readonly DrawnNode[]): DrawnNode {
  const [first] = members as readonly [DrawnNode, ...DrawnNode[]];
  const organization = members.find(({ kind }) => kind !== 'ARTIFACT');
  const names = members.slice(0, 3).map(({ name }) => name);
  return {
    key,
    kind: organization?.kind ?? first.kind,
    icon: first.icon,
    name: groupName(members),
    description: `group of ${joinNames(members.length > 3 ? [...names, `${members.length - 3} more`] : names)}`,
    hiddenCount: 0,
    memberCount: members.length,
    ...(members.every(({ part }) => part === 'rest') && { part: 'rest' }),
  };
}

const strengths = ['EXPOSED', 'POSSIBLE', 'CONTAINED', 'SPREAD', 'REST'] as const;

/** A line of several has the strongest of their tiers. */
function strongest(tiers: readonly DrawnLink['tier'][]): Pick<DrawnLink, 'tier'> {
  const tier = strengths.find((each) => tiers.includes(each));
  return tier === undefined ? {} : { tier };
}

/** Puts nodes into a closed group of their own. They leave the groups that held them; a group of one ends. */
export function withGroup(groups: readonly ExploreGroup[], keys: readonly string[]): readonly ExploreGroup[] {
  const taken = new Set(keys);
  const others = groups
    .map((group) => ({ ...group, members: group.members.filter((member) => !taken.has(member)) }))
    .filter(({ members }) => members.length > 1);
  return keys.length < 2 ? others : [...others, { members: keys, isOpen: false }];
}
