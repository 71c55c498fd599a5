import type { Projection } from '../../projection/projection.ts';
import { staleAfterMs } from '../findings/copy-findings.ts';
import type { OriginSettings } from './origin-figures.ts';

/** A half-open span of instants. */
export interface StableSpan {
  readonly from: number;
  readonly until: number;
}

/** Instants at which an answer may change: a column, and what is added to its values. */
interface Changes {
  readonly column: Float64Array;
  readonly after: number;
}

const valuesAStep = 100_000;

/**
 * The instants at which a ranking may change: a copy or access begins or ends, or an engagement begins. The end of an engagement changes no
 * figure of a ranking: former dependents count too (semantics §5).
 */
export function rankingChanges({ access, copies, engagements }: Projection): Changes[] {
  const columns = [
    ...[copies.definiteFrom, copies.definiteUntil, copies.possibleFrom, copies.possibleUntil],
    ...[access.validFrom, access.validUntil, engagements.startsAt],
  ];
  return columns.map((column) => ({ column, after: 0 }));
}

/**
 * The instants at which findings, gaps, concentration, shared holders or safeguards may change (semantics §9): those of a ranking, and an
 * engagement ends, evidence begins or ends, or a record becomes stale.
 */
export function listChanges(projection: Projection): Changes[] {
  const { controls, engagements, transfers } = projection;
  const columns = [engagements.endsAt, controls.issuedAt, controls.expiresAt];
  return [
    ...rankingChanges(projection),
    ...columns.map((column) => ({ column, after: 0 })),
    // More than this long after: the next millisecond.
    { column: transfers.provenance.assertedAt, after: staleAfterMs + 1 },
  ];
}

/** The span around an instant in which nothing changes. Yields now and then. Complexity: O(values). */
export function* findStableSpan(changes: readonly Changes[], instant: number): Generator<void, StableSpan> {
  let from = -Infinity;
  let until = Infinity;
  for (const { column, after } of changes) {
    for (let i = 0; i < column.length; i++) {
      const change = (column[i] as number) + after;
      if (change > instant) until = Math.min(until, change);
      else if (change > from) from = change;
      if (i % valuesAStep === 0) yield;
    }
  }
  return { from, until };
}

/** Whether both windows are the same instant, as in a question without windows. */
export function isAtOneInstant({ core, widest }: OriginSettings): boolean {
  return core.from === core.to && widest.from === core.from && widest.to === core.from;
}

/** One instant of the span, the same for all questions about instants of it. All intervals are half-open, so its answers are those of the others. */
export function instantOf({ from, until }: StableSpan): number {
  return from === -Infinity ? Math.min(0, until - 1) : from;
}
