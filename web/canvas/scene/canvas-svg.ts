import type { Core, EdgeSingular, NodeSingular, SingularElementReturnValue } from 'cytoscape';
import { escapeXml } from '../../shared/save/escape-xml.ts';
import { pointText as at, type Point, pathOf, roundPixel as round } from '../cytoscape/curve.ts';

/** Space around the drawing, in pixels. */
const margin = 24;

/**
 * Writes a canvas as an SVG file: every element with the style that it has now, in the order in which it is painted. Cytoscape itself only
 * writes bitmaps. Covers the styles that this page's canvases use.
 *
 * @param background a CSS color
 */
export function canvasSvg(core: Core, background: string): string {
  const elements = core.elements(':visible');
  const { x1, y1, w, h } = elements.boundingBox({ includeOverlays: false });
  const [left, top] = [Math.floor(x1 - margin), Math.floor(y1 - margin)];
  const [width, height] = [Math.ceil(w + 2 * margin), Math.ceil(h + 2 * margin)];
  const parts = elements
    .toArray()
    .map((element, place) => ({ element: element as SingularElementReturnValue, place, z: element.numericStyle('z-index') }))
    .sort((a, b) => a.z - b.z || a.place - b.place)
    .map(({ element }) => {
      const inside = element.isNode() ? drawNode(element) : drawEdge(element as unknown as EdgeSingular);
      const opacity = element.numericStyle('opacity');
      return inside === '' ? '' : opacity === 1 ? inside : `<g opacity="${opacity}">${inside}</g>`;
    });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${background}"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
  ].join('\n');
}

function drawEdge(edge: EdgeSingular): string {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  if (!Number.isFinite(from.x) || !Number.isFinite(to.x)) return '';
  const bends = edge.controlPoints() ?? [];
  const shape = edge.style('target-arrow-shape') as string;
  // A line ends inside its arrow, whose tip is at the target.
  const last = bends.at(-1) ?? from;
  const end = shape === 'none' ? to : towards(to, last, 5);
  const width = edge.numericStyle('width');
  const color = edge.style('line-color') as string;
  const path = pathOf({ from, bends, to: end });
  const dashes =
    edge.style('line-style') === 'dashed' ? ` stroke-dasharray="${dashesOf(edge)}" stroke-linecap="${edge.style('line-cap')}"` : '';
  const outline = edge.numericStyle('line-outline-width');
  const lines = [`<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}"${dashes}/>`];
  if (outline > 0) {
    lines.unshift(`<path d="${path}" fill="none" stroke="${edge.style('line-outline-color')}" stroke-width="${width + 2 * outline}"/>`);
  }
  if (shape !== 'none') lines.push(drawArrow(edge, shape, to, last, width));
  return lines.join('');
}

function dashesOf(edge: EdgeSingular): string {
  const pattern: unknown = edge.style('line-dash-pattern');
  const numbers = Array.isArray(pattern) ? pattern : String(pattern).split(/[\s,]+/);
  return numbers.map((each) => Number.parseFloat(String(each))).join(' ');
}

function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

/** Arrows in units of Cytoscape's arrow size, the tip at 0,0 and pointing down. */
const arrows: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  triangle: [
    [-0.15, -0.3],
    [0, 0],
    [0.15, -0.3],
  ],
  vee: [
    [-0.15, -0.3],
    [0, 0],
    [0.15, -0.3],
    [0, -0.15],
  ],
};

function drawArrow(edge: EdgeSingular, shape: string, tip: Point, from: Point, width: number): string {
  const size = Math.max((width * 13.37) ** 0.9, 29) * edge.numericStyle('arrow-scale');
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [cos, sin] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const points = (arrows[shape] ?? arrows.triangle ?? []).map(([x, y]) =>
    at({ x: tip.x + size * (-sin * x + cos * y), y: tip.y + size * (cos * x + sin * y) }),
  );
  const color = edge.style('target-arrow-color') as string;
  const isHollow = edge.style('target-arrow-fill') === 'hollow';
  return `<polygon points="${points.join(' ')}" ${isHollow ? `fill="none" stroke="${color}"` : `fill="${color}"`}/>`;
}

function drawNode(node: NodeSingular): string {
  const { x, y } = node.position();
  const [width, height] = [node.width(), node.height()];
  const fill = node.numericStyle('background-opacity') === 0 ? 'none' : (node.style('background-color') as string);
  const border = node.numericStyle('border-width');
  const parts: string[] = [];
  const outline = node.numericStyle('outline-width');
  if (outline > 0 && node.numericStyle('outline-opacity') > 0) {
    const grow = 2 * node.numericStyle('outline-offset') + outline;
    const look = `fill="none" stroke="${node.style('outline-color')}" stroke-width="${outline}" opacity="${node.numericStyle('outline-opacity')}"`;
    parts.push(drawShape(node, { x, y }, width + grow, height + grow, look));
  }
  if (fill !== 'none' || border > 0) {
    const dashes = node.style('border-style') === 'dashed' ? ' stroke-dasharray="4 2"' : '';
    const stroke = border > 0 ? ` stroke="${node.style('border-color')}" stroke-width="${border}"${dashes}` : '';
    parts.push(drawShape(node, { x, y }, width, height, `fill="${fill}"${stroke}`));
  }
  parts.push(drawImage(node, { x, y }, width, height), drawLabel(node, { x, y }, width, height));
  return parts.join('');
}

