import { findIntegrityRadius } from '../../exposure/radius/integrity.ts';
import type { BlastRadius, Dependent, IntegrityRadius } from '../../exposure/radius/radius-types.ts';

/** A radius with cached parts. Each part is computed once, on first use. */
export interface CachedRadius extends BlastRadius {
  readonly integrity: IntegrityRadius;
}

export function withCachedParts(radius: BlastRadius): CachedRadius {
  let dependents: readonly Dependent[] | undefined;
  let notifiers: readonly number[] | undefined;
  let otherCopies: readonly number[] | undefined;
  let integrity: IntegrityRadius | undefined;
  const { projection, input, scenario } = radius;
  return {
    projection,
    input,
    scenario,
    summary: radius.summary,
    reached: radius.reached,
    artifacts: radius.artifacts,
    labs: radius.labs,
    held: radius.held,
    get dependents() {
      dependents ??= radius.dependents;
      return dependents;
    },
    get notifiers() {
      notifiers ??= radius.notifiers;
      return notifiers;
    },
    get otherCopies() {
      otherCopies ??= radius.otherCopies;
      return otherCopies;
    },
    get integrity() {
      integrity ??= findIntegrityRadius(projection, input, scenario);
      return integrity;
    },
    tierOf: (copy) => radius.tierOf(copy),
  };
}
