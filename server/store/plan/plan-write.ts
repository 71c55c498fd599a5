import { getHeapStatistics } from 'node:v8';
import { assertionAt, sortByKey } from '../../domain/assertion-list.ts';
import type { Assertion, FactValue, RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual, foldAssertions, isValueEqual } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields, namedKinds } from '../../domain/fact-fields.ts';
import type { FactFault } from '../../domain/fact-rules.ts';
import { findForeignFaults, findOwnFaults } from '../../domain/fact-rules.ts';
import { describeFact, describeKey, quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { Effect, FactWrite, Violation } from '../fact-store.ts';
import { effects } from '../fact-store.ts';
import { describeWeakening, namersInSentence } from './describe-weakening.ts';
import { FactStates, references } from './fact-states.ts';
import type { BrokenNaming, PlannedFact, Weakening } from './find-broken-namings.ts';
import { findBrokenNamings, findWeakening } from './find-broken-namings.ts';
import { FreshRows } from './fresh-rows.ts';
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
/** Estimated: the values of a changed fact before and after the write; a broken rule with its sentence. */
const changeBytes = 400;
const violationBytes = 600;
const shareOfHeap = 2 / 5;

/** Tells another thread of a plan while it is made. */
export interface PlanProgress {
  /** In shared memory: the effects found so far. The second pass may still refuse some. */
  readonly effects: Uint8Array;
  /** Assertions that have an effect, in the order of the plan. */
  onPlanned(count: number): void;
}

/**
 * Computes the effect of every assertion of a write on its fact, and finds the rules of semantics §1 that it would break.
 *
 * 1. Facts name only kinds that come before their own in `factKinds`. So one pass in that order decides which facts are refused,
 *    and refuses the facts that name a refused new fact.
 * 2. A second pass in the opposite order checks retractions and other weakenings of facts that others name. It refuses those
 *    that would break a remaining fact. That leaves more facts than the first pass assumed, so neither pass is repeated.
 *
 * Throws LIMIT_EXCEEDED.
 *
 * @param heapBytes what changed facts and broken rules may need; default: two fifths of the heap
 * @param progress absent: nobody follows the plan while it is made
 * @param chunk facts a question; an embedded store answers small questions as fast, and they hold the event loop for less long
 * Complexity: O(n log n) for n assertions, and the questions.
 */
export function* planWrite(
  write: FactWrite,
  chunk = chunkSize,
  heapBytes = getHeapStatistics().heap_size_limit * shareOfHeap,
  progress?: PlanProgress,
): Asking<WritePlan> {
  return yield* new WritePlanner(write, chunk, heapBytes, progress).plan();
}

class WritePlanner {
  readonly #write: FactWrite;
  readonly #chunk: number;
  readonly #sourceKey: string;
  readonly #effects: Uint8Array;
  readonly #progress: PlanProgress | undefined;
  readonly #violations: Violation[] = [];
  #heapBytes: number;
  readonly #order: ReadonlyMap<FactKind, Uint32Array>;
  readonly #changed = new Map<number, ChangedValues>();
  readonly #states = new FactStates();
  readonly #weakenings = new Map<FactKind, Weakening[]>(factKinds.map((kind) => [kind, []]));
  /** Refused new facts, and facts whose rows could not be read. */
  readonly #rejected = new Map<FactKind, Set<string>>();

  constructor(write: FactWrite, chunk: number, heapBytes: number, progress: PlanProgress | undefined) {
    this.#heapBytes = heapBytes;
    this.#progress = progress;
    this.#write = write;
    this.#chunk = chunk;
    this.#sourceKey = sourceKeyOf(write.by, write.import);
    this.#effects = progress?.effects ?? new Uint8Array(write.assertions.length);
    this.#order = sortByKey(write.assertions);
    for (const [kind, keys] of write.rejectedKeys ?? []) if (keys.size > 0) this.#rejected.set(kind, new Set(keys));
  }

  *plan(): Asking<WritePlan> {
    const { assertions } = this.#write;
    let planned = 0;
    for (const [kind, order] of this.#order) {
      const fresh = assertions instanceof PackedAssertions ? FreshRows.of(assertions, kind, this.#states) : undefined;
      let areNew = true;
      for (let start = 0; start < order.length; start += this.#chunk) {
        const chunk = order.subarray(start, start + this.#chunk);
        areNew = yield* this.#planChunk(kind, chunk, fresh, areNew);
        planned += chunk.length;
        this.#progress?.onPlanned(planned);
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

  /**
   * @param fresh checks rows that create facts; undefined: there is no shortcut for the kind
   * @param areNew whether the store had none of the chunk before. Then it probably has none of this one, which needs no assertions
   * @returns whether the store has none of the chunk's facts
   */
  *#planChunk(kind: FactKind, chunk: Uint32Array, fresh: FreshRows | undefined, areNew: boolean): Asking<boolean> {
    let said = fresh === undefined || !areNew ? this.#assertionsAt(chunk) : undefined;
    const keys = said?.map(({ key }) => key) ?? Array.from(chunk, (index) => (fresh as FreshRows).key(index));
    const prior = yield* askAssertions(kind, keys);
    if (fresh !== undefined && prior.size === 0) {
      yield* this.#planFresh(fresh, chunk, keys);
      return true;
    }
    said ??= this.#assertionsAt(chunk);
    const befores: (RecordedFact | undefined)[] = [];
    const nexts: (RecordedFact | undefined)[] = [];
    for (const assertion of said) {
      const assertions = prior.get(assertion.key) ?? [];
      const before = foldAssertions(assertions);
      const repeats = before !== undefined && isRepeated(assertion, before);
      befores.push(before);
      nexts.push(repeats ? before : foldAssertions([...assertions, this.#record(assertion)]));
    }
    yield* this.#states.load(nexts.filter((next) => next !== undefined));
    for (let i = 0; i < chunk.length; i++) this.#settle(chunk[i] as number, said[i] as Assertion, befores[i], nexts[i]);
    return prior.size === 0;
  }

  /** Facts that the store does not have, and that no other names. */
  *#planFresh(fresh: FreshRows, chunk: Uint32Array, keys: readonly string[]): Asking<void> {
    let left = Array.from(chunk.keys());
    if (this.#rejected.size === 0) {
      for (const index of chunk) this.#effects[index] = created as number;
      left = fresh.findDoubtful(chunk, keys, left);
    }
    if (left.length === 0) return;
    yield* this.#states.loadKeys(fresh.findUnknown(left.map((place) => chunk[place] as number)));
    if (this.#rejected.size === 0) left = fresh.findDoubtful(chunk, keys, left);
    for (const place of left) {
      const index = chunk[place] as number;
      const assertion = assertionAt(this.#write.assertions, index);
      this.#settle(index, assertion, undefined, foldAssertions([this.#record(assertion)]));
    }
  }

  #assertionsAt(chunk: Uint32Array): Assertion[] {
    return Array.from(chunk, (index) => assertionAt(this.#write.assertions, index));
  }

  #record(assertion: Assertion): RecordedAssertion {
    const { by, import: from } = this.#write;
    return recordAssertion(assertion, Number.MAX_SAFE_INTEGER, this.#sourceKey, from?.id ?? null, by);
  }

  /** Decides the effect of one assertion from its fact before and after. */
  #settle(index: number, { kind, key }: Assertion, before: RecordedFact | undefined, next: RecordedFact | undefined): void {
    const isAccepted = next === undefined ? this.#checkRetraction(index, kind, key, before) : this.#checkFact(index, next, next === before);
    if (!isAccepted) {
      this.#effects[index] = refused as number;
      if (before === undefined && namedKinds.has(kind)) this.#reject(kind, key);
    } else if (next === undefined) {
      this.#effects[index] = retracted as number;
      this.#change(index, (before as RecordedFact).values, undefined);
    } else if (before === undefined) {
      this.#effects[index] = created as number;
    } else if (before === next || areValuesEqual(before.values, next.values)) {
      this.#effects[index] = unchanged as number;
    } else {
      this.#effects[index] = updated as number;
      this.#change(index, before.values, next.values);
    }
    if (!namedKinds.has(kind)) return;
    this.#states.note(kind, key, isAccepted ? next : before);
    const weakening = isAccepted ? findWeakening(before, next, index) : undefined;
    if (weakening !== undefined) this.#weakenings.get(kind)?.push(weakening);
  }

  #checkRetraction(index: number, kind: FactKind, key: string, before: RecordedFact | undefined): boolean {
    if (before !== undefined) return true;
    const message = `${describeKey(kind, key)} cannot be retracted: there is no such fact. Correct the id, or leave it out.`;
    this.#refuse({ assertion: index, code: 'UNKNOWN_FACT', field: null, message, value: key });
    return false;
  }

  /** @param isKept whether the fact stays the same, so that only the facts it names may have changed */
  #checkFact(index: number, fact: RecordedFact, isKept: boolean): boolean {
    const faults = isKept ? [] : findOwnFaults(fact.kind, fact.values);
    const rejectedFields = this.#checkRejected(index, fact);
    if (faults.length === 0) findForeignFaults(fact.kind, fact.values, this.#states, faults);
    for (const fault of faults) if (!isAbout(fault, rejectedFields)) this.#refuse({ assertion: index, ...fault });
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
      this.#refuse({ assertion: index, code: 'REFERS_TO_REJECTED', field: spec?.name ?? null, message, value: key });
    }
    return fields;
  }

  #change(index: number, before: readonly FactValue[], after: readonly FactValue[] | undefined): void {
    this.#takeHeap(changeBytes);
    this.#changed.set(index, { before, after });
  }

  #refuse(violation: Violation): void {
    this.#takeHeap(violationBytes);
    this.#violations.push(violation);
  }

  /** Throws LIMIT_EXCEEDED, so that a huge write is refused instead of ending the server. */
  #takeHeap(bytes: number): void {
    this.#heapBytes -= bytes;
    if (this.#heapBytes >= 0) return;
    const message = 'The import changes, or is refused for, more recorded facts than fit into memory. Import its files one after another.';
    throw new ExposureError('LIMIT_EXCEEDED', message);
  }

  #reject(kind: FactKind, key: string): void {
    getOrInsert(this.#rejected, kind, () => new Set()).add(key);
  }

  *#planWeakenings(kind: FactKind): Asking<void> {
    const weakenings = this.#weakenings.get(kind) ?? [];
    const broken = yield* findBrokenNamings(weakenings, (of, keys) => this.#planFacts(of, keys), null, namersInSentence + 1);
    const namers = new Map<Weakening, BrokenNaming[]>();
    for (const naming of broken) getOrInsert(namers, naming.weakening, () => []).push(naming);
    for (const [weakening, named] of namers) {
      const { assertion } = weakening;
      this.#effects[assertion] = refused as number;
      this.#changed.delete(assertion);
      this.#refuse({ assertion, ...describeWeakening(weakening, named) });
    }
  }

  /** Facts as they will be, without the assertions refused so far. */
  *#planFacts(kind: FactKind, keys: readonly string[]): Asking<Map<string, PlannedFact>> {
    const prior = yield* askAssertions(kind, keys);
    return new Map(
      keys.map((key) => {
        const index = this.#indexOf(kind, key);
        const isAsserted = index !== undefined && this.#effects[index] !== refused;
        const assertions = [...(prior.get(key) ?? []), ...(isAsserted ? [this.#record(assertionAt(this.#write.assertions, index))] : [])];
        return [key, { fact: foldAssertions(assertions), assertions }];
      }),
    );
  }

  /** The index of a fact's assertion. O(log n): a map of all keys would need more memory than the assertions. */
  #indexOf(kind: FactKind, key: string): number | undefined {
    const order = this.#order.get(kind) ?? [];
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareCodePoints(assertionAt(this.#write.assertions, order[middle] as number).key, key) < 0) low = middle + 1;
      else high = middle;
    }
    const index = order[low];
    return index !== undefined && assertionAt(this.#write.assertions, index).key === key ? index : undefined;
  }

  #count(): Record<Effect, number> {
    const tally = new Array<number>(effects.length).fill(0);
    for (const effect of this.#effects) tally[effect] = (tally[effect] as number) + 1;
    return Object.fromEntries(effects.map((effect, i) => [effect, tally[i]])) as Record<Effect, number>;
  }
}

/** Whether the assertion repeats the fact: true for most rows of an inventory that is imported again. */
function isRepeated({ isRetraction, values }: Assertion, before: RecordedFact): boolean {
  if (isRetraction) return false;
  return values.every((value, field) => value === undefined || isValueEqual(value, before.values[field] as FactValue));
}

function isAbout(fault: FactFault, fields: readonly string[]): boolean {
  return fault.code === 'UNKNOWN_REFERENCE' && fault.field !== null && fields.includes(fault.field);
}
