import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { TIERS } from '../../shared/format/words.ts';
import type { Tier } from '../../shared/generated/operations.ts';
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

/** A figure of a cell. */
export interface CellFigure {
  /** The tier that the figure counts, for its disc. Null: it counts none, or is an amount. */
  readonly tier: Tier | null;
  readonly text: string;
}

/** The count of the strongest tier. A disc and a number are always the count of that tier. */
export function figureOf(sums: TierSums): CellFigure {
  const tier = countOfSums(sums) === 0 ? null : strongestOf(sums);
  return { tier, text: formatCount(tier === null ? 0 : sums.counts[tier]) };
}

/** The two figures of a changed cell: of the strongest tiers where these differ, else of the first tier that differs, else the worst case. */
export function changeInFigures(before: TierSums, after: TierSums): readonly [CellFigure, CellFigure] {
  const [then, now] = [figureOf(before), figureOf(after)];
  if (then.tier !== now.tier) return [then, now];
  const tier = TIERS.find((each) => before.counts[each] !== after.counts[each]);
  const of = (sums: TierSums): CellFigure =>
    tier === undefined ? { tier: null, text: formatMoney(lossOfSums(sums)) } : { tier, text: formatCount(sums.counts[tier]) };
  return [of(before), of(after)];
}
