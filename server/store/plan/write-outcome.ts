import type { FactValue } from '../../domain/assertions.ts';
import { assertionAt, foldAssertions } from '../../domain/assertions.ts';
import { buildFactChange } from '../fact-changes.ts';
import type { FactChange, FactWrite, WriteOutcome } from '../fact-write.ts';
import { effects } from '../fact-write.ts';
import { recordAssertion, sourceKeyOf } from './source-key.ts';
import type { WriteEffects } from './write-plan.ts';

/** Builds the outcome of a write from its plan. @param at null if nothing was written */
export function buildWriteOutcome(write: FactWrite, plan: WriteEffects, revision: number, at: number | null): WriteOutcome {
  return {
    isWritten: at !== null,
    revision,
    counts: plan.counts,
    effects: plan.effects,
    violations: plan.violations,
    readChanges: (indexes) => indexes.flatMap((index) => readChange(write, plan, index, revision, at) ?? []),
    readValues: (index) => readValues(write, plan, index),
  };
}

function readValues(write: FactWrite, plan: WriteEffects, index: number): readonly FactValue[] | undefined {
  if (effects[plan.effects[index] as number] !== 'CREATED') return plan.changed.get(index)?.after;
  const { by, import: from, assertions } = write;
  return foldAssertions([recordAssertion(assertionAt(assertions, index), 0, sourceKeyOf(by, from), from?.id ?? null, by)])?.values;
}

function readChange(write: FactWrite, plan: WriteEffects, index: number, revision: number, at: number | null): FactChange | undefined {
  const assertion = assertionAt(write.assertions, index);
  const effect = effects[plan.effects[index] as number];
  if (effect === 'UNCHANGED' || effect === 'REFUSED') return undefined;
  const importId = write.import?.id ?? null;
  const after = readValues(write, plan, index);
  return buildFactChange(assertion.kind, assertion.key, plan.changed.get(index)?.before, after, {
    file: assertion.file,
    line: assertion.line,
    revision: at === null ? null : revision,
    at,
    by: at === null ? null : write.by,
    importId: at === null ? null : importId,
  });
}
