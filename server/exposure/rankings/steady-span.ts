import type { Projection } from '../../projection/projection.ts';
import type { OriginSettings } from './origin-figures.ts';

/**
 * The half-open span of instants around an instant in which no copy or access begins or ends, and no engagement begins. The end of an
 * engagement changes no figure of a ranking: former dependents count too (semantics §5).
 */
export interface SteadySpan {
  readonly from: number;
  readonly until: number;
}

const valuesAStep = 100_000;

/** Yields now and then. Complexity: O(copies + access + engagements). */
export function* findSteadySpan(projection: Projection, instant: number): Generator<void, SteadySpan> {
  const { access, copies, engagements } = projection;
  let from = -Infinity;
  let until = Infinity;
  for (const boundaries of [
    ...[copies.definiteFrom, copies.definiteUntil, copies.possibleFrom, copies.possibleUntil],
    ...[access.validFrom, access.validUntil, engagements.startsAt],
  ]) {
    for (let i = 0; i < boundaries.length; i++) {
      const boundary = boundaries[i] as number;
      if (boundary > instant) until = Math.min(until, boundary);
      else if (boundary > from) from = boundary;
      if (i % valuesAStep === 0) yield;
    }
  }
  return { from, until };
}

/** Whether both windows are the same instant, as in a question without windows. */
export function isAtOneInstant({ core, widest }: OriginSettings): boolean {
  return core.from === core.to && widest.from === core.from && widest.to === core.from;
}

/**
 * The same settings at one instant of the span, whichever instant of it they are about. All intervals are half-open, so every figure of a
 * ranking is the same at all instants of the span.
 */
export function settleIn({ from, until }: SteadySpan, settings: OriginSettings): OriginSettings {
  const instant = from === -Infinity ? Math.min(0, until - 1) : from;
  const window = { from: instant, to: instant };
  return { ...settings, core: window, widest: window };
}
