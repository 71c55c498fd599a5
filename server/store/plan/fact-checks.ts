import type { RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { factFields, namedKinds } from '../../domain/fact-fields.ts';
import type { FactFault } from '../../domain/fact-rules.ts';
import { findForeignFaults, findHiddenFaults, findOwnFaults, textsIn } from '../../domain/fact-rules.ts';
import { describeFact, describeKey, quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import { describeRetractionRefusal, mayRetract } from '../../rules/may-retract.ts';
import type { FactWrite, Violation } from '../fact-write.ts';
import type { FactStates } from './fact-states.ts';
import { references } from './fact-states.ts';

/** Checks each fact of a plan against the rules of semantics §1. */
export class FactChecks {
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
