import { compareCodePoints, tolerance } from '../../domain/compare.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { ExposedArtifact } from '../radius/radius-types.ts';

export const changeKinds = ['LEFT', 'WEAKENED', 'STAYED', 'STRENGTHENED', 'JOINED'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How one artifact changed between two radii. */
export interface RadiusChange {
  /** The artifact's id, because the two radii may be from different facts. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly before: ExposedArtifact | undefined;
  readonly after: ExposedArtifact | undefined;
}

/**
 * Every artifact of either radius (semantics §8): first those that left, then weakened, stayed, strengthened, joined; then by id.
 *
 * Complexity: O(n log n).
 */
export function compareRadii(before: BlastRadius, after: BlastRadius): RadiusChange[] {
  const idIn = ({ projection }: BlastRadius, { artifact }: ExposedArtifact) => projection.artifacts.id.get(artifact);
  const left = new Map(before.artifacts.map((exposed) => [idIn(before, exposed), exposed]));
  const changes: RadiusChange[] = [];
  for (const is of after.artifacts) {
    const id = idIn(after, is);
    const was = left.get(id);
    left.delete(id);
    changes.push({ id, kind: was === undefined ? 'JOINED' : compareStrength(was, is), before: was, after: is });
  }
  for (const [id, was] of left) changes.push({ id, kind: 'LEFT', before: was, after: undefined });
  return changes.sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) || compareCodePoints(a.id, b.id));
}

/** Values that differ by at most 1e-9 are equal (semantics §8). */
export function isDifferent(a: number, b: number): boolean {
  return Math.abs(a - b) > tolerance;
}

/** Compares tier, then weightedShare, then portion.high, then portion.low. The first that differs decides the direction. */
function compareStrength(was: ExposedArtifact, is: ExposedArtifact): ChangeKind {
  const differences = [
    tiers.indexOf(was.tier) - tiers.indexOf(is.tier),
    is.weightedShare - was.weightedShare,
    is.portion.high - was.portion.high,
    is.portion.low - was.portion.low,
  ];
  const first = differences.find((difference) => isDifferent(difference, 0));
  if (first === undefined) return 'STAYED';
  return first < 0 ? 'WEAKENED' : 'STRENGTHENED';
}
