import type { NodeKind } from '../../canvas/cytoscape/kinds.ts';
import type { DrawnLink, DrawnNode } from '../../canvas/explore/graph-props.ts';
import { countOf } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { ARTIFACT_TYPE_WORDS, mainRole, rolesInWords } from '../../shared/format/words.ts';
import type { ArtifactType, ExploreLinkFragment, ExploreNodeFragment } from '../../shared/generated/operations.ts';
import type { ExploreState } from '../../shared/url/explore-url.ts';
import type { RadiusOverlay } from './overlay/overlay-model.ts';

export const connectionKinds = ['READABLE', 'UNREADABLE', 'ACCESS', 'ENGAGEMENT', 'OWNS', 'HOLDS', 'REVEALS'] as const;
/** A line of the legend. Transfers have two, for readable and unreadable copies. */
export type ConnectionKind = (typeof connectionKinds)[number];

export const nodeKinds: readonly NodeKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER', 'ARTIFACT'];

/** The content of canvas, table and legend, derived once so that the three agree. */
export interface ExploreModel {
  readonly nodes: readonly ExploreNodeFragment[];
  readonly links: readonly ExploreLinkFragment[];
  readonly drawnNodes: readonly DrawnNode[];
  readonly drawnLinks: readonly DrawnLink[];
  /** The counts before the filters, so that the legend keeps the lines that it turns off. */
  readonly kindCounts: ReadonlyMap<NodeKind, number>;
  readonly connectionCounts: ReadonlyMap<ConnectionKind, number>;
  readonly typeCounts: ReadonlyMap<ArtifactType, number>;
  /** The legend of another color than the kind, with the same counts. */
  readonly lookEntries: readonly LookEntry[];
  /** Opened nodes that are hidden, individually or by a filter. */
  readonly notDrawn: readonly ExploreNodeFragment[];
}

export function nodeKindOf(node: ExploreNodeFragment): NodeKind {
  return node.organization === null ? 'ARTIFACT' : mainRole(node.organization.roles);
}

export function nodeName(node: ExploreNodeFragment): string {
  return node.organization?.name ?? node.artifact?.name ?? node.key;
}

export function connectionKindOf(link: ExploreLinkFragment): ConnectionKind {
  if (link.kind === 'TRANSFER') return link.readableCount === 0 ? 'UNREADABLE' : 'READABLE';
  return link.kind;
}

/**
 * Applies hidden nodes and filters to an answer. Complexity: O(nodes + links).
 *
 * @param answered the nodes, and the links among them
 * @param overlay the radius that lies over the graph; null: there is none
 */
export function buildExploreModel(
  answered: { readonly nodes: readonly ExploreNodeFragment[]; readonly links: readonly ExploreLinkFragment[] },
  state: ExploreState,
  overlay: RadiusOverlay | null = null,
): ExploreModel {
  const isPlain = overlay === null || state.overlay?.rest === 'plain';
  const hidden = new Set(state.hidden);
  const isIn = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  // Under a radius color means tier.
  const look = exploreLook(
    answered.nodes.filter(({ key }) => !hidden.has(key)),
    overlay === null ? state : { color: 'kind', size: state.size },
  );
  const isOfLook = (node: ExploreNodeFragment) => {
    const key = look.keyOf(node);
    return key === null || isIn(state.only, key);
  };
  const isDrawn = (node: ExploreNodeFragment) =>
    !hidden.has(node.key) &&
    isIn(state.kinds, nodeKindOf(node)) &&
    (node.artifact === null || isIn(state.types, node.artifact.type)) &&
    isOfLook(node);
  const nodes = answered.nodes.filter(isDrawn);
  const keys = new Set(nodes.map((node) => node.key));
  const among = answered.links.filter((link) => keys.has(link.source) && keys.has(link.target));
  const open = openedPairs(among, new Set(state.opened));
  const joined = new Set(among.filter((link) => link.kind === 'TRANSFER').map(pairOf));
  const inView = among.filter((link) => {
    if (link.kind === 'TRANSFER' && open.has(link.key)) return false;
    // Where transfers join two organizations, their engagement is drawn only if the legend selects it.
    if (link.kind === 'ENGAGEMENT' && state.edges.length === 0) return !joined.has(pairOf(link));
    return true;
  });
  const links = inView.filter((link) => isIn(state.edges, connectionKindOf(link)));
  const names = new Map(nodes.map((node) => [node.key, nodeName(node)]));
  const drawnCounts = countDrawn(among);
  return {
    nodes,
    links,
    drawnNodes: nodes.map((node) => withOverlay(withLook(toDrawnNode(node, drawnCounts), look.partOf(node)), overlay, isPlain)),
    drawnLinks: links.map((link) => {
      const tier = overlay?.links.get(link.key);
      return { ...toDrawnLink(link, names), ...(tier !== undefined ? { tier } : isPlain ? {} : { tier: 'REST' as const }) };
    }),
    kindCounts: tally(answered.nodes.filter((node) => !hidden.has(node.key)).map(nodeKindOf)),
    connectionCounts: tally(inView.map(connectionKindOf)),
    typeCounts: tally(answered.nodes.flatMap((node) => (node.artifact === null || hidden.has(node.key) ? [] : [node.artifact.type]))),
    lookEntries: look.entries,
    notDrawn: answered.nodes.filter((node) => !isDrawn(node)),
  };
}

