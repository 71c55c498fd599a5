import type { FactValue, RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual, foldAssertions, isValueEqual } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactFault } from '../../domain/fact-rules.ts';
import { findForeignFaults, findOwnFaults } from '../../domain/fact-rules.ts';
import { describeFact, describeKey, quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import type { Effect, FactWrite, Violation } from '../fact-store.ts';
import { effects } from '../fact-store.ts';
import { FactStates, namedKinds, references } from './fact-states.ts';
import type { PlannedFact, Weakening } from './find-broken-namings.ts';
import { describeNaming, findBrokenNamings, findWeakening } from './find-broken-namings.ts';
import type { Asking } from './prior-questions.ts';
import { askAssertions, chunkSize } from './prior-questions.ts';
import { recordAssertion, sourceKeyOf } from './source-key.ts';

/** The effects of a write on each fact. */
export interface WriteEffects {
  /** The effect of each assertion: an index into `effects`. */
  readonly effects: Uint8Array;
  readonly counts: Readonly<Record<Effect, number>>;
  /** In the order of assertions. */
  readonly violations: readonly Violation[];
  /** Values before and after the write of facts that it updates or retracts, by the index of the assertion. */
  readonly changed: Pick<ReadonlyMap<number, ChangedValues>, 'get'>;
}

export interface WritePlan extends WriteEffects {
  /** Indexes of the assertions of each kind, by key in code points. */
  readonly order: ReadonlyMap<FactKind, Uint32Array>;
  readonly changed: ReadonlyMap<number, ChangedValues>;
}

export interface ChangedValues {
  readonly before: readonly FactValue[];
  /** Undefined if the fact is retracted. */
  readonly after: readonly FactValue[] | undefined;
}

const [unchanged, created, updated, retracted, refused] = [0, 1, 2, 3, 4];
const namersInSentence = 3;

/**
 * Computes the effect of every assertion of a write on its fact, and finds the rules of semantics §1 that it would break.
 *
 * 1. Facts name only kinds that come before their own in `factKinds`. So one pass in that order decides which facts are refused,
 *    and refuses the facts that name a refused new fact.
 * 2. A second pass in the opposite order checks retractions and other weakenings of facts that others name. It refuses those
 *    that would break a remaining fact. That leaves more facts than the first pass assumed, so neither pass is repeated.
 *
 * @param chunk facts a question; an embedded store answers small questions as fast, and they hold the event loop for less long
 * Complexity: O(n log n) for n assertions, and the questions.
 */
export function* planWrite(write: FactWrite, chunk = chunkSize): Asking<WritePlan> {
  return yield* new WritePlanner(write, chunk).plan();
}

class WritePlanner {
  readonly #write: FactWrite;
  readonly #chunk: number;
  readonly #sourceKey: string;
  readonly #effects: Uint8Array;
  readonly #violations: Violation[] = [];
  readonly #order = new Map<FactKind, Uint32Array>();
  readonly #changed = new Map<number, ChangedValues>();
  readonly #states = new FactStates();
  readonly #weakenings = new Map<FactKind, Weakening[]>(factKinds.map((kind) => [kind, []]));
  /** Refused new facts, and facts whose rows could not be read. */
  readonly #rejected = new Map<FactKind, Set<string>>();
  /** The index of each fact's assertion, built per kind on first use. */
  readonly #indexes = new Map<FactKind, Map<string, number>>();

  constructor(write: FactWrite, chunk: number) {
    this.#write = write;
    this.#chunk = chunk;
    this.#sourceKey = sourceKeyOf(write.by, write.import);
    this.#effects = new Uint8Array(write.assertions.length);
    for (const [kind, keys] of write.rejectedKeys ?? []) if (keys.size > 0) this.#rejected.set(kind, new Set(keys));
  }

  *plan(): Asking<WritePlan> {
    const indexes = new Map<FactKind, number[]>(factKinds.map((kind) => [kind, []]));
    for (const [index, assertion] of this.#write.assertions.entries()) indexes.get(assertion.kind)?.push(index);
    for (const kind of factKinds) {
      const order = this.#sortByKey(indexes.get(kind) ?? []);
      if (order.length === 0) continue;
      this.#order.set(kind, order);
      for (let start = 0; start < order.length; start += this.#chunk) {
        yield* this.#planChunk(kind, order.subarray(start, start + this.#chunk));
      }
    }
    for (const kind of factKinds.toReversed()) yield* this.#planWeakenings(kind);
    return {
      effects: this.#effects,
      counts: this.#count(),
      violations: this.#violations.sort((a, b) => a.assertion - b.assertion),
      order: this.#order,
      changed: this.#changed,
    };
  }

  #sortByKey(indexes: number[]): Uint32Array {
    const { assertions } = this.#write;
    const keyOf = (index: number): string => (assertions[index] as RecordedAssertion).key;
    let isSorted = true;
    for (let i = 1; i < indexes.length && isSorted; i++) {
      isSorted = compareCodePoints(keyOf(indexes[i - 1] as number), keyOf(indexes[i] as number)) < 0;
    }
    if (!isSorted) indexes.sort((a, b) => compareCodePoints(keyOf(a), keyOf(b)));
    return Uint32Array.from(indexes);
  }

  *#planChunk(kind: FactKind, chunk: Uint32Array): Asking<void> {
    const keys = Array.from(chunk, (index) => (this.#write.assertions[index] as RecordedAssertion).key);
    const prior = yield* askAssertions(kind, keys);
    const befores: (RecordedFact | undefined)[] = [];
    const nexts: (RecordedFact | undefined)[] = [];
    for (let i = 0; i < chunk.length; i++) {
      const assertions = prior.get(keys[i] as string) ?? [];
      const before = foldAssertions(assertions);
      const isRepeated = before !== undefined && this.#isRepeated(chunk[i] as number, before);
      befores.push(before);
      nexts.push(isRepeated ? before : foldAssertions([...assertions, this.#record(chunk[i] as number)]));
    }
    yield* this.#states.load(nexts.filter((next) => next !== undefined));
    for (let i = 0; i < chunk.length; i++) this.#settle(chunk[i] as number, befores[i], nexts[i]);
  }

  /** Whether the assertion repeats the fact: true for most rows of an inventory that is imported again. */
  #isRepeated(index: number, before: RecordedFact): boolean {
    const { isRetraction, values } = this.#write.assertions[index] as RecordedAssertion;
    if (isRetraction) return false;
    return values.every((value, field) => value === undefined || isValueEqual(value, before.values[field] as FactValue));
  }

  #record(index: number): RecordedAssertion {
    const { by, import: from, assertions } = this.#write;
    return recordAssertion(assertions[index] as RecordedAssertion, Number.MAX_SAFE_INTEGER, this.#sourceKey, from?.id ?? null, by);
  }

  /** Decides the effect of one assertion from its fact before and after. */
  #settle(index: number, before: RecordedFact | undefined, next: RecordedFact | undefined): void {
    const { kind, key } = this.#write.assertions[index] as RecordedAssertion;
    const isAccepted = next === undefined ? this.#checkRetraction(index, before) : this.#checkFact(index, next, next === before);
    if (!isAccepted) {
      this.#effects[index] = refused as number;
      if (before === undefined && namedKinds.has(kind)) this.#reject(kind, key);
    } else if (next === undefined) {
      this.#effects[index] = retracted as number;
      this.#changed.set(index, { before: (before as RecordedFact).values, after: undefined });
    } else if (before === undefined) {
      this.#effects[index] = created as number;
    } else if (before === next || areValuesEqual(before.values, next.values)) {
      this.#effects[index] = unchanged as number;
    } else {
      this.#effects[index] = updated as number;
      this.#changed.set(index, { before: before.values, after: next.values });
    }
    if (!namedKinds.has(kind)) return;
    this.#states.note(kind, key, isAccepted ? next : before);
    const weakening = isAccepted ? findWeakening(before, next, index) : undefined;
    if (weakening !== undefined) this.#weakenings.get(kind)?.push(weakening);
  }

  #checkRetraction(index: number, before: RecordedFact | undefined): boolean {
    if (before !== undefined) return true;
    const { kind, key } = this.#write.assertions[index] as RecordedAssertion;
    const message = `${describeKey(kind, key)} cannot be retracted: there is no such fact. Correct the id, or leave it out.`;
    this.#violations.push({ assertion: index, code: 'UNKNOWN_FACT', field: null, message, value: key });
    return false;
  }

  /** @param isKept whether the fact stays the same, so that only the facts it names may have changed */
  #checkFact(index: number, fact: RecordedFact, isKept: boolean): boolean {
    const faults = isKept ? [] : findOwnFaults(fact.kind, fact.values);
    const rejectedFields = this.#checkRejected(index, fact);
    if (faults.length === 0) findForeignFaults(fact.kind, fact.values, this.#states, faults);
    for (const fault of faults) if (!isAbout(fault, rejectedFields)) this.#violations.push({ assertion: index, ...fault });
    return faults.length === 0 && rejectedFields.length === 0;
  }

  /** The fields that name a refused fact. */
  #checkRejected(index: number, fact: RecordedFact): string[] {
    const fields: string[] = [];
    if (this.#rejected.size === 0) return fields;
    for (const { field, to } of references.get(fact.kind) ?? []) {
      const key = fact.values[field];
      if (typeof key !== 'string' || this.#rejected.get(to)?.has(key) !== true) continue;
      const spec = factFields[fact.kind][field];
      fields.push(spec?.name ?? '');
      const message = `${describeFact(fact.kind, fact.values)} names ${quote(key)} as its ${spec?.column}, which was itself refused. Correct that one first.`;
      this.#violations.push({ assertion: index, code: 'REFERS_TO_REJECTED', field: spec?.name ?? null, message, value: key });
    }
    return fields;
  }

  #reject(kind: FactKind, key: string): void {
    const keys = this.#rejected.get(kind);
    if (keys === undefined) this.#rejected.set(kind, new Set([key]));
    else keys.add(key);
  }

  *#planWeakenings(kind: FactKind): Asking<void> {
    const weakenings = this.#weakenings.get(kind) ?? [];
    const broken = yield* findBrokenNamings(weakenings, (of, keys) => this.#planFacts(of, keys), null, namersInSentence + 1);
    const namers = new Map<Weakening, string[]>();
    for (const naming of broken) {
      const named = namers.get(naming.weakening);
      if (named === undefined) namers.set(naming.weakening, [describeNaming(naming)]);
      else named.push(describeNaming(naming));
    }
    for (const [weakening, named] of namers) {
      this.#effects[weakening.assertion] = refused as number;
      this.#changed.delete(weakening.assertion);
      this.#violations.push({ assertion: weakening.assertion, ...describeWeakening(weakening, named) });
    }
  }

  /** Facts as they will be, without the assertions refused so far. */
  *#planFacts(kind: FactKind, keys: readonly string[]): Asking<Map<string, PlannedFact>> {
    const prior = yield* askAssertions(kind, keys);
    const indexes = this.#indexesOf(kind);
    return new Map(
      keys.map((key) => {
        const index = indexes.get(key);
        const isAsserted = index !== undefined && this.#effects[index] !== refused;
        const assertions = [...(prior.get(key) ?? []), ...(isAsserted ? [this.#record(index)] : [])];
        return [key, { fact: foldAssertions(assertions), assertions }];
      }),
    );
  }

  #indexesOf(kind: FactKind): Map<string, number> {
    let indexes = this.#indexes.get(kind);
    if (indexes === undefined) {
      indexes = new Map();
      for (const index of this.#order.get(kind) ?? []) indexes.set((this.#write.assertions[index] as RecordedAssertion).key, index);
      this.#indexes.set(kind, indexes);
    }
    return indexes;
  }

  #count(): Record<Effect, number> {
    const tally = new Array<number>(effects.length).fill(0);
    for (const effect of this.#effects) tally[effect] = (tally[effect] as number) + 1;
    return Object.fromEntries(effects.map((effect, i) => [effect, tally[i]])) as Record<Effect, number>;
  }
}

function isAbout(fault: FactFault, fields: readonly string[]): boolean {
  return fault.code === 'UNKNOWN_REFERENCE' && fault.field !== null && fields.includes(fault.field);
}

function describeWeakening(weakening: Weakening, namers: readonly string[]): Omit<Violation, 'assertion'> {
  const { kind, key, code, after } = weakening;
  const named = namers.slice(0, namersInSentence).join(', ') + (namers.length > namersInSentence ? ' and others' : '');
  const fact = describeKey(kind, key);
  switch (code) {
    case 'STILL_NAMED':
      return {
        code,
        field: null,
        value: key,
        message: `${fact} cannot be retracted: ${named} still name it. Retract or change these first, or together with it.`,
      };
    case 'OWNER_IS_NOT_A_LAB':
      return {
        code,
        field: 'roles',
        value: key,
        message: `${fact} must stay a LAB: it owns ${named}. Keep the role, or give these another owner first.`,
      };
    case 'TOO_MANY_FRAGMENTS':
      return {
        code,
        field: 'fragmentCount',
        value: String(after.fragmentCount),
        message: `${fact} cannot have a fragment_count of ${after.fragmentCount}: ${named} name more fragments. Correct the count, or these transfers first.`,
      };
    default:
      return code satisfies never;
  }
}