/** Corners in units of half the width and height. */
const corners: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  hexagon: [
    [-1, 0],
    [-0.5, -1],
    [0.5, -1],
    [1, 0],
    [0.5, 1],
    [-0.5, 1],
  ],
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  pentagon: [
    [0, -1],
    [1, -0.236],
    [0.618, 1],
    [-0.618, 1],
    [-1, -0.236],
  ],
};

function drawShape(node: NodeSingular, { x, y }: Point, width: number, height: number, look: string): string {
  const shape = node.style('shape') as string;
  if (shape === 'ellipse') return `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(width / 2)}" ry="${round(height / 2)}" ${look}/>`;
  const polygon = corners[shape];
  if (polygon !== undefined) {
    const points = polygon.map(([dx, dy]) => at({ x: x + (dx * width) / 2, y: y + (dy * height) / 2 }));
    return `<polygon points="${points.join(' ')}" ${look}/>`;
  }
  const radius = shape === 'round-rectangle' ? Number.parseFloat(String(node.style('corner-radius'))) || 0 : 0;
  const box = `x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${box} rx="${Math.min(radius, width / 2, height / 2)}" ${look}/>`;
}

function drawImage(node: NodeSingular, { x, y }: Point, width: number, height: number): string {
  const address = /data:image[^"]*/.exec(String(node.style('background-image')))?.[0];
  if (address === undefined) return '';
  const pixels = (name: string, whole: number) => Number.parseFloat(String(node.style(name))) || whole;
  const isWhole = node.style('background-fit') === 'contain';
  const [wide, high] = isWhole ? [width, height] : [pixels('background-width', width), pixels('background-height', height)];
  const place = String(node.style('background-position-x'));
  const left = place.endsWith('px') ? x - width / 2 + Number.parseFloat(place) : x - wide / 2;
  const opacity = Number.parseFloat(String(node.style('background-image-opacity')));
  const faint = opacity < 1 ? ` opacity="${opacity}"` : '';
  return `<image x="${round(left)}" y="${round(y - high / 2)}" width="${wide}" height="${high}" href="${escapeXml(address)}"${faint}/>`;
}

function drawLabel(node: NodeSingular, { x, y }: Point, width: number, height: number): string {
  const text = String(node.style('label') ?? '');
  if (text === '') return '';
  const size = node.numericStyle('font-size');
  const [across, down] = [node.style('text-halign') as string, node.style('text-valign') as string];
  const anchor = across === 'right' ? 'start' : across === 'left' ? 'end' : 'middle';
  const left = x + (across === 'right' ? width / 2 : across === 'left' ? -width / 2 : 0) + node.numericStyle('text-margin-x');
  const side = down === 'bottom' ? height / 2 + size * 0.95 : down === 'top' ? -height / 2 - size * 0.25 : size * 0.36;
  const base = y + side + node.numericStyle('text-margin-y');
  const font = `font-family="${escapeXml(String(node.style('font-family')))}" font-size="${size}" font-weight="${node.style('font-weight')}"`;
  const slant = node.style('font-style') === 'italic' ? ' font-style="italic"' : '';
  // A halo in place of the box behind the text, which would need the text's width.
  const halo =
    node.numericStyle('text-background-opacity') > 0
      ? ` stroke="${node.style('text-background-color')}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`
      : '';
  return `<text x="${round(left)}" y="${round(base)}" text-anchor="${anchor}" ${font}${slant} fill="${node.style('color')}"${halo}>${escapeXml(text)}</text>`;
}

/** Puts the whole picture as a drawing in place of a canvas while the page is printed: a bitmap shows only the part in view, and blurs. */
export function printAsDrawing(stage: HTMLElement, className: string, draw: () => string | null): () => void {
  const print = window.matchMedia('print');
  const swap = () => {
    stage.parentElement?.querySelector('[data-print-only]')?.remove();
    const drawing = print.matches ? draw() : null;
    if (drawing === null) return;
    const paper = new Image();
    paper.dataset.printOnly = '';
    paper.className = className;
    paper.alt = '';
    paper.src = `data:image/svg+xml;utf8,${encodeURIComponent(drawing)}`;
    stage.after(paper);
  };
  print.addEventListener('change', swap);
  return () => print.removeEventListener('change', swap);
}
