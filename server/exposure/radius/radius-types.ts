import type { RadiusOptions, SuspectedOrigin } from '../../domain/radius-options.ts';
import type { Tier, TierReason } from '../../rules/copy-tier.ts';
import type { Bounds } from '../../rules/portion.ts';
import type { Volume } from '../../rules/volume.ts';

/**
 * The types of a blast radius: its input and the rows of its answer, `BlastRadius` (semantics §3 to §5). Organizations, artifacts, copies, transfers, access,
 * engagements and reveals are indexes into the projection of the answer.
 */

/** A closed window: both ends belong to it. Epoch milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface RadiusInput extends RadiusOptions {
  /** Ascending, distinct. With the suspected ones 1 to 1,000. */
  readonly origins: readonly number[];
  /** Organizations that may have been compromised (semantics §13.4). Ascending, distinct, none of them an origin. Absent: none. */
  readonly suspected?: readonly SuspectedOrigin<number>[];
  /** False: no instant is certain, so nothing is EXPOSED, and `core` equals `widest` (§13.4). Absent: true. */
  readonly hasCore?: boolean;
  /** Within `widest`. */
  readonly core: Window;
  readonly widest: Window;
  /** Several scopes of one origin add up. An origin without a scope is wholly in scope. */
  readonly scopes: readonly OriginScope[];
}

export interface OriginScope {
  readonly origin: number;
  readonly artifacts: readonly number[];
  readonly engagements: readonly number[];
  readonly channels: readonly string[];
}

export interface ReachedOrganization {
  readonly organization: number;
  /** Fewest steps from an origin or a suspected origin. */
  readonly hops: number;
  readonly likelihood: number;
  /** Stated as suspected, and no origin (§13.4). */
  readonly isSuspected: boolean;
  /** The walk with this likelihood that has the fewest steps. Empty for an origin, and for a suspected one that no walk makes likelier. */
  readonly path: readonly SpreadStep[];
}

export interface SpreadStep {
  readonly from: number;
  readonly to: number;
  readonly likelihood: number;
  /** The access fact, or none (-1) if it passed along transfers. */
  readonly access: number;
}

/** A copy at a reached organization that is in the radius (semantics §4). */
export interface TieredCopy {
  readonly copy: number;
  readonly tier: Tier;
  readonly weight: number;
  /** Why it has no stronger tier. */
  readonly reason: TierReason;
  /** Whether it is the later part of a copy that a scenario encrypts, which counts as two. */
  readonly isEncrypted?: boolean;
}

/** The copies of one artifact with a tier at reached organizations. */
export interface HeldCopies {
  readonly artifact: number;
  /** Ascending. */
  readonly copies: readonly TieredCopy[];
  /** The EXPOSED and POSSIBLE copies, which disclose what the artifact reveals of others. */
  readonly open: readonly TieredCopy[];
}

/** One way in to an artifact (§4). */
export interface WayIn {
  readonly copy: number;
  readonly tier: Tier;
  /** Why its copy has no stronger tier. */
  readonly reason: TierReason;
  readonly holder: ReachedOrganization;
  /** The reveals from the copy's artifact to this one with the best product of degrees. Empty for a copy of its own. */
  readonly reveals: readonly number[];
  readonly chance: number;
  readonly yieldShare: number;
  /** As in TieredCopy. */
  readonly isEncrypted: boolean;
}

export interface ExposedArtifact {
  readonly artifact: number;
  readonly tier: Tier;
  readonly basis: 'HELD' | 'REVEALED';
  readonly portion: Bounds;
  readonly exposedPortion: Bounds;
  readonly isUsable: boolean;
  readonly likelihood: number;
  readonly weightedShare: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
  /** The volume of its own readable copies with a tier, in items and in bytes (semantics §1). */
  readonly records: Volume;
  readonly bytes: Volume;
  /** By hops, then id. */
  readonly holders: readonly ReachedOrganization[];
  /** In the order of the holders. */
  readonly copiesByHolder: readonly CopiesAtHolder[];
  readonly wayCount: number;
  /** At most `limit` ways: the strongest tier first, then chance x yieldShare descending, then copy id. */
  ways(limit: number): WayIn[];
}

/** The copies of one artifact with a tier at one reached organization. */
export interface CopiesAtHolder {
  readonly holder: ReachedOrganization;
  /** Ascending. A copy that a scenario encrypts is there once. */
  readonly copies: readonly number[];
  /** The strongest of the copies. */
  readonly tier: Tier;
}

export interface AffectedLab {
  readonly lab: number;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

export interface Dependent {
  readonly organization: number;
  /** The number of engagements down to the nearest reached organization: 1 for a direct client. */
  readonly rank: number;
  /** The engagements from the dependent down. */
  readonly path: readonly number[];
  readonly isFormer: boolean;
  readonly isBlindSpot: boolean;
}

/** A tainted holding (§6). */
export interface TaintedHolding {
  readonly artifact: number;
  readonly holder: number;
  /** The earliest receipt. An unknown `sentAt` counts as `assertedAt`. */
  readonly since: number;
  /** False: no receipt of a known date is as early as `since`. */
  readonly isSinceKnown: boolean;
  /** The earliest receipt of a known date. Undefined: no receipt has one. */
  readonly firstDated: number | undefined;
  readonly chainLength: number;
  /** No chain starts at an origin: only a suspected origin's transfers lead here (§13.4). */
  readonly isSuspected: boolean;
  /** The last `limit` transfers of a shortest chain, which starts with an origin's transfer, or a suspected one's. */
  chain(limit: number): number[];
}

export interface IntegrityRadius {
  /** Organizations with the role LAB that hold a tainted copy, by id. */
  readonly labs: readonly number[];
  /** By chain length, then artifact, then holder. */
  readonly tainted: readonly TaintedHolding[];
}
