import { countOf } from '../../shared/format/count.ts';
import { TIERS } from '../../shared/format/words.ts';
import { type Curve, type Point, pointOn } from '../cytoscape/curve.ts';
import type { Box } from '../cytoscape/label-box.ts';
import { cutInTheMiddle, estimateWidth } from '../cytoscape/label-box.ts';
import { routerAround } from '../cytoscape/route.ts';
import type { Scene, SceneLink, SceneNode } from '../scene/scene.ts';
import type { DrawnLink, DrawnNode } from './graph-props.ts';
import { boxesOf, hasUnder, markSize, pillText, placeCounts, tallyWidth } from './link-counts.ts';

/** The scene of a graph whose nodes are placed. @param isLaned the nodes stand in lanes, between which lines run level */
export function sceneOfGraph(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  positions: ReadonlyMap<string, Point>,
  isLaned: boolean,
): Scene {
  const at = (key: string) => positions.get(key) ?? { x: 0, y: 0 };
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  // A name and its counts are nobody's end, so that the lines of their own node go around them too.
  const boxes = new Map(
    nodes.flatMap((node): readonly [string, readonly Box[]][] => {
      const [mark, ...words] = boxesOf(node, at(node.key));
      return [
        [node.key, mark === undefined ? [] : [mark]],
        [`words:${node.key}`, words],
      ];
    }),
  );
  const isRouted = links.length <= mostRouted;
  const curves = curveLinks(links, at, isRouted ? boxes : noBoxes, isLaned);
  const counts = placeCounts(nodes, links, at, curves);
  return {
    nodes: [
      ...nodes.flatMap((node) => nodeMarks(node, at(node.key))),
      ...links.flatMap((link): readonly SceneNode[] => {
        const place = counts.get(link.key);
        return place === undefined ? [] : [{ id: countId(link.key), at: place, classes: 'count', data: { label: String(link.count) } }];
      }),
    ],
    links: links.map(
      (link): SceneLink => ({
        id: link.key,
        source: link.source,
        target: link.target,
        width: linkWidth(link),
        curve: curves.get(link.key) as Curve,
        classes: `${link.kind.toLowerCase()}${link.isUnreadable ? ' unreadable' : ''}${tierClasses(link.tier)}`,
        isTarget: true,
      }),
    ),
    bounds: boundsOf([...positions.values()], [...curves.values()], nodes.some(hasUnder) ? 72 : 48),
    carried: (key) => {
      const node = byKey.get(key);
      const marks = node === undefined ? [] : nodeMarks(node, at(key)).slice(1);
      const touching = links.filter((link) => link.source === key || link.target === key);
      return new Map([...marks.map(({ id }) => [id, 1] as const), ...touching.map((link) => [countId(link.key), 0.5] as const)]);
    },
    emphasis: (pointed, selection) => {
      const isShown = pointed !== null && (byKey.has(pointed) || links.some((link) => link.key === pointed));
      const looks = looksOf(links, isShown ? pointed : null, selection);
      return new Map(
        links.flatMap(({ key }, place) => {
          const look = looks[place];
          if (look === 'loud') return [];
          return [
            [key, look === 'faint' ? 'quiet faint' : 'quiet'],
            [countId(key), 'quiet'],
          ] as const;
        }),
      );
    },
    step: (from, key, isAlongLinks) => {
      if (from === null) return nodes[0]?.key ?? null;
      if (key === 'Home' || key === 'End') return (key === 'Home' ? nodes[0] : nodes.at(-1))?.key ?? null;
      return findNearest(isAlongLinks ? neighborPlaces(links, positions, from) : positions, from, key) ?? null;
    },
    spoken: (key) => {
      const node = byKey.get(key);
      if (node === undefined) return '';
      return `${node.name}, ${node.description}${node.hiddenCount > 0 ? `, ${countOf(node.hiddenCount, 'connection', 'connections')} not shown` : ''}`;
    },
  };
}

/**
 * The part of the scene that is drawn on: nodes with room for marks and names, and lines with all their bends.
 *
 * @param below the room below the lowest node
 */
function boundsOf(nodes: readonly Point[], curves: readonly Curve[], below: number): Box {
  const lines = curves.flatMap((curve) => {
    const count = 8 * curve.bends.length;
    return Array.from({ length: count }, (_, i) => pointOn(curve, (i + 1) / count));
  });
  const edge = (pick: (point: Point) => number, sign: 1 | -1, room: number) => {
    const furthest = (points: readonly Point[], more: number) =>
      points.reduce((most, at) => Math.max(most, sign * pick(at) + more), -Infinity);
    return sign * Math.max(furthest(nodes, room), furthest(lines, 8));
  };
  return {
    left: edge(({ x }) => x, -1, 84),
    right: edge(({ x }) => x, 1, 84),
    top: edge(({ y }) => y, -1, 36),
    bottom: edge(({ y }) => y, 1, below),
  };
}

