import type { LinkKind } from '../generated/operations.ts';
import {
  flag,
  ids,
  key,
  keys,
  knownAt,
  list,
  mapKey,
  mapStateIds,
  nested,
  type Parameter,
  pins,
  readState,
  type StateOf,
  text,
  texts,
  timeWindow,
  word,
  writeState,
} from './address-table.ts';
import { DOUBTS, NO_DOUBTS, NO_RADIUS_OPTIONS, OPTIONS, type RadiusQuestion, WINDOWS } from './radius-options-url.ts';

const EXPLORE_LAYOUTS = ['rank', 'rings', 'free'] as const;
export type ExploreLayout = (typeof EXPLORE_LAYOUTS)[number];

/** Nodes that the canvas draws as one while the group is closed. A node is in one group at most. */
export interface ExploreGroup {
  readonly members: readonly string[];
  readonly isOpen: boolean;
}

export const EXPLORE_COLORS = ['kind', 'country', 'sensitivity', 'value'] as const;
export const EXPLORE_SIZES = ['equal', 'value', 'copies'] as const;

const RESTS = ['dim', 'hide', 'plain'] as const;

const OVERLAY = {
  incident: text('overlay'),
  origins: ids('o', 'organization'),
  ...DOUBTS,
  ...WINDOWS,
  ...OPTIONS,
  /** How the nodes and lines outside of the radius are drawn. */
  rest: word('rest', RESTS, 'dim'),
};

/** A radius that lies over the graph: its incident or its origins, and what differs from the incident or the defaults. */
export type Overlay = StateOf<typeof OVERLAY>;

const anyOverlay = nested(OVERLAY);
const overlay: Parameter<Overlay | null> = {
  ...anyOverlay,
  read: (params) => {
    const found = anyOverlay.read(params);
    return found.incident === null && found.origins.length === 0 && (found.suspects ?? []).length === 0 ? null : found;
  },
  write: (params, of) => {
    if (of !== null) anyOverlay.write(params, of);
  },
  mapIds: (of, map) => (of === null ? null : mapStateIds(OVERLAY, of, map)),
};

const ends = keys('p');
const path: Parameter<readonly [string, string] | null> = {
  read: (params) => pairOf(ends.read(params)),
  write: (params, pair) => ends.write(params, pair ?? []),
  mapIds: (pair, map, state) => pairOf(ends.mapIds?.(pair ?? [], map, state) ?? []),
};

function pairOf([from, to]: readonly string[]): readonly [string, string] | null {
  return from === undefined || to === undefined ? null : [from, to];
}

const [closedGroups, openGroups] = (['group', 'openGroup'] as const).map((name) =>
  list<ExploreGroup>(name, {
    read: (each) => ({ members: parseMembers(each), isOpen: name === 'openGroup' }),
    write: ({ members }) => JSON.stringify(members),
    mapIds: (group, map) => ({ ...group, members: [...new Set(group.members.flatMap((member) => mapKey(member, map) ?? []))] }),
  }),
) as [Parameter<readonly ExploreGroup[]>, Parameter<readonly ExploreGroup[]>];

const groups: Parameter<readonly ExploreGroup[]> = {
  read: (params) => disjoint([...closedGroups.read(params), ...openGroups.read(params)]),
  write: (params, all) => {
    for (const [isOpen, named] of [
      [false, closedGroups],
      [true, openGroups],
    ] as const)
      named.write(
        params,
        all.filter((group) => group.isOpen === isOpen),
      );
  },
  mapIds: (all, map, state) => disjoint(closedGroups.mapIds?.(all, map, state) ?? all),
};

/** A node in a second group stays in the first; a group of fewer than two nodes is none. */
function disjoint(all: readonly ExploreGroup[]): readonly ExploreGroup[] {
  const taken = new Set<string>();
  return all.flatMap((group) => {
    const members = group.members.filter((member) => !taken.has(member));
    if (members.length < 2) return [];
    for (const member of members) taken.add(member);
    return [{ ...group, members }];
  });
}

function parseMembers(json: string): readonly string[] {
  try {
    const found: unknown = JSON.parse(json);
    return Array.isArray(found)
      ? [...new Set(found.filter((member): member is string => typeof member === 'string' && member !== ''))]
      : [];
  } catch {
    return [];
  }
}

/** The whole state of an Explore view. A node key is `organization:ID` or `artifact:ID`. */
export const EXPLORE = {
  /** Opened nodes. A single one is shown with its neighbors. */
  nodes: keys('n'),
  /** Without opened nodes: the labs and the organizations that hold most of their artifacts. */
  isAll: flag('all', '1'),
  /** The ends of the path that is searched for. */
  path,
  /** Link keys of opened connections. */
  opened: keys('x'),
  selection: key('sel'),
  hidden: keys('hide'),
  /** Filters: only these kinds, connections and artifact types. An empty list means all. */
  kinds: texts('kinds'),
  edges: texts('edges'),
  types: texts('types'),
  /** The meaning of a node's fill. Under a radius it is the tier, whatever this says. */
  color: word('color', EXPLORE_COLORS, 'kind'),
  /** The meaning of an organization's size. */
  size: word('size', EXPLORE_SIZES, 'equal'),
  /** Filter: only these entries of the color's legend. An empty list means all. */
  only: texts('only', /^([1-5]|[A-Z]{2}|none)$/),
  layout: word('layout', EXPLORE_LAYOUTS, 'rank'),
  pins,
  groups,
  /** Shows only links that are valid at some instant of this window; null: at any time. */
  validIn: timeWindow('valid', 'The time of connections', () => 'Connections of every time are shown instead.'),
  knownAt,
  overlay,
};

export type ExploreState = StateOf<typeof EXPLORE>;

export const parseExploreState = (params: URLSearchParams): ExploreState => readState(EXPLORE, params);

export const writeExploreState = (state: ExploreState): URLSearchParams =>
  writeState(EXPLORE, { ...state, isAll: state.isAll && state.nodes.length === 0 });

/** The overlay of these origins, at a time that is asked for first. */
export function overlayOf(origins: readonly string[]): Overlay {
  return { incident: null, origins, core: null, widest: null, ...NO_DOUBTS, ...NO_RADIUS_OPTIONS, rest: 'dim' };
}

/**
 * The URL of Explore with a radius over it: its incident, windows, options and the moment of knowledge stay.
 *
 * @param keys the nodes to open; none: those of the radius itself
 */
export function overlayHref(question: RadiusQuestion, keys: readonly string[], selection: string | null): string {
  const state = parseExploreState(new URLSearchParams());
  const { knownAt } = question;
  return `/explore?${writeExploreState({ ...state, nodes: keys, selection, knownAt, overlay: { ...question, rest: 'dim' } })}`;
}

/** The URL of Explore around one node, with that node selected. */
export function exploreHref(node: string): string {
  return `/explore?${new URLSearchParams({ n: node, sel: node })}`;
}

/** The URL of Explore with two nodes and the connection between them selected: its list shows each record with its source. */
export function linkHref(kind: LinkKind, source: string, target: string): string {
  const ends = [source, target].map((end) => ['n', end]);
  return `/explore?${new URLSearchParams([...ends, ['sel', JSON.stringify([kind, source, target])]])}`;
}
