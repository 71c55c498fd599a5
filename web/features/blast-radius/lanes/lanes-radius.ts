import type { LaneCopy, LaneLab, LaneReveal, LaneSpread, LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import type { BlastRadiusQuery } from '../../../shared/generated/operations.ts';

export type RadiusAnswer = NonNullable<BlastRadiusQuery['blastRadius']>;
export type ArtifactRow = RadiusAnswer['artifacts']['edges'][number]['node'];
export type ReachedRow = RadiusAnswer['reached']['edges'][number]['node'];

const ARTIFACT = 'artifact:';
const ORGANIZATION = 'organization:';

/**
 * The input of the lanes, from the same answer as the list, so that both always show the same rows. Lines come from the answer's subgraph;
 * a line needs both of its ends among the rows. Linear in rows and links.
 */
export function lanesRadiusOf(radius: RadiusAnswer): LanesRadius {
  const rows = radius.artifacts.edges.map((edge) => edge.node);
  const reached = radius.reached.edges.map((edge) => edge.node);
  const artifactIds = new Set(rows.map((row) => row.artifact.id));
  const organizationIds = new Set(reached.map((row) => row.organization.id));
  const links = radius.subgraph?.links ?? [];

  const copies: LaneCopy[] = [];
  const reveals: LaneReveal[] = [];
  for (const { link, tier } of links) {
    if (link.kind === 'HOLDS' && tier !== null) {
      const artifactId = link.source.slice(ARTIFACT.length);
      const holderId = link.target.slice(ORGANIZATION.length);
      if (artifactIds.has(artifactId) && organizationIds.has(holderId)) copies.push({ holderId, artifactId, tier, count: link.count });
    }
    if (link.kind === 'REVEALS') {
      const artifactId = link.source.slice(ARTIFACT.length);
      const revealsId = link.target.slice(ARTIFACT.length);
      if (artifactIds.has(artifactId) && artifactIds.has(revealsId)) reveals.push({ artifactId, revealsId });
    }
  }

  return {
    organizations: reached.map(({ organization, hops, likelihood }) => ({ ...organization, hops, likelihood })),
    artifacts: rows.map((row) => ({
      id: row.artifact.id,
      name: row.artifact.name,
      type: row.artifact.type,
      ownerId: row.artifact.owner.id,
      tier: row.tier,
      isRevealed: row.basis === 'REVEALED',
      worstCaseLossUsd: row.worstCaseLossUsd,
    })),
    labs: labsOf(rows),
    copies,
    spread: spreadOf(reached, organizationIds),
    reveals,
    artifactTotal: radius.artifacts.totalCount,
    reachedTotal: radius.summary.reachedCount - radius.origins.length,
  };
}

/** The labs of the rows. Counts and losses cover the rows only, so a filtered canvas adds up to what it shows. */
function labsOf(rows: readonly ArtifactRow[]): readonly LaneLab[] {
  const labs = new Map<string, { -readonly [K in keyof LaneLab]: LaneLab[K] }>();
  for (const { artifact, tier, worstCaseLossUsd } of rows) {
    const lab = labs.get(artifact.owner.id) ?? {
      ...artifact.owner,
      exposedCount: 0,
      possibleCount: 0,
      containedCount: 0,
      worstCaseLossUsd: 0,
    };
    if (tier === 'EXPOSED') lab.exposedCount += 1;
    if (tier === 'POSSIBLE') lab.possibleCount += 1;
    if (tier === 'CONTAINED') lab.containedCount += 1;
    lab.worstCaseLossUsd += worstCaseLossUsd;
    labs.set(artifact.owner.id, lab);
  }
  return [...labs.values()];
}

/** The spread steps on the paths to the reached organizations, each once. */
function spreadOf(reached: readonly ReachedRow[], known: ReadonlySet<string>): readonly LaneSpread[] {
  const steps = new Map<string, LaneSpread>();
  for (const { path } of reached) {
    for (const step of path) {
      if (!known.has(step.from.id) || !known.has(step.to.id)) continue;
      const kind = step.access === null ? 'TRANSFER' : 'ACCESS';
      steps.set(JSON.stringify([step.from.id, step.to.id]), { fromId: step.from.id, toId: step.to.id, kind, likelihood: step.likelihood });
    }
  }
  return [...steps.values()];
}
