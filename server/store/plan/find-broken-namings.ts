import type { RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { describeFact } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { NamedState } from './fact-states.ts';
import { references, stateOf } from './fact-states.ts';
import type { Asking } from './prior-questions.ts';
import { askNamers, chunkSize } from './prior-questions.ts';

/** A change that may break the facts that name a fact: it disappears, stops being a lab, or gets a smaller fragment count. */
export interface Weakening {
  readonly kind: FactKind;
  readonly key: string;
  readonly code: 'STILL_NAMED' | 'OWNER_IS_NOT_A_LAB' | 'TOO_MANY_FRAGMENTS';
  readonly after: NamedState;
  /** The index of the assertion that causes it; -1 for an undo. */
  readonly assertion: number;
}

/** A remaining fact that names a weakened fact in a way that the rules then forbid. */
export interface BrokenNaming {
  readonly weakening: Weakening;
  readonly namer: RecordedFact;
  /** The field that names it. */
  readonly field: number;
  /** The assertions that make the naming fact, in the order of writes. */
  readonly assertions: readonly RecordedAssertion[];
}

/** A fact as it will be after the plan, with the assertions that make it. */
export interface PlannedFact {
  readonly fact: RecordedFact | undefined;
  readonly assertions: readonly RecordedAssertion[];
}

const fragments = fieldIndex('TRANSFER', 'fragments');
const transferArtifact = fieldIndex('TRANSFER', 'artifact');
const artifactOwner = fieldIndex('ARTIFACT', 'owner');

export function findWeakening(before: RecordedFact | undefined, next: RecordedFact | undefined, assertion: number): Weakening | undefined {
  if (before === undefined) return undefined;
  const was = stateOf(before);
  const after = stateOf(next);
  const of = { kind: before.kind, key: before.key, after, assertion };
  if (!after.exists) return { ...of, code: 'STILL_NAMED' };
  if (was.isLab && !after.isLab) return { ...of, code: 'OWNER_IS_NOT_A_LAB' };
  const isFewer = after.fragmentCount !== null && after.fragmentCount < (was.fragmentCount ?? Number.POSITIVE_INFINITY);
  return isFewer ? { ...of, code: 'TOO_MANY_FRAGMENTS' } : undefined;
}

/**
 * Finds the remaining facts that the weakenings, all of one kind, would break: by kind, then by key, so that every store finds
 * the same first few.
 *
 * @param plan asks for facts as they will be
 * @param except a write whose assertions do not count
 * @param enough stops once each weakening has this many broken namings
 */
export function* findBrokenNamings(
  weakenings: readonly Weakening[],
  plan: (kind: FactKind, keys: readonly string[]) => Asking<ReadonlyMap<string, PlannedFact>>,
  except: number | null,
  enough: number,
): Asking<BrokenNaming[]> {
  const broken: BrokenNaming[] = [];
  const [first] = weakenings;
  if (first === undefined) return broken;
  const byKey = new Map(weakenings.map((weakening) => [weakening.key, weakening]));
  const counts = new Map<string, number>();
  const isEnough = (): boolean => [...byKey.keys()].every((key) => (counts.get(key) ?? 0) >= enough);
  const namers = yield* askNamers(first.kind, [...byKey.keys()], except);
  for (const [kind, found] of namers) {
    const keys = found.toSorted(compareCodePoints);
    for (let start = 0; start < keys.length && !isEnough(); start += chunkSize) {
      for (const { fact, assertions } of (yield* plan(kind, keys.slice(start, start + chunkSize))).values()) {
        if (fact === undefined) continue;
        for (const { field, to } of references.get(kind) ?? []) {
          const weakening = to === first.kind ? byKey.get(fact.values[field] as string) : undefined;
          if (weakening === undefined || !isBroken(weakening, fact, field)) continue;
          const count = (counts.get(weakening.key) ?? 0) + 1;
          counts.set(weakening.key, count);
          if (count <= enough) broken.push({ weakening, namer: fact, field, assertions });
        }
      }
    }
  }
  return broken;
}

function isBroken(weakening: Weakening, namer: RecordedFact, field: number): boolean {
  switch (weakening.code) {
    case 'STILL_NAMED':
      return true;
    case 'OWNER_IS_NOT_A_LAB':
      return namer.kind === 'ARTIFACT' && field === artifactOwner;
    case 'TOO_MANY_FRAGMENTS': {
      const names = namer.kind === 'TRANSFER' && field === transferArtifact ? namer.values[fragments] : null;
      return Array.isArray(names) && new Set<unknown>(names).size > (weakening.after.fragmentCount ?? Number.POSITIVE_INFINITY);
    }
    default:
      return weakening.code satisfies never;
  }
}

/** `Transfer T-1 (sender)`: the naming fact and its field. */
export function describeNaming(naming: BrokenNaming): string {
  const { namer, field } = naming;
  return `${describeFact(namer.kind, namer.values)} (${factFields[namer.kind][field]?.column ?? ''})`;
}
