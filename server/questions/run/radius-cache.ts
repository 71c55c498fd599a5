import { findBlastRadius } from '../../exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../exposure/radius/integrity.ts';
import type { BlastRadius, Dependent, IntegrityRadius, RadiusInput } from '../../exposure/radius/radius-types.ts';
import type { Scenario } from '../../exposure/scenario/scenario.ts';
import type { Projection } from '../../projection/projection.ts';

/** A radius with what follows from it, each worked out once. */
export interface CachedRadius extends BlastRadius {
  readonly integrity: IntegrityRadius;
}

/**
 * Keeps the latest radii, so that the fields of one answer, its later pages and its exports are worked out once.
 * A radius holds its projection: with few kept, few past projections are.
 */
export class RadiusCache {
  readonly #size: number;
  /** The latest used last. */
  readonly #entries: { readonly projection: Projection; readonly key: string; readonly radius: CachedRadius }[] = [];

  constructor(size = 16) {
    this.#size = size;
  }

  get(projection: Projection, input: RadiusInput, scenario?: Scenario): CachedRadius {
    const key = JSON.stringify([input, scenario?.key]);
    const at = this.#entries.findIndex((entry) => entry.projection === projection && entry.key === key);
    const entry = this.#entries.splice(at, at < 0 ? 0 : 1)[0] ?? { projection, key, radius: computeRadius(projection, input, scenario) };
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    return entry.radius;
  }
}

function computeRadius(projection: Projection, input: RadiusInput, scenario: Scenario | undefined): CachedRadius {
  const radius = findBlastRadius(projection, input, scenario);
  let dependents: readonly Dependent[] | undefined;
  let notifiers: readonly number[] | undefined;
  let otherCopies: readonly number[] | undefined;
  let integrity: IntegrityRadius | undefined;
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
    get integrity() {
      integrity ??= findIntegrityRadius(projection, input, scenario);
      return integrity;
    },
    tierOf: (copy) => radius.tierOf(copy),
  };
}
