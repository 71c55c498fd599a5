import {
  BorderStyle,
  Document as DocxDocument,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { formatShare, formatUsd } from '../../exposure/sentence-formats.ts';
import type { Block, Document } from './document.ts';
import { printedLine } from './document.ts';

const font = 'Arial';
const rule = { style: BorderStyle.SINGLE, size: 4, color: 'C9CFD8' };
const nothing = { style: BorderStyle.NONE, size: 0, color: 'auto' };
/** The width between the margins of an A4 page, in twentieths of a point. */
const pageWidth = 9900;

/**
 * A document as DOCX, for a person to edit: real headings, tables whose header repeats and whose rows stay whole, page numbers as fields. Its
 * metadata holds the title and the name of this program. A curve becomes a table.
 */
export async function documentDocx({ title, blocks }: Document): Promise<Buffer> {
  const children = blocks.flatMap((block, i) => writeBlock(block, blocks[i - 1]));
  const document = new DocxDocument({
    title: clean(title),
    creator: 'Exposure Graph',
    lastModifiedBy: 'Exposure Graph',
    styles: { default: { document: { run: { font, size: 20 } }, heading1: { run: { font, size: 34, bold: true, color: '161B26' } } } },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1000, bottom: 1000, left: 1000, right: 1000 } } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({ text: `${clean(title)}  ·  Page `, size: 16 }),
                  new TextRun({ children: [PageNumber.CURRENT], size: 16 }),
                  new TextRun({ text: ' of ', size: 16 }),
                  new TextRun({ children: [PageNumber.TOTAL_PAGES], size: 16 }),
                ],
              }),
            ],
          }),
        },
        children: [new Paragraph({ text: clean(title), heading: HeadingLevel.HEADING_1, spacing: { after: 120 } }), ...children],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function writeBlock(block: Block, before: Block | undefined): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 2 ? 25 : 21;
      return [
        new Paragraph({
          heading: block.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3,
          keepNext: true,
          pageBreakBefore: before?.kind === 'page-break',
          spacing: { before: 220, after: 80 },
          children: [new TextRun({ text: clean(block.text), font, bold: true, size, color: '161B26' })],
        }),
      ];
    }
    case 'paragraph':
      return [new Paragraph({ text: clean(block.text), spacing: { after: 120 } })];
    case 'list':
      return block.items.map(({ text, level }) => new Paragraph({ text: clean(text), bullet: { level }, spacing: { after: 40 } }));
    case 'table':
      return [tableOf(block.header, block.rows, block.widths), new Paragraph({ text: '' })];
    case 'curve': {
      const rows = block.points.map(({ usd, share }) => [formatUsd(usd), formatShare(share)]);
      return [new Paragraph({ text: clean(block.caption) }), tableOf(['Loss of at least', 'Share of runs'], rows, [0.5, 0.5])];
    }
    case 'page-break':
      return [];
    default:
      return block satisfies never;
  }
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[]): Table {
  const cellsOf = (texts: readonly string[], isHeader: boolean) =>
    texts.map(
      (text, i) =>
        new TableCell({
          width: { size: Math.round((widths[i] as number) * pageWidth), type: WidthType.DXA },
          margins: { top: 50, bottom: 50, left: 60, right: 80 },
          children: [new Paragraph({ children: [new TextRun({ text: clean(text), bold: isHeader, size: 17 })] })],
        }),
    );
  return new Table({
    width: { size: pageWidth, type: WidthType.DXA },
    columnWidths: widths.map((share) => Math.round(share * pageWidth)),
    borders: { top: rule, bottom: rule, insideHorizontal: rule, left: nothing, right: nothing, insideVertical: nothing },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cellsOf(header, true) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cellsOf(row, false) })),
    ],
  });
}

/** The text on one line, without characters that XML does not allow. */
function clean(text: string): string {
  return printedLine(text).replace(/[\ufffe\uffff]+/g, ' ');
}