/** The positions of a node and its neighbors. */
function neighborPlaces(links: readonly DrawnLink[], positions: ReadonlyMap<string, Point>, key: string): ReadonlyMap<string, Point> {
  const keys = new Set([key]);
  for (const { source, target } of links) {
    if (source === key) keys.add(target);
    if (target === key) keys.add(source);
  }
  return new Map([...positions].filter(([other]) => keys.has(other)));
}

/** A node, with its count of hidden connections, or of the members of a closed group. */
function nodeMarks(node: DrawnNode, at: Point): readonly SceneNode[] {
  const { key, kind, memberCount, part } = node;
  const isHolder = part === 'origin' || part === 'reached' || part === 'affected';
  const isArtifact = kind === 'ARTIFACT' && memberCount === undefined;
  const { width, height } = markSize(node);
  const mark: SceneNode = {
    id: key,
    key,
    at,
    isMovable: true,
    classes: `${isArtifact ? `artifact ${node.type?.toLowerCase()}` : `${isHolder ? 'holder' : 'organization'} ${memberCount === undefined ? '' : 'group-mark '}${kind.toLowerCase()}`}${part === undefined ? '' : ` ${part.toLowerCase()}`}${node.step === undefined ? '' : ` step-${node.step}`}${node.scale === undefined ? '' : ' scaled'}`,
    data: { label: memberCount !== undefined ? node.name : isArtifact ? pillText(node) : cutInTheMiddle(node.name, 20), width, height },
  };
  const count = memberCount ?? node.hiddenCount;
  if (count === 0) return [mark, ...underName(node, at)];
  const label = memberCount !== undefined ? String(memberCount) : count > 999 ? '+999' : `+${count}`;
  const badge = {
    id: badgeId(key),
    owner: key,
    at: badgePlace(node, at),
    classes: 'badge',
    data: { label, width: estimateWidth(label, 11) + (memberCount === undefined ? 9 : 11) },
  };
  return [mark, badge, ...underName(node, at)];
}

/** The note of a radius below an organization's name: words, or the counts of a lab's artifacts in reach. */
function underName(node: DrawnNode, { x, y }: Point): readonly SceneNode[] {
  const { key, note, counts } = node;
  const at = { x, y: Math.round(y + markSize(node).height / 2 + 33) };
  if (counts === undefined) return note === undefined ? [] : [{ id: `note:${key}`, at, classes: 'note', data: { label: note } }];
  const shown = TIERS.filter((tier) => counts[tier] > 0);
  const widths = shown.map((tier) => tallyWidth(counts[tier]));
  let left = x - widths.reduce((sum, width) => sum + width, 0) / 2;
  return shown.map((tier, place) => {
    const mark = { x: Math.round(left + 9), y: at.y };
    left += widths[place] ?? 0;
    return { id: `tally:${tier}:${key}`, at: mark, classes: `tally ${tier.toLowerCase()}`, data: { label: String(counts[tier]) } };
  });
}

/** A tier has its own stroke; what is not in the radius is pale. */
function tierClasses(tier: DrawnLink['tier']): string {
  if (tier === undefined || tier === 'SPREAD') return '';
  return tier === 'REST' ? ' rest' : ` copy ${tier.toLowerCase()}`;
}

/** The position of the count of hidden connections: the upper right corner of the mark. */
function badgePlace(node: DrawnNode, at: Point): Point {
  const { width, height } = markSize(node);
  return { x: at.x + width / 2 + 1, y: at.y - height / 2 - 1 };
}

function badgeId(key: string): string {
  return `badge:${key}`;
}

function countId(linkKey: string): string {
  return `count:${linkKey}`;
}

/** Width in pixels: 1.5, plus 0.5 for each doubling of the count, at most 4. */
function linkWidth(link: DrawnLink): number {
  if (link.kind === 'TRANSFER' || link.kind === 'HOLDS') return Math.min(4, 1.5 + 0.5 * Math.log2(Math.max(1, link.count)));
  return link.kind === 'OWNS' ? 1 : 1.25;
}

const apart = 18;

interface CurvedLink {
  readonly key: string;
  readonly source: string;
  readonly target: string;
}

/** Curves beside a straight line, by how far they bulge, in pixels. */
const bulges = [0, 40, -40, 80, -80, 130, -130, 190, -190] as const;

/**
 * The curves between placed nodes, from center to center: S-curves between lanes, arcs within a lane, side by side for several links of one
 * pair. No line passes behind a mark or a name that is not its end, as long as there is a gap.
 *
 * Complexity: O(links × nodes).
 *
 * @param boxes the boxes of marks and names that lines go around, by node key
 */
