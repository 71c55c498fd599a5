import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints, firstIndex } from '../../domain/compare.ts';
import { splitPairKey } from '../../domain/facts.ts';
import type { TextColumn } from '../columns/text-column.ts';
import type { ChangedPlace, Splice } from './splice.ts';
import { planSplice } from './splice.ts';

/** Facts of one kind that may have changed. */
export interface ChangedFacts {
  readonly keys: readonly string[];
  /** The facts with these keys that exist now. */
  readonly facts: readonly RecordedFact[];
}

/** The facts of a kind in order, with the parts of their keys. */
export interface FactOrder {
  readonly count: number;
  /** The parts of a key in the order of comparison. */
  partsOf(key: string): readonly string[];
  part(index: number, part: number): string;
}

export function byId(id: TextColumn): FactOrder {
  return { count: id.length, partsOf: (key) => [key], part: (index) => id.get(index) };
}

/** The order of reveals and controls: by their two ids, without percent-encoding. */
export function byPair(count: number, first: (index: number) => string, second: (index: number) => string): FactOrder {
  return { count, partsOf: splitPairKey, part: (index, part) => (part === 0 ? first(index) : second(index)) };
}

/** Changed facts in order, and their positions. */
export interface PlacedChanges {
  /** The changed facts that exist now, in order: the patch. */
  readonly facts: readonly RecordedFact[];
  readonly places: readonly ChangedPlace[];
  readonly splice: Splice;
}

/** Complexity: O(c log F) for c changed facts among F. O(F) if facts were added or removed. */
export function placeChanges(order: FactOrder, changed: ChangedFacts | undefined): PlacedChanges {
  const present = new Map(changed?.facts.map((fact) => [fact.key, fact]));
  const keys = [...new Set(changed?.keys)].map((key) => ({ key, parts: order.partsOf(key) }));
  keys.sort((a, b) => compareParts(a.parts, (part) => b.parts[part] as string));
  const facts: RecordedFact[] = [];
  const places = keys.map(({ key, parts }): ChangedPlace => {
    const fact = present.get(key);
    if (fact !== undefined) facts.push(fact);
    const at = firstIndex(order.count, (i) => compareParts(parts, (part) => order.part(i, part)) <= 0);
    return { at, was: at < order.count && compareParts(parts, (part) => order.part(at, part)) === 0, is: fact !== undefined };
  });
  return { facts, places, splice: planSplice(order.count, places) };
}

function compareParts(parts: readonly string[], other: (part: number) => string): number {
  for (const [i, part] of parts.entries()) {
    const compared = compareCodePoints(part, other(i));
    if (compared !== 0) return compared;
  }
  return 0;
}
