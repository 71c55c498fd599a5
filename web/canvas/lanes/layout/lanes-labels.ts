import { formatCount } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { pointOn } from '../../cytoscape/curve.ts';
import { cutInTheMiddle, doBoxesMeet, estimateWidth } from '../../cytoscape/label-box.ts';
import type { LaneRow } from './lanes-grouping.ts';
import type { LaneLine } from './lanes-lines.ts';
import type { LaneMeasures } from './lanes-measures.ts';
import { holderBoxes, holderText, type PlacedCard, type PlacedHolder, type PlacedLabel, type PlacedRow } from './lanes-places.ts';

const textSize = 13;

/** The label of a row. A group shows how many artifacts it stands for and their total loss; its tier, which its disc shows too, only where it fits. */
export function rowText(row: LaneRow, formatUsd: (usd: number) => string, mostName: number): string {
  if (row.kind === 'artifact') return cutInTheMiddle(row.artifact.name, mostName);
  const count = `${formatCount(row.count)}${row.isAll ? '' : ' more'}`;
  const loss = formatUsd(row.lossUsd);
  const text = `${count} ${row.tier.toLowerCase()} · ${loss}`;
  return text.length > mostName ? `${count} · ${loss}` : text;
}

/** Places a text at each row, card and holder, and at lines where there is room. */
export function placeLabels(
  cards: readonly PlacedCard[],
  rows: readonly PlacedRow[],
  holders: readonly PlacedHolder[],
  lines: readonly LaneLine[],
  formatUsd: (usd: number) => string,
  { labInset, mostName }: LaneMeasures,
): readonly PlacedLabel[] {
  const labels: PlacedLabel[] = [];
  for (const { row, x, y } of rows) {
    const text = rowText(row, formatUsd, mostName);
    labels.push({
      of: row.key,
      role: 'row',
      text,
      box: { left: x + 15, right: x + 15 + estimateWidth(text, textSize), top: y - 9, bottom: y + 9 },
    });
  }
  for (const card of cards) {
    const y = (card.top + card.bottom) / 2;
    const left = card.left + labInset + 36;
    labels.push({ of: card.key, role: 'card', text: card.title, box: { left, right: card.right - 8, top: y - 28, bottom: y + 28 } });
  }
  for (const holder of holders) {
    const [, box] = holderBoxes(holder);
    labels.push({ of: holder.key, role: 'holder', text: holderText(holder), box });
  }
  // A band's count stands on its row, and a chance below the name of a bundled holder.
  const hasNotes = holders.some(({ note }) => note !== undefined);
  // The text of a line moves along it until it covers no other label. If no place is free, only the table shows it.
  for (const line of lines) {
    const words = wordsOn(line);
    if (words === null || line.key.startsWith('band:') || (hasNotes && line.kind === 'spread')) continue;
    const half = estimateWidth(words.text, 12) / 2 + 3;
    for (const at of words.places) {
      const center = pointOn(line.curve, at);
      const box = { left: center.x - half, right: center.x + half, top: center.y - 9, bottom: center.y + 9 };
      if (labels.some((label) => doBoxesMeet(label.box, box)) || holders.some((holder) => doBoxesMeet(holderBoxes(holder)[0], box)))
        continue;
      labels.push({ of: line.key, role: 'line', text: words.text, box });
      break;
    }
  }
  return labels;
}

function wordsOn(line: LaneLine): { readonly text: string; readonly places: readonly number[] } | null {
  if (line.kind === 'spread') return { text: formatShare(line.likelihood), places: [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75] };
  if (line.kind === 'copy' && line.isBundle && line.count > 1) return { text: formatCount(line.count), places: [0.7, 0.6, 0.5, 0.4] };
  return null;
}
