import { isAtLeast } from '../domain/compare.ts';
import type { ClosedWindow } from '../domain/instants.ts';
import { meets } from './copy-interval.ts';

/** Strongest first: the smaller index is the stronger tier. */
export const tiers = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
export type Tier = (typeof tiers)[number];

/** A copy of at least this confidence counts as certain (semantics §4). */
export const sureConfidence = 0.5;

/** Why a copy has no stronger tier. */
export type TierReason =
  /** It has the strongest. */
  | 'NONE'
  /** The holder is not an origin: it is suspected, or compromise may have spread to it, which is not known. */
  | 'REACHED_BY_SPREAD'
  | 'ENDED_BEFORE_CORE'
  | 'BEGAN_AFTER_CORE'
  /** The definite interval is empty: the copy ends, within the core window, before it is first certain. */
  | 'NEVER_DEFINITE'
  | 'LOW_CONFIDENCE'
  | 'OUT_OF_SCOPE'
  | 'UNREADABLE'
  /** There is no core window: no instant is certain (semantics §13.4). */
  | 'NO_CORE';

/** The tier of a copy at a reached organization, its weight, and why it is no stronger. */
export interface CopyTier {
  readonly tier: Tier;
  /** 1, 0.5 or 0. A way's chance is multiplied by it, and a simulated run discloses the copy with this probability. */
  readonly weight: number;
  readonly reason: TierReason;
}

/** The weight of a readable copy that may not have been there in the core window. */
const doubtfulWeight = 0.5;

/** Every tier that a copy may have, with its weight and reason. The code of one is its position. */
export const copyTiers: readonly CopyTier[] = [
  { tier: 'EXPOSED', weight: 1, reason: 'NONE' },
  { tier: 'POSSIBLE', weight: 1, reason: 'REACHED_BY_SPREAD' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'REACHED_BY_SPREAD' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'NEVER_DEFINITE' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'ENDED_BEFORE_CORE' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'BEGAN_AFTER_CORE' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'LOW_CONFIDENCE' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'OUT_OF_SCOPE' },
  { tier: 'CONTAINED', weight: 0, reason: 'UNREADABLE' },
  { tier: 'POSSIBLE', weight: doubtfulWeight, reason: 'NO_CORE' },
];

/** In place of a code: the copy has no tier. */
export const noTier = -1;

const exposed = 0;
const sureBySpread = 1;
const doubtfulBySpread = 2;
const neverDefinite = 3;
const endedBeforeCore = 4;
const beganAfterCore = 5;
const lowConfidence = 6;
const outOfScope = 7;
const contained = 8;
const withoutCore = 9;

/** By code: the index of its tier in `tiers`, and its weight. */
export const tierIndexOf = Uint8Array.from(copyTiers, ({ tier }) => tiers.indexOf(tier));
export const weightOf = Float64Array.from(copyTiers, ({ weight }) => weight);

/**
 * The tier of a copy at a reached organization (semantics §4): the first row that fits. `noTier` if no row fits: the copy
 * is not in the radius.
 *
 *     EXPOSED     readable, in scope, definite interval meets the core window, confidence >= 0.5, the holder is an origin
 *     POSSIBLE    readable, possible interval meets the widest window
 *     CONTAINED   not readable, possible interval meets the widest window
 *
 * The definite interval lies within the possible one, and the core window within the widest. So a copy that fits the first row
 * also fits the second, and the function checks the possible interval first. It returns a code, because a radius or a ranking calls
 * it for every copy and keeps the codes in a column.
 *
 * @param definiteFrom, definiteUntil, possibleFrom, possibleUntil half-open intervals, as copy-interval.ts gives them
 * @param confidence in (0, 1]
 * @param isInScope whether the holder's scope names the copy, or the holder has none
 * @param core, widest closed windows, core within widest; or `noCore` for core
 */
export function findCopyTier(
  isReadable: boolean,
  definiteFrom: number,
  definiteUntil: number,
  possibleFrom: number,
  possibleUntil: number,
  confidence: number,
  isInScope: boolean,
  isAtOrigin: boolean,
  core: ClosedWindow,
  widest: ClosedWindow,
): number {
  if (!meets(possibleFrom, possibleUntil, widest.from, widest.to)) return noTier;
  if (!isReadable) return contained;
  if (!meets(definiteFrom, definiteUntil, core.from, core.to)) {
    if (!isAtOrigin) return doubtfulBySpread;
    if (core === noCore) return withoutCore;
    if (definiteUntil <= core.from) return endedBeforeCore;
    return definiteFrom > core.to ? beganAfterCore : neverDefinite;
  }
  if (!isAtLeast(confidence, sureConfidence)) return isAtOrigin ? lowConfidence : doubtfulBySpread;
  if (!isInScope) return isAtOrigin ? outOfScope : doubtfulBySpread;
  return isAtOrigin ? exposed : sureBySpread;
}

/** In place of a core window: a window that no interval meets (semantics §13.4, `hasCore` false). */
export const noCore: ClosedWindow = { from: Infinity, to: -Infinity };

/** The tier of a copy at an origin without a scope. The weight of a copy is the same at an origin as elsewhere. */
export function tierAtOrigin(weight: number): Tier {
  return weight === weightOf[exposed] ? 'EXPOSED' : tierBySpread(weight);
}

/** The tier of a copy at an organization reached by spread. */
export function tierBySpread(weight: number): Tier {
  return isOpen(weight) ? 'POSSIBLE' : 'CONTAINED';
}

/** Whether a copy is EXPOSED or POSSIBLE: an attacker can read it, so it discloses its artifact and what the artifact reveals. */
export function isOpen(weight: number): boolean {
  return weight > 0;
}

/** The stronger of two tiers; undefined is weaker than any. */
export function strongerTier(a: Tier | undefined, b: Tier | undefined): Tier | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return tiers.indexOf(a) <= tiers.indexOf(b) ? a : b;
}
