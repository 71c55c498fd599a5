import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import anyAscii from 'any-ascii';
import * as fontkit from 'fontkit';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatShare, formatUsd } from '../../exposure/sentence-formats.ts';
import type { Block, Curve, Document, ListItem, Table } from './document.ts';
import { printedLine } from './document.ts';

const require = createRequire(import.meta.url);

/** The files of Noto Sans, each with a part of its letters. The first one that has a letter is used. */
const subsets = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'] as const;
type Subset = (typeof subsets)[number];

const folder = dirname(require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'));

function fileOf(subset: Subset, weight: 400 | 700): string {
  return join(folder, `noto-sans-${subset}-${weight}-normal.woff`);
}

/** Font files by name, for the PDF library. */
export const pdfFonts = Object.fromEntries(subsets.map((subset) => [subset, { normal: fileOf(subset, 400), bold: fileOf(subset, 700) }]));

let coverage: readonly (readonly [Subset, ReadonlySet<number>])[] | undefined;

function findSubset(codePoint: number): Subset | undefined {
  coverage ??= subsets.map((subset) => {
    const font = fontkit.create(readFileSync(fileOf(subset, 400))) as fontkit.Font;
    return [subset, new Set(font.characterSet)] as const;
  });
  return coverage.find(([, letters]) => letters.has(codePoint))?.[0];
}

/** A part of a text in one font. */
export interface Run {
  readonly text: string;
  readonly font: Subset;
}

export interface Letters {
  readonly runs: readonly Run[];
  /** Whether a stand-in takes the place of letters that no font has. */
  readonly hasStandIn: boolean;
}

/**
 * Splits a text into runs of one font. Letters that no font has are spelled in Latin letters, in square brackets: `[mkhtbr]`.
 * Control characters become spaces.
 *
 * Complexity: O(length of the text).
 */
export function findLetters(text: string): Letters {
  const runs: Run[] = [];
  let missing = '';
  let hasStandIn = false;
  const add = (part: string, font: Subset) => {
    const last = runs.at(-1);
    if (last?.font === font) runs[runs.length - 1] = { text: last.text + part, font };
    else runs.push({ text: part, font });
  };
  const spell = () => {
    if (missing === '') return;
    const spelled = anyAscii(missing)
      .replace(/[^\x20-\x7e]/g, '')
      .trim();
    const rest = /\s*$/.exec(missing)?.[0] ?? '';
    add(`[${spelled === '' ? '?' : spelled}]${rest === '' ? '' : ' '}`, 'latin');
    hasStandIn = true;
    missing = '';
  };
  for (const letter of printedLine(text)
    .normalize('NFC')
    .replace(/[\s\p{Cf}]+/gu, ' ')) {
    const font = letter === ' ' ? undefined : findSubset(letter.codePointAt(0) as number);
    // A space between two such words belongs to the stand-in.
    if (letter === ' ') {
      if (missing === '') add(' ', 'latin');
      else missing += ' ';
    } else if (font === undefined) missing += letter;
    else {
      spell();
      add(letter, font);
    }
  }
  spell();
  return { runs, hasStandIn };
}

pdfmake.setFonts(pdfFonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** The files that the PDF library finds by their names. Its types do not know them. */
const { virtualfs } = pdfmake as unknown as {
  virtualfs: { existsSync(path: string): boolean; writeFileSync(path: string, bytes: Buffer): void };
};

function provideFonts(): void {
  for (const path of Object.values(pdfFonts).flatMap(({ normal, bold }) => [normal, bold]))
    if (!virtualfs.existsSync(path)) virtualfs.writeFileSync(path, woffToTrueType(readFileSync(path)));
}

const ink = '#161B26';
const faint = '#465063';
const line = '#C9CFD8';

/** The width between the margins of an A4 page, in points. */
const pageWidth = 495;

/**
 * A document as a PDF of A4 pages with page numbers. A table that goes on repeats its header, no row is split, and no heading ends a page. An
 * item of a list stays with the items below it. The file is readable in gray. Its metadata holds the title, the date and the name of this
 * program.
 *
 * Letters that its fonts do not have are spelled in Latin letters, and the last line says so.
 */
export function documentPdf({ title, preparedAt, blocks }: Document): Promise<Buffer> {
  provideFonts();
  const writer = new PdfWriter();
  const content: Content[] = [{ text: writer.runs(title), style: 'title' }, ...writer.blocks(blocks)];
  if (writer.hasStandIn) {
    content.push({
      text: 'Words in square brackets spell letters that this file has no font for. The other formats have the letters themselves.',
      style: 'note',
      margin: [0, 12, 0, 0],
    });
  }
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [50, 56, 50, 62],
    content,
    footer: (page, count) => ({
      columns: [
        { text: writer.runs(title), style: 'note', width: '*' },
        { text: `Page ${page} of ${count}`, style: 'note', alignment: 'right', width: 80 },
      ],
      columnGap: 16,
      margin: [50, 22, 50, 0],
    }),
    defaultStyle: { font: 'latin', fontSize: 9.5, lineHeight: 1.25, color: ink },
    styles: {
      title: { fontSize: 17, bold: true, lineHeight: 1.15, margin: [0, 0, 0, 8] },
      heading2: { fontSize: 12.5, bold: true, margin: [0, 14, 0, 4] },
      heading3: { fontSize: 10, bold: true, margin: [0, 8, 0, 2] },
      note: { fontSize: 8, color: faint },
      head: { fontSize: 8.5, bold: true, color: faint },
      cell: { fontSize: 8.5 },
    },
    info: {
      title: printedLine(title),
      creator: 'Exposure Graph',
      producer: 'Exposure Graph',
      creationDate: new Date(preparedAt),
      modDate: new Date(preparedAt),
    },
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** Whether a block fits below a heading on one page, whatever its letters. */
function isShort(block: Block): boolean {
  if (block.kind === 'paragraph') return block.text.length <= maxShortText;
  if (block.kind === 'list') return block.items.every(({ text }) => text.length <= maxShortText);
  if (block.kind !== 'table') return true;
  const letters = block.rows.flat().reduce((sum, { length }) => sum + length, 0);
  return block.rows.length <= maxShortRows && letters <= maxShortText;
}

/** Each item with the items below it. */
function groupsOf(items: readonly ListItem[]): ListItem[][] {
  const groups: ListItem[][] = [];
  for (const item of items) {
    if (item.level === 0 || groups.length === 0) groups.push([item]);
    else groups.at(-1)?.push(item);
  }
  return groups;
}

const maxShortText = 1000;
const maxShortRows = 12;

class PdfWriter {
  hasStandIn = false;

  runs(text: string): Content[] {
    const { runs, hasStandIn } = findLetters(text);
    this.hasStandIn ||= hasStandIn;
    return runs.map((run) => ({ text: run.text, font: run.font }));
  }

  /** A heading stays on one page with the beginning of what follows. */
  blocks(blocks: readonly Block[]): Content[] {
    const written: Content[] = [];
    let isNewPage = false;
    let heading: Content | undefined;
    for (const block of blocks) {
      if (block.kind === 'page-break') isNewPage = true;
      else if (block.kind === 'heading') {
        if (heading !== undefined) written.push(heading);
        if (isNewPage) written.push({ text: '', pageBreak: 'before', fontSize: 1 });
        heading = { text: this.runs(block.text), style: `heading${block.level}` };
        isNewPage = false;
      } else {
        written.push(...this.#withHeading(heading, block));
        heading = undefined;
      }
    }
    return heading === undefined ? written : [...written, heading];
  }

  #withHeading(heading: Content | undefined, block: Block): Content[] {
    if (heading === undefined) return [this.#block(block)];
    if (block.kind === 'list') {
      const [first = [], ...rest] = groupsOf(block.items);
      if (rest.length > 0)
        return [...this.#withHeading(heading, { kind: 'list', items: first }), this.#block({ kind: 'list', items: rest.flat() })];
    }
    if (!isShort(block)) return [heading, this.#block(block)];
    return [{ stack: [heading, this.#block(block)], unbreakable: true }];
  }

  #block(block: Block): Content {
    switch (block.kind) {
      case 'paragraph':
        return { text: this.runs(block.text), margin: [0, 0, 0, 6] };
      case 'list':
        return {
          stack: groupsOf(block.items).map((items) => ({
            stack: items.map(({ text, level }) => ({
              columns: [
                { text: level === 0 ? '•' : '–', width: 10 },
                { text: this.runs(text), width: '*' },
              ],
              margin: [level * 14, 0, 0, 2],
            })),
            unbreakable: items.length > 1 && items.length <= maxShortRows && isShort({ kind: 'list', items }),
          })),
          margin: [0, 0, 0, 2],
        };
      case 'table':
        return this.#table(block);
      case 'curve':
        return this.#curve(block);
      case 'heading':
      case 'page-break':
        return [];
      default:
        return block satisfies never;
    }
  }

  #table({ header, rows, widths }: Table): Content {
    return {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: widths.map((share) => `${100 * share}%`),
        body: [
          header.map((text) => ({ text: this.runs(text), style: 'head' })),
          ...rows.map((row) => row.map((text) => ({ text: this.runs(text), style: 'cell' }))),
        ],
      },
      layout: {
        hLineWidth: (i) => (i === 1 ? 1 : 0.5),
        vLineWidth: () => 0,
        hLineColor: () => line,
        paddingLeft: () => 3,
        paddingRight: () => 5,
        paddingTop: () => 3,
        paddingBottom: () => 3,
      },
      margin: [0, 2, 0, 8],
    };
  }

  /** A falling line over two axes, with the ends of both written out. */
  #curve({ caption, points }: Curve): Content {
    const height = 110;
    const most = Math.max(1, ...points.map(({ usd }) => usd));
    const x = (usd: number) => 34 + (usd / most) * (pageWidth - 44);
    const y = (share: number) => 6 + (1 - share) * (height - 12);
    const [first] = points;
    const drawn = [
      ...(first === undefined
        ? []
        : [
            { x: x(0), y: y(1) },
            { x: x(first.usd), y: y(1) },
          ]),
      ...points.map(({ usd, share }) => ({ x: x(usd), y: y(share) })),
    ];
    return {
      unbreakable: true,
      stack: [
        {
          columns: [
            {
              stack: [
                { text: formatShare(1), style: 'note' },
                { text: formatShare(0), style: 'note', margin: [0, height - 26, 0, 0] },
              ],
              width: 30,
            },
            {
              canvas: [
                { type: 'line', x1: x(0) - 30, y1: y(0), x2: x(most) - 30, y2: y(0), lineWidth: 0.5, lineColor: faint },
                { type: 'line', x1: x(0) - 30, y1: y(0), x2: x(0) - 30, y2: y(1), lineWidth: 0.5, lineColor: faint },
                { type: 'polyline', lineWidth: 1.4, lineColor: ink, points: drawn.map((point) => ({ x: point.x - 30, y: point.y })) },
              ],
              width: '*',
            },
          ],
        },
        {
          columns: [
            { text: formatUsd(0), style: 'note', width: 60, margin: [34, 0, 0, 0] },
            { text: formatUsd(most), style: 'note', alignment: 'right', width: '*' },
          ],
        },
        { text: this.runs(caption), style: 'note' },
      ],
      margin: [0, 4, 0, 8],
    };
  }
}

const woffHeader = 44;
const woffEntry = 20;
const trueTypeHeader = 12;
const trueTypeEntry = 16;

/**
 * Unpacks the tables of a WOFF file into a TrueType file. The PDF library would unpack them for each document, with slower code.
 *
 * Source: W3C, WOFF File Format 1.0, §3 to §5.
 */
export function woffToTrueType(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(trueTypeHeader + count * trueTypeEntry);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(count, 4);
  const parts: Buffer[] = [header];
  let length = header.length;
  for (let i = 0; i < count; i++) {
    const entry = woffHeader + i * woffEntry;
    const [offset, packedLength, plainLength] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
    const packed = woff.subarray(offset, offset + packedLength);
    const table = packedLength < plainLength ? inflateSync(packed) : packed;
    const place = trueTypeHeader + i * trueTypeEntry;
    woff.copy(header, place, entry, entry + 4);
    woff.copy(header, place + 4, entry + 16, entry + 20);
    header.writeUInt32BE(length, place + 8);
    header.writeUInt32BE(plainLength, place + 12);
    // Each table begins at a multiple of four.
    const padding = Buffer.alloc(-plainLength & 3);
    parts.push(table, padding);
    length += plainLength + padding.length;
  }
  return Buffer.concat(parts, length);
}
