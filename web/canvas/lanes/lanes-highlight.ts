import type { Pointed } from '../picture-props.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';

/** Keys of the elements around the target of the pointer or the selection: rows, holders, cards and lines. */
export type Highlighted = ReadonlySet<string>;

/**
 * The elements around one element: its lines and the elements at their other ends. A row also highlights its lab, and a lab its rows.
 *
 * @param key a row, holder or card of the layout
 * @returns null if the layout has no such element. Linear in rows and lines.
 */
export function highlightedAround(layout: LanesLayout, key: string): Highlighted | null {
  const row = layout.rows.find((placed) => placed.row.key === key);
  const card = layout.cards.find((placed) => placed.key === key);
  const holder = layout.holders.find((placed) => placed.key === key);
  if (row === undefined && card === undefined && holder === undefined) return null;
  const rows = new Set<string>();
  const highlighted = new Set<string>([key]);
  if (row !== undefined) rows.add(key);
  // A row of a bundled radius that has no lines belongs to the band of its lab and tier.
  if (layout.measures.isBundled && row?.row.kind === 'artifact' && !layout.lines.some((line) => line.kind === 'copy' && line.row === key))
    rows.add(`group:rows:${row.row.artifact.tier}:${row.labId}`);
  if (card !== undefined) for (const placed of layout.rows) if (placed.card === key) rows.add(placed.row.key);
  for (const line of layout.lines) {
    if (line.kind === 'copy') {
      const isNear = holder === undefined ? rows.has(line.row) : line.holder === key;
      if (isNear) for (const part of [line.key, line.holder, line.row]) highlighted.add(part);
    } else if (line.kind === 'spread') {
      if (holder !== undefined && (line.from === key || line.to === key))
        for (const part of [line.key, line.from, line.to]) highlighted.add(part);
    } else if (rows.has(line.from) || rows.has(line.to)) {
      for (const part of [line.key, line.from, line.to]) highlighted.add(part);
    }
  }
  // The bands that a holder's lines join.
  if (holder !== undefined)
    for (const line of layout.lines) if (line.kind === 'copy' && highlighted.has(line.row)) highlighted.add(line.key);
  for (const own of rows) highlighted.add(own);
  for (const placed of layout.rows) if (highlighted.has(placed.row.key)) highlighted.add(placed.card);
  return highlighted;
}

/** The key of the list's target under the pointer, if the layout draws it individually. */
export function keyOfPointed(layout: LanesLayout, { artifactId, holderId, labId }: Pointed): string | null {
  const key = artifactId !== null ? `artifact:${artifactId}` : `organization:${holderId ?? labId ?? ''}`;
  const isDrawn =
    layout.rows.some(({ row }) => row.key === key) ||
    layout.holders.some((holder) => holder.key === key) ||
    layout.cards.some((card) => card.key === key);
  return isDrawn ? key : null;
}

/** The target of a row's, holder's or card's key; null for a group. */
export function pointedOfKey(layout: LanesLayout, key: string): Pointed | null {
  const nothing = { artifactId: null, holderId: null, labId: null };
  if (key.startsWith('artifact:')) return { ...nothing, artifactId: key.slice('artifact:'.length) };
  if (!key.startsWith('organization:')) return null;
  const id = key.slice('organization:'.length);
  return layout.holders.some((holder) => holder.key === key) ? { ...nothing, holderId: id } : { ...nothing, labId: id };
}
