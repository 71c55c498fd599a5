import { rowOf } from '../../projection/csr.ts';
import { meets } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusInput } from './radius-types.ts';

/** Over which facts compromise may pass on (semantics §3), under one set of windows and options. */
export class SpreadSteps {
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #scenario: Scenario | undefined;

  constructor(projection: Projection, input: RadiusInput, scenario: Scenario | undefined) {
    this.#projection = projection;
    this.#input = input;
    this.#scenario = scenario;
  }

  /**
   * The steps out of an organization: each valid access that it has, ascending, then each live transfer that it sent. The
   * transfers to one recipient are one step, visited once for each.
   */
  eachFrom(from: number, visit: (to: number, likelihood: number, access: number) => void): void {
    const { access, organizations, transfers } = this.#projection;
    for (const a of rowOf(organizations.accessHeld, from)) {
      if (this.isValid(a)) visit(access.grantor[a] as number, access.likelihood[a] as number, a);
    }
    if (this.#input.transferLikelihood === 0) return;
    for (const t of rowOf(organizations.sent, from)) {
      if (this.isLive(t)) visit(transfers.recipient[t] as number, this.#input.transferLikelihood, none);
    }
  }

  /** Whether an access meets the widest window. */
  isValid(a: number): boolean {
    const { access } = this.#projection;
    const { widest } = this.#input;
    const from = access.validFrom[a] as number;
    const until = this.#scenario === undefined ? (access.validUntil[a] as number) : this.#scenario.accessUntil(a);
    return meets(Number.isNaN(from) ? -Infinity : from, Number.isNaN(until) ? Infinity : until, widest.from, widest.to);
  }

  /** Whether the copy that a transfer put at its recipient is possibly live in the widest window. */
  isLive(t: number): boolean {
    const { copies, transfers } = this.#projection;
    const copy = transfers.copy[t] as number;
    const { widest } = this.#input;
    let until = copies.possibleUntil[copy] as number;
    if (this.#scenario !== undefined) {
      if (this.#scenario.isGone(t)) return false;
      until = Math.min(until, this.#scenario.recalledAt(copy));
    }
    return meets(copies.possibleFrom[copy] as number, until, widest.from, widest.to);
  }
}
