import type { RecordedAssertion, RecordedFact } from '../../../server/domain/assertions.ts';
import { areValuesEqual, foldAssertions } from '../../../server/domain/assertions.ts';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { findFactFaults } from '../../../server/domain/fact-rules.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import type { FactWrite } from '../../../server/store/fact-write.ts';

interface ModelWrite {
  readonly assertions: readonly RecordedAssertion[];
  readonly importId: string | null;
  isUndone: boolean;
}

/** A simple model of a store: it lists all writes and folds them again for every question. */
export class MemoryModel {
  readonly #writes: ModelWrite[] = [];
  /** The facts at each revision. */
  readonly known: RecordedFact[][] = [[]];

  /** @returns whether the write is accepted, all of it or nothing */
  commit(write: FactWrite): boolean {
    const from = write.import;
    const sourceKey = from === undefined ? `person:${write.by}` : from.source === null ? `import:${from.id}` : `source:${from.source}`;
    const assertions = Array.from(write.assertions, (assertion) => ({
      ...assertion,
      write: this.#writes.length + 1,
      sourceKey,
      importId: from?.id ?? null,
      by: write.by,
    }));
    const exists = new Set(this.#fold().map(nameOf));
    if (assertions.some((assertion) => assertion.isRetraction && !exists.has(nameOf(assertion)))) return false;
    return this.#change(
      () => this.#writes.push({ assertions, importId: from?.id ?? null, isUndone: false }),
      () => this.#writes.pop(),
    );
  }

  undo(importId: string): 'undone' | 'unchanged' | 'refused' {
    const write = this.#writes.find((other) => other.importId === importId);
    if (write === undefined) throw new Error(`no ${importId}`);
    if (write.isUndone) return 'unchanged';
    const set = (isUndone: boolean) => () => {
      write.isUndone = isUndone;
    };
    return this.#change(set(true), set(false)) ? 'undone' : 'refused';
  }

  get facts(): RecordedFact[] {
    return this.known[this.known.length - 1] as RecordedFact[];
  }

  #change(change: () => void, revert: () => void): boolean {
    change();
    const facts = this.#fold();
    if (!isSound(facts)) {
      revert();
      return false;
    }
    if (JSON.stringify(facts) !== JSON.stringify(this.facts)) this.known.push(facts);
    return true;
  }

  #fold(): RecordedFact[] {
    const byFact = new Map<string, RecordedAssertion[]>();
    for (const write of this.#writes.filter((other) => !other.isUndone)) {
      for (const assertion of write.assertions) byFact.set(nameOf(assertion), [...(byFact.get(nameOf(assertion)) ?? []), assertion]);
    }
    return [...byFact.values()]
      .flatMap((assertions) => foldAssertions(assertions) ?? [])
      .sort((a, b) => factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind) || compareCodePoints(a.key, b.key));
  }
}

function nameOf(of: { kind: FactKind; key: string }): string {
  return `${of.kind} ${of.key}`;
}

function isSound(facts: readonly RecordedFact[]): boolean {
  const byName = new Map(facts.map((fact) => [nameOf(fact), fact]));
  return facts.every((fact) => {
    const faults = findFactFaults(fact.kind, fact.values, {
      exists: (kind, key) => byName.has(nameOf({ kind, key })),
      isLab: (key) => ((byName.get(nameOf({ kind: 'ORGANIZATION', key }))?.values[2] ?? []) as string[]).includes('LAB'),
      findFragmentCount: (key) => (byName.get(nameOf({ kind: 'ARTIFACT', key }))?.values[9] ?? null) as number | null,
    });
    return faults.length === 0;
  });
}

/** Facts whose values differ between two states. */
export function countDifferences(before: readonly RecordedFact[], after: readonly RecordedFact[]): number {
  const was = new Map(before.map((fact) => [nameOf(fact), fact]));
  const is = new Map(after.map((fact) => [nameOf(fact), fact]));
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => {
    const [a, b] = [was.get(name), is.get(name)];
    return a === undefined || b === undefined || !areValuesEqual(a.values, b.values);
  }).length;
}
