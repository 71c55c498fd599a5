import { deserialize, serialize } from 'node:v8';
import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { areValuesEqual, foldAssertions } from '../../domain/assertions.ts';
import { firstIndex } from '../../domain/compare.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { Effect, FactChange, FactWrite, Violation, WriteOutcome } from '../fact-write.ts';
import { effects } from '../fact-write.ts';
import { buildFactChange } from '../revision-events.ts';
import { recordAssertion, sourceKeyOf } from '../write-ledger.ts';

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
  readonly changed: ReadonlyMap<number, ChangedValues>;
}

interface ChangedValues {
  readonly before: readonly FactValue[];
  /** Undefined if the fact is retracted. */
  readonly after: readonly FactValue[] | undefined;
}

const [unchanged, created, updated, retracted, refused] = [0, 1, 2, 3, 4];
/** Estimated: the values of a changed fact before and after the write; a broken rule with its sentence. */
const changeBytes = 400;
const violationBytes = 600;

/** A plan that is being made. Methods throw LIMIT_EXCEEDED, so that a huge write is refused instead of ending the server. */
export class WritePlanBuilder {
  /** By assertion: an index into `effects`, or 4 for a refused one. */
  readonly #effects: Uint8Array;
  readonly #violations: Violation[] = [];
  readonly #changed = new Map<number, ChangedValues>();
  #heapBytes: number;

  /** @param count the assertions @param heapBytes what changed facts and broken rules may need */
  constructor(count: number, heapBytes: number) {
    this.#effects = new Uint8Array(count);
    this.#heapBytes = heapBytes;
  }

  /** Notes the fact of an accepted assertion before and after the write; undefined: there is none. */
  accept(index: number, before: RecordedFact | undefined, next: RecordedFact | undefined): void {
    if (next === undefined) {
      this.#effects[index] = retracted as number;
      this.#change(index, (before as RecordedFact).values, undefined);
    } else if (before === undefined) {
      this.create(index);
    } else if (before === next || areValuesEqual(before.values, next.values)) {
      this.#effects[index] = unchanged as number;
    } else {
      this.#effects[index] = updated as number;
      this.#change(index, before.values, next.values);
    }
  }

  create(index: number): void {
    this.#effects[index] = created as number;
  }

  /** Refuses an assertion, even one that was accepted. */
  refuse(index: number): void {
    this.#effects[index] = refused as number;
    this.#changed.delete(index);
  }

  isRefused(index: number): boolean {
    return this.#effects[index] === refused;
  }

  addViolation(violation: Violation): void {
    this.#takeHeap(violationBytes);
    this.#violations.push(violation);
  }

  build(): WritePlan {
    return {
      effects: this.#effects,
      counts: this.#count(),
      violations: this.#violations.sort((a, b) => a.assertion - b.assertion),
      changed: this.#changed,
    };
  }

  #change(index: number, before: readonly FactValue[], after: readonly FactValue[] | undefined): void {
    this.#takeHeap(changeBytes);
    this.#changed.set(index, { before, after });
  }

  #takeHeap(bytes: number): void {
    this.#heapBytes -= bytes;
    if (this.#heapBytes >= 0) return;
    const message = 'The import changes, or is refused for, more recorded facts than fit into memory. Import its files one after another.';
    throw new ExposureError('LIMIT_EXCEEDED', message);
  }

  #count(): Record<Effect, number> {
    const tally = new Array<number>(effects.length).fill(0);
    for (const effect of this.#effects) tally[effect] = (tally[effect] as number) + 1;
    return Object.fromEntries(effects.map((effect, i) => [effect, tally[i]])) as Record<Effect, number>;
  }
}

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
  return foldAssertions([recordAssertion(assertions.at(index), 0, sourceKeyOf(by, from), from?.id ?? null, by)])?.values;
}

function readChange(write: FactWrite, plan: WriteEffects, index: number, revision: number, at: number | null): FactChange | undefined {
  const assertion = write.assertions.at(index);
  const effect = effects[plan.effects[index] as number];
  if (effect === 'UNCHANGED' || effect === 'REFUSED') return undefined;
  const importId = write.import?.id ?? null;
  const after = readValues(write, plan, index);
  return buildFactChange(assertion.kind, assertion.key, plan.changed.get(index)?.before, after, {
    file: assertion.file,
    line: assertion.line,
    source: assertion.source,
    revision: at === null ? null : revision,
    at,
    by: at === null ? null : write.by,
    importId: at === null ? null : importId,
  });
}

const changesAChunk = 256;

/** Changed values on their way between threads: a receiver decodes those that it looks at, so that no message holds the event loop. */
export interface PackedChanges {
  /** The assertions of the changes; ascending. */
  readonly indexes: Uint32Array;
  /** The values of 256 changes each, serialized. */
  readonly chunks: readonly Uint8Array[];
}

export function packChanges(changed: ReadonlyMap<number, ChangedValues>): PackedChanges {
  const sorted = [...changed].sort(([a], [b]) => a - b);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < sorted.length; start += changesAChunk) {
    chunks.push(serialize(sorted.slice(start, start + changesAChunk).map(([, values]) => values)));
  }
  return { indexes: Uint32Array.from(sorted, ([index]) => index), chunks };
}

/** Reads packed changes. Holds one decoded chunk: most readers go by index. */
export class UnpackedChanges {
  readonly #packed: PackedChanges;
  #latest: { readonly chunk: number; readonly values: readonly ChangedValues[] } | undefined;

  constructor(packed: PackedChanges) {
    this.#packed = packed;
  }

  get(index: number): ChangedValues | undefined {
    const place = this.#find(index);
    if (place < 0) return undefined;
    const chunk = Math.floor(place / changesAChunk);
    if (this.#latest?.chunk !== chunk) this.#latest = { chunk, values: deserialize(this.#packed.chunks[chunk] as Uint8Array) };
    return this.#latest.values[place % changesAChunk];
  }

  /** The place of an assertion among the changes, or -1. */
  #find(index: number): number {
    const { indexes } = this.#packed;
    const place = firstIndex(indexes.length, (i) => (indexes[i] as number) >= index);
    return indexes[place] === index ? place : -1;
  }
}
