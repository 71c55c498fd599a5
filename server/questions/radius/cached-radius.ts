import type { BlastRadius, Dependent } from '../../exposure/radius/radius-types.ts';

/** A radius with cached parts. Each part is computed once, on first use. */
export function withCachedParts(radius: BlastRadius): BlastRadius {
  let dependents: readonly Dependent[] | undefined;
  let notifiers: readonly number[] | undefined;
  let otherCopies: readonly number[] | undefined;
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
    tierOf: (copy) => radius.tierOf(copy),
  };
}
