import { showHidden } from '../../domain/text/hidden-characters.ts';
import { formatDay, formatShare, formatUsd } from '../../exposure/sentence-formats.ts';

/**
 * A document to send or print: one model for all writers, so that each format has the same texts and figures. Texts are plain; each
 * writer escapes what its format needs.
 */
export interface Document {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly preparedAt: number;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | Table
  | Curve
  | { readonly kind: 'page-break' };

export interface ListItem {
  readonly text: string;
  /** 0: an item of the list. 1: an item below it. */
  readonly level: 0 | 1;
}

export interface Table {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The share of each column in the width of a page. The shares add up to 1. */
  readonly widths: readonly number[];
}

/** A falling line: the share of runs that reach at least an amount. */
export interface Curve {
  readonly kind: 'curve';
  readonly caption: string;
  readonly points: readonly { readonly usd: number; readonly share: number }[];
}

/** A text on one line, as every format prints it: hidden characters are shown as escapes, so that no name reads like another. */
export function printedLine(text: string): string {
  return showHidden(text.replace(/[\t-\r\u0085\p{Z}]+/gu, ' '));
}

const dayMs = 86_400_000;

/** `Prepared on May 4, 2026. All times are UTC.` */
export function preparedLine(preparedAt: number): string {
  return `Prepared on ${formatDay(Math.floor(preparedAt / dayMs) * dayMs)}. All times are UTC.`;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** A document as Markdown. A curve becomes a table. */
export function documentMarkdown({ title, blocks }: Document): string {
  const parts = [`# ${escapeMarkdown(title)}`, ...blocks.flatMap((block) => writeBlock(block) ?? [])];
  return parts.join('\n\n').concat('\n');
}

function writeBlock(block: Block): string | undefined {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items.map(({ text, level }) => `${'  '.repeat(level)}- ${escapeMarkdown(text)}`).join('\n');
    case 'table':
      return tableOf(block.header, block.rows);
    case 'curve': {
      const rows = block.points.map(({ usd, share }) => [formatUsd(usd), formatShare(share)]);
      return `${escapeMarkdown(block.caption)}\n\n${tableOf(['Loss of at least', 'Share of runs'], rows)}`;
    }
    case 'page-break':
      return undefined;
    default:
      return block satisfies never;
  }
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map((row) => line(row.map(escapeMarkdown)))].join('\n');
}

/** The text on one line, with the characters of Markdown and HTML escaped. */
export function escapeMarkdown(text: string): string {
  return (
    printedLine(text)
      .replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
      .replace(/^([-+]|\d+[.)])/, '\\$1')
      // Only an address that shows http or https may become a link. From a saved file, `//host/` would open a share of that host.
      .replace(/(?<!https?:)\/\//gi, '\\//')
  );
}
