/** The 95th percentile of the standard normal distribution. */
const z95 = 1.6448536269514722;

/** The mean and standard deviation of the logarithm of a lognormal variable. */
export interface LognormalParameters {
  readonly mu: number;
  readonly sigma: number;
}

/** The lognormal whose 5th and 95th percentiles are `low` and `high` (§7), both above 0. If they are equal, sigma is 0. */
export function fitLognormal(low: number, high: number): LognormalParameters {
  return { mu: (Math.log(low) + Math.log(high)) / 2, sigma: (Math.log(high) - Math.log(low)) / (2 * z95) };
}

/**
 * The mean of the lognormal whose 5th and 95th percentiles are `low` and `high` (§7): exp(mu + sigma^2 / 2), where mu is half way
 * between their logarithms, and sigma is the distance of their logarithms over 2 z95. If `low` equals `high`, the mean is that
 * value. If `high` is 0, the mean is 0.
 */
export function meanOfLognormal(low: number, high: number): number {
  if (low === high) return high;
  const { mu, sigma } = fitLognormal(low, high);
  return Math.exp(mu + (sigma * sigma) / 2);
}
