import type { Core, ElementDefinition, NodeSingular } from 'cytoscape';
import { type Curve, type Point, toRelativeBends } from '../cytoscape/curve.ts';
import type { Box } from '../cytoscape/label-box.ts';

/** Above this many nodes, positions change without animation. */
const mostMoving = 300;
const moveMs = 200;

/** A mark, a text or a card at a place of the picture. */
export interface SceneNode {
  readonly id: string;
  /** The thing that the node stands for. Pointer and keyboard reach it by this key; a node without one is a part of another. */
  readonly key?: string;
  readonly at: Point;
  readonly classes: string;
  /** The values that its style reads: `label`, `width`, `height` and others. */
  readonly data: Readonly<Record<string, string | number>>;
  /** A drag moves it and pins it. A drag that begins on any other node pans. */
  readonly isMovable?: boolean;
  /** The key to expand when it is clicked. */
  readonly owner?: string;
}

export interface SceneLink {
  readonly id: string;
  /** Ids of nodes. */
  readonly source: string;
  readonly target: string;
  readonly classes: string;
  readonly width: number;
  readonly curve: Curve;
  /** Its two ends are points of its own beside the nodes' middles; else it ends at their outlines. */
  readonly hasPorts?: boolean;
  /** Reacts to the pointer. */
  readonly isTarget?: boolean;
}

export type StepKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/**
 * A picture as data: what stands where, and how it answers. Explore, a radius and a what-if make scenes; one canvas draws them. Later nodes
 * and links cover earlier ones of the same class.
 */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  /** The part that a fit shows, in pixels of the scene. */
  readonly bounds: Box;
  /** The nodes that a drag of a node takes along, by id: 1 moves as far as it does, 0.5 half as far. */
  readonly carried: (key: string) => ReadonlyMap<string, number>;
  /** Classes of elements, by id, while `center` is pointed at, focused or selected. */
  readonly emphasis: (center: string | null, selection: string | null) => ReadonlyMap<string, string>;
  /** The key that a step of the keyboard leads to; null: there is none. */
  readonly step: (from: string | null, key: StepKey, isAlongLinks: boolean) => string | null;
  /** The full name of a key; empty: the scene does not show it. */
  readonly spoken: (key: string) => string;
}

/** The left end and the width of what a menu stands beside. */
export interface Beside extends Point {
  readonly width: number;
}

/** The acts of a reader on a canvas. An act that is absent is not offered. Places are positions on the screen. */
export interface SceneActs {
  readonly onSelect: (key: string | null) => void;
  /** Shift-click or Space marks a node or removes its mark. A box marks the nodes in it. */
  readonly onChoose?: (keys: readonly string[], isAdding: boolean) => void;
  /** Enter: shows its details. */
  readonly onInspect?: (key: string) => void;
  /** Double-click, `E`, or a click on the count of hidden connections. */
  readonly onExpand?: (key: string, at: Beside) => void;
  /** `H` hides the node; Shift-`H` hides all others. */
  readonly onHide?: (key: string, others: boolean) => void;
  /** A drag, or `P`; null takes the pin away. */
  readonly onPin?: (key: string, at: Point | null) => void;
  /** Right-click, Shift-F10 or the menu key; `place` is the middle of the node in the scene. */
  readonly onMenu?: (key: string, at: Beside, place: Point) => void;
  /** Shift-`G`: draws what is marked as one. */
  readonly onGroup?: () => void;
  /** Double-click on a line. */
  readonly onOpenLink?: (key: string) => void;
  /** The node or link under the pointer, or null. */
  readonly onPoint?: (key: string | null) => void;
  /** Null: there is nothing to undo. */
  readonly onUndo?: (() => void) | null;
  readonly onRedo?: (() => void) | null;
}

/** Views that show the same place. */
export type SharedCamera = Set<Core>;

/**
 * Updates the canvas to a scene: removes old elements, adds new ones near a neighbor, and moves the others. Updates element by element, so
 * that nothing flickers and the view stays in place.
 */
