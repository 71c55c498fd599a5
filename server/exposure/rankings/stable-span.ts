import type { Float64Pages } from '../../projection/columns/pages.ts';
import type { Projection } from '../../projection/projection.ts';
import { staleAfterMs } from '../findings/rules-of.ts';
import type { OriginSettings } from './origin-figures.ts';

/** A half-open span of instants. */
export interface StableSpan {
  readonly from: number;
  readonly until: number;
}

/** Instants at which an answer may change: a column, and what is added to its values. */
interface Changes {
  readonly column: Float64Array | Float64Pages;
  /** The numbers of the values: [first, end). */
  readonly ranges: Projection['copies']['ranges'];
  readonly after: number;
}

const valuesAStep = 100_000;

/**
 * The instants at which a ranking may change: a copy or access begins or ends, or an engagement begins. The end of an engagement changes no
 * figure of a ranking: former dependents count too (semantics §5).
 */
export function rankingChanges(projection: Projection): Changes[] {
  return [...changesOfCopies(projection), ...changesOfOthers(projection)];
}

/** Those of copies: a part of the artifacts has its own (server/batch). */
function changesOfCopies({ copies }: Projection): Changes[] {
  const columns = [copies.definiteFrom, copies.definiteUntil, copies.possibleFrom, copies.possibleUntil];
  return columns.map((column) => ({ column, ranges: copies.ranges, after: 0 }));
}

function changesOfOthers({ access, engagements }: Projection): Changes[] {
  return at(access.validFrom, access.validUntil, engagements.startsAt);
}

function at(...columns: readonly Float64Array[]): Changes[] {
  return columns.map((column) => ({ column, ranges: [[0, column.length]], after: 0 }));
}

/** `rankingChanges` or `listChanges`, of the copies and transfers alone, and of all other facts. */
export function changesByPart(of: 'ranking' | 'list'): { readonly ofParts: ListChanges; readonly ofOthers: ListChanges } {
  if (of === 'ranking') return { ofParts: changesOfCopies, ofOthers: changesOfOthers };
  return {
    ofParts: (part) => [...changesOfCopies(part), ...changesOfRecords(part)],
    ofOthers: (common) => [...changesOfOthers(common), ...changesOfTerms(common)],
  };
}

type ListChanges = (projection: Projection) => Changes[];

/**
 * The instants at which findings, gaps, concentration, shared holders or safeguards may change (semantics §9): those of a ranking, and an
 * engagement ends, evidence begins or ends, or a record becomes stale.
 */
export function listChanges(projection: Projection): Changes[] {
  return [...rankingChanges(projection), ...changesOfTerms(projection), ...changesOfRecords(projection)];
}

function changesOfTerms({ controls, engagements }: Projection): Changes[] {
  return at(engagements.endsAt, controls.issuedAt, controls.expiresAt);
}

function changesOfRecords({ transfers }: Projection): Changes[] {
  // More than this long after: the next millisecond.
  return [{ column: transfers.provenance.assertedAt, ranges: transfers.ranges, after: staleAfterMs + 1 }];
}

/** The span around an instant in which nothing changes. Yields now and then. Complexity: O(values). */
export function* findStableSpan(changes: readonly Changes[], instant: number): Generator<void, StableSpan> {
  let from = -Infinity;
  let until = Infinity;
  for (const { column, ranges, after } of changes) {
    for (const [first, end] of ranges) {
      for (let i = first; i < end; i++) {
        const change = (column.at(i) as number) + after;
        if (change > instant) until = Math.min(until, change);
        else if (change > from) from = change;
        if (i % valuesAStep === 0) yield;
      }
      yield;
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
