import { getOrInsert } from '../../domain/get-or-insert.ts';
import { copyTraits } from '../../projection/copy-traits.ts';
import { rowOf } from '../../projection/csr.ts';
import type { CopyColumns, Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { findCopyTier, noTier } from '../../rules/copy-tier.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { partsOf } from '../scenario/scenario-copy.ts';
import { encryptedBit, listTiered, TieredColumns } from './columns/tiered-columns.ts';
import type { RadiusInput, TieredCopy } from './radius-types.ts';

/** The most copies that are fetched together. Their values fit the second cache. */
const mostFetched = 4096;

/** The values of some copies, one after another. Filled and read within one call, so all radii of a thread share them. */
const fetched = {
  traits: new Uint8Array(mostFetched),
  artifact: new Int32Array(mostFetched),
  definiteFrom: new Float64Array(mostFetched),
  definiteUntil: new Float64Array(mostFetched),
  possibleFrom: new Float64Array(mostFetched),
  possibleUntil: new Float64Array(mostFetched),
  confidence: new Float64Array(mostFetched),
  portion: new Float64Array(mostFetched),
  /** The positions of the copies that are uncertain, and of those that are not whole. */
  uncertain: new Int32Array(mostFetched),
  parts: new Int32Array(mostFetched),
};

/** Constants of this module: an imported one is read anew at each use. */
const { readable, certain, whole } = copyTraits;

/**
 * The copies of a holder lie scattered over all copies. A loop without a branch lets the processor wait for many of them at once,
 * where a loop that decides about each copy waits for one after another. Most copies need three columns. The others are read last, and
 * only for the copies whose traits ask for them. A certain copy has at least the sure confidence, so 1 may replace it.
 */
function fetchCopies(copies: CopyColumns, some: Int32Array): void {
  fetchFirst(copies, some);
  let uncertain = 0;
  let parts = 0;
  for (let i = 0; i < some.length; i++) {
    const traits = fetched.traits[i] as number;
    fetched.possibleFrom[i] = fetched.definiteFrom[i] as number;
    fetched.definiteUntil[i] = Infinity;
    fetched.possibleUntil[i] = Infinity;
    fetched.confidence[i] = 1;
    fetched.portion[i] = 1;
    fetched.uncertain[uncertain] = i;
    uncertain += 1 - ((traits >> certain) & 1);
    fetched.parts[parts] = i;
    parts += 1 - ((traits >> whole) & 1);
  }
  fetchUncertain(copies, some, uncertain);
  fetchParts(copies, some, parts);
}

function fetchFirst({ traits, artifact, definiteFrom }: CopyColumns, some: Int32Array): void {
  for (let i = 0; i < some.length; i++) {
    const copy = some[i] as number;
    fetched.definiteFrom[i] = definiteFrom[copy] as number;
    fetched.artifact[i] = artifact[copy] as number;
    fetched.traits[i] = traits[copy] as number;
  }
}

function fetchUncertain({ definiteUntil, possibleFrom, possibleUntil, confidence }: CopyColumns, some: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const i = fetched.uncertain[k] as number;
    const copy = some[i] as number;
    fetched.possibleFrom[i] = possibleFrom[copy] as number;
    fetched.possibleUntil[i] = possibleUntil[copy] as number;
    fetched.definiteUntil[i] = definiteUntil[copy] as number;
    fetched.confidence[i] = confidence[copy] as number;
  }
}

function fetchParts({ portion }: CopyColumns, some: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const i = fetched.parts[k] as number;
    fetched.portion[i] = portion[some[i] as number] as number;
  }
}

/** Finds the tiers of copies under one set of windows, origins and scopes. */
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

  /**
   * The copies of a reached organization with a tier, ascending. An encrypted copy may appear twice, its later part second.
   *
   * @param some only these of its copies, ascending
   */
  tieredAt(organization: number, some = rowOf(this.#projection.organizations.copies, organization)): TieredCopy[] {
    const found = new TieredColumns();
    this.collect(organization, some, found);
    return listTiered(found);
  }

  /** A copy at a reached holder, with its tier, or undefined. If the copy counts as two, the stronger of the two tiers. */
  find(copy: number): TieredCopy | undefined {
    const found = new TieredColumns();
    this.collect(this.#projection.copies.holder[copy] as number, Int32Array.of(copy), found);
    return listTiered(found)[0];
  }

  /** Adds those of some copies of a reached organization that have a tier. */
  collect(organization: number, some: Int32Array, found: TieredColumns): void {
    for (let from = 0; from < some.length; from += mostFetched)
      this.#collectFetched(organization, some.length <= mostFetched ? some : some.subarray(from, from + mostFetched), found);
  }

  #collectFetched(organization: number, some: Int32Array, found: TieredColumns): void {
    const isAtOrigin = this.#origins.has(organization);
    const scope = this.#scopes.get(organization);
    const { core, widest } = this.#input;
    const { traits, definiteFrom, definiteUntil, possibleFrom, possibleUntil, confidence } = fetched;
    fetchCopies(this.#projection.copies, some);
    for (let i = 0; i < some.length; i++) {
      const copy = some[i] as number;
      if (this.#scenario?.touches(copy)) {
        this.#collectParts(copy, this.#scenario, isAtOrigin, found);
        continue;
      }
      const code = findCopyTier(
        (((traits[i] as number) >> readable) & 1) === 1,
        definiteFrom[i] as number,
        definiteUntil[i] as number,
        possibleFrom[i] as number,
        possibleUntil[i] as number,
        confidence[i] as number,
        scope === undefined || this.#isInScope(copy, scope),
        isAtOrigin,
        core,
        widest,
      );
      if (code !== noTier) found.add(copy, code, fetched.artifact[i] as number, fetched.portion[i] as number);
    }
  }

  /** The part before an encryption is never weaker than the part after it, so the strongest comes first. */
  #collectParts(copy: number, scenario: Scenario, isAtOrigin: boolean, found: TieredColumns): void {
    const { copies } = this.#projection;
    const scope = this.#scopes.get(copies.holder[copy] as number);
    for (const part of partsOf(this.#projection, scenario, copy)) {
      const code = findCopyTier(
        copies.isReadable[copy] === 1 && !part.isEncrypted,
        part.definiteFrom,
        part.definiteUntil,
        part.possibleFrom,
        part.possibleUntil,
        copies.confidence[copy] as number,
        scope === undefined || this.#isInScope(copy, scope),
        isAtOrigin,
        this.#input.core,
        this.#input.widest,
      );
      if (code === noTier) continue;
      const shown = part.isEncrypted ? code + encryptedBit : code;
      found.add(copy, shown, copies.artifact[copy] as number, copies.portion[copy] as number);
    }
  }

  #isInScope(copy: number, scope: JoinedScope): boolean {
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

/** Joins the scopes of one origin. Ignores the scope of an organization that is not an origin (§3). */
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
