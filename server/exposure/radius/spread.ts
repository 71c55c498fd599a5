import { compareLargestFirst } from '../../domain/compare.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusInput, ReachedOrganization, SpreadStep } from './radius-types.ts';
import { SpreadSteps } from './spread-steps.ts';

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
