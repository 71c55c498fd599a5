import { cellsOfFlows, labsOfTiers, stepsOfPaths } from '../../canvas/flows/flow-radius.ts';
import type { LaneCell, LaneCopy, LaneReveal, LanesRadius } from '../../canvas/lanes/lanes-props.ts';
import type { AffectedRowFragment, ArtifactWaysQuery, BlastRadiusQuery, RadiusFlowsQuery } from '../../shared/generated/operations.ts';

export type RadiusAnswer = NonNullable<BlastRadiusQuery['blastRadius']>;
export type ArtifactRow = AffectedRowFragment;
/** A row with its ways, strongest first. */
export type DetailRow = NonNullable<ArtifactWaysQuery['blastRadius']>['artifacts']['edges'][number]['node'];
export type ReachedRow = RadiusAnswer['reached']['edges'][number]['node'];
export type FlowRow = NonNullable<RadiusFlowsQuery['blastRadius']>['flows'][number];

/** The artifacts of which one reached organization holds a copy, and the worst case of these copies alone. */
export interface Holding {
  readonly heldCount: number;
  readonly worstCaseLossUsd: number;
}

const ARTIFACT = 'artifact:';

/** The sums of the flows by holder id. An artifact has one owner, so it counts once at each holder. Linear in the flows. */
export function holdingsOf(flows: readonly FlowRow[]): ReadonlyMap<string, Holding> {
  const holdings = new Map<string, Holding>();
  for (const { holder, exposedCount, possibleCount, containedCount, worstCaseLossUsd } of flows) {
    if (holder === null) continue;
    const before = holdings.get(holder.organization.id) ?? { heldCount: 0, worstCaseLossUsd: 0 };
    holdings.set(holder.organization.id, {
      heldCount: before.heldCount + exposedCount + possibleCount + containedCount,
      worstCaseLossUsd: before.worstCaseLossUsd + worstCaseLossUsd,
    });
  }
  return holdings;
}

/**
 * The input of the lanes: the rows of the list, the server's sums of every lab, and the reveals of the answer's subgraph. A line needs both
 * of its ends among the rows. Linear in rows, their copies and reveals.
 *
 * @param loaded the loaded rows of the list
 * @param holdings null while the flows are unknown
 * @param flows what each holder has of each lab, of the artifacts that match the list's filter; null: not known
 * @param apart a row beyond the loaded ones; null: there is none
 */
export function lanesRadiusOf(
  radius: RadiusAnswer,
  loaded: readonly ArtifactRow[],
  holdings: ReadonlyMap<string, Holding> | null,
  flows: readonly FlowRow[] | null = null,
  apart: DetailRow | null = null,
): LanesRadius {
  const reached = radius.reached.edges.map((edge) => edge.node);
  const rows = apart === null ? loaded : [...loaded, apart];
  const artifactIds = new Set(rows.map((row) => row.artifact.id));
  const organizationIds = new Set(reached.map((row) => row.organization.id));
  const links = radius.subgraph?.links ?? [];

  const copies: LaneCopy[] = [];
  const reveals: LaneReveal[] = [];
  for (const { artifact, copiesByHolder } of rows) {
    for (const { holder, tier, count } of copiesByHolder) {
      if (organizationIds.has(holder.id)) copies.push({ holderId: holder.id, artifactId: artifact.id, tier, count });
    }
  }
  for (const { link } of links) {
    const artifactId = link.source.slice(ARTIFACT.length);
    const revealsId = link.target.slice(ARTIFACT.length);
    if (artifactIds.has(artifactId) && artifactIds.has(revealsId)) reveals.push({ artifactId, revealsId });
  }

  return {
    organizations: reached.map(({ organization, hops, isSuspected, likelihood }) => {
      const holding = holdings?.get(organization.id) ?? { heldCount: 0, worstCaseLossUsd: 0 };
      return {
        ...organization,
        hops,
        isSuspected,
        likelihood,
        ...(holdings === null ? { heldCount: null, worstCaseLossUsd: null } : holding),
      };
    }),
    artifacts: rows.map((row) => ({
      id: row.artifact.id,
      name: row.artifact.name,
      type: row.artifact.type,
      sensitivity: row.artifact.sensitivity,
      ownerId: row.artifact.owner.id,
      tier: row.tier,
      isRevealed: row.basis === 'REVEALED',
      worstCaseLossUsd: row.worstCaseLossUsd,
    })),
    labs: labsOfTiers(radius.labTiers),
    copies,
    cells: flows === null ? null : laneCellsOf(flows),
    spread: stepsOfPaths(reached).filter(({ fromId, toId }) => organizationIds.has(fromId) && organizationIds.has(toId)),
    reveals,
    artifactTotal: radius.artifacts.totalCount,
    reachedTotal: radius.summary.reachedCount - radius.origins.length - radius.suspectedOrigins.length,
    isWhole:
      rows.length === radius.artifacts.totalCount &&
      reached.length === radius.reached.totalCount &&
      rows.every(isEveryHolderKnown) &&
      radius.subgraph?.omittedCount === 0,
  };
}

/** False: more than 100 organizations hold a copy, and the row names the first 100 alone. */
export function isEveryHolderKnown({ holderCount, copiesByHolder }: ArtifactRow | DetailRow): boolean {
  return copiesByHolder.length === holderCount;
}

/** The flows of holders as cells of the lanes. */
export function laneCellsOf(flows: readonly FlowRow[]): readonly LaneCell[] {
  return cellsOfFlows(flows).filter((cell): cell is LaneCell => cell.holderId !== null);
}
