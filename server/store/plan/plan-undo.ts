import type { RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual, foldAssertions } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { namedKinds } from '../../domain/fact-fields.ts';
import { findForeignFaults, findOwnFaults } from '../../domain/fact-rules.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind, Provenance } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { doesUndoRaise, nextRevision, type UndoEffects } from '../../rules/revision.ts';
import type { UndoOutcome, UndoWatch } from '../fact-write.ts';
import type { WriteLedger, WriteRecord } from '../write-ledger.ts';
import { sourceNameOf } from '../write-ledger.ts';
import { FactStates } from './fact-states.ts';
import type { PlannedFact, Weakening } from './find-broken-namings.ts';
import { describeNaming, findBrokenNamings, findWeakening } from './find-broken-namings.ts';
import { type Asking, askAssertions, askTouched, type PriorQuestion } from './prior-questions.ts';

/** The plan of an undo. */
export type UndoPlan =
  /** Write nothing: the import is undone already, or undoing it would break a rule. */
  | { readonly write: undefined; readonly outcome: UndoOutcome }
  /** Mark `write` as undone, at the revision that `outcome` states. */
  | { readonly write: WriteRecord; readonly outcome: UndoOutcome & { readonly outcome: 'undone' } };

/** Called for each fact that the undone write states, in the order of `factKinds`. @param isEnded whether there is a fact with the write, and none without it */
type OnTouched = (kind: FactKind, key: string, isEnded: boolean) => void;

/**
 * Plans the undo of an import (semantics §1). Both stores call this, then write what it says.
 *
 * 1. Find the import's write. Without one, throw NOT_FOUND; if it is undone already, change nothing.
 * 2. Fold every fact that the write states, with and without the write's assertions.
 * 3. Check the facts that remain against the rules of §1. If one breaks a rule, refuse the undo and name the imports and
 *    people whose assertions depend on the import.
 * 4. Count the facts that change; the rule in rules/revision.ts decides whether the revision rises.
 *
 * Complexity: O(f) questions for f facts that the write states, plus one scan for the facts that name a disappearing fact.
 */
export function* planUndo(ledger: WriteLedger, importId: string, onTouched: OnTouched = () => undefined): Asking<UndoPlan> {
  const write = getImportWrite(ledger, importId);
  const revision = ledger.findRevision();
  if (write.undo !== null) return { write: undefined, outcome: { outcome: 'unchanged', revision } };
  const { effects, breaks } = yield* findUndoEffects(write.seq, onTouched);
  if (breaks.length > 0) return { write: undefined, outcome: refuseUndo(importId, breaks) };
  const isRaising = doesUndoRaise(effects);
  return {
    write,
    outcome: { outcome: 'undone', revision: nextRevision(revision, isRaising), changedCount: effects.changedCount, isRaising },
  };
}

/** Throws NOT_FOUND. */
export function getImportWrite(ledger: WriteLedger, importId: string): WriteRecord {
  const write = ledger.ofImport(importId);
  if (write !== undefined) return write;
  throw new ExposureError('NOT_FOUND', `There is no import ${importId}. The list of imports has the ids of those that can be undone.`);
}

/** A rule that the remaining assertions would break. */
interface BrokenRule {
  readonly message: string;
  /** The remaining assertions that depend on the undone write. */
  readonly assertions: readonly RecordedAssertion[];
}

/** A refusal names the dependents of at most this many broken namings of one fact. */
const maxNamings = 1000;

/**
 * Facts are checked in the order of `factKinds`, so that the facts which a fact names are known before it. Afterwards, facts that
 * disappear or weaken are checked against the facts that name them.
 */
