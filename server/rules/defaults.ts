/** Options of a blast radius that a question and its incident leave open (semantics §3, §4). */
export const radiusDefaults = {
  /** Steps of spread, 0 to 10. */
  maxHops: 3,
  /** Chance, 0 to 1, that compromise passes along a transfer to its recipient. */
  transferLikelihood: 0,
  /** Least product of degrees, 0 to 1, by which a reveal counts. */
  minDegree: 0.05,
} as const;

/** A copy of at least this confidence counts as certain (semantics §4). */
export const sureConfidence = 0.5;