function curveLinks(
  links: readonly CurvedLink[],
  positionOf: (key: string) => Point,
  boxes: ReadonlyMap<string, readonly Box[]>,
  isLaned: boolean,
): ReadonlyMap<string, Curve> {
  const pairs = new Map<string, CurvedLink[]>();
  for (const link of links) {
    const pair = link.source < link.target ? `${link.source}\n${link.target}` : `${link.target}\n${link.source}`;
    const list = pairs.get(pair) ?? [];
    list.push(link);
    pairs.set(pair, list);
  }
  const route = routerAround(boxes);
  const curves = new Map<string, Curve>();
  for (const list of pairs.values()) {
    list.forEach((link, i) => {
      const offset = (i - (list.length - 1) / 2) * apart;
      const [from, to] = [positionOf(link.source), positionOf(link.target)];
      const candidates = isLaned ? [bend(from, to, offset, true)] : bulges.map((bulge) => bend(from, to, offset + bulge, false));
      curves.set(link.key, route([link.source, link.target], candidates));
    });
  }
  return curves;
}

/** Above this number of links they form a mat in any case, and are not routed. */
const mostRouted = 150;
const noBoxes: ReadonlyMap<string, readonly Box[]> = new Map();

function bend(from: Point, to: Point, offset: number, isLaned: boolean): Curve {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (isLaned && Math.abs(dx) > 100) {
    const bends = [
      { x: from.x + dx * 0.5, y: from.y + offset },
      { x: from.x + dx * 0.5, y: to.y + offset },
    ];
    return { from, to, bends };
  }
  const length = Math.hypot(dx, dy) || 1;
  // Bulges to the right within a lane, whichever end is the source.
  const side = dy > 0 || (dy === 0 && dx > 0) ? 1 : -1;
  const bulge = (isLaned ? Math.min(90, 26 + length * 0.18) : 0) + offset;
  const normal = { x: (side * dy) / length, y: (-side * dx) / length };
  return {
    from,
    to,
    bends: [{ x: from.x + dx / 2 + normal.x * bulge * 2, y: from.y + dy / 2 + normal.y * bulge * 2 }],
  };
}

/** Up to this many links, a canvas shows all of them with their counts. */
const mostLoud = 16;
/** Above this many links, those that do not matter are only hinted at. */
const mostThin = 60;
/** A hub with more links than this shows them thin, so that they stay apart. */
const mostAtHub = 40;

/** How each link is drawn: in full with its count, thin without it, or as a hint. */
type LinkLook = 'loud' | 'quiet' | 'faint';

/**
 * Links that matter are those of the node under the pointer or selected, and the selected link. A small canvas without such a node shows all.
 *
 * @param center key of the node or link pointed at, else focused, else selected; null: there is none on the canvas
 */
export function looksOf(links: readonly DrawnLink[], center: string | null, selection: string | null): readonly LinkLook[] {
  // Under a radius, what carried a copy toward a reached holder matters.
  const isCarried = (tier: DrawnLink['tier']) => (tier === undefined ? links.length <= mostLoud : tier !== 'SPREAD' && tier !== 'REST');
  const matters = ({ key, source, target, tier }: DrawnLink) =>
    key === selection || (center !== null ? key === center || source === center || target === center : isCarried(tier));
  const isHub = links.filter(matters).length > mostAtHub;
  // Without a node that matters, no link steps back behind others.
  const others: LinkLook = links.length > mostThin && center !== null ? 'faint' : 'quiet';
  return links.map((link) => (!matters(link) ? others : isHub && link.key !== selection && link.key !== center ? 'quiet' : 'loud'));
}

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/**
 * The target of an arrow key: the nearest node within 60 degrees of its direction, where sideways distance counts double. Ties go to the
 * smaller key. Undefined if there is none.
 */
export function findNearest(positions: ReadonlyMap<string, Point>, from: string, direction: Direction): string | undefined {
  const here = positions.get(from);
  if (here === undefined) return undefined;
  const isHorizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowLeft' || direction === 'ArrowUp' ? -1 : 1;
  let best: { key: string; cost: number } | undefined;
  for (const [key, { x, y }] of positions) {
    if (key === from) continue;
    const ahead = (isHorizontal ? x - here.x : y - here.y) * sign;
    const aside = Math.abs(isHorizontal ? y - here.y : x - here.x);
    if (ahead <= 0 || aside > ahead * 1.75) continue;
    const cost = ahead + aside * 2;
    if (best === undefined || cost < best.cost || (cost === best.cost && key < best.key)) best = { key, cost };
  }
  return best?.key;
}
