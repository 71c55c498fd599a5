import { formatShare, formatUsd } from '../../exposure/sentence-formats.ts';
import type { Block, Document } from './document.ts';
import { printedLine } from './document.ts';

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
