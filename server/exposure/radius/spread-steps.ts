import { groupByRow } from '../../projection/columns/csr.ts';
import { listAll } from '../../projection/columns/order-rows.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
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
      if (this.isTransferOpen(t)) visit(transfers.recipient.at(t), this.#settings.transferLikelihood, none);
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
      if (this.isTransferOpen(t)) visit(transfers.sender.at(t), this.#settings.transferLikelihood, none);
    }
  }

  isAccessOpen(a: number): boolean {
    const { validFrom, validUntil } = this.#projection.access;
    const until = this.#scenario === undefined ? (validUntil[a] as number) : this.#scenario.accessUntil(a);
    return isAccessOpen(validFrom[a] as number, until, this.#settings.widest.from, this.#settings.widest.to);
  }

  isTransferOpen(t: number): boolean {
    const { copies, transfers } = this.#projection;
    const copy = transfers.copy.at(t);
    if (this.#scenario?.isGone(t)) return false;
    const until = this.#scenario === undefined ? copies.possibleUntil.at(copy) : this.#scenario.possibleUntil(copy);
    return isTransferOpen(copies.possibleFrom.at(copy), until, this.#settings.widest.from, this.#settings.widest.to);
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

/** Pairs of organizations of which the one sent the other a copy over which compromise may pass, each pair once. */
export interface OpenPairs {
  readonly sender: Int32Array;
  readonly recipient: Int32Array;
}

/** Complexity: O(transfers). */
export function listOpenPairs(projection: Projection, settings: SpreadSettings): OpenPairs {
  const { organizations, transfers } = projection;
  const steps = new SpreadSteps(projection, settings);
  const pairs = new Set<number>();
  if (settings.transferLikelihood > 0) {
    for (const t of listAll(transfers)) {
      if (!steps.isTransferOpen(t)) continue;
      pairs.add(transfers.sender.at(t) * organizations.count + transfers.recipient.at(t));
    }
  }
  const all = [...pairs];
  return {
    sender: Int32Array.from(all, (pair) => Math.floor(pair / organizations.count)),
    recipient: Int32Array.from(all, (pair) => pair % organizations.count),
  };
}

/**
 * All steps, by the organization that they lead out of or into.
 *
 * @param pairs steps along transfers that are not in the projection
 * Complexity: O(organizations + access + transfers).
 */
export function buildStepTable(projection: Projection, settings: SpreadSettings, rows: 'from' | 'into', pairs?: OpenPairs): StepTable {
  const { count } = projection.organizations;
  const ofPairs = pairs && groupByRow(rows === 'from' ? pairs.sender : pairs.recipient, count);
  const others = rows === 'from' ? pairs?.recipient : pairs?.sender;
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
    if (ofPairs !== undefined) {
      for (const pair of rowOf(ofPairs, organization)) add(others?.[pair] as number, settings.transferLikelihood, none);
    }
    offsets[organization + 1] = ends.length;
  }
  return { offsets, ends: Int32Array.from(ends), likelihoods: Float64Array.from(likelihoods) };
}
