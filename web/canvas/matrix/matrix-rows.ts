import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import {
  addSums,
  countOfSums,
  type FlowCell,
  type FlowHolder,
  type FlowLab,
  type FlowRadius,
  lossOfSums,
  NO_SUMS,
  strongestOf,
  TIER_ORDER,
  type TierSums,
} from '../flows/flow-radius.ts';

/** A line of the matrix: the heading of a hop, or a holder. */
export type MatrixLine =
  | { readonly kind: 'hop'; readonly key: string; readonly title: string; readonly count: number }
  | {
      readonly kind: 'holder';
      readonly key: string;
      /** Null: the artifacts that are only revealed. */
      readonly holder: FlowHolder | null;
      /** The artifacts at the holder, of all labs. Each counts once, because an artifact has one owner. */
      readonly sums: TierSums;
      /** By lab id. */
      readonly cells: ReadonlyMap<string, FlowCell>;
    };

export interface Matrix {
  readonly labs: readonly FlowLab[];
  readonly lines: readonly MatrixLine[];
  /** The largest worst case of a cell, in US dollars. */
  readonly mostUsd: number;
  /** Reached organizations that hold nothing in reach. They have no row. */
  readonly emptyCount: number;
}

export type MatrixOrder = 'value' | 'name';

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** Rows by hop, then by worst case or name; columns by worst case or name; ties by id. Complexity: O(cells + holders log holders). */
export function buildMatrix(radius: FlowRadius, order: MatrixOrder): Matrix {
  const byHolder = new Map<string | null, Map<string, FlowCell>>();
  let mostUsd = 0;
  for (const cell of radius.cells) {
    const own = byHolder.get(cell.holderId) ?? new Map<string, FlowCell>();
    own.set(cell.labId, cell);
    byHolder.set(cell.holderId, own);
    mostUsd = Math.max(mostUsd, lossOfSums(cell));
  }
  const rowOf = (holder: FlowHolder | null) => {
    const cells = byHolder.get(holder?.id ?? null) ?? new Map<string, FlowCell>();
    const sums = [...cells.values()].reduce<TierSums>(addSums, NO_SUMS);
    return { kind: 'holder' as const, key: holder === null ? 'revealed' : `organization:${holder.id}`, holder, sums, cells };
  };
  const byOrder = (a: { readonly name: string; readonly id: string }, b: typeof a, aUsd: number, bUsd: number) =>
    (order === 'value' ? bUsd - aUsd : BY_NAME.compare(a.name, b.name)) || (a.id < b.id ? -1 : 1);

  const lines: MatrixLine[] = [];
  const holding = radius.holders.filter(({ id }) => byHolder.has(id));
  for (const hop of [...new Set(holding.map(({ hops }) => hops))].sort((a, b) => a - b)) {
    const rows = holding.filter(({ hops }) => hops === hop).map((holder) => ({ row: rowOf(holder), holder }));
    rows.sort((a, b) => byOrder(a.holder, b.holder, lossOfSums(a.row.sums), lossOfSums(b.row.sums)));
    const title = hop > 0 ? `Hop ${hop}` : rows.length > 1 ? 'Origins' : 'Origin';
    lines.push({ kind: 'hop', key: `hop:${hop}`, title, count: rows.length }, ...rows.map(({ row }) => row));
  }
  if (byHolder.has(null)) lines.push({ kind: 'hop', key: 'hop:none', title: 'No copy in reach', count: 1 }, rowOf(null));
  return {
    labs: radius.labs.toSorted((a, b) => byOrder(a, b, lossOfSums(a), lossOfSums(b))),
    lines,
    mostUsd,
    emptyCount: radius.holders.length - holding.length,
  };
}

/**
 * The two figures of a changed cell, the first that differ: the artifacts, those of a tier, or the worst case. If the strongest tier
 * differs, the artifacts stand on both sides, each beside its disc.
 */
export function changeInFigures(before: TierSums, after: TierSums): readonly [string, string] {
  const counts = [countOfSums(before), countOfSums(after)] as const;
  if (counts[0] !== counts[1] || strongestOf(before) !== strongestOf(after)) return [formatCount(counts[0]), formatCount(counts[1])];
  const tier = TIER_ORDER.find((each) => before.counts[each] !== after.counts[each]);
  if (tier !== undefined) return [formatCount(before.counts[tier]), formatCount(after.counts[tier])];
  return [formatMoney(lossOfSums(before)), formatMoney(lossOfSums(after))];
}
