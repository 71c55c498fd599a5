import { getHeapStatistics } from 'node:v8';
import type { Assertion, FactValue, RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { foldAssertions, isUnlistedEnd, isValueEqual } from '../../domain/assertions.ts';
import { factFields, namedKinds } from '../../domain/fact-fields.ts';
import type { FactFault } from '../../domain/fact-rules.ts';
import { findForeignFaults, findHiddenFaults, findOwnFaults, textsIn } from '../../domain/fact-rules.ts';
import { describeFact, describeKey, quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import { describeRetractionRefusal, mayRetract } from '../../rules/may-retract.ts';
import type { FactWrite, Violation } from '../fact-write.ts';
import { recordAssertion, sourceKeyOf } from '../write-ledger.ts';
import { FactStates, FreshRows, references } from './fact-states.ts';
import type { BrokenNaming, PlannedFact, Weakening } from './find-broken-namings.ts';
import { describeNaming, findBrokenNamings, findWeakening } from './find-broken-namings.ts';
import type { Asking } from './prior-questions.ts';
import { askAssertions, chunkSize } from './prior-questions.ts';
import type { WritePlan } from './write-plan.ts';
import { WritePlanBuilder } from './write-plan.ts';

const shareOfHeap = 2 / 5;

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
 * @param chunk facts a question; an embedded store answers small questions as fast, and they hold the event loop for less long
 * Complexity: O(n log n) for n assertions, and the questions.
 */
export function* planWrite(
  write: FactWrite,
  chunk = chunkSize,
  heapBytes = getHeapStatistics().heap_size_limit * shareOfHeap,
): Asking<WritePlan> {
  return yield* new WritePlanner(write, chunk, heapBytes).plan();
}

class WritePlanner {
  readonly #write: FactWrite;
  readonly #chunk: number;
  readonly #sourceKey: string;
  readonly #plan: WritePlanBuilder;
  readonly #states = new FactStates();
  readonly #checks: FactChecks;
  readonly #weakenings = new Map<FactKind, Weakening[]>(factKinds.map((kind) => [kind, []]));

  constructor(write: FactWrite, chunk: number, heapBytes: number) {
    this.#write = write;
    this.#chunk = chunk;
    this.#sourceKey = sourceKeyOf(write.by, write.import);
    this.#plan = new WritePlanBuilder(write.assertions.length, heapBytes);
    this.#checks = new FactChecks(this.#states, write.rejectedKeys, (violation) => this.#plan.addViolation(violation));
  }

  *plan(): Asking<WritePlan> {
    for (const [kind, order] of this.#write.assertions.sortedByKey()) {
      const fresh = FreshRows.of(this.#write.assertions, kind, this.#states);
      let areNew = true;
      for (let start = 0; start < order.length; start += this.#chunk) {
        const chunk = order.subarray(start, start + this.#chunk);
        areNew = yield* this.#planChunk(kind, chunk, fresh, areNew);
      }
    }
    for (const kind of factKinds.toReversed()) yield* this.#planWeakenings(kind);
    return this.#plan.build();
  }

  /**
   * @param fresh checks rows that create facts; undefined: there is no shortcut for the kind
   * @param areNew whether the store had none of the chunk before. Then it probably has none of this one, which needs no assertions
   * @returns whether the store has none of the chunk's facts
   */
  *#planChunk(kind: FactKind, chunk: Uint32Array, fresh: FreshRows | undefined, areNew: boolean): Asking<boolean> {
    let planned = fresh === undefined || !areNew ? this.#assertionsAt(chunk) : undefined;
    const keys = planned?.map(({ key }) => key) ?? Array.from(chunk, (index) => (fresh as FreshRows).key(index));
    const prior = yield* askAssertions(kind, keys);
    if (fresh !== undefined && prior.size === 0) {
      yield* this.#planFresh(fresh, chunk, keys);
      return true;
    }
    planned ??= this.#assertionsAt(chunk);
    const befores: (RecordedFact | undefined)[] = [];
    const nexts: (RecordedFact | undefined)[] = [];
    for (const assertion of planned) {
      const assertions = prior.get(assertion.key) ?? [];
      const before = foldAssertions(assertions);
      // An end that does not count may count after the assertion, and the reverse.
      const repeats = before !== undefined && isRepeated(assertion, before) && !assertions.some(isUnlistedEnd);
      befores.push(before);
      nexts.push(repeats ? before : foldAssertions([...assertions, this.#record(assertion)]));
    }
    yield* this.#states.load(nexts.filter((next) => next !== undefined));
    for (let i = 0; i < chunk.length; i++) {
      const assertion = planned[i] as Assertion;
      this.#settle(chunk[i] as number, assertion, befores[i], nexts[i], prior.get(assertion.key));
    }
    return prior.size === 0;
  }

  /** Facts that the store does not have, and that no other names. */
  *#planFresh(fresh: FreshRows, chunk: Uint32Array, keys: readonly string[]): Asking<void> {
    let left = Array.from(chunk.keys());
    if (!this.#checks.hasRejected) {
      for (const index of chunk) this.#plan.create(index);
      left = fresh.findDoubtful(chunk, keys, left);
    }
    if (left.length === 0) return;
    yield* this.#states.loadKeys(fresh.findUnknown(left.map((place) => chunk[place] as number)));
    if (!this.#checks.hasRejected) left = fresh.findDoubtful(chunk, keys, left);
    for (const place of left) {
      const index = chunk[place] as number;
      const assertion = this.#write.assertions.at(index);
      this.#settle(index, assertion, undefined, foldAssertions([this.#record(assertion)]));
    }
  }

  #assertionsAt(chunk: Uint32Array): Assertion[] {
    return Array.from(chunk, (index) => this.#write.assertions.at(index));
  }

  #record(assertion: Assertion): RecordedAssertion {
    const { by, import: from } = this.#write;
    return recordAssertion(assertion, Number.MAX_SAFE_INTEGER, this.#sourceKey, from?.id ?? null, by);
  }

  /**
   * Decides the effect of one assertion from its fact before and after.
   * @param prior assertions about the fact, which may be all retracted
   */
  #settle(
    index: number,
    assertion: Assertion,
    before: RecordedFact | undefined,
    next: RecordedFact | undefined,
    prior: readonly RecordedAssertion[] = [],
  ): void {
    const checks = this.#checks;
    const { kind, key } = assertion;
    const isSourceAccepted = next === undefined || this.#checkSource(index, assertion, prior);
    const isAccepted =
      next === undefined
        ? checks.checkRetraction(index, kind, key, before) && this.#mayRetract(index, kind, key, prior)
        : checks.checkFact(index, next, next === before, prior) && isSourceAccepted;
    if (isAccepted) this.#plan.accept(index, before, next);
    else {
      this.#plan.refuse(index);
      if (before === undefined) checks.reject(kind, key);
    }
    if (!namedKinds.has(kind)) return;
    this.#states.note(kind, key, isAccepted ? next : before);
    const weakening = isAccepted ? findWeakening(before, next, index) : undefined;
    if (weakening !== undefined) this.#weakenings.get(kind)?.push(weakening);
  }

  #mayRetract(index: number, kind: FactKind, key: string, prior: readonly RecordedAssertion[]): boolean {
    const { retractsOnlyOf } = this.#write;
    return retractsOnlyOf === undefined || this.#checks.checkAuthors(index, kind, key, authorsOf(prior), retractsOnlyOf);
  }

  /** The source of the whole import was checked when it was named. */
  #checkSource(index: number, { source }: Assertion, prior: readonly RecordedAssertion[]): boolean {
    return source === null || source === this.#write.import?.source || this.#checks.checkSource(index, source, prior);
  }

  *#planWeakenings(kind: FactKind): Asking<void> {
    const weakenings = this.#weakenings.get(kind) ?? [];
    const broken = yield* findBrokenNamings(weakenings, (of, keys) => this.#planFacts(of, keys), null, namersInSentence + 1);
    const namers = new Map<Weakening, BrokenNaming[]>();
    for (const naming of broken) getOrInsert(namers, naming.weakening, () => []).push(naming);
    for (const [weakening, named] of namers) {
      const { assertion } = weakening;
      this.#plan.refuse(assertion);
      this.#plan.addViolation({ assertion, ...describeWeakening(weakening, named) });
    }
  }

  /** Facts as they will be, without the assertions refused so far. */
  *#planFacts(kind: FactKind, keys: readonly string[]): Asking<Map<string, PlannedFact>> {
    const prior = yield* askAssertions(kind, keys);
    return new Map(
      keys.map((key) => {
        const index = this.#write.assertions.findByKey(kind, key);
        const isAsserted = index !== undefined && !this.#plan.isRefused(index);
        const assertions = [...(prior.get(key) ?? []), ...(isAsserted ? [this.#record(this.#write.assertions.at(index))] : [])];
        return [key, { fact: foldAssertions(assertions), assertions }];
      }),
    );
  }
}

/** The authors of a fact, each once. */
function authorsOf(assertions: readonly RecordedAssertion[]): string[] {
  const since = assertions.findLastIndex(({ isRetraction }) => isRetraction) + 1;
  return [...new Set(assertions.slice(since).map(({ by }) => by))];
}

/** Whether the assertion repeats the fact: true for most rows of an inventory that is imported again. */
function isRepeated({ isRetraction, values }: Assertion, before: RecordedFact): boolean {
  if (isRetraction) return false;
  return values.every((value, field) => value === undefined || isValueEqual(value, before.values[field] as FactValue));
}

/** A sentence names so many facts. */
const namersInSentence = 3;

/** The violation by a weakening that leaves these facts broken. */
function describeWeakening(weakening: Weakening, namings: readonly BrokenNaming[]): Omit<Violation, 'assertion'> {
  const { kind, key, code, after } = weakening;
  const shown = namings.slice(0, namersInSentence).map(describeNaming).join(', ');
  const named = namings.length > namersInSentence ? `${shown} and others` : shown;
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

/** Checks each fact of a plan against the rules of semantics §1. */
class FactChecks {
  readonly #states: FactStates;
  readonly #onViolation: (violation: Violation) => void;
  /** Refused new facts, and facts whose rows could not be read. */
  readonly #rejected = new Map<FactKind, Set<string>>();

  constructor(states: FactStates, rejectedKeys: FactWrite['rejectedKeys'], onViolation: (violation: Violation) => void) {
    this.#states = states;
    this.#onViolation = onViolation;
    for (const [kind, keys] of rejectedKeys ?? []) if (keys.size > 0) this.#rejected.set(kind, new Set(keys));
  }

  /** Whether a fact may name a rejected one. */
  get hasRejected(): boolean {
    return this.#rejected.size > 0;
  }

  /** Rejects a new fact, and so the facts that will name it. */
  reject(kind: FactKind, key: string): void {
    if (namedKinds.has(kind)) getOrInsert(this.#rejected, kind, () => new Set()).add(key);
  }

  /** Whether the fact can be retracted. */
  checkRetraction(index: number, kind: FactKind, key: string, before: RecordedFact | undefined): boolean {
    if (before !== undefined) return true;
    const message = `${describeKey(kind, key)} cannot be retracted: there is no such fact. Correct the id, or leave it out.`;
    this.#onViolation({ assertion: index, code: 'UNKNOWN_FACT', field: null, message, value: key });
    return false;
  }

  /**
   * Whether a person may retract the fact (rules/may-retract.ts).
   * @param authors of the fact
   */
  checkAuthors(index: number, kind: FactKind, key: string, authors: readonly string[], name: string): boolean {
    const retractors = [{ name, isAdministrator: false }];
    if (mayRetract(retractors, authors)) return true;
    const message = `${describeKey(kind, key)} stays: ${describeRetractionRefusal(retractors, authors)}`;
    this.#onViolation({ assertion: index, code: 'NOT_YOURS', field: null, message, value: key });
    return false;
  }

  /**
   * Whether the fact breaks no rule.
   *
   * @param isKept whether the fact stays the same, so that only the facts it names may have changed
   * @param prior assertions about the fact, which may be all retracted
   */
  checkFact(index: number, fact: RecordedFact, isKept: boolean, prior: readonly RecordedAssertion[]): boolean {
    const faults = isKept ? [] : findOwnFaults(fact.kind, fact.values);
    if (!isKept) faults.push(...findHiddenFaults(fact.kind, fact.values, (field, text) => isRecorded(prior, field, text)));
    const rejectedFields = this.#checkRejected(index, fact);
    if (faults.length === 0) findForeignFaults(fact.kind, fact.values, this.#states, faults);
    for (const fault of faults) if (!isAbout(fault, rejectedFields)) this.#onViolation({ assertion: index, ...fault });
    return faults.length === 0 && rejectedFields.length === 0;
  }

  /** Whether the source of an assertion can be taken: it has no hidden character, or the fact had it before. */
  checkSource(index: number, source: string, prior: readonly RecordedAssertion[]): boolean {
    const message = describeHidden('source', source);
    if (message === undefined || prior.some((assertion) => assertion.source === source)) return true;
    this.#onViolation({ assertion: index, code: 'HIDDEN_CHARACTER', field: 'source', message, value: source });
    return false;
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
      this.#onViolation({ assertion: index, code: 'REFERS_TO_REJECTED', field: spec?.name ?? null, message, value: key });
    }
    return fields;
  }
}

function isRecorded(prior: readonly RecordedAssertion[], field: number, text: string): boolean {
  return prior.some(({ values }) => textsIn(values[field]).includes(text));
}

function isAbout(fault: FactFault, fields: readonly string[]): boolean {
  return fault.code === 'UNKNOWN_REFERENCE' && fault.field !== null && fields.includes(fault.field);
}
