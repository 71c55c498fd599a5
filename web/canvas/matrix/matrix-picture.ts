import { countOf } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { TIER_WORDS, TIERS } from '../../shared/format/words.ts';
import type { Tier } from '../../shared/generated/operations.ts';
import { escapeXml } from '../../shared/save/escape-xml.ts';
import { discShapes } from '../cytoscape/images.ts';
import { cutInTheMiddle } from '../cytoscape/label-box.ts';
import { type TokenName, type Tokens, tierToken } from '../cytoscape/tokens.ts';
import { countOfSums, type FlowCell, lossOfSums, NO_SUMS, strongestOf, type TierSums } from '../flows/flow-radius.ts';
import { changeInFigures, figureOf, type Matrix } from './matrix-rows.ts';
import { amountInWords } from './matrix-words.ts';

const MARGIN = 16;
const HEAD = 64;
const ROW = 42;
const HOP = 28;
const FIRST = 224;
const COLUMN = 104;
const FOOT = 44;

export interface MatrixPicture {
  readonly matrix: Matrix;
  /** The cell after a what-if: null if nothing is left, undefined if there is no what-if. */
  readonly afterOf: (cell: FlowCell) => FlowCell | null | undefined;
  readonly tokens: Tokens;
}

/** The whole matrix as an SVG file, all rows and columns of it, with the legend of its tiers. Linear in its cells. */
export function drawMatrix({ matrix, afterOf, tokens }: MatrixPicture): string {
  const { labs, lines, mostUsd } = matrix;
  const width = MARGIN * 2 + FIRST + labs.length * COLUMN;
  const parts: string[] = [];
  const write = (x: number, y: number, text: string, look: TextLook = {}) => parts.push(textAt(x, y, text, look, tokens));
  labs.forEach((lab, at) => {
    const x = MARGIN + FIRST + at * COLUMN + COLUMN / 2;
    write(x, MARGIN + 16, cutInTheMiddle(lab.name, 16), { weight: 600, size: 11.5, anchor: 'middle' });
    write(x, MARGIN + 32, formatMoney(lossOfSums(lab)), { color: 'ink-2', size: 12, anchor: 'middle' });
    parts.push(barOf(lab, x - COLUMN / 2 + 3, MARGIN + 42, COLUMN - 6, 3, tokens));
  });
  let y = MARGIN + HEAD;
  for (const line of lines) {
    if (line.kind === 'hop') {
      write(MARGIN, y + 18, line.count > 1 ? `${line.title} · ${countOf(line.count, 'holder', 'holders')}` : line.title, {
        color: 'ink-2',
        weight: 600,
        size: 11,
      });
      parts.push(`<path d="M${MARGIN} ${y + HOP - 3.5}H${width - MARGIN}" stroke="${tokens.line}"/>`);
      y += HOP;
      continue;
    }
    const { holder } = line;
    const mark = holder?.hops === 0 ? `fill="${tokens.exposed}"` : `fill="${tokens.surface}" stroke="${tokens.ink}" stroke-width="1.5"`;
    if (holder !== null) parts.push(`<rect x="${MARGIN}" y="${y + 14}" width="14" height="14" rx="4" ${mark}/>`);
    write(MARGIN + (holder === null ? 0 : 22), y + 25, holder === null ? 'Only revealed' : cutInTheMiddle(holder.name, 22));
    if (holder !== null && holder.hops > 0) {
      write(MARGIN + FIRST - 8, y + 25, formatShare(holder.likelihood), { color: 'ink-2', size: 12, anchor: 'end' });
    }
    labs.forEach((lab, at) => {
      const x = MARGIN + FIRST + at * COLUMN;
      const cell = line.cells.get(lab.id);
      if (cell === undefined) write(x + COLUMN / 2, y + 25, '·', { color: 'ink-3', anchor: 'middle' });
      else parts.push(cellAt(x + 3, y + 2, cell, afterOf(cell), mostUsd, tokens));
    });
    y += ROW;
  }
  parts.push(legendAt(MARGIN, y + 24, tokens));
  const height = y + FOOT;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, 'Noto Sans', system-ui, sans-serif">`,
    `<rect width="100%" height="100%" fill="${tokens.surface}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

interface TextLook {
  readonly color?: TokenName;
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function textAt(x: number, y: number, text: string, look: TextLook, tokens: Tokens): string {
  const { color = 'ink', size = 13, weight = 400, anchor = 'start' } = look;
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${tokens[color]}">${escapeXml(text)}</text>`;
}

