/** The summary of a radius (semantics §4 and §5), as an answer has it and as records keep it. */
export interface RadiusSummary {
  readonly reachedCount: number;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly affectedLabCount: number;
  readonly blindSpotCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}
