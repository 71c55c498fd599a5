import type { Core, EdgeCollection } from 'cytoscape';

/** The part of Cytoscape's renderer that decides what a frame draws. It has no public interface for it. */
interface Renderer {
  render(options?: { readonly forcedContext?: unknown }): void;
  textureOnViewport: boolean;
  forcedPixelRatio: number | null;
  textureCache: Picture | null;
  readonly pinching?: boolean;
  readonly swipePanning?: boolean;
  readonly hoverData: { readonly dragging?: boolean; readonly draggingEles?: boolean; readonly selecting?: boolean };
  readonly touchData: { readonly selecting?: boolean };
  readonly data: { readonly wheelZooming?: boolean; readonly canvasNeedsRedraw: boolean[] };
  getPixelRatio(): number;
  getCachedZSortedEles(): ArrayLike<unknown> & { readonly drag?: ArrayLike<unknown> };
  updateCachedGrabbedEles(): void;
  drawElements(context: CanvasRenderingContext2D, elements: ArrayLike<unknown>): void;
}

/** Cytoscape's texture: a drawing, with the view that it was made at. `pan` is the place of the scene's origin in it, `mpan` its corner in the scene. */
interface Picture {
  readonly texture: HTMLCanvasElement;
  readonly bb: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly viewport: {
    readonly zoom: number;
    readonly pan: { readonly x: number; readonly y: number };
    readonly mpan: { readonly x: number; readonly y: number };
    /** In pixels of the canvas. */
    readonly width: number;
    readonly height: number;
  };
}

const [selectBox, nodes] = [0, 2];
/** How much wider and higher than the view a picture is, and the most pixels that it takes for that: 64 MB. */
const mostReach = 2;
const mostPixels = 2 ** 24;

/** The most lines of a dragged node that keep their curves. */
const mostCurved = 60;
const straight = { 'curve-style': 'haystack', 'haystack-radius': 0 } as const;

const rendererOf = (core: Core) => (core as unknown as { renderer(): Renderer }).renderer();

/**
 * Draws less while a reader moves something, so that a frame takes a fraction of its time:
 *
 * - A view that is panned or zoomed moves as one picture, which reaches past its edges and is made again where that is not enough.
 * - While a node is dragged, only it and what moves with it are drawn anew, above the rest, in the pixels of the screen: the picture at rest is
 *   finer than a plain screen, and four times the work. The lines of a hub are straight until it is dropped.
 * - The layer of the box is drawn while there is a box.
 */
export function drawLessInMotion(core: Core): void {
  if (core.destroyed()) return;
  const renderer = rendererOf(core);
  const render = renderer.render;
  const atRest = renderer.forcedPixelRatio;
  const texture = document.createElement('canvas');
  /** The number of elements above the rest when the rest was drawn; -1: it has to be drawn. */
  let above = -1;
  let hadBox = false;
  renderer.textureOnViewport = true;
  renderer.render = (options) => {
    const { hoverData, touchData, data } = renderer;
    if (options?.forcedContext === undefined) {
      const hasBox = hoverData.selecting === true || touchData.selecting === true;
      if (!hasBox && !hadBox) data.canvasNeedsRedraw[selectBox] = false;
      hadBox = hasBox;
      const isDragging = hoverData.draggingEles === true;
      renderer.forcedPixelRatio = isDragging ? Math.min(window.devicePixelRatio, atRest ?? Number.POSITIVE_INFINITY) : atRest;
      const dragged = isDragging ? (renderer.getCachedZSortedEles().drag?.length ?? 0) : -1;
      if (dragged >= 0 && dragged === above) data.canvasNeedsRedraw[nodes] = false;
      above = dragged;
      if (renderer.pinching || hoverData.dragging || renderer.swipePanning || data.wheelZooming) {
        if (renderer.textureCache == null || !isCovered(core, renderer.textureCache)) renderer.textureCache = drawPicture(core, texture);
      }
    }
    render.call(renderer, options);
  };
  core.on('class', () => {
    above = -1;
  });
  // Elements that a drag moves besides the node and its lines stand above the rest until the node is dropped.
  const carried = new Set<object>();
  core.on('carried', (_, elements: readonly object[]) => {
    const joining = elements.filter((element) => !carried.has(element));
    for (const element of joining) setAbove(element, true);
    for (const element of joining) carried.add(element);
    if (joining.length > 0) renderer.updateCachedGrabbedEles();
  });
  let straightened: EdgeCollection | null = null;
  core.on('drag', 'node', ({ target }) => {
    if (straightened !== null || target.connectedEdges().length <= mostCurved) return;
    straightened = target.connectedEdges() as EdgeCollection;
    straightened.style(straight);
  });
  core.on('free', () => {
    straightened?.removeStyle(Object.keys(straight).join(' '));
    straightened = null;
    for (const element of carried) setAbove(element, false);
    if (carried.size > 0) renderer.updateCachedGrabbedEles();
    carried.clear();
  });
}

function setAbove(element: object, isAbove: boolean): void {
  (element as { rscratch(name: string, value: boolean): void }).rscratch('inDragLayer', isAbove);
}

/** Draws all elements, for a view that is wider and higher than the one there is. */
function drawPicture(core: Core, texture: HTMLCanvasElement): Picture {
  const renderer = rendererOf(core);
  const [ratio, zoom, { x, y }] = [renderer.getPixelRatio(), core.zoom(), core.pan()];
  const [viewWidth, viewHeight] = [core.width() * ratio, core.height() * ratio];
  const reach = Math.max(1, Math.min(mostReach, Math.sqrt(mostPixels / (viewWidth * viewHeight))));
  // In whole pixels of the canvas, so that a pan copies the picture as it is.
  const border = { x: Math.round((viewWidth * (reach - 1)) / 2), y: Math.round((viewHeight * (reach - 1)) / 2) };
  // Setting a size clears it.
  texture.width = viewWidth + 2 * border.x;
  texture.height = viewHeight + 2 * border.y;
  const pan = { x: x + border.x / ratio, y: y + border.y / ratio };
  const context = texture.getContext('2d');
  context?.setTransform(zoom * ratio, 0, 0, zoom * ratio, pan.x * ratio, pan.y * ratio);
  if (context !== null) renderer.drawElements(context, renderer.getCachedZSortedEles());
  const { x1, y1, x2, y2 } = core.elements().boundingBox();
  return {
    texture,
    bb: { x1, y1, x2, y2 },
    viewport: { zoom, pan, mpan: { x: -pan.x / zoom, y: -pan.y / zoom }, width: texture.width, height: texture.height },
  };
}

/** Whether a picture has all of the scene that is in view, sharp enough. */
function isCovered(core: Core, { bb, viewport: { zoom, mpan, width, height } }: Picture): boolean {
  const { x1, y1, x2, y2 } = core.extent();
  const scale = rendererOf(core).getPixelRatio() * zoom;
  const isInside = (from: number, to: number, start: number, end: number, drawn: readonly [number, number]) =>
    (drawn[0] <= start || drawn[0] <= from) && (drawn[1] >= end || drawn[1] >= to);
  return (
    core.zoom() <= 2 * zoom &&
    isInside(bb.x1, bb.x2, x1, x2, [mpan.x, mpan.x + width / scale]) &&
    isInside(bb.y1, bb.y2, y1, y2, [mpan.y, mpan.y + height / scale])
  );
}
