import { isAtLeast } from '../domain/compare.ts';
import { sureConfidence } from '../rules/copy-tier.ts';
import type { CopyTable } from './part.ts';

/**
 * The bits of `CopyColumns.traits`. They tell where a copy has the usual values. The copies of a holder lie scattered over all columns, so
 * a loop over them reads one byte of each first, and then only the values that are not the usual ones.
 */
export const copyTraits = {
  /** As `isReadable`. */
  readable: 0,
  /** The definite interval is the possible one and never ends, and the copy is sure (semantics §4): only `definiteFrom` is left to know. */
  certain: 1,
  /** The portion is 1. */
  whole: 2,
} as const;

type TraitSources = Pick<
  CopyTable,
  'isReadable' | 'definiteFrom' | 'definiteUntil' | 'possibleFrom' | 'possibleUntil' | 'confidence' | 'portion'
>;

/** Derives the traits of a copy from its other columns. */
export function findTraits(copies: TraitSources, copy: number): number {
  const isCertain =
    copies.definiteFrom[copy] === copies.possibleFrom[copy] &&
    copies.definiteUntil[copy] === Infinity &&
    copies.possibleUntil[copy] === Infinity &&
    isAtLeast(copies.confidence[copy] as number, sureConfidence);
  return (
    ((copies.isReadable[copy] as number) << copyTraits.readable) |
    ((isCertain ? 1 : 0) << copyTraits.certain) |
    ((copies.portion[copy] === 1 ? 1 : 0) << copyTraits.whole)
  );
}