function* findUndoEffects(
  write: number,
  onTouched: OnTouched,
): Asking<{ readonly effects: UndoEffects; readonly breaks: readonly BrokenRule[] }> {
  const states = new FactStates();
  const breaks: BrokenRule[] = [];
  const weakenings: Weakening[] = [];
  let changedCount = 0;
  let isProvenanceChanged = false;

  for (const kind of factKinds) {
    for (let after: string | null = null; ; ) {
      const keys: readonly string[] = yield* askTouched(write, kind, after);
      if (keys.length === 0) break;
      after = keys[keys.length - 1] as string;
      const assertions = yield* askAssertions(kind, keys);
      const changed: PlannedFact[] = [];
      for (const key of keys) {
        const all = assertions.get(key) ?? [];
        const remaining = all.filter((assertion) => assertion.write !== write);
        const before = foldAssertions(all);
        const fact = foldAssertions(remaining);
        onTouched(kind, key, before !== undefined && fact === undefined);
        if (namedKinds.has(kind)) states.note(kind, key, fact);
        if (!isSame(before, fact)) {
          changedCount++;
          changed.push({ fact, assertions: remaining });
          const weakening = namedKinds.has(kind) ? findWeakening(before, fact, -1) : undefined;
          if (weakening !== undefined) weakenings.push(weakening);
        } else if (before !== undefined && fact !== undefined && !isSameProvenance(before.provenance, fact.provenance)) {
          isProvenanceChanged = true;
        }
      }
      const kept = changed.filter((planned): planned is PlannedFact & { fact: RecordedFact } => planned.fact !== undefined);
      yield* states.load(kept.map((planned) => planned.fact));
      for (const { fact, assertions: remaining } of kept) {
        const faults = findOwnFaults(kind, fact.values);
        if (faults.length === 0) findForeignFaults(kind, fact.values, states, faults);
        for (const { message } of faults) breaks.push({ message, assertions: remaining });
      }
    }
  }
  for (const kind of factKinds.toReversed()) {
    const ofKind = weakenings.filter((weakening) => weakening.kind === kind);
    const planRemaining = (of: FactKind, keys: readonly string[]): Asking<Map<string, PlannedFact>> => foldWithout(of, keys, write);
    for (const naming of yield* findBrokenNamings(ofKind, planRemaining, write, maxNamings)) {
      const { weakening, field } = naming;
      const stating = naming.assertions.findLast((assertion) => assertion.values[field] === naming.namer.values[field]);
      breaks.push({
        message: `${describeNaming(naming)} still needs ${describeKey(kind, weakening.key)} as it is.`,
        assertions: stating === undefined ? naming.assertions : [stating],
      });
    }
  }
  return { effects: { changedCount, isProvenanceChanged }, breaks };
}

function* foldWithout(kind: FactKind, keys: readonly string[], write: number): Asking<Map<string, PlannedFact>> {
  const prior = yield* askAssertions(kind, keys);
  return new Map(
    keys.map((key) => {
      const assertions = (prior.get(key) ?? []).filter((assertion) => assertion.write !== write);
      return [key, { fact: foldAssertions(assertions), assertions }];
    }),
  );
}

/** An import or a person whose assertions depend on an import. */
export type Dependent = (UndoOutcome & { outcome: 'refused' })['dependents'][number];

/** Names the imports and people whose assertions depend on the import. */
function refuseUndo(importId: string, breaks: readonly BrokenRule[]): UndoOutcome {
  const dependents = new Map<string, Dependent>();
  for (const { importId: from, by, sourceKey } of breaks.flatMap((broken) => broken.assertions)) {
    dependents.set(from === null ? `person:${by}` : `import:${from}`, { importId: from, by, source: sourceNameOf(sourceKey) });
  }
  const example = breaks[0]?.message ?? '';
  return {
    outcome: 'refused',
    dependents: [...dependents.values()],
    message: `Import ${importId} cannot be undone: ${describeDependents([...dependents.values()])} on it. ${example} Undo or change these first.`,
  };
}

/** `import X (source, by local), edits by Ann depend`: who depends on an import, with the verb. */
export function describeDependents(dependents: readonly Dependent[]): string {
  const names = dependents.map(({ importId: from, by, source }) =>
    from === null ? `edits by ${by}` : `import ${from} (${source === null ? '' : `${source}, `}by ${by})`,
  );
  return `${names.join(', ')} ${names.length === 1 && !names[0]?.startsWith('edits') ? 'depends' : 'depend'}`;
}

function isSame(a: RecordedFact | undefined, b: RecordedFact | undefined): boolean {
  return a === undefined || b === undefined ? a === b : areValuesEqual(a.values, b.values);
}

function isSameProvenance(a: Provenance, b: Provenance): boolean {
  return (
    a.importId === b.importId &&
    a.file === b.file &&
    a.line === b.line &&
    a.assertedBy === b.assertedBy &&
    a.assertedAt === b.assertedAt &&
    a.source === b.source
  );
}

/** The progress of an undo, and the points at which it can still be canceled. */
export class WatchedUndo {
  readonly #watch: UndoWatch | undefined;
  readonly #total: number;
  #done = 0;

  /** @param rounds how often the store goes through the facts: once to plan, and once more if it writes each of them */
  constructor(watch: UndoWatch | undefined, { created, updated, unchanged, retracted }: WriteRecord, rounds: number) {
    this.#watch = watch;
    this.#total = (created + updated + unchanged + retracted) * rounds;
  }

  /** Throws the reason of the signal if the undo is canceled. */
  check(): void {
    this.#watch?.signal.throwIfAborted();
  }

  /** Counts facts that are done. Throws as `check`. */
  advance(count: number): void {
    this.#done = Math.min(this.#total, this.#done + count);
    this.#watch?.onProgress(this.#done, this.#total);
    this.check();
  }

  /** Counts the facts that a planner asks about. */
  readonly onQuestion = (question: PriorQuestion): void => this.advance(question.ask === 'assertions' ? question.keys.length : 0);
}
