/** Defaults of the options that neither the question nor its incident states (semantics §3, §4). */
export const radiusDefaults = {
  /** Steps of spread, 0 to 10. */
  maxHops: 3,
  /** The probability, 0 to 1, that compromise spreads along a transfer to its recipient. */
  transferLikelihood: 0,
  /** The smallest product of degrees, 0 to 1, at which a chain of reveals counts. */
  minDegree: 0.05,
} as const;

/** A copy of at least this confidence counts as certain (semantics §4). */
export const sureConfidence = 0.5;
