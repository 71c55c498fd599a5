import { fileStem, saveBlob } from './save-file.ts';

/** The properties that decide how a shape or a text looks. A saved file has no style sheet, so each element carries its own. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'visibility',
  'display',
] as const;

/** Around a drawing, in pixels. */
const MARGIN = 16;

/** A copy of a drawing of the page whose elements carry their own colors and fonts. */
export function styledCopyOf(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, place) => {
    const target = copies[place] as SVGElement;
    const computed = getComputedStyle(original);
    for (const name of STYLES) target.style.setProperty(name, computed.getPropertyValue(name));
    for (const name of ['class', 'tabindex', 'role', 'data-selected']) target.removeAttribute(name);
    // Another reader of the file may have another font. The text then keeps its width, and stays inside its place.
    if (original instanceof SVGTextElement && original.childElementCount === 0) {
      target.setAttribute('textLength', original.getComputedTextLength().toFixed(1));
      target.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
    // Uses the computed color, because a CSS variable has no value in a file.
    for (const name of ['fill', 'stroke']) if (target.getAttribute(name)?.startsWith('var(') === true) target.removeAttribute(name);
  });
  return copy;
}

/** A drawing of the page as a file of its own, with its colors, a background and a margin. */
export function svgFileOf(drawing: SVGSVGElement): string {
  const copy = styledCopyOf(drawing);
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const [x = 0, y = 0, wide = width, high = height] = (copy.getAttribute('viewBox') ?? `0 0 ${width} ${height}`)
    .split(/[\s,]+/)
    .map(Number);
  const margin = (MARGIN * wide) / width;
  const box = { x: x - margin, y: y - margin, width: wide + 2 * margin, height: high + 2 * margin };
  copy.setAttribute('width', String(Math.round(width) + 2 * MARGIN));
  copy.setAttribute('height', String(Math.round(height) + 2 * MARGIN));
  copy.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [
    ['x', box.x],
    ['y', box.y],
    ['width', '100%'],
    ['height', '100%'],
  ] as const)
    paper.setAttribute(name, String(value));
  paper.setAttribute('fill', getComputedStyle(document.body).getPropertyValue('--surface').trim() || '#fff');
  copy.insertBefore(paper, copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(name: string, text: string): void {
  saveBlob(`${fileStem(name)}.svg`, new Blob([text], { type: 'image/svg+xml' }));
}

/** Draws an SVG file at twice its size. Rejects if the browser cannot draw it. */
export async function savePng(name: string, svg: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const paper = document.createElement('canvas');
    paper.width = image.width * 2;
    paper.height = image.height * 2;
    paper.getContext('2d')?.drawImage(image, 0, 0, paper.width, paper.height);
    const blob = await new Promise<Blob | null>((resolve) => paper.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('The browser could not draw the picture.');
    saveBlob(`${fileStem(name)}.png`, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}
