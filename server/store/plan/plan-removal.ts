import type { RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual, foldAssertions } from '../../domain/assertions.ts';
import { findForeignFaults, findOwnFaults } from '../../domain/fact-rules.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind, Provenance } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { FactStates, namedKinds } from './fact-states.ts';
import type { PlannedFact, Weakening } from './find-broken-namings.ts';
import { describeNaming, findBrokenNamings, findWeakening } from './find-broken-namings.ts';
import type { Asking } from './prior-questions.ts';
import { askAssertions, askTouched } from './prior-questions.ts';

/** What taking a write back would do. */
export interface RemovalPlan {
  /** Facts whose values change, or that come or go. */
  readonly changedCount: number;
  /** Whether the provenance of any other fact changes. */
  readonly isProvenanceChanged: boolean;
  readonly breaks: readonly RemovalBreak[];
}

/** A rule that what is left would break. */
export interface RemovalBreak {
  readonly message: string;
  /** What is left and stands on the write: by whose assertions it is so. */
  readonly assertions: readonly RecordedAssertion[];
}

/** Breaks past so many of one fact tell nobody more. */
const enough = 1000;

/**
 * Works out what the facts are without one write, and which rules of semantics §1 they would then break.
 *
 * Every fact that the write speaks of is folded with and without it, in the order of `factKinds`: so the facts that one
 * names are settled before it. Then facts that go, or become less, are checked against those that name them.
 *
 * Complexity: O(t) questions' work for t facts touched; a scan where something that others may name goes.
 */
export function* planRemoval(write: number): Asking<RemovalPlan> {
  const states = new FactStates();
  const breaks: RemovalBreak[] = [];
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
        const left = all.filter((assertion) => assertion.write !== write);
        const before = foldAssertions(all);
        const fact = foldAssertions(left);
        if (namedKinds.has(kind)) states.note(kind, key, fact);
        if (!isSame(before, fact)) {
          changedCount++;
          changed.push({ fact, assertions: left });
          const weakening = namedKinds.has(kind) ? findWeakening(before, fact, -1) : undefined;
          if (weakening !== undefined) weakenings.push(weakening);
        } else if (before !== undefined && fact !== undefined && !isSameProvenance(before.provenance, fact.provenance)) {
          isProvenanceChanged = true;
        }
      }
      const stays = changed.filter((planned): planned is PlannedFact & { fact: RecordedFact } => planned.fact !== undefined);
      yield* states.load(stays.map((planned) => planned.fact));
      for (const { fact, assertions: left } of stays) {
        const faults = findOwnFaults(kind, fact.values);
        if (faults.length === 0) findForeignFaults(kind, fact.values, states, faults);
        for (const { message } of faults) breaks.push({ message, assertions: left });
      }
    }
  }
  for (const kind of factKinds.toReversed()) {
    const ofKind = weakenings.filter((weakening) => weakening.kind === kind);
    const left = (of: FactKind, keys: readonly string[]): Asking<Map<string, PlannedFact>> => planLeft(of, keys, write);
    for (const naming of yield* findBrokenNamings(ofKind, left, write, enough)) {
      const { weakening, field } = naming;
      const speaker = naming.assertions.findLast((assertion) => assertion.values[field] === naming.namer.values[field]);
      breaks.push({
        message: `${describeNaming(naming)} still needs ${describeKey(kind, weakening.key)} as it is.`,
        assertions: speaker === undefined ? naming.assertions : [speaker],
      });
    }
  }
  return { changedCount, isProvenanceChanged, breaks };
}

function* planLeft(kind: FactKind, keys: readonly string[], without: number): Asking<Map<string, PlannedFact>> {
  const prior = yield* askAssertions(kind, keys);
  return new Map(
    keys.map((key) => {
      const assertions = (prior.get(key) ?? []).filter((assertion) => assertion.write !== without);
      return [key, { fact: foldAssertions(assertions), assertions }];
    }),
  );
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
