import type { LinkKind } from '../generated/operations.ts';
import {
  readInstant,
  readList,
  readWindow,
  readWord,
  shortInstant,
  type TimeWindow,
  writeList,
  writeValue,
  writeWindow,
} from './params.ts';

const EXPLORE_LAYOUTS = ['rank', 'rings', 'free'] as const;
export type ExploreLayout = (typeof EXPLORE_LAYOUTS)[number];

/** A node that the reader placed by hand, in whole pixels. */
interface Pin {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/** Nodes that the canvas draws as one while the group is closed. A node is in one group at most. */
export interface ExploreGroup {
  readonly members: readonly string[];
  readonly isOpen: boolean;
}

/** The whole state of an Explore view. A node key is `organization:ID` or `artifact:ID`. */
export interface ExploreState {
  /** Opened nodes. A single one is shown with its neighbors. */
  readonly nodes: readonly string[];
  /** Without opened nodes: the labs and the organizations that hold most of their artifacts. */
  readonly isAll: boolean;
  /** The ends of the path that is searched for. */
  readonly path: readonly [string, string] | null;
  /** Link keys of opened connections. */
  readonly opened: readonly string[];
  readonly selection: string | null;
  readonly hidden: readonly string[];
  /** Filters: only these kinds, connections and artifact types. An empty list means all. */
  readonly kinds: readonly string[];
  readonly edges: readonly string[];
  readonly types: readonly string[];
  readonly layout: ExploreLayout;
  readonly pins: readonly Pin[];
  readonly groups: readonly ExploreGroup[];
  /** Shows only links that are valid at some instant of this window; null: at any time. */
  readonly validIn: TimeWindow | null;
  readonly knownAt: string | null;
}

export function parseExploreState(params: URLSearchParams): ExploreState {
  return {
    nodes: readList(params, 'n'),
    isAll: params.get('all') === '1',
    path: readPair(readList(params, 'p')),
    opened: readList(params, 'x'),
    selection: params.get('sel'),
    hidden: readList(params, 'hide'),
    kinds: readList(params, 'kinds'),
    edges: readList(params, 'edges'),
    types: readList(params, 'types'),
    layout: readWord(params, 'layout', EXPLORE_LAYOUTS) ?? 'rank',
    pins: readList(params, 'pin').flatMap(parsePin),
    groups: readGroups(params),
    validIn: readWindow(params, 'valid'),
    knownAt: readInstant(params.get('knownAt')),
  };
}

export function writeExploreState(state: ExploreState): URLSearchParams {
  const params = new URLSearchParams();
  writeList(params, 'n', state.nodes);
  if (state.isAll && state.nodes.length === 0) params.set('all', '1');
  writeList(params, 'p', state.path ?? []);
  writeList(params, 'x', state.opened);
  writeValue(params, 'sel', state.selection);
  writeList(params, 'hide', state.hidden);
  writeList(params, 'kinds', state.kinds);
  writeList(params, 'edges', state.edges);
  writeList(params, 'types', state.types);
  if (state.layout !== 'rank') params.set('layout', state.layout);
  writeList(
    params,
    'pin',
    state.pins.map((pin) => `${pin.key}@${Math.round(pin.x)},${Math.round(pin.y)}`),
  );
  for (const isOpen of [false, true]) {
    const groups = state.groups.filter((group) => group.isOpen === isOpen);
    writeList(
      params,
      isOpen ? OPEN_GROUP : GROUP,
      groups.map(({ members }) => JSON.stringify(members)),
    );
  }
  writeWindow(params, 'valid', state.validIn);
  writeValue(params, 'knownAt', state.knownAt === null ? null : shortInstant(state.knownAt));
  return params;
}

/** The URL of Explore around one node, with that node selected. */
export function exploreHref(key: string): string {
  const params = new URLSearchParams();
  params.set('n', key);
  params.set('sel', key);
  return `/explore?${params}`;
}

/** The URL of Explore with two nodes and the connection between them selected: its list shows each record with its source. */
export function linkHref(kind: LinkKind, source: string, target: string): string {
  const params = new URLSearchParams();
  writeList(params, 'n', [source, target]);
  params.set('sel', JSON.stringify([kind, source, target]));
  return `/explore?${params}`;
}

function readPair([from, to]: readonly string[]): readonly [string, string] | null {
  return from === undefined || to === undefined ? null : [from, to];
}

const GROUP = 'group';
const OPEN_GROUP = 'openGroup';

/** A node in a second group stays in the first; a group of fewer than two nodes is none. */
function readGroups(params: URLSearchParams): readonly ExploreGroup[] {
  const taken = new Set<string>();
  return [GROUP, OPEN_GROUP].flatMap((name) =>
    readList(params, name).flatMap((text): ExploreGroup[] => {
      const members = parseMembers(text).filter((member) => !taken.has(member));
      if (members.length < 2) return [];
      for (const member of members) taken.add(member);
      return [{ members, isOpen: name === OPEN_GROUP }];
    }),
  );
}

function parseMembers(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? [...new Set(value.filter((member): member is string => typeof member === 'string' && member !== ''))]
      : [];
  } catch {
    return [];
  }
}

function parsePin(text: string): readonly Pin[] {
  const match = /^(.+)@(-?\d{1,6}),(-?\d{1,6})$/s.exec(text);
  const [, key, x, y] = match ?? [];
  return key === undefined ? [] : [{ key, x: Number(x), y: Number(y) }];
}
