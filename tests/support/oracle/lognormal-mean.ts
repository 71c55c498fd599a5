import type { Artifact } from '../worlds/world.ts';

/** The 95th percentile of the standard normal distribution. */
const z95 = 1.6448536269514722;

/** §1: a single value counts as both. Without any, both are 0. */
export function highValue(artifact: Artifact): number {
  return artifact.valueHighUsd ?? artifact.valueLowUsd ?? 0;
}

function lowValue(artifact: Artifact): number {
  return artifact.valueLowUsd ?? artifact.valueHighUsd ?? 0;
}

/** §7: the mean of the lognormal whose 5th percentile is the low value and whose 95th is the high one. */
export function meanValue(artifact: Artifact): number {
  const low = lowValue(artifact);
  const high = highValue(artifact);
  if (low === high) return low;
  // ln low = mu - z95 sigma, ln high = mu + z95 sigma.
  const mu = 0.5 * (Math.log(high) + Math.log(low));
  const sigma = (Math.log(high / low) * 0.5) / z95;
  return Math.exp(mu + 0.5 * sigma ** 2);
}