function withLook(node: DrawnNode, { spoken, ...part }: ReturnType<ExploreLook['partOf']>): DrawnNode {
  return { ...node, ...part, ...(spoken !== undefined && { description: `${node.description}, ${spoken}` }) };
}

/** Says what a radius says of the node. What is not in it is dimmed, unless it is drawn as ever. */
function withOverlay(node: DrawnNode, overlay: RadiusOverlay | null, isPlain: boolean): DrawnNode {
  if (overlay === null) return node;
  const mark = overlay.marks.get(node.key);
  if (mark === undefined)
    return { ...node, description: `${node.description}, not in the radius`, ...(isPlain ? {} : { part: 'rest' as const }) };
  const isReached = mark.role === 'origin' || mark.role === 'reached' || mark.role === 'affected';
  return {
    ...node,
    description: `${node.description}, ${mark.spoken}`,
    ...(mark.note !== null && { note: mark.note }),
    ...(mark.counts !== null && { counts: mark.counts }),
    ...(mark.tier !== null
      ? { part: mark.tier }
      : isReached
        ? { part: mark.role as 'origin' | 'reached' | 'affected' }
        : isPlain
          ? {}
          : { part: 'rest' as const }),
  };
}

function tally<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function pairOf(link: ExploreLinkFragment): string {
  return link.source < link.target ? `${link.source}\n${link.target}` : `${link.target}\n${link.source}`;
}

/** Opened connections that are replaced by their artifacts, which are on the canvas. */
function openedPairs(links: readonly ExploreLinkFragment[], opened: ReadonlySet<string>): ReadonlySet<string> {
  if (opened.size === 0) return opened;
  const holders = new Set(links.filter((link) => link.kind === 'HOLDS').map((link) => link.target));
  return new Set(links.filter((link) => opened.has(link.key) && holders.has(link.target)).map((link) => link.key));
}