export function drawScene(core: Core, scene: Scene): void {
  const isJump = scene.nodes.length > mostMoving || window.matchMedia('(prefers-reduced-motion: reduce)').matches || core.nodes().empty();
  const wanted = new Set([...scene.nodes, ...scene.links].map(({ id }) => id));
  const starts = isJump ? new Map<string, Point>() : startPlaces(core, scene);
  core.batch(() => {
    core
      .elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    const added: ElementDefinition[] = [];
    const looks = new Map<string, string>();
    const put = (element: ElementDefinition) => {
      const known = core.getElementById(element.data.id as string);
      const look = JSON.stringify([element.data, element.classes]);
      if (known.empty()) added.push(element);
      else if (drawnLooks.get(core)?.get(element.data.id as string) !== look) {
        known.data(element.data).classes(element.classes ?? '');
        extraClasses.delete(known);
      }
      looks.set(element.data.id as string, look);
    };
    for (const node of scene.nodes) put(nodeElement(node, starts.get(node.id) ?? node.at));
    for (const link of scene.links) put(linkElement(link, placesOf(scene)));
    core.add(added);
    drawnLooks.set(core, looks);
  });
  for (const { id, at } of scene.nodes) move(core, id, at, isJump);
}

/** The data and classes of each drawn element: Cytoscape computes the styles of one that gets the same again anew. */
const drawnLooks = new WeakMap<Core, ReadonlyMap<string, string>>();

/** The classes of emphasis that an element wears beside those of its scene. */
export const extraClasses = new WeakMap<object, string>();

const placesByScene = new WeakMap<Scene, ReadonlyMap<string, Point>>();

function placesOf(scene: Scene): ReadonlyMap<string, Point> {
  const known = placesByScene.get(scene) ?? new Map(scene.nodes.map(({ id, at }) => [id, at]));
  placesByScene.set(scene, known);
  return known;
}

function nodeElement({ id, key, owner, classes, data, isMovable = false }: SceneNode, at: Point): ElementDefinition {
  return {
    group: 'nodes',
    data: { ...data, id, ...(key !== undefined && { key }), ...(owner !== undefined && { owner }) },
    classes,
    grabbable: isMovable,
    pannable: !isMovable,
    position: { ...at },
  };
}

function linkElement(link: SceneLink, places: ReadonlyMap<string, Point>): ElementDefinition {
  const { id, source, target, classes, width, isTarget = false } = link;
  return {
    group: 'edges',
    data: { id, source, target, width, ...(isTarget && { key: id }), ...courseOf(link, link.curve, (node) => places.get(node)) },
    classes: `${classes}${link.hasPorts === true ? ' ports' : ''}${isTarget ? '' : ' silent'}`,
  };
}

/** The curve of a link in Cytoscape's form. A port is a distance from the middle of its node. */
function courseOf(link: SceneLink, curve: Curve, placeOf: (id: string) => Point | undefined) {
  const port = (id: string, end: Point) => {
    const middle = placeOf(id) ?? end;
    return `${(end.x - middle.x).toFixed(2)}px ${(end.y - middle.y).toFixed(2)}px`;
  };
  return {
    ...toRelativeBends(curve),
    ...(link.hasPorts === true && { from: port(link.source, curve.from), to: port(link.target, curve.to) }),
  };
}

function move(core: Core, id: string, to: Point, isJump: boolean): void {
  const node = core.getElementById(id);
  node.stop(true);
  const here = node.position();
  if (here.x === to.x && here.y === to.y) return;
  if (isJump) node.position({ ...to });
  else node.animate({ position: { ...to } }, { duration: moveMs, easing: 'ease-out' });
}

/** Start positions of new nodes that are joined to a drawn one: halfway to it. */
function startPlaces(core: Core, scene: Scene): ReadonlyMap<string, Point> {
  const starts = new Map<string, Point>();
  const places = placesOf(scene);
  for (const { source, target } of scene.links) {
    for (const [id, other] of [
      [source, target],
      [target, source],
    ] as const) {
      const [at, neighbor] = [places.get(id), core.getElementById(other)];
      if (at === undefined || starts.has(id) || neighbor.empty() || core.getElementById(id).nonempty()) continue;
      // Not at the neighbor itself: a line needs two different ends.
      starts.set(id, { x: (neighbor.position().x + at.x) / 2, y: (neighbor.position().y + at.y) / 2 });
    }
  }
  return starts;
}

