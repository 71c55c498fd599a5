import { compareCodePoints, tolerance } from '../../domain/compare.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { ExposedColumns } from '../radius/columns/exposed-columns.ts';
import { ExposedRow } from '../radius/list-exposed-artifacts.ts';
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

/**
 * `compareRadii` without the artifacts that stayed, in any order. It makes objects for the others alone: of a large radius, most artifacts stay.
 *
 * Complexity: O(n).
 */
export function findRadiusChanges(before: BlastRadius, after: BlastRadius): RadiusChange[] {
  const [was, is] = [before.columns.exposed, after.columns.exposed];
  const [idsBefore, idsAfter] = [before.projection.artifacts.id, after.projection.artifacts.id];
  const changes: RadiusChange[] = [];
  // Artifacts ascend in both, and so do their ids.
  for (let left = 0, right = 0; left < was.artifact.length || right < is.artifact.length; ) {
    const [idBefore, idAfter] = [idAt(idsBefore, was.artifact, left), idAt(idsAfter, is.artifact, right)];
    const order = idBefore === undefined ? 1 : idAfter === undefined ? -1 : compareCodePoints(idBefore, idAfter);
    const kind = order < 0 ? 'LEFT' : order > 0 ? 'JOINED' : isSameStrength(was, left, is, right) ? 'STAYED' : undefined;
    if (kind !== 'STAYED') {
      const leaves = order > 0 ? undefined : new ExposedRow(before.columns, left);
      const joins = order < 0 ? undefined : new ExposedRow(after.columns, right);
      const id = (order > 0 ? idAfter : idBefore) as string;
      changes.push({
        id,
        kind: kind ?? compareStrength(leaves as ExposedArtifact, joins as ExposedArtifact),
        before: leaves,
        after: joins,
      });
    }
    if (order <= 0) left++;
    if (order >= 0) right++;
  }
  return changes;
}

function idAt(ids: { get(index: number): string }, artifacts: Int32Array, row: number): string | undefined {
  return row < artifacts.length ? ids.get(artifacts[row] as number) : undefined;
}

/** The columns that a comparison reads. */
export type StrengthColumns = Pick<ExposedColumns, 'artifact' | 'tier' | 'weightedShare' | 'high' | 'low'>;

/** Whether `compareStrength` finds no difference, without the objects that it takes, and without any other for each row. */
export function isSameStrength(was: StrengthColumns, left: number, is: StrengthColumns, right: number): boolean {
  return (
    was.tier[left] === is.tier[right] &&
    !isDifferent(was.weightedShare[left] as number, is.weightedShare[right] as number) &&
    !isDifferent(was.high[left] as number, is.high[right] as number) &&
    !isDifferent(was.low[left] as number, is.low[right] as number)
  );
}

/** Values that differ by at most 1e-9 are equal (semantics §8). */
export function isDifferent(a: number, b: number): boolean {
  return Math.abs(a - b) > tolerance;
}

/** Compares tier, then weightedShare, then portion.high, then portion.low. The first that differs decides the direction. */
export function compareStrength(was: ExposedArtifact, is: ExposedArtifact): ChangeKind {
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
