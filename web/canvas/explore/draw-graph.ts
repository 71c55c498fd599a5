import type { Core } from 'cytoscape';
import { type Curve, type Point, pointOn, toRelativeBends } from '../cytoscape/curve.ts';
import { badgeId, badgePlace, countElement, countId, linkElement, nodeElements } from './graph-elements.ts';
import type { DrawnLink, DrawnNode } from './graph-props.ts';
import { placeCounts } from './link-counts.ts';
import { curveLinks } from './link-curves.ts';

/** Above this many nodes, positions change without animation. */
const mostMoving = 300;
const moveMs = 200;

export interface Scene {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly positions: ReadonlyMap<string, Point>;
  readonly isLaned: boolean;
}

/**
 * Updates the canvas to a scene: removes old elements, adds new nodes near a neighbor, and moves the others. Updates element by element, so
 * that nothing flickers and the view stays in place.
 */
export function drawScene(core: Core, scene: Scene): void {
  const isJump = scene.nodes.length > mostMoving || window.matchMedia('(prefers-reduced-motion: reduce)').matches || core.nodes().empty();
  const at = (key: string) => scene.positions.get(key) ?? { x: 0, y: 0 };
  const curves = curveLinks(scene.links, at, scene.isLaned);
  const counts = placeCounts(scene.nodes, scene.links, at, curves);
  const wanted = new Set<string>([...scene.nodes.map((node) => node.key), ...scene.links.map((link) => link.key)]);
  const starts = startPlaces(core, scene, at);
  core.batch(() => {
    core.elements('.badge, .count').remove();
    core
      .elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    for (const node of scene.nodes) {
      const start = isJump ? at(node.key) : (starts.get(node.key) ?? at(node.key));
      const [mark, badge] = nodeElements(node, start);
      const known = core.getElementById(node.key);
      if (known.empty() && mark !== undefined) core.add(mark);
      else known.data(mark?.data ?? {}).classes(mark?.classes ?? '');
      if (badge !== undefined) core.add(badge);
    }
    for (const link of scene.links) {
      const element = linkElement(link, curves.get(link.key) as Curve);
      const known = core.getElementById(link.key);
      if (known.empty()) core.add(element);
      else known.data(element.data).classes(element.classes ?? '');
      const count = counts.get(link.key);
      if (count !== undefined) core.add(countElement(link, count));
    }
  });
  for (const node of scene.nodes) {
    move(core, node.key, at(node.key), isJump);
    move(core, badgeId(node.key), badgePlace(node, at(node.key)), isJump);
  }
}

function move(core: Core, id: string, to: Point, isJump: boolean): void {
  const node = core.getElementById(id);
  if (node.empty()) return;
  node.stop(true);
  const here = node.position();
  if (here.x === to.x && here.y === to.y) return;
  if (isJump) node.position({ ...to });
  else node.animate({ position: { ...to } }, { duration: moveMs, easing: 'ease-out' });
}

/** Start positions of the animation. A drawn node starts where it is; a new one starts halfway to a drawn neighbor. */
function startPlaces(core: Core, scene: Scene, at: (key: string) => Point): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  for (const node of scene.nodes) {
    const known = core.getElementById(node.key);
    if (known.nonempty()) places.set(node.key, { ...known.position() });
  }
  const drawn = new Map(places);
  for (const { source, target } of scene.links) {
    for (const [key, other] of [
      [source, target],
      [target, source],
    ] as const) {
      const place = drawn.get(other);
      // Not at the neighbor itself: a line needs two different ends.
      if (!places.has(key) && place !== undefined) places.set(key, { x: (place.x + at(key).x) / 2, y: (place.y + at(key).y) / 2 });
    }
  }
  for (const node of scene.nodes) if (!places.has(node.key)) places.set(node.key, at(node.key));
  return places;
}

/** Moves the count and the lines of a node while it is dragged. */
export function followDrag(core: Core, scene: Scene, key: string): void {
  const node = scene.nodes.find((other) => other.key === key);
  if (node === undefined) return;
  const badge = core.getElementById(badgeId(key));
  if (badge.nonempty()) badge.position(badgePlace(node, core.getElementById(key).position()));
  const touching = scene.links.filter((link) => link.source === key || link.target === key);
  const curves = curveLinks(touching, (other) => core.getElementById(other).position(), scene.isLaned);
  for (const [id, curve] of curves) {
    core.getElementById(id).data({ ...toRelativeBends(curve) });
    core.getElementById(countId(id)).position(pointOn(curve, 0.5));
  }
}

/** Below this zoom, names cannot be read. A scene that would need less is shown in part, at the second. */
const leastReadable = 0.55;
const readable = 0.7;
const leastZoom = 0.15;

interface Fitting {
  /** Do nothing if the whole scene is visible already. */
  readonly isOnlyIfOutside?: boolean;
  /** Keeps names readable where the whole scene does not fit, and shows the surroundings of this node; absent: the whole scene. */
  readonly around?: string | null;
  /** The zoom of labels that the reader chose, from 1 on. */
  readonly labelScale: number;
}

/** Fits the scene into the view, at the zoom of the labels or less. */
export function fitScene(core: Core, scene: Scene, { isOnlyIfOutside = false, around, labelScale }: Fitting): void {
  const places = [...scene.positions.values()];
  if (places.length === 0 || core.width() === 0) return;
  // Leaves room for marks and names.
  const box = {
    left: Math.min(...places.map(({ x }) => x)) - 84,
    right: Math.max(...places.map(({ x }) => x)) + 84,
    top: Math.min(...places.map(({ y }) => y)) - 36,
    bottom: Math.max(...places.map(({ y }) => y)) + 48,
  };
  const [width, height] = [core.width(), Math.max(80, core.height())];
  if (isOnlyIfOutside) {
    const { x, y } = core.pan();
    const zoom = core.zoom();
    const isInside =
      box.left * zoom + x >= -20 && box.right * zoom + x <= width + 20 && box.top * zoom + y >= 0 && box.bottom * zoom + y <= core.height();
    if (isInside) return;
  }
  const whole = Math.max(leastZoom, Math.min(labelScale, width / (box.right - box.left), height / (box.bottom - box.top)));
  const zoom = around === undefined || whole >= leastReadable * labelScale ? whole : readable * labelScale;
  if (zoom > whole) {
    // As much of the scene as fits, with the node in view: the drawing's edge does not leave the edge of the view without need.
    const node = scene.positions.get(around ?? '') ?? { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    const pan = (at: number, from: number, to: number, length: number) => {
      if ((to - from) * zoom <= length) return (length - (from + to) * zoom) / 2;
      return Math.round(Math.max(length - to * zoom, Math.min(-from * zoom, length / 2 - at * zoom)));
    };
    core.viewport({ zoom, pan: { x: pan(node.x, box.left, box.right, width), y: pan(node.y, box.top, box.bottom, height) } });
    return;
  }
  core.viewport({
    zoom,
    pan: {
      x: Math.round((width - (box.left + box.right) * zoom) / 2),
      y: Math.round((height - (box.top + box.bottom) * zoom) / 2),
    },
  });
}