interface Carried {
  readonly scene: Scene;
  readonly key: string;
  readonly nodes: readonly { readonly node: NodeSingular; readonly from: Point; readonly share: number }[];
  /** The nodes, and the lines that move with them. */
  readonly elements: readonly object[];
}

const lastCarried = new WeakMap<Core, Carried>();

/**
 * Moves what belongs to a node while it is dragged, and says what in the event `carried`. Lines keep their bends relative to their ends, and
 * find their way anew once the node is dropped: a new course would compute their styles in each frame.
 */
export function followDrag(core: Core, scene: Scene, key: string, to: Point): void {
  const start = scene.nodes.find((node) => node.key === key)?.at ?? to;
  const known = lastCarried.get(core);
  const { nodes, elements } = known?.scene === scene && known.key === key ? known : carriedOf(core, scene, key);
  core.batch(() => {
    for (const { node, from, share } of nodes) {
      node.position({ x: from.x + (to.x - start.x) * share, y: from.y + (to.y - start.y) * share });
    }
  });
  core.emit('carried', [elements]);
}

/** The drawn part of what a node takes along. */
function carriedOf(core: Core, scene: Scene, key: string): Carried {
  const places = placesOf(scene);
  const nodes = [...scene.carried(key)].flatMap(([id, share]) => {
    const [node, from] = [core.getElementById(id), places.get(id)];
    return from === undefined || node.empty() || !node.visible() ? [] : [{ node, from, share }];
  });
  const elements = nodes.flatMap(({ node }) => [node, ...node.connectedEdges().toArray()]);
  const carried = { scene, key, nodes, elements };
  lastCarried.set(core, carried);
  return carried;
}

/** Below this zoom, names cannot be read. A scene that would need less is shown in part, at the second. */
const leastReadable = 0.55;
const readable = 0.7;
const leastZoom = 0.15;

/** How a scene is brought into view: its zoom, and where it stands. */
export interface Viewport {
  readonly zoom: number;
  readonly pan: Point;
}

interface Fitting {
  readonly width: number;
  readonly height: number;
  /** The zoom of labels that the reader chose, from 1 on. */
  readonly labelScale: number;
  /** Keeps names readable where the whole scene does not fit, and shows the surroundings of this place; absent: the whole scene. */
  readonly around?: Point | undefined;
}

/** Fits a scene into a view, at the zoom of the labels or less. */
export function fitViewport({ left, right, top, bottom }: Box, { width, height, labelScale, around }: Fitting): Viewport {
  const whole = Math.max(leastZoom, Math.min(labelScale, width / (right - left), height / (bottom - top)));
  const zoom = around === undefined || whole >= leastReadable * labelScale ? whole : readable * labelScale;
  if (around === undefined || zoom <= whole) {
    const pan = { x: Math.round((width - (left + right) * zoom) / 2), y: Math.round((height - (top + bottom) * zoom) / 2) };
    return { zoom, pan };
  }
  // As much of the scene as fits, with the place in view: the drawing's edge does not leave the edge of the view without need.
  const pan = (at: number, from: number, to: number, length: number) => {
    if ((to - from) * zoom <= length) return (length - (from + to) * zoom) / 2;
    return Math.round(Math.max(length - to * zoom, Math.min(-from * zoom, length / 2 - at * zoom)));
  };
  return { zoom, pan: { x: pan(around.x, left, right, width), y: pan(around.y, top, bottom, height) } };
}

/** Whether a view shows a scene whole, give or take its margin. */
export function isInView({ left, right, top, bottom }: Box, { zoom, pan: { x, y } }: Viewport, width: number, height: number): boolean {
  return left * zoom + x >= -20 && right * zoom + x <= width + 20 && top * zoom + y >= 0 && bottom * zoom + y <= height;
}