function cellAt(x: number, y: number, cell: FlowCell, after: FlowCell | null | undefined, mostUsd: number, tokens: Tokens): string {
  const now = after ?? (after === null ? NO_SUMS : cell);
  const isChanged = after !== undefined && JSON.stringify([now.counts, now.lossUsd]) !== JSON.stringify([cell.counts, cell.lossUsd]);
  const [width, height] = [COLUMN - 6, 38];
  const shade = (sums: TierSums, left: number, wide: number) => {
    const opacity = countOfSums(sums) === 0 ? 0 : 0.1 + 0.44 * (mostUsd === 0 ? 0 : Math.sqrt(lossOfSums(sums) / mostUsd));
    return `<rect x="${left}" y="${y}" width="${wide}" height="${height}" rx="5" fill="${tokens[tierToken(strongestOf(sums))]}" fill-opacity="${opacity.toFixed(2)}"/>`;
  };
  const middle = x + width / 2;
  const sum = textAt(middle, y + 29, amountInWords(cell, now, isChanged), { size: 11, anchor: 'middle' }, tokens);
  if (!isChanged) {
    const faint = after === undefined ? '' : ' opacity="0.55"';
    return `<g${faint}>${shade(cell, x, width)}${discAt(strongestOf(cell), middle - 16, y + 11, tokens)}${textAt(middle - 6, y + 15, figureOf(cell).text, { weight: 600, size: 12 }, tokens)}${sum}${barOf(cell, x + 5, y + 34, width - 10, 2, tokens)}</g>`;
  }
  const [before, then] = changeInFigures(cell, now);
  const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5" fill="none" stroke="${tokens['ink-2']}" stroke-width="1.5"${countOfSums(now) === 0 ? ' stroke-dasharray="4 3"' : ''}/>`;
  const words = textAt(middle, y + 15, `${before.text} → ${then.text}`, { weight: 600, size: 12, anchor: 'middle' }, tokens);
  return `<g>${shade(cell, x, width / 2)}${shade(now, middle, width / 2)}${frame}${words}${before.tier === null && then.tier === null ? '' : sum}</g>`;
}

/** The disc of a tier, as on the page, around a point. */
function discAt(tier: Tier, x: number, y: number, tokens: Tokens): string {
  return `<g transform="translate(${x - 5} ${y - 5}) scale(0.714)">${discShapes(tier, tokens)}</g>`;
}

/** The counts of all tiers as one bar. */
function barOf(sums: TierSums, x: number, y: number, width: number, height: number, tokens: Tokens): string {
  const all = countOfSums(sums);
  if (all === 0) return '';
  let left = x;
  return TIERS.map((tier) => {
    const wide = (width * sums.counts[tier]) / all;
    const part =
      wide === 0
        ? ''
        : `<rect x="${left.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${height}" fill="${tokens[tierToken(tier)]}"/>`;
    left += wide;
    return part;
  }).join('');
}

function legendAt(x: number, y: number, tokens: Tokens): string {
  let left = x;
  return TIERS.map((tier) => {
    const part = `${discAt(tier, left + 5, y - 4, tokens)}${textAt(left + 16, y, TIER_WORDS[tier].word, { color: 'ink-2', size: 12 }, tokens)}`;
    left += 92;
    return part;
  }).join('');
}
