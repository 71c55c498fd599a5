import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { CopyColumns, Projection } from '../../projection/projection.ts';
import { copyKinds, copyTraits, none, rowOf } from '../../projection/projection.ts';
import type { CopyTier, Tier } from '../../rules/copy-tier.ts';
import { copyTiers, findCopyTier, isOpen, noCore, noTier, weightOf } from '../../rules/copy-tier.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { partsOf } from '../scenario/scenario-copy.ts';
import type { RadiusInput, TieredCopy, Window } from './radius-types.ts';

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
 * The copies of a holder lie scattered over all parts. A loop without a branch lets the processor wait for many of them at once,
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
    fetched.definiteFrom[i] = definiteFrom.at(copy);
    fetched.artifact[i] = artifact.at(copy);
    fetched.traits[i] = traits.at(copy);
  }
}

function fetchUncertain({ definiteUntil, possibleFrom, possibleUntil, confidence }: CopyColumns, some: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const i = fetched.uncertain[k] as number;
    const copy = some[i] as number;
    fetched.possibleFrom[i] = possibleFrom.at(copy);
    fetched.possibleUntil[i] = possibleUntil.at(copy);
    fetched.definiteUntil[i] = definiteUntil.at(copy);
    fetched.confidence[i] = confidence.at(copy);
  }
}

function fetchParts({ portion }: CopyColumns, some: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const i = fetched.parts[k] as number;
    fetched.portion[i] = portion.at(some[i] as number);
  }
}

/** Finds the tiers of copies under one set of windows, origins and scopes. */
export class CopyTiers {
  readonly #projection: Projection;
  readonly #core: Window;
  readonly #widest: Window;
  readonly #origins: ReadonlySet<number>;
  readonly #scopes: ReadonlyMap<number, JoinedScope>;
  readonly #scenario: Scenario | undefined;

  constructor(projection: Projection, input: RadiusInput, scenario?: Scenario) {
    this.#projection = projection;
    this.#core = input.hasCore === false ? noCore : input.core;
    this.#widest = input.widest;
    this.#scenario = scenario;
    this.#origins = new Set(input.origins);
    this.#scopes = joinScopes(input);
  }

  /**
   * The copies of a reached organization with a tier, ascending. An encrypted copy may appear twice, its later part second.
   *
   * @param some only these of its copies, ascending
   */
  tieredAt(organization: number, some = rowOf(this.#projection.organizations.copies, organization)): TieredCopy[] {
    const found = new TieredColumns(some.length);
    this.collect(organization, some, found);
    return listTiered(found);
  }

  /** Adds those of some copies of a reached organization that have a tier. */
  collect(organization: number, some: Int32Array, found: TieredColumns): void {
    for (let from = 0; from < some.length; from += mostFetched)
      this.#collectFetched(organization, some.length <= mostFetched ? some : some.subarray(from, from + mostFetched), found);
  }

  #collectFetched(organization: number, some: Int32Array, found: TieredColumns): void {
    const isAtOrigin = this.#origins.has(organization);
    const scope = this.#scopes.get(organization);
    const core = this.#core;
    const widest = this.#widest;
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
    const scope = this.#scopes.get(copies.holder.at(copy));
    for (const part of partsOf(this.#projection, scenario, copy)) {
      const code = findCopyTier(
        copies.isReadable.at(copy) === 1 && !part.isEncrypted,
        part.definiteFrom,
        part.definiteUntil,
        part.possibleFrom,
        part.possibleUntil,
        copies.confidence.at(copy),
        scope === undefined || this.#isInScope(copy, scope),
        isAtOrigin,
        this.#core,
        this.#widest,
      );
      if (code === noTier) continue;
      const shown = part.isEncrypted ? code + encryptedBit : code;
      found.add(copy, shown, copies.artifact.at(copy), copies.portion.at(copy));
    }
  }

  #isInScope(copy: number, scope: JoinedScope): boolean {
    const { copies, transfers } = this.#projection;
    if (scope.artifacts.has(copies.artifact.at(copy))) return true;
    if (copyKinds[copies.kind.at(copy)] === 'OWNED') return false;
    const transfer = copies.transfer.at(copy);
    const engagement = transfers.engagement.at(transfer);
    return (engagement !== none && scope.engagements.has(engagement)) || scope.channels.has(transfers.channel.get(transfer));
  }
}

interface JoinedScope {
  readonly artifacts: Set<number>;
  readonly engagements: Set<number>;
  readonly channels: Set<string | null>;
}

/** Joins the scopes of one origin. Ignores the scope of an organization that is not an origin (§3). */
function joinScopes(input: RadiusInput): Map<number, JoinedScope> {
  const joined = new Map<number, JoinedScope>();
  for (const { origin, artifacts, engagements, channels } of input.scopes) {
    if (!input.origins.includes(origin)) continue;
    const scope = getOrInsert(joined, origin, () => ({
      artifacts: new Set<number>(),
      engagements: new Set<number>(),
      channels: new Set<string | null>(),
    }));
    for (const artifact of artifacts) scope.artifacts.add(artifact);
    for (const engagement of engagements) scope.engagements.add(engagement);
    for (const channel of channels) scope.channels.add(channel);
  }
  return joined;
}

/** Added to the code of the later part of a copy that a scenario encrypts. */
export const encryptedBit = 16;
const tierBits = encryptedBit - 1;

/** Copies with a tier, in columns that grow. */
export class TieredColumns {
  length = 0;
  copy: Int32Array;
  /** A code of `copyTiers`, and `encryptedBit`. */
  code: Uint8Array;
  artifact: Int32Array;
  portion: Float64Array;

  /** @param room the number of copies before the columns grow */
  constructor(room: number) {
    this.copy = new Int32Array(room);
    this.code = new Uint8Array(room);
    this.artifact = new Int32Array(room);
    this.portion = new Float64Array(room);
  }

  add(copy: number, code: number, artifact: number, portion: number): void {
    const at = this.length++;
    if (at === this.copy.length) this.#grow(at * 2 + 16);
    this.copy[at] = copy;
    this.code[at] = code;
    this.artifact[at] = artifact;
    this.portion[at] = portion;
  }

  #grow(room: number): void {
    this.copy = withRoom(this.copy, new Int32Array(room));
    this.code = withRoom(this.code, new Uint8Array(room));
    this.artifact = withRoom(this.artifact, new Int32Array(room));
    this.portion = withRoom(this.portion, new Float64Array(room));
  }
}

function withRoom<T extends Int32Array | Uint8Array | Float64Array>(column: T, longer: T): T {
  longer.set(column);
  return longer;
}

export function toTieredCopy(copy: number, code: number): TieredCopy {
  const { tier, weight, reason } = copyTiers[code & tierBits] as CopyTier;
  return code < encryptedBit ? { copy, tier, weight, reason } : { copy, tier, weight, reason, isEncrypted: true };
}

/** The code without the bit for encryption. */
export function tierCodeOf(code: number): number {
  return code & tierBits;
}

export function tierOfCode(code: number): Tier {
  return (copyTiers[code & tierBits] as CopyTier).tier;
}

function listTiered({ length, copy, code }: TieredColumns): TieredCopy[] {
  return Array.from({ length }, (_, i) => toTieredCopy(copy[i] as number, code[i] as number));
}

/** Whether the copy is EXPOSED or POSSIBLE. */
export function isOpenCode(code: number): boolean {
  return isOpen(weightOf[code & tierBits] as number);
}
