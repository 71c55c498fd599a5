import { useMemo } from 'react';
import type { ExploreGroup, ExploreState } from '../../../shared/url/explore-url.ts';
import type { ExploreModel } from '../explore-model.ts';
import { parseLinkKey } from '../node-key.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';
import { drawnKey, foldGroups, groupKey, groupName, withGroup } from './fold-groups.ts';

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
