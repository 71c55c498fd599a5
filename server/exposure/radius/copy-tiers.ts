import { isAtLeast } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { rowOf } from '../../projection/csr.ts';
import { meets } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusInput, TieredCopy } from './radius-types.ts';

/** From this confidence on, a copy is taken to be there. */
export const sureConfidence = 0.5;

/** Tells the tier of copies under one set of windows, origins and scopes. */
export class CopyTiers {
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #origins: ReadonlySet<number>;
  readonly #scopes: ReadonlyMap<number, JoinedScope>;
  readonly #scenario: Scenario | undefined;

  constructor(projection: Projection, input: RadiusInput, scenario?: Scenario) {
    this.#projection = projection;
    this.#input = input;
    this.#scenario = scenario;
    this.#origins = new Set(input.origins);
    this.#scopes = joinScopes(projection, input);
  }

  /** The copies of a reached organization that have a tier, ascending; one that is encrypted meanwhile may be there twice. */
  tieredAt(organization: number): TieredCopy[] {
    const found: TieredCopy[] = [];
    for (const copy of rowOf(this.#projection.organizations.copies, organization)) {
      const tiered = this.find(copy);
      if (tiered === undefined) continue;
      found.push(tiered);
      if (tiered.tier !== 'CONTAINED' && this.#scenario !== undefined) {
        const encrypted = this.#findEncrypted(copy, this.#scenario);
        if (encrypted !== undefined) found.push(encrypted);
      }
    }
    return found;
  }

  /** A copy whose holder is reached, with its tier, the strongest of the two where it counts as two; undefined where it has none. */
  find(copy: number): TieredCopy | undefined {
    const { copies } = this.#projection;
    const { core, widest } = this.#input;
    const holder = copies.holder[copy] as number;
    let definiteUntil = copies.definiteUntil[copy] as number;
    let possibleUntil = copies.possibleUntil[copy] as number;
    if (this.#scenario !== undefined) {
      if (this.#scenario.isCopyGone(copy)) return undefined;
      const end = Math.min(this.#scenario.recalledAt(copy), this.#scenario.encryptedFrom(copy));
      definiteUntil = Math.min(definiteUntil, end);
      possibleUntil = Math.min(possibleUntil, end);
    }
    const isPossible = meets(copies.possibleFrom[copy] as number, possibleUntil, widest.from, widest.to);
    if (copies.isReadable[copy] === 0) return isPossible ? { copy, tier: 'CONTAINED', weight: 0 } : undefined;
    const isSure =
      meets(copies.definiteFrom[copy] as number, definiteUntil, core.from, core.to) &&
      isAtLeast(copies.confidence[copy] as number, sureConfidence) &&
      this.#isInScope(copy, holder);
    if (isSure && this.#origins.has(holder)) return { copy, tier: 'EXPOSED', weight: 1 };
    if (isPossible) return { copy, tier: 'POSSIBLE', weight: isSure ? 1 : 0.5 };
    return this.#scenario && this.#findEncrypted(copy, this.#scenario);
  }

  /** What a copy is from the instant on at which a scenario encrypts it. */
  #findEncrypted(copy: number, scenario: Scenario): TieredCopy | undefined {
    const { copies } = this.#projection;
    const { widest } = this.#input;
    const from = scenario.encryptedFrom(copy);
    if (from === Infinity) return undefined;
    const until = Math.min(copies.possibleUntil[copy] as number, scenario.recalledAt(copy));
    const isPossible = meets(Math.max(copies.possibleFrom[copy] as number, from), until, widest.from, widest.to);
    return isPossible ? { copy, tier: 'CONTAINED', weight: 0, isEncrypted: true } : undefined;
  }

  #isInScope(copy: number, holder: number): boolean {
    const scope = this.#scopes.get(holder);
    if (scope === undefined) return true;
    const { copies, transfers } = this.#projection;
    if (scope.artifacts.has(copies.artifact[copy] as number)) return true;
    if (copyKinds[copies.kind[copy] as number] === 'OWNED') return false;
    const transfer = copies.transfer[copy] as number;
    const engagement = transfers.engagement[transfer] as number;
    return (engagement !== none && scope.engagements.has(engagement)) || scope.channels.has(transfers.channel.codes[transfer] as number);
  }
}

interface JoinedScope {
  readonly artifacts: Set<number>;
  readonly engagements: Set<number>;
  /** Codes of `transfers.channel`. */
  readonly channels: Set<number>;
}

/** Scopes of one origin join; one of an organization that is no origin says nothing (§3). */
function joinScopes(projection: Projection, input: RadiusInput): Map<number, JoinedScope> {
  const joined = new Map<number, JoinedScope>();
  for (const { origin, artifacts, engagements, channels } of input.scopes) {
    if (!input.origins.includes(origin)) continue;
    const scope = getOrInsert(joined, origin, () => ({
      artifacts: new Set<number>(),
      engagements: new Set<number>(),
      channels: new Set<number>(),
    }));
    for (const artifact of artifacts) scope.artifacts.add(artifact);
    for (const engagement of engagements) scope.engagements.add(engagement);
    const { distinct } = projection.transfers.channel;
    for (let code = 0; code < distinct.length; code++) if (channels.includes(distinct.get(code))) scope.channels.add(code);
  }
  return joined;
}
