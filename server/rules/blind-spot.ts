/*
 * A blind spot: a lab relies on somebody, and no transfer says what they hold. Two questions ask for it: a radius about the
 * organizations that it reached (semantics §5), and the findings about everybody below the lab (§9).
 */

/**
 * Whether a dependent of a radius is a blind spot (semantics §5).
 *
 * @param isInRadius whether an artifact of the organization is in the radius, at any tier
 */
export function isBlindSpot(isLab: boolean, isDependent: boolean, isInRadius: boolean): boolean {
  return isLab && isDependent && !isInRadius;
}

/**
 * Whether a lab has providers, and nothing of it was ever transferred to anybody below it (semantics §9).
 *
 * A circle of engagements may come back to the lab; the lab is not below itself.
 *
 * @param providersOf the providers of a client under current engagements
 * @param hasReceived whether an artifact of the lab was ever transferred to an organization
 * Complexity: O(organizations below the lab + their engagements).
 */
export function hasUntoldProviders(
  lab: number,
  providersOf: (client: number) => Iterable<number>,
  hasReceived: (organization: number) => boolean,
): boolean {
  const seen = new Set([lab]);
  for (const client of seen) {
    for (const provider of providersOf(client)) {
      if (seen.has(provider)) continue;
      if (hasReceived(provider)) return false;
      seen.add(provider);
    }
  }
  return seen.size > 1;
}
