import type { Assertion, FactValue, RecordedFact } from '../domain/assertions.ts';
import { type FactKind, factKinds } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { nextRevision } from '../rules/revision.ts';
import type { FactBatch, FactStream, KeysByKind, KnownAt, NamerScope, StatedReader } from './fact-store.ts';
import { uniteKeys } from './unite-keys.ts';

/** A fact that a commit would create, change or retract. */
export interface PlannedFact {
  readonly assertion: Assertion;
  readonly isCreated: boolean;
  /** Undefined: retracted. */
  readonly values: readonly FactValue[] | undefined;
}

/**
 * A store's facts at one revision, and after a commit that is only planned: the next revision. Neither applies merges. Facts of the next
 * revision come in the order of their kinds alone.
 */
export class PlannedReader implements StatedReader {
  readonly kind: StatedReader['kind'];
  readonly #unmerged: StatedReader;
  readonly #revision: number;
  readonly #nextRevision: number;
  readonly #planned: ReadonlyMap<FactKind, ReadonlyMap<string, PlannedFact>>;
  readonly #onBatch: () => void;

  /** @param onBatch called before each batch of facts; what it throws ends the reading */
  constructor(unmerged: StatedReader, revision: number, planned: readonly PlannedFact[], onBatch: () => void) {
    this.kind = unmerged.kind;
    this.#unmerged = unmerged;
    this.#revision = revision;
    this.#nextRevision = nextRevision(revision, planned.length > 0);
    const byKind = new Map<FactKind, Map<string, PlannedFact>>();
    for (const fact of planned) getOrInsert(byKind, fact.assertion.kind, () => new Map()).set(fact.assertion.key, fact);
    this.#planned = byKind;
    this.#onBatch = onBatch;
  }

  async readRevision(): Promise<number> {
    return this.#nextRevision;
  }

  readFacts(at?: KnownAt, kinds: readonly FactKind[] = factKinds): FactStream {
    const stream = this.#unmerged.readFacts({ revision: this.#revision }, kinds);
    const batches = this.#isBefore(at) ? stream : this.#apply(stream, kinds);
    const onBatch = this.#onBatch;
    return {
      revision: this.#revisionOf(at),
      async *[Symbol.asyncIterator]() {
        for await (const batch of batches) {
          onBatch();
          yield batch;
        }
      },
    };
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    const found = await this.#unmerged.readFactsByKey(kind, keys, { revision: this.#revision });
    const planned = this.#planned.get(kind);
    if (planned === undefined || this.#isBefore(at)) return found;
    const before = new Map(found.map((fact) => [fact.key, fact]));
    return keys.flatMap((key) => {
      const fact = planned.get(key);
      return (fact === undefined ? before.get(key) : toFact(fact, before.get(key))) ?? [];
    });
  }

  async readChangedKeys(revision: number, limit: number): Promise<KeysByKind | undefined> {
    return revision > this.#revision ? new Map() : uniteKeys(this.#plannedKeys(), new Map(), limit);
  }

  /** Every planned fact is among them. */
  async readNamers(scope: NamerScope): Promise<KeysByKind | undefined> {
    const found = await this.#unmerged.readNamers({ ...scope, revision: this.#revision });
    return found && uniteKeys(found, this.#plannedKeys(), scope.limit);
  }

  async *#apply(stream: FactStream, kinds: readonly FactKind[]): AsyncGenerator<FactBatch> {
    let next = 0;
    for await (const { kind, facts } of stream) {
      for (; next <= kinds.indexOf(kind); next++) yield* this.#created(kinds[next] as FactKind);
      const planned = this.#planned.get(kind);
      const now = (fact: RecordedFact) => {
        const changed = planned?.get(fact.key);
        return changed === undefined || changed.isCreated ? fact : (toFact(changed, fact) ?? []);
      };
      yield { kind, facts: planned === undefined ? facts : facts.flatMap(now) };
    }
    for (; next < kinds.length; next++) yield* this.#created(kinds[next] as FactKind);
  }

  *#created(kind: FactKind): Generator<FactBatch> {
    const facts = [...(this.#planned.get(kind)?.values() ?? [])].flatMap((fact) => (fact.isCreated ? (toFact(fact) ?? []) : []));
    if (facts.length > 0) yield { kind, facts };
  }

  #plannedKeys(): KeysByKind {
    return new Map([...this.#planned].map(([kind, facts]) => [kind, [...facts.keys()]]));
  }

  #isBefore(at: KnownAt | undefined): boolean {
    return this.#revisionOf(at) <= this.#revision;
  }

  #revisionOf(at: KnownAt | undefined): number {
    if (at === undefined) return this.#nextRevision;
    if ('revision' in at) return at.revision;
    throw new Error('A plan is read at a revision.');
  }
}

/** A change keeps the date of the first assertion (semantics §1). */
function toFact({ assertion, values }: PlannedFact, before?: RecordedFact): RecordedFact | undefined {
  if (values === undefined) return undefined;
  const { kind, key, file, line, source } = assertion;
  const assertedAt = before?.provenance.assertedAt ?? assertion.assertedAt;
  return { kind, key, values, provenance: { importId: null, file, line, assertedBy: '', assertedAt, source } };
}
