import { useMemo } from 'react';
import { kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import type { DrawnLink, DrawnNode } from '../../../canvas/explore/graph-props.ts';
import { countOf, joinNames } from '../../../shared/format/count.ts';
import type { ExploreGroup, ExploreState } from '../../../shared/url/explore-url.ts';
import type { ExploreModel } from '../explore-model.ts';
import { parseLinkKey } from '../node-key.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';

export interface NamedGroup {
  readonly key: string;
  readonly name: string;
  /** The members on the canvas. */
  readonly members: readonly string[];
  readonly isOpen: boolean;
}

export interface Groups {
  /** The graph on the canvas: each closed group is one node. */
  readonly drawn: Pick<ExploreModel, 'drawnNodes' | 'drawnLinks'>;
  /** The groups with at least two members on the canvas. */
  readonly all: readonly NamedGroup[];
  /** Names all groups: changes when one changes. */
  readonly key: string;
  /** The key under which a node or a link is drawn. */
  readonly drawnKey: (key: string) => string;
  /** The key to select for a key of the canvas: a line of a group selects the group. */
  readonly selectable: (key: string) => string;
  /** The closed group of a key of the canvas. */
  readonly find: (key: string | null) => NamedGroup | undefined;
  readonly make: (keys: readonly string[]) => void;
  readonly setOpen: (group: NamedGroup, isOpen: boolean) => void;
  readonly end: (group: NamedGroup) => void;
}

/** The groups of the view, which the address holds. */
export function useGroups(model: ExploreModel, state: ExploreState, act: CanvasSteps['act'], openKeys: readonly string[]): Groups {
  const key = JSON.stringify(state.groups);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the groups.
  const drawn = useMemo(() => {
    const { nodes, links } = foldGroups(model.drawnNodes, model.drawnLinks, state.groups);
    return { drawnNodes: nodes, drawnLinks: links };
  }, [model.drawnNodes, model.drawnLinks, key]);
  const onCanvas = new Map(model.drawnNodes.map((node) => [node.key, node]));
  const all = state.groups.flatMap((group): NamedGroup[] => {
    const members = group.members.flatMap((member) => onCanvas.get(member) ?? []);
    if (members.length < 2) return [];
    return [{ key: groupKey(group), name: groupName(members), members: members.map((member) => member.key), isOpen: group.isOpen }];
  });
  const change = (words: string, groups: readonly ExploreGroup[], selection: string | null) =>
    act(words, { nodes: openKeys, groups, selection });
  const others = (group: NamedGroup) => state.groups.filter((other) => groupKey(other) !== group.key);
  const isFolded = (at: string) => all.some((group) => !group.isOpen && group.key === at);
  const toDrawn = (at: string) => {
    const folded = drawnKey(state.groups, at);
    return isFolded(folded) ? folded : at;
  };
  return {
    drawn,
    all,
    key,
    drawnKey: toDrawn,
    selectable: (at) => {
      const link = parseLinkKey(at);
      return [link?.source, link?.target].find((end) => end !== undefined && isFolded(end)) ?? at;
    },
    find: (at) => all.find((group) => group.key === at),
    make: (keys) =>
      change(
        `Grouped ${groupName(keys.flatMap((at) => onCanvas.get(at) ?? []))}`,
        withGroup(state.groups, keys),
        groupKey({ members: keys, isOpen: false }),
      ),
    setOpen: (group, isOpen) =>
      change(
        `${isOpen ? 'Opened' : 'Closed'} ${group.name}`,
        state.groups.map((other) => (groupKey(other) === group.key ? { ...other, isOpen } : other)),
        isOpen ? (state.selection === group.key ? null : state.selection) : group.key,
      ),
    end: (group) => change(`Ungrouped ${group.name}`, others(group), state.selection === group.key ? null : state.selection),
  };
}

/** The key of a group on the canvas. It stays the same while members are hidden. */
export function groupKey({ members }: ExploreGroup): string {
  return `group:${members[0] ?? ''}`;
}

/** The key under which a node is drawn: its own, or that of the closed group that holds it. */
function drawnKey(groups: readonly ExploreGroup[], key: string): string {
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
