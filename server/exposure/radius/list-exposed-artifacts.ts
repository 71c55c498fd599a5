import { compareCodePoints } from '../../domain/compare.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import type { BlastRadius, ExposedArtifact } from './radius-types.ts';

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

/**
 * The artifacts of a radius that match a filter, in the requested order: money and portion (high, then low) descending, text
 * ascending, ties by id. The page, GraphQL and the exports all use this list (semantics §11, 7).
 *
 * Complexity: O(n log n).
 */
export function listExposedArtifacts(radius: BlastRadius, filter: ExposedArtifactFilter): readonly ExposedArtifact[] {
  const rows = filterExposedArtifacts(radius, filter);
  const order = filter.orderBy ?? 'TIER';
  if (order === 'TIER') return rows;
  const compare = compareBy(order, radius);
  return [...rows].sort((a, b) => compare(a, b) || a.artifact - b.artifact);
}

/** The artifacts that match a filter, in the order of the radius. Complexity: O(n), with holders O(n + their copies). */
export function filterExposedArtifacts(radius: BlastRadius, filter: ExposedArtifactFilter): readonly ExposedArtifact[] {
  const { artifacts, copies, organizations } = radius.projection;
  const ids = filter.ids ? new Set(filter.ids.map((id) => artifacts.id.find(id))) : undefined;
  const tiers = filter.tiers ? new Set(filter.tiers) : undefined;
  const owners = filter.owners ? new Set(filter.owners.map((id) => organizations.id.find(id))) : undefined;
  const holders = filter.holders ? new Set(filter.holders.map((id) => organizations.id.find(id))) : undefined;
  const text = filter.text?.trim().toLowerCase();
  if (ids === undefined && tiers === undefined && owners === undefined && holders === undefined && !text) return radius.artifacts;
  const ownerOf = (row: ExposedArtifact) => artifacts.owner[row.artifact] as number;
  return radius.artifacts.filter((row) => {
    if (ids !== undefined && !ids.has(row.artifact)) return false;
    if (tiers !== undefined && !tiers.has(row.tier)) return false;
    if (owners !== undefined && !owners.has(ownerOf(row))) return false;
    if (holders !== undefined) {
      const own = radius.held.get(row.artifact)?.copies ?? [];
      if (!own.some(({ copy }) => holders.has(copies.holder[copy] as number))) return false;
    }
    if (!text) return true;
    const owner = ownerOf(row);
    return [
      artifacts.name.get(row.artifact),
      artifacts.id.get(row.artifact),
      organizations.name.get(owner),
      organizations.id.get(owner),
    ].some((part) => part.toLowerCase().includes(text));
  });
}

function compareBy(order: Exclude<ExposedArtifactOrder, 'TIER'>, radius: BlastRadius): (a: ExposedArtifact, b: ExposedArtifact) => number {
  const { artifacts, organizations } = radius.projection;
  switch (order) {
    case 'WEIGHTED_LOSS':
      return (a, b) => b.weightedLossUsd - a.weightedLossUsd;
    case 'WORST_CASE_LOSS':
      return (a, b) => b.worstCaseLossUsd - a.worstCaseLossUsd;
    case 'PORTION':
      return (a, b) => b.portion.high - a.portion.high || b.portion.low - a.portion.low;
    case 'NAME':
      return (a, b) => compareCodePoints(artifacts.name.get(a.artifact), artifacts.name.get(b.artifact));
    case 'OWNER': {
      const ownerName = (row: ExposedArtifact) => organizations.name.get(artifacts.owner[row.artifact] as number);
      return (a, b) => compareCodePoints(ownerName(a), ownerName(b));
    }
  }
}
