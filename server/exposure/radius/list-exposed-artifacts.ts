import { compareCodePoints, compareLargestFirst } from '../../domain/compare.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { BlastRadius } from './blast-radius.ts';
import { ExposedRow } from './columns/exposed-row.ts';
import { LazyOrder } from './columns/lazy-order.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import type { ExposedArtifact } from './radius-types.ts';

export const exposedArtifactOrders = ['TIER', 'WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'PORTION', 'NAME', 'OWNER'] as const;
export type ExposedArtifactOrder = (typeof exposedArtifactOrders)[number];

/** A filter and an order for the artifacts of a radius. */
export interface ExposedArtifactFilter {
  /** Ids of artifacts. */
  readonly ids?: readonly string[] | null | undefined;
  /** Absent or null: all. The same holds for the other filters. */
  readonly tiers?: readonly Tier[] | null | undefined;
  /** Ids of labs. */
  readonly owners?: readonly string[] | null | undefined;
  /** Ids of organizations. Keeps the artifacts of which one of these has a copy with a tier. */
  readonly holders?: readonly string[] | null | undefined;
  /** Part of the name or id, or of its owner's; case does not matter. */
  readonly text?: string | null | undefined;
  readonly orderBy?: ExposedArtifactOrder | null | undefined;
}

export interface ExposedList extends PagedList<ExposedArtifact> {
  slice(from: number, until: number): ExposedArtifact[];
}

/**
 * The artifacts of a radius that match a filter, in the requested order: money and portion (high, then low) descending, text
 * ascending, ties by id. The page, GraphQL and the exports all use this list (semantics §11, 7).
 *
 * Rows are sorted and become objects where they are read. Complexity: O(n) for a page; O(n log n) for all.
 */
export function listExposedArtifacts(radius: BlastRadius, filter: ExposedArtifactFilter): ExposedList {
  const rows = listRows(radius, filter);
  return {
    length: rows.length,
    slice: (from, until) => Array.from(rows.slice(from, until), (row) => new ExposedRow(radius.columns, row)),
  };
}

/** The list that was asked for last of each radius. The next page sorts only its own rows. */
const latest = new WeakMap<RadiusColumns, { readonly key: string; readonly rows: LazyOrder }>();

/** The same artifacts as rows of `radius.columns.exposed`, for exports, which read thousands of them. */
export function listRows({ columns }: BlastRadius, filter: ExposedArtifactFilter): LazyOrder {
  const key = JSON.stringify(filter);
  const known = latest.get(columns);
  if (known?.key === key) return known.rows;
  const compare = compareBy(filter.orderBy ?? 'TIER', columns);
  const rows = new LazyOrder(filterRows(columns, filter), (a, b) => compare(a, b) || a - b);
  latest.set(columns, { key, rows });
  return rows;
}

/** The rows (exposed-columns.ts) of the artifacts that match a filter, ascending. Complexity: O(n), with holders O(n + their copies). */
export function filterRows({ projection, exposed, held, reached }: RadiusColumns, filter: ExposedArtifactFilter): Int32Array {
  const { artifacts, organizations } = projection;
  const rows = Int32Array.from(exposed.artifact, (_, row) => row);
  const ids = filter.ids ? new Set(filter.ids.map((id) => artifacts.id.find(id))) : undefined;
  const wanted = filter.tiers?.map((tier) => tiers.indexOf(tier));
  const owners = filter.owners ? new Set(filter.owners.map((id) => organizations.id.find(id))) : undefined;
  const holders = filter.holders ? new Set(filter.holders.map((id) => organizations.id.find(id))) : undefined;
  const text = filter.text?.trim().toLowerCase();
  if (ids === undefined && wanted === undefined && owners === undefined && holders === undefined && !text) return rows;
  const isHolder = reached.map(({ organization }) => holders?.has(organization) ?? false);
  return rows.filter((row) => {
    const artifact = exposed.artifact[row] as number;
    const owner = artifacts.owner[artifact] as number;
    if (ids !== undefined && !ids.has(artifact)) return false;
    if (wanted !== undefined && !wanted.includes(exposed.tier[row] as number)) return false;
    if (owners !== undefined && !owners.has(owner)) return false;
    if (holders !== undefined) {
      const place = exposed.place[row] as number;
      if (place < 0 || !held.holder.subarray(held.offsets[place], held.offsets[place + 1]).some((holder) => isHolder[holder])) return false;
    }
    if (!text) return true;
    return [artifacts.name.get(artifact), artifacts.id.get(artifact), organizations.name.get(owner), organizations.id.get(owner)].some(
      (part) => part.toLowerCase().includes(text),
    );
  });
}

/** Compares two rows. */
function compareBy(order: ExposedArtifactOrder, { projection, exposed }: RadiusColumns): (a: number, b: number) => number {
  const { artifacts, organizations } = projection;
  const { artifact, tier, weightedLossUsd, worstCaseLossUsd, low, high } = exposed;
  const descending = (column: Float64Array) => (a: number, b: number) => compareLargestFirst(column[a] as number, column[b] as number);
  const byWeightedLoss = descending(weightedLossUsd);
  switch (order) {
    case 'TIER':
      return (a, b) => (tier[a] as number) - (tier[b] as number) || byWeightedLoss(a, b);
    case 'WEIGHTED_LOSS':
      return byWeightedLoss;
    case 'WORST_CASE_LOSS':
      return descending(worstCaseLossUsd);
    case 'PORTION': {
      const [byHigh, byLow] = [descending(high), descending(low)];
      return (a, b) => byHigh(a, b) || byLow(a, b);
    }
    case 'NAME': {
      const nameOf = (row: number) => artifacts.name.get(artifact[row] as number);
      return (a, b) => compareCodePoints(nameOf(a), nameOf(b));
    }
    case 'OWNER': {
      const ownerName = (row: number) => organizations.name.get(artifacts.owner[artifact[row] as number] as number);
      return (a, b) => compareCodePoints(ownerName(a), ownerName(b));
    }
  }
}
