export interface TierCounts {
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
}

/** The artifacts of all three tiers: each is in one. */
export function countInReach({ exposedCount, possibleCount, containedCount }: TierCounts): number {
  return exposedCount + possibleCount + containedCount;
}
