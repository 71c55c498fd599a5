import type { LinkKind } from '../generated/operations.ts';
import {
  type Pin,
  readInstant,
  readList,
  readPins,
  readWindow,
  readWord,
  shortInstant,
  type TimeWindow,
  writeList,
  writePins,
  writeValue,
  writeWindow,
} from './params.ts';
import {
  NO_DOUBTS,
  NO_RADIUS_OPTIONS,
  type RadiusOptionValues,
  type RadiusQuestion,
  readDoubts,
  readRadiusOptions,
  type StatedDoubts,
  writeDoubts,
  writeRadiusOptions,
} from './radius-options-url.ts';

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

/** A radius that lies over the graph: its incident or its origins, and what differs from the incident or the defaults. */
export interface Overlay extends RadiusOptionValues, StatedDoubts {
  readonly incident: string | null;
  readonly origins: readonly string[];
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  /** How the nodes and lines outside of the radius are drawn. */
  readonly rest: (typeof RESTS)[number];
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
  /** What the fill of a node means. Under a radius it is the tier, whatever this says. */
  readonly color: (typeof EXPLORE_COLORS)[number];
  /** What the size of an organization means. */
  readonly size: (typeof EXPLORE_SIZES)[number];
  /** Filter: only these entries of the color's legend. An empty list means all. */
  readonly only: readonly string[];
  readonly layout: ExploreLayout;
  readonly pins: readonly Pin[];
  readonly groups: readonly ExploreGroup[];
  /** Shows only links that are valid at some instant of this window; null: at any time. */
  readonly validIn: TimeWindow | null;
  readonly knownAt: string | null;
  readonly overlay: Overlay | null;
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
    color: readWord(params, 'color', EXPLORE_COLORS) ?? 'kind',
    size: readWord(params, 'size', EXPLORE_SIZES) ?? 'equal',
    only: readList(params, 'only').filter((key) => /^([1-5]|[A-Z]{2}|none)$/.test(key)),
    layout: readWord(params, 'layout', EXPLORE_LAYOUTS) ?? 'rank',
    pins: readPins(params),
    groups: readGroups(params),
    validIn: readWindow(params, 'valid'),
    knownAt: readInstant(params.get('knownAt')),
    overlay: readOverlay(params),
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
  if (state.color !== 'kind') params.set('color', state.color);
  if (state.size !== 'equal') params.set('size', state.size);
  writeList(params, 'only', state.only);
  if (state.layout !== 'rank') params.set('layout', state.layout);
  writePins(params, state.pins);
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
  writeOverlay(params, state.overlay);
  return params;
}

function readOverlay(params: URLSearchParams): Overlay | null {
  const incident = params.get('overlay') || null;
  const origins = readList(params, 'o');
  const doubts = readDoubts(params);
  if (incident === null && origins.length === 0 && (doubts.suspects ?? []).length === 0) return null;
  return {
    incident,
    origins,
    ...doubts,
    core: readWindow(params, 'core'),
    widest: readWindow(params, 'widest'),
    ...readRadiusOptions(params),
    rest: readWord(params, 'rest', RESTS) ?? 'dim',
  };
}

function writeOverlay(params: URLSearchParams, overlay: Overlay | null): void {
  if (overlay === null) return;
  writeValue(params, 'overlay', overlay.incident);
  writeList(params, 'o', overlay.origins);
  writeDoubts(params, overlay);
  writeWindow(params, 'core', overlay.core);
  writeWindow(params, 'widest', overlay.widest);
  writeRadiusOptions(params, overlay);
  if (overlay.rest !== 'dim') params.set('rest', overlay.rest);
}

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
