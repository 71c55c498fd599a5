import { useCallback, useLayoutEffect, useRef } from 'react';
import { formatDay } from '../format/instant.ts';
import { hasQuestionFailed, isPageBehind, oldestAnswerAt } from '../graphql/use-question.ts';
import { escapeXml } from '../save/escape-xml.ts';
import { savePng, saveSvg, styledCopyOf, svgFileOf } from '../save/save-picture.ts';
import { isRedacting, readKnownAt } from '../url/shared-parameters.ts';
import type { DrawPicture, PictureWords } from './view-picture.ts';

const BEHIND = 'The page still shows an earlier answer. Save the picture once the new one is there.';
const WITHOUT_LEGEND = 'The legend is still loading. Save the picture once it is there.';
const NOTHING = 'There is no picture to save.';
/** The longest wait for an answer that the page still asks for, and for a canvas that is not drawn yet, in ms. */
const LONGEST_WAIT_MS = 30_000;
const LONGEST_DRAWING_MS = 3_000;
const PAUSE_MS = 50;

/** Why no picture can be saved now; null: one can. */
function reasonToWait(): string | null {
  if (isPageBehind()) return BEHIND;
  return document.querySelector('[data-legend-waits]') === null ? null : WITHOUT_LEGEND;
}

/** A picture as an SVG file, or why there is none: asks again until the page shows the answer that its address asks for, and has drawn it. */
async function untilDrawn(offered: () => Offer | null): Promise<{ readonly name: string; readonly svg: string } | string> {
  const start = performance.now();
  let isShownSince: number | null = null;
  for (;;) {
    const reason = reasonToWait();
    const now = performance.now();
    if (reason === null) {
      const offer = offered();
      const svg = offer === null ? null : fileOf(offer.draw);
      if (offer !== null && svg !== null) return { name: offer.name, svg };
      isShownSince ??= now;
      if (now - isShownSince >= LONGEST_DRAWING_MS) return NOTHING;
    } else if (hasQuestionFailed() || now - start >= LONGEST_WAIT_MS) return reason;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

interface Offer {
  readonly name: string;
  readonly draw: DrawPicture;
}

/**
 * Saves a picture once the page shows the answer that its address asks for: as it is drawn, and named, by then.
 *
 * @param draw null: there is none
 * @returns resolves to a sentence if there is nothing to save
 */
export function useSavePicture(name: string, draw: DrawPicture | null): (format: 'svg' | 'png') => Promise<string | null> {
  const offered = useRef<Offer | null>(null);
  useLayoutEffect(() => {
    offered.current = draw === null ? null : { name, draw };
    return () => {
      offered.current = null;
    };
  }, [name, draw]);
  return useCallback(async (format) => {
    const picture = await untilDrawn(() => offered.current);
    if (typeof picture === 'string') return picture;
    if (format === 'svg') {
      saveSvg(picture.name, picture.svg);
      return null;
    }
    try {
      await savePng(picture.name, picture.svg);
      return null;
    } catch {
      return 'The browser could not draw the picture. Save it as SVG.';
    }
  }, []);
}

function fileOf(draw: DrawPicture): string | null {
  const picture = draw();
  if (picture === null) return null;
  const { drawing, words, hasLegend } = picture;
  const svg = typeof drawing === 'string' ? drawing : svgFileOf(drawing);
  return framePicture(svg, words, hasLegend ? legendOfPage() : []);
}

const MARGIN = 20;
/** A narrower picture still gets a sheet on which its title has room. */
const LEAST_WIDTH = 520;
const GAP = 12;
/** Between a sample of the legend and its word, and between two entries. */
const MARK_GAP = 6;
const ENTRY_GAP = 18;

interface Look {
  readonly size: number;
  readonly weight: number;
  readonly lineHeight: number;
  readonly color: string;
}

const TITLE: Look = { size: 18, weight: 600, lineHeight: 26, color: '--ink' };
const SMALL: Look = { size: 12, weight: 400, lineHeight: 18, color: '--ink-2' };

interface LegendEntry {
  readonly mark: SVGSVGElement;
  readonly word: string;
}

/** The legend that the page shows: a sample and a word for each kind of mark that is drawn. */
function legendOfPage(): readonly LegendEntry[] {
  const entries = new Map<string, SVGSVGElement>();
  for (const entry of document.querySelectorAll<HTMLElement>('[data-legend]')) {
    const mark = entry.querySelector('svg');
    const word = entry.dataset.legend ?? '';
    if (mark !== null && !entries.has(word)) entries.set(word, mark);
  }
  return [...entries].map(([word, mark]) => ({ word, mark }));
}

/** A sheet with the title and the caption above a picture, and the legend below it. @param svg an SVG file that states its width and height in pixels */
function framePicture(svg: string, { title, caption, isDated }: PictureWords, legend: readonly LegendEntry[]): string {
  const start = svg.indexOf('<svg');
  const [wide, high] = [lengthIn(svg, 'width'), lengthIn(svg, 'height')];
  const sheet = new Sheet(Math.max(wide, LEAST_WIDTH));
  sheet.writeLines(title, TITLE);
  for (const sentence of [...caption, ...originOfRecords(isDated)]) sheet.writeLines(sentence, SMALL);
  sheet.skip(GAP);
  sheet.put(`<svg x="${(sheet.width - wide) / 2}" y="${sheet.y}"${svg.slice(start + '<svg'.length)}`);
  sheet.skip(high);
  if (legend.length > 0) {
    sheet.skip(GAP);
    sheet.writeLegend(legend);
  }
  return sheet.end();
}

/** Says of which day the records are, and whether names are hidden: the picture alone does not. */
function originOfRecords(isDated: boolean): readonly string[] {
  const day = formatDay(readKnownAt() ?? new Date(oldestAnswerAt()).toISOString());
  const parts = [isDated ? null : `The records as known on ${day}.`, isRedacting() ? 'Names are hidden.' : null].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? [] : [parts.join(' ')];
}

function lengthIn(svg: string, name: 'width' | 'height'): number {
  return Number(new RegExp(`<svg[^>]*? ${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0);
}

/** Writes an SVG file from top to bottom. Measures texts as the browser draws them. */
class Sheet {
  readonly width: number;
  y = MARGIN;
  readonly #parts: string[] = [];
  readonly #font = getComputedStyle(document.body).fontFamily;
  readonly #ruler = document.createElement('canvas').getContext('2d');

  constructor(width: number) {
    this.width = width;
  }

  skip(pixels: number): void {
    this.y += pixels;
  }

  put(part: string): void {
    this.#parts.push(part);
  }

  /** Writes a text in lines of whole words. */
  writeLines(text: string, look: Look): void {
    const lines: string[] = [];
    for (const word of text.split(' ').flatMap((long) => this.#breakWord(long, look))) {
      const longer = `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && this.#widthOf(longer, look) <= this.width - 2 * MARGIN) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    for (const line of lines) {
      this.#writeAt(MARGIN, line, look);
      this.y += look.lineHeight;
    }
  }

  /** Writes the entries one after another, in as many lines as they need. */
  writeLegend(entries: readonly LegendEntry[]): void {
    let x = MARGIN;
    for (const { mark, word } of entries) {
      const { width, height } = mark.getBoundingClientRect();
      const length = width + MARK_GAP + this.#widthOf(word, SMALL);
      if (x > MARGIN && x + length > this.width - MARGIN) {
        x = MARGIN;
        this.y += SMALL.lineHeight;
      }
      const sample = styledCopyOf(mark);
      const place = { x, y: this.y + (SMALL.lineHeight - height) / 2, width, height };
      for (const [name, value] of Object.entries(place)) sample.setAttribute(name, String(value));
      this.put(new XMLSerializer().serializeToString(sample));
      this.#writeAt(x + width + MARK_GAP, word, SMALL);
      x += length + ENTRY_GAP;
    }
    this.y += SMALL.lineHeight;
  }

  end(): string {
    const height = this.y + MARGIN;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${height}" viewBox="0 0 ${this.width} ${height}">`,
      `<rect width="100%" height="100%" fill="${colorOf('--surface')}"/>`,
      ...this.#parts,
      '</svg>',
      '',
    ].join('\n');
  }

  /** A word that is wider than the sheet, in pieces that are not. Text without spaces is one word. */
  #breakWord(word: string, look: Look): readonly string[] {
    const pieces = [''];
    for (const letter of word) {
      const longer = `${pieces.at(-1)}${letter}`;
      if (longer.length === letter.length || this.#widthOf(longer, look) <= this.width - 2 * MARGIN) pieces[pieces.length - 1] = longer;
      else pieces.push(letter);
    }
    return pieces;
  }

  #widthOf(text: string, { size, weight }: Look): number {
    if (this.#ruler === null) throw new Error('The browser cannot measure texts.');
    this.#ruler.font = `${weight} ${size}px ${this.#font}`;
    return this.#ruler.measureText(text).width;
  }

  #writeAt(x: number, text: string, look: Look): void {
    const { size, weight, lineHeight, color } = look;
    const y = this.y + (lineHeight + size) / 2 - 2;
    // Another reader of the file may have another font. The text then keeps its width.
    const length = this.#widthOf(text, look).toFixed(1);
    this.put(
      `<text x="${x}" y="${y}" font-family="${escapeXml(this.#font)}" font-size="${size}" font-weight="${weight}" fill="${colorOf(color)}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`,
    );
  }
}

function colorOf(token: string): string {
  return getComputedStyle(document.body).getPropertyValue(token).trim();
}