function countDrawn(links: readonly ExploreLinkFragment[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const link of links) {
    for (const end of [link.source, link.target]) {
      const key = `${link.kind} ${end}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** Connections to nodes that are not drawn. Counts transfers and access; without any transfer, engagements and access; for an artifact, copies and reveals. */
function hiddenCount(node: ExploreNodeFragment, drawn: ReadonlyMap<string, number>): number {
  const total = (kind: string) =>
    node.linkCounts.filter((count) => count.kind === kind).reduce((sum, count) => sum + count.incoming + count.outgoing, 0);
  const kinds =
    node.organization === null ? ['HOLDS', 'REVEALS'] : total('TRANSFER') > 0 ? ['TRANSFER', 'ACCESS'] : ['ENGAGEMENT', 'ACCESS'];
  return kinds.reduce((sum, kind) => sum + Math.max(0, total(kind) - (drawn.get(`${kind} ${node.key}`) ?? 0)), 0);
}

function toDrawnNode(node: ExploreNodeFragment, drawn: ReadonlyMap<string, number>): DrawnNode {
  const kind = nodeKindOf(node);
  const description =
    node.artifact === null
      ? rolesInWords(node.organization?.roles ?? [])
      : `${ARTIFACT_TYPE_WORDS[node.artifact.type]} of ${node.artifact.owner.name}`;
  return {
    key: node.key,
    kind,
    ...(node.artifact !== null && { type: node.artifact.type }),
    name: nodeName(node),
    description,
    hiddenCount: hiddenCount(node, drawn),
  };
}

function toDrawnLink(link: ExploreLinkFragment, names: ReadonlyMap<string, string>): DrawnLink {
  return {
    key: link.key,
    kind: link.kind,
    source: link.source,
    target: link.target,
    count: link.count,
    isUnreadable: (link.kind === 'TRANSFER' || link.kind === 'HOLDS') && link.readableCount === 0,
    description: `${names.get(link.source) ?? ''} to ${names.get(link.target) ?? ''}, ${countOf(link.count, 'fact', 'facts')}`,
  };
}

/** An entry of the legend of a color: the nodes on the canvas that it filters by. */
interface LookEntry {
  /** A country, a sensitivity, a step from 1 to 5, or `none`: as the address has it. */
  readonly key: string;
  readonly words: string;
  /** Of the fill, from 1 to 5; null: not filled. */
  readonly step: number | null;
  readonly count: number;
}

/** The meaning of color and size for the nodes on the canvas. */
interface ExploreLook {
  readonly entries: readonly LookEntry[];
  /** The entry of a node; null: this color says nothing of its kind. */
  readonly keyOf: (node: ExploreNodeFragment) => string | null;
  /** The drawn and the spoken parts of a node beside its kind. */
  readonly partOf: (node: ExploreNodeFragment) => Partial<DrawnNode> & { readonly spoken?: string };
}

const NONE = 'none';

/**
 * The look of the nodes on the canvas. Color by country or value speaks of organizations, by sensitivity of artifacts; other nodes keep the
 * color of their kind. Steps have about as many nodes each, and equal values stay together. Linear in the nodes, plus a sort.
 *
 * @param nodes all nodes of the canvas, filtered or not, so that an entry stays what it is when others are turned off
 */
function exploreLook(nodes: readonly ExploreNodeFragment[], { color, size }: Pick<ExploreState, 'color' | 'size'>): ExploreLook {
  const usdOf = ({ organization }: ExploreNodeFragment) => organization?.custody.meanValueUsd ?? 0;
  const stepOf = color === 'value' ? stepsOf(nodes.flatMap((node) => (node.organization === null ? [] : usdOf(node)))) : () => 1;
  const keyOf = (node: ExploreNodeFragment): string | null => {
    const { organization, artifact } = node;
    if (color === 'country') return organization === null ? null : (organization.country ?? NONE);
    if (color === 'value') return organization === null ? null : String(stepOf(usdOf(node)));
    return color === 'sensitivity' && artifact !== null ? String(artifact.sensitivity) : null;
  };
  const entries = entriesOf(nodes, color, keyOf, usdOf);
  const stepByKey = new Map(entries.map(({ key, step }) => [key, step]));
  const amountOf = (node: ExploreNodeFragment) =>
    size === 'copies' ? (node.organization?.custody.copyCount ?? 0) : size === 'value' ? usdOf(node) : 0;
  const most = Math.max(0, ...nodes.map(amountOf));
  return {
    entries,
    keyOf,
    partOf: (node) => {
      const key = keyOf(node);
      const step = key === null ? null : (stepByKey.get(key) ?? null);
      // The area says the amount.
      const scale = most === 0 || node.organization === null ? {} : { scale: 0.7 + 0.9 * Math.sqrt(amountOf(node) / most) };
      if (key === null) return scale;
      const words = color === 'value' ? formatMoney(usdOf(node)) : key === NONE ? 'not known' : key;
      const said = { country: 'country', sensitivity: 'sensitivity', value: 'value held', kind: '' }[color];
      return {
        ...scale,
        ...(step !== null && { step }),
        ...(color === 'sensitivity' ? { value: words } : key === NONE ? {} : { note: words }),
        spoken: `${said} ${words}`,
      };
    },
  };
}

function entriesOf(
  nodes: readonly ExploreNodeFragment[],
  color: ExploreState['color'],
  keyOf: ExploreLook['keyOf'],
  usdOf: (node: ExploreNodeFragment) => number,
): readonly LookEntry[] {
  const found = new Map<string, ExploreNodeFragment[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), node]);
  }
  if (color === 'country') {
    const isNone = (key: string) => Number(key === NONE);
    return [...found]
      .sort(([a, some], [b, others]) => isNone(a) - isNone(b) || others.length - some.length || (a < b ? -1 : 1))
      .map(([key, { length }], place) => ({
        key,
        words: key === NONE ? 'Country not known' : key,
        step: key === NONE ? null : Math.max(1, 5 - place),
        count: length,
      }));
  }
  return [...found]
    .sort(([a], [b]) => Number(b) - Number(a))
    .map(([key, own]) => ({
      key,
      words: color === 'value' ? rangeOf(own.map(usdOf)) : `Sensitivity ${key}`,
      step: Number(key),
      count: own.length,
    }));
}

function rangeOf(amounts: readonly number[]): string {
  const [low, high] = [formatMoney(Math.min(...amounts)), formatMoney(Math.max(...amounts))];
  return low === high ? low : `${low} to ${high}`;
}

function stepsOf(values: readonly number[]): (value: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  return (value) => 1 + Math.min(4, Math.floor((Math.max(0, sorted.indexOf(value)) * 5) / Math.max(1, sorted.length)));
}
