import { compareLargestFirst } from '../../domain/compare.ts';
import type { Projection } from '../../projection/projection.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { ExposedColumns } from './columns/exposed-columns.ts';
import type { AffectedLab, RadiusSummary } from './radius-types.ts';

const contained = tiers.indexOf('CONTAINED');
type Totals = Omit<RadiusSummary, 'reachedCount' | 'affectedLabCount' | 'blindSpotCount'>;

interface SummedRadius {
  readonly totals: Totals;
  readonly labs: readonly AffectedLab[];
  /** Whether an artifact of the organization is in the radius, at any tier. */
  readonly isInRadius: (organization: number) => boolean;
}

type LabSum = { -readonly [F in keyof AffectedLab]: AffectedLab[F] };

/**
 * The totals of a radius, and the losses of each lab with EXPOSED or POSSIBLE artifacts (semantics §4).
 *
 * @returns labs: by weighted loss descending, then id
 * Complexity: O(artifacts of the radius + organizations).
 */
export function sumRadius({ artifacts, organizations }: Projection, exposed: ExposedColumns): SummedRadius {
  const sums: LabSum[] = [];
  /** By owner: the position of its sum, plus 1. */
  const sumOf = new Uint32Array(organizations.count);
  const counts = [0, 0, 0];
  let worstCaseLossUsd = 0;
  let weightedLossUsd = 0;
  for (let row = 0; row < exposed.artifact.length; row++) {
    const lab = artifacts.owner[exposed.artifact[row] as number] as number;
    if (sumOf[lab] === 0) {
      sums.push({ lab, exposedCount: 0, possibleCount: 0, containedCount: 0, worstCaseLossUsd: 0, weightedLossUsd: 0 });
      sumOf[lab] = sums.length;
    }
    const sum = sums[(sumOf[lab] as number) - 1] as LabSum;
    const tier = exposed.tier[row] as number;
    const worst = exposed.worstCaseLossUsd[row] as number;
    const weighted = exposed.weightedLossUsd[row] as number;
    counts[tier] = (counts[tier] as number) + 1;
    if (tier === contained) sum.containedCount++;
    else if (tier === contained - 1) sum.possibleCount++;
    else sum.exposedCount++;
    sum.worstCaseLossUsd += worst;
    sum.weightedLossUsd += weighted;
    worstCaseLossUsd += worst;
    weightedLossUsd += weighted;
  }
  const [exposedCount = 0, possibleCount = 0, containedCount = 0] = counts;
  const labs = sums
    .filter((sum) => sum.exposedCount + sum.possibleCount > 0)
    .sort((a, b) => compareLargestFirst(a.weightedLossUsd, b.weightedLossUsd) || a.lab - b.lab);
  return {
    totals: { exposedCount, possibleCount, containedCount, worstCaseLossUsd, weightedLossUsd },
    labs,
    isInRadius: (organization) => sumOf[organization] !== 0,
  };
}
