import { rowOf } from '../../projection/csr.ts';
import { meets } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import type { RadiusInput } from './radius-types.ts';

/** What decides over which facts compromise may pass. */
export type SpreadSettings = Pick<RadiusInput, 'widest' | 'transferLikelihood'>;

/**
 * The steps over which compromise may pass under one set of windows (semantics §3), as compressed rows: from row r to
 * `ends[offsets[r]] .. ends[offsets[r + 1] - 1]`. Of several facts between the same two the likeliest stands for all: a
 * larger factor never gives a smaller product.
 */
export interface StepTable {
  /** Uint32Array, length organizationCount + 1. */
  readonly offsets: Uint32Array;
  /** Organizations. */
  readonly ends: Int32Array;
  readonly likelihoods: Float64Array;
}

type Visit = (other: number, likelihood: number) => void;

/** Calls `visit` with each organization that compromise may pass to from `from`, once for each fact. */
export function visitStepsFrom(projection: Projection, settings: SpreadSettings, from: number, visit: Visit): void {
  const { access, organizations, transfers } = projection;
  for (const a of rowOf(organizations.accessHeld, from)) {
    if (isAccessOpen(projection, settings, a)) visit(access.grantor[a] as number, access.likelihood[a] as number);
  }
  if (settings.transferLikelihood === 0) return;
  for (const t of rowOf(organizations.sent, from)) {
    if (isTransferOpen(projection, settings, t)) visit(transfers.recipient[t] as number, settings.transferLikelihood);
  }
}

/** Calls `visit` with each organization from which compromise may pass to `to`, once for each fact. */
export function visitStepsInto(projection: Projection, settings: SpreadSettings, to: number, visit: Visit): void {
  const { access, organizations, transfers } = projection;
  for (const a of rowOf(organizations.accessGranted, to)) {
    if (isAccessOpen(projection, settings, a)) visit(access.grantee[a] as number, access.likelihood[a] as number);
  }
  if (settings.transferLikelihood === 0) return;
  for (const t of rowOf(organizations.received, to)) {
    if (isTransferOpen(projection, settings, t)) visit(transfers.sender[t] as number, settings.transferLikelihood);
  }
}

function isAccessOpen({ access }: Projection, { widest }: SpreadSettings, a: number): boolean {
  const from = access.validFrom[a] as number;
  const until = access.validUntil[a] as number;
  return meets(Number.isNaN(from) ? -Infinity : from, Number.isNaN(until) ? Infinity : until, widest.from, widest.to);
}

function isTransferOpen({ copies, transfers }: Projection, { widest }: SpreadSettings, t: number): boolean {
  const copy = transfers.copy[t] as number;
  return meets(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, widest.from, widest.to);
}

/**
 * All steps, by where they start (`visitStepsFrom`) or by where they end (`visitStepsInto`); a step of the work an organization.
 *
 * Complexity: O(organizations + access + transfers).
 */
export function* buildStepTable(
  projection: Projection,
  settings: SpreadSettings,
  visitSteps: typeof visitStepsFrom | typeof visitStepsInto,
): Generator<void, StepTable> {
  const { count } = projection.organizations;
  const offsets = new Uint32Array(count + 1);
  const ends: number[] = [];
  const likelihoods: number[] = [];
  /** Organization -> the place of the step to it, where it belongs to the row being filled. */
  const placeOf = new Int32Array(count).fill(-1);
  for (let organization = 0; organization < count; organization++) {
    const start = ends.length;
    visitSteps(projection, settings, organization, (other, likelihood) => {
      const place = placeOf[other] as number;
      if (place >= start) {
        likelihoods[place] = Math.max(likelihoods[place] as number, likelihood);
        return;
      }
      placeOf[other] = ends.length;
      ends.push(other);
      likelihoods.push(likelihood);
    });
    offsets[organization + 1] = ends.length;
    yield;
  }
  return { offsets, ends: Int32Array.from(ends), likelihoods: Float64Array.from(likelihoods) };
}
