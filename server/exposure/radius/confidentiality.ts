import type { Projection } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { runAtOnce } from '../../projection/turns.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { findColumns } from './columns/radius-columns.ts';
import { CopyTiers } from './copy-tiers.ts';
import { findDependents } from './dependents.ts';
import { FoundRadius } from './found-radius.ts';
import { sumRadius } from './radius-totals.ts';
import type { RadiusInput } from './radius-types.ts';
import { findReached } from './spread.ts';

/*
 * The confidentiality blast radius (semantics §4), read top to bottom:
 *
 * A  The reached organizations (spread.ts).
 * B  Their copies that have a tier, artifact by artifact (columns/held-columns.ts; the rule is rules/copy-tier.ts).
 * C  The further artifacts that these copies reveal (columns/leads.ts).
 * D  The figures of each artifact with a way in (columns/exposed-columns.ts; rules/portion.ts, rules/way-figures.ts).
 * E  The conclusions: labs, totals (radius-totals.ts); the organizations to ask, to notify and to recall from (dependents.ts,
 *    notifiers.ts).
 */

/**
 * Finds the artifacts that a compromise of the origins discloses, with their owners and the reasons.
 *
 * @param scenario actions applied to the facts (semantics §8)
 * Complexity: O(spread + copies at reached organizations + reveals within reach + organizations).
 */
export function findBlastRadius(projection: Projection, input: RadiusInput, scenario?: Scenario): BlastRadius {
  return runAtOnce(findBlastRadiusInSteps(projection, input, scenario));
}

/** `findBlastRadius` in steps of about a millisecond. */
export function* findBlastRadiusInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<BlastRadius> {
  const { columns, copyTiers } = yield* findExposedInSteps(projection, input, scenario);
  yield;
  const { totals, labs, isInRadius } = sumRadius(projection, columns.exposed);
  const dependents = findDependents(projection, input, columns.reached, isInRadius);
  const { exposedCount, possibleCount, containedCount, ...losses } = totals;
  const summary = {
    reachedCount: columns.reached.length,
    ...{ exposedCount, possibleCount, containedCount },
    affectedLabCount: labs.length,
    blindSpotCount: dependents.blindSpotCount,
    ...losses,
  };
  return new FoundRadius(columns, input, scenario, copyTiers, summary, labs, dependents);
}

/** Steps A to D. */
export function findExposed(projection: Projection, input: RadiusInput, scenario?: Scenario): ExposedByReach {
  return runAtOnce(findExposedInSteps(projection, input, scenario));
}

interface ExposedByReach {
  readonly columns: RadiusColumns;
  readonly copyTiers: CopyTiers;
}

function* findExposedInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<ExposedByReach> {
  const reached = findReached(projection, input, scenario);
  yield;
  const copyTiers = new CopyTiers(projection, input, scenario);
  return { columns: yield* findColumns(projection, input, reached, copyTiers), copyTiers };
}
