/*
 * A blind spot: a lab relies on an organization, but no transfer shows what that organization holds. A radius looks for blind
 * spots among the organizations that it reached (semantics §5); the findings look at every organization below the lab (§9).
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
 * Whether a lab has providers, but no artifact of the lab was ever transferred to an organization below it (semantics §9).
 *
 * Engagements may lead in a circle back to the lab. The lab is not below itself.
 *
 * @param providersOf lists the providers of a client under current engagements
 * @param hasReceived whether an artifact of the lab was ever transferred to an organization
 * Complexity: O(organizations below the lab + their engagements).
 */
export function hasProvidersWithoutTransfers(
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
