import { rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import { isAccessOpen, isTransferOpen } from '../../rules/spread-step.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusInput } from './radius-types.ts';

/** The settings that decide over which facts compromise may pass. */
export type SpreadSettings = Pick<RadiusInput, 'widest' | 'transferLikelihood'>;

/** Called once for each fact: the organization at the step's other end, and the access fact, none (-1) for a transfer. */
type VisitStep = (other: number, likelihood: number, access: number) => void;

/** The steps over which compromise may pass (semantics §3), under one set of windows and options. */
export class SpreadSteps {
  readonly #projection: Projection;
  readonly #settings: SpreadSettings;
  readonly #scenario: Scenario | undefined;

  constructor(projection: Projection, settings: SpreadSettings, scenario?: Scenario) {
    this.#projection = projection;
    this.#settings = settings;
    this.#scenario = scenario;
  }

  /** The steps out of an organization: each open access that it has, ascending, then each open transfer that it sent. */
  eachFrom(from: number, visit: VisitStep): void {
    const { access, organizations, transfers } = this.#projection;
    for (const a of rowOf(organizations.accessHeld, from)) {
      if (this.isAccessOpen(a)) visit(access.grantor[a] as number, access.likelihood[a] as number, a);
    }
    if (this.#settings.transferLikelihood === 0) return;
    for (const t of rowOf(organizations.sent, from)) {
      if (this.isTransferOpen(t)) visit(transfers.recipient[t] as number, this.#settings.transferLikelihood, none);
    }
  }

  /** The steps into an organization, in the same order. */
  eachInto(to: number, visit: VisitStep): void {
    const { access, organizations, transfers } = this.#projection;
    for (const a of rowOf(organizations.accessGranted, to)) {
      if (this.isAccessOpen(a)) visit(access.grantee[a] as number, access.likelihood[a] as number, a);
    }
    if (this.#settings.transferLikelihood === 0) return;
    for (const t of rowOf(organizations.received, to)) {
      if (this.isTransferOpen(t)) visit(transfers.sender[t] as number, this.#settings.transferLikelihood, none);
    }
  }

  isAccessOpen(a: number): boolean {
    const { validFrom, validUntil } = this.#projection.access;
    const until = this.#scenario === undefined ? (validUntil[a] as number) : this.#scenario.accessUntil(a);
    return isAccessOpen(validFrom[a] as number, until, this.#settings.widest.from, this.#settings.widest.to);
  }

  isTransferOpen(t: number): boolean {
    const { copies, transfers } = this.#projection;
    const copy = transfers.copy[t] as number;
    if (this.#scenario?.isGone(t)) return false;
    const until = this.#scenario === undefined ? (copies.possibleUntil[copy] as number) : this.#scenario.possibleUntil(copy);
    return isTransferOpen(copies.possibleFrom[copy] as number, until, this.#settings.widest.from, this.#settings.widest.to);
  }
}

/**
 * Steps as compressed rows: from row r to `ends[offsets[r]] .. ends[offsets[r + 1] - 1]`. Of several facts between the same two
 * organizations, only the likeliest counts: a larger factor never gives a smaller product.
 */
export interface StepTable {
  /** Uint32Array, length organizationCount + 1. */
  readonly offsets: Uint32Array;
  /** Organizations. */
  readonly ends: Int32Array;
  readonly likelihoods: Float64Array;
}

/**
 * All steps, by the organization that they lead out of or into. Yields after each organization.
 *
 * Complexity: O(organizations + access + transfers).
 */
export function* buildStepTable(projection: Projection, settings: SpreadSettings, rows: 'from' | 'into'): Generator<void, StepTable> {
  const { count } = projection.organizations;
  const steps = new SpreadSteps(projection, settings);
  const offsets = new Uint32Array(count + 1);
  const ends: number[] = [];
  const likelihoods: number[] = [];
  /** The position of the step to each organization. Below `start` if no step of this row leads there yet. */
  const placeOf = new Int32Array(count).fill(-1);
  let start = 0;
  const add: VisitStep = (other, likelihood) => {
    const place = placeOf[other] as number;
    if (place >= start) {
      likelihoods[place] = Math.max(likelihoods[place] as number, likelihood);
      return;
    }
    placeOf[other] = ends.length;
    ends.push(other);
    likelihoods.push(likelihood);
  };
  for (let organization = 0; organization < count; organization++) {
    start = ends.length;
    if (rows === 'from') steps.eachFrom(organization, add);
    else steps.eachInto(organization, add);
    offsets[organization + 1] = ends.length;
    yield;
  }
  return { offsets, ends: Int32Array.from(ends), likelihoods: Float64Array.from(likelihoods) };
}
