import { compareLargestFirst } from '../../domain/compare.ts';
import { groupByRow } from '../../projection/columns/csr.ts';
import { listAll } from '../../projection/columns/order-rows.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
import { isAccessOpen, isTransferOpen } from '../../rules/spread-step.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusInput, ReachedOrganization, SpreadStep } from './radius-types.ts';

/** The settings that decide over which facts compromise may pass. */
type SpreadSettings = Pick<RadiusInput, 'widest' | 'transferLikelihood'>;

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

/**
 * Finds the organizations that compromise reaches from the origins (semantics §3) and from the suspected ones (§13.4).
 *
 * Computes the largest product of likelihoods over walks of exactly k steps, for k = 0, 1, ... maxHops. An organization improves at
 * k if its product at k steps is larger than at any fewer steps. Only then does it spread further: any other walk could be replaced
 * by one with fewer steps and at least the same likelihood, because likelihoods are at most 1 and rounding keeps their order. So the
 * last k at which an organization improved is the number of steps of its best walk, and the first k is `hops`. A suspected origin has
 * its likelihood at 0 steps, and improves if a walk gives a larger one.
 *
 * @returns origins first, then by hops, likelihood descending, id
 * Complexity: O(maxHops x steps out of the reached organizations).
 */
export function findReached(projection: Projection, input: RadiusInput, scenario?: Scenario): ReachedOrganization[] {
  const spread = new Spread(projection, input, scenario);
  return spread.reached();
}

class Spread {
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #steps: SpreadSteps;
  /** For each number of steps, the organizations that improved at it, with their new product. */
  readonly #layers: Map<number, number>[] = [];
  readonly #best = new Map<number, { hops: number; steps: number; likelihood: number }>();

  constructor(projection: Projection, input: RadiusInput, scenario: Scenario | undefined) {
    this.#projection = projection;
    this.#input = input;
    this.#steps = new SpreadSteps(projection, input, scenario);
    let layer = new Map<number, number>(input.origins.map((origin) => [origin, 1]));
    for (const { organization, likelihood } of input.suspected ?? []) layer.set(organization, likelihood);
    for (const [organization, likelihood] of layer) this.#best.set(organization, { hops: 0, steps: 0, likelihood });
    this.#layers.push(layer);
    for (let steps = 1; steps <= input.maxHops && layer.size > 0; steps++) {
      const candidates = new Map<number, number>();
      for (const [organization, product] of layer) this.#passOn(organization, product, candidates);
      layer = new Map();
      for (const [organization, product] of candidates) {
        const best = this.#best.get(organization);
        if (best !== undefined && product <= best.likelihood) continue;
        this.#best.set(organization, { hops: best?.hops ?? steps, steps, likelihood: product });
        layer.set(organization, product);
      }
      this.#layers.push(layer);
    }
  }

  reached(): ReachedOrganization[] {
    const suspected = new Set(this.#input.suspected?.map(({ organization }) => organization));
    const all = [...this.#best].map(
      ([organization, { hops, steps, likelihood }]) =>
        new Reached(organization, hops, likelihood, suspected.has(organization), steps, this),
    );
    // A suspected origin has 0 hops, as an origin has.
    return all.sort(
      (a, b) =>
        a.hops - b.hops ||
        Number(a.isSuspected) - Number(b.isSuspected) ||
        compareLargestFirst(a.likelihood, b.likelihood) ||
        a.organization - b.organization,
    );
  }

  #passOn(from: number, product: number, candidates: Map<number, number>): void {
    this.#steps.eachFrom(from, (to, likelihood) => {
      const offered = product * likelihood;
      // A product may underflow to 0. The organization is still reached.
      if (offered > (candidates.get(to) ?? -1)) candidates.set(to, offered);
    });
  }

  /**
   * The walk to an organization that improved at `steps`, found from its end. The step before came from an organization that improved
   * at one step fewer, and whose product times the step's likelihood is exactly this product. Among several: the smallest
   * organization, then the smallest access, a step along transfers last.
   */
  walk(organization: number, steps: number): SpreadStep[] {
    const path: SpreadStep[] = [];
    for (let to = organization, k = steps; k > 0; k--) {
      const step = this.#stepInto(to, k);
      path.push(step);
      to = step.from;
    }
    return path.reverse();
  }

  #stepInto(to: number, steps: number): SpreadStep {
    const { access, organizations, transfers } = this.#projection;
    const before = this.#layers[steps - 1] as Map<number, number>;
    const product = this.#layers[steps]?.get(to);
    let found: SpreadStep | undefined;
    for (const a of rowOf(organizations.accessGranted, to)) {
      const from = access.grantee[a] as number;
      const likelihood = access.likelihood[a] as number;
      const prefix = before.get(from);
      if (prefix === undefined || prefix * likelihood !== product || !this.#steps.isAccessOpen(a)) continue;
      // Access facts ascend, so the first of equal ones stays.
      if (found === undefined || from < found.from) found = { from, to, likelihood, access: a };
    }
    const { transferLikelihood } = this.#input;
    if (transferLikelihood > 0) {
      for (const t of rowOf(organizations.received, to)) {
        const from = transfers.sender.at(t);
        const prefix = before.get(from);
        if (prefix === undefined || prefix * transferLikelihood !== product || !this.#steps.isTransferOpen(t)) continue;
        if (found === undefined || from < found.from) found = { from, to, likelihood: transferLikelihood, access: none };
      }
    }
    if (found === undefined) throw new Error(`no step into organization ${to} at ${steps} steps`);
    return found;
  }
}

/** A reached organization. Finds its path on demand, because most answers show only a few paths. */
class Reached implements ReachedOrganization {
  readonly organization: number;
  readonly hops: number;
  readonly likelihood: number;
  readonly isSuspected: boolean;
  readonly #steps: number;
  readonly #spread: Spread;

  constructor(organization: number, hops: number, likelihood: number, isSuspected: boolean, steps: number, spread: Spread) {
    this.organization = organization;
    this.hops = hops;
    this.likelihood = likelihood;
    this.isSuspected = isSuspected;
    this.#steps = steps;
    this.#spread = spread;
  }

  get path(): SpreadStep[] {
    return this.#spread.walk(this.organization, this.#steps);
  }
}
