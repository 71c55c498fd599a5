import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { TIERS } from '../../../shared/format/words.ts';
import { pointOn } from '../../cytoscape/curve.ts';
import { cutInTheMiddle, doBoxesMeet, estimateWidth } from '../../cytoscape/label-box.ts';
import type { LanesRadius } from '../lanes-props.ts';
import type { LaneRow } from './lanes-grouping.ts';
import type { LaneLine } from './lanes-lines.ts';
import type { LaneMeasures } from './lanes-measures.ts';
import {
  type DrawnLanes,
  halfWidth,
  holderBoxes,
  holderText,
  type PlacedCard,
  type PlacedHolder,
  type PlacedLabel,
  type PlacedRow,
} from './lanes-places.ts';

const textSize = 13;

/** The label of a row. A group shows how many artifacts it stands for; their total loss, and its tier, which its disc shows too, where they fit. */
export function rowText(row: LaneRow, mostName: number): string {
  if (row.kind === 'artifact') return cutInTheMiddle(row.artifact.name, mostName);
  const count = `${formatCount(row.count)}${row.isAll ? '' : ' more'}`;
  const loss = formatMoney(row.lossUsd);
  const texts = [`${count} ${row.tier.toLowerCase()} · ${loss}`, `${count} · ${loss}`];
  return texts.find((text) => text.length <= mostName) ?? formatCount(row.count);
}

/** Places a text at each row, card and holder, and at lines where there is room. */
export function placeLabels(
  cards: readonly PlacedCard[],
  rows: readonly PlacedRow[],
  holders: readonly PlacedHolder[],
  lines: readonly LaneLine[],
  { isBundled }: LaneMeasures,
): readonly PlacedLabel[] {
  const labels: PlacedLabel[] = [];
  for (const { row, x, y, mostName } of rows) {
    const text = rowText(row, mostName);
    labels.push({
      of: row.key,
      role: 'row',
      text,
      box: { left: x + 15, right: x + 15 + estimateWidth(text, textSize), top: y - 9, bottom: y + 9 },
    });
  }
  for (const { key, title, labLeft, right, headY } of cards) {
    // The counts of a bundled card are its rows.
    const [top, bottom] = isBundled ? [headY - 19, headY - 1] : [headY - 28, headY + 28];
    labels.push({ of: key, role: 'card', text: title, box: { left: labLeft + 36, right: right - 8, top, bottom } });
  }
  for (const holder of holders) {
    const [, box] = holderBoxes(holder);
    labels.push({ of: holder.key, role: 'holder', text: holderText(holder), box });
  }
  labels.push(...shareLabels(lines, rows, holders, cards, labels));
  // A band's count stands on its row, and a chance on the plate of its holder.
  const hasPlates = holders.some(({ plate }) => plate !== undefined);
  // The text of a line moves along it until it covers no other label. If no place is free, only the table shows it.
  for (const line of lines) {
    const words = wordsOn(line);
    if (words === null || line.key.startsWith('band:') || (hasPlates && line.kind === 'spread')) continue;
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

/** "In focus: 15 holders and 3 groups": on the card in focus, who of those that are drawn has a copy of its artifacts. */
export function focusLabels({ artifacts, cells, copies, isWhole }: LanesRadius, { cards, holders }: DrawnLanes): readonly PlacedLabel[] {
  return cards.flatMap(({ key, lab, noteY, labLeft, right }): readonly PlacedLabel[] => {
    if (noteY === null) return [];
    const own = new Set(artifacts.flatMap(({ id, ownerId }) => (ownerId === lab?.id ? [id] : [])));
    const ofLab = cells?.filter(({ labId, counts }) => labId === lab?.id && TIERS.some((tier) => counts[tier] > 0));
    const ids = new Set((ofLab ?? copies.filter(({ artifactId }) => isWhole && own.has(artifactId))).map(({ holderId }) => holderId));
    const having = holders.filter(({ members }) => members.some(({ id }) => ids.has(id)));
    const alone = having.filter(({ organization }) => organization !== null).length;
    const groups = having.length - alone;
    const counts = [alone > 0 && countOf(alone, 'holder', 'holders'), groups > 0 && countOf(groups, 'group', 'groups')].filter(Boolean);
    const text = counts.length === 0 ? 'In focus' : `In focus: ${counts.join(' and ')}`;
    const width = estimateWidth(text, 12);
    // Below the name; further left where there is no room.
    const left = labLeft + (labLeft + 34 + width <= right - 8 ? 34 : 4);
    return [{ of: key, role: 'focus', text, box: { left, right: left + width, top: noteY - 8, bottom: noteY + 8 } }];
  });
}

function wordsOn(line: LaneLine): { readonly text: string; readonly places: readonly number[] } | null {
  if (line.kind === 'spread') return { text: formatShare(line.likelihood), places: [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75] };
  if (line.kind === 'copy' && line.isBundle && line.isTributary !== true && line.count > 1)
    return { text: formatCount(line.count), places: [0.7, 0.6, 0.5, 0.4] };
  return null;
}

/** The counts of tributaries that count all their copies, as one for each holder and lab: on the plates of the holders, or on the cards where one holder has them all. */
function shareLabels(
  lines: readonly LaneLine[],
  rows: readonly PlacedRow[],
  holders: readonly PlacedHolder[],
  cards: readonly PlacedCard[],
  labels: readonly PlacedLabel[],
): readonly PlacedLabel[] {
  const cardOf = new Map(rows.map(({ row, card }) => [row.key, card]));
  const byHolder = new Map<string, number>();
  const byCard = new Map<string, number>();
  for (const line of lines) {
    if (line.kind !== 'copy' || line.isTributary !== true || !line.isBundle) continue;
    const card = cardOf.get(line.row) ?? '';
    byHolder.set(line.holder, (byHolder.get(line.holder) ?? 0) + line.count);
    byCard.set(card, (byCard.get(card) ?? 0) + line.count);
  }
  const labelAt = (of: string, text: string, right: number, y: number): PlacedLabel => {
    const box = { left: right - estimateWidth(text, textSize), right, top: y - 8, bottom: y + 8 };
    return { of, role: 'share', text, box };
  };
  if (byCard.size === 1) {
    return holders.flatMap((holder) => {
      const count = byHolder.get(holder.key);
      return count === undefined || holder.plate === undefined
        ? []
        : [labelAt(holder.key, formatCount(count), holder.x + halfWidth(holder) - 7, holder.y + 9)];
    });
  }
  // All are in words, or none.
  const sharesAs = (words: string) =>
    cards.flatMap(({ key, right, headY }) => {
      const count = byCard.get(key);
      return count === undefined ? [] : [labelAt(key, `${words}${formatCount(count)}`, right - 8, headY + 9)];
    });
  const long = sharesAs('holds ');
  return long.some((share) => labels.some(({ box }) => doBoxesMeet(box, share.box))) ? sharesAs('') : long;
}
