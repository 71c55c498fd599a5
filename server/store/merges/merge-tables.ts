import type { RecordedFact } from '../../domain/assertions.ts';
import { type FactKind, factKinds } from '../../domain/facts.ts';
import type { ChangedKeys, FactReader, KnownAt } from '../fact-store.ts';
import { MergedFacts, mergedIntoOf } from './merged-facts.ts';

/** The merges of one revision. */
export interface MergeTable {
  readonly revision: number;
  readonly merges: MergedFacts;
  /** The organizations with a stated `mergedInto`. */
  readonly merged: readonly RecordedFact[];
}

const tablesKept = 4;
/** The most changed organizations that are looked up one by one. */
const fewChanges = 1000;

/** Caches the merges of the latest revisions. Makes those of the next revision from the organizations that changed. */
export class MergeTables {
  readonly #store: FactReader;
  /** Tables by revision, the latest made last. */
  readonly #tables = new Map<number, MergeTable>();

  constructor(store: FactReader) {
    this.#store = store;
  }

  /** Makes a table from all organizations of one revision. `put` caches it when it has resolved all engagements. */
  make(revision: number, organizations: Iterable<readonly RecordedFact[]>): MergeTable {
    const merged: RecordedFact[] = [];
    const ids = new Set<string>();
    for (const batch of organizations) for (const fact of batch) if (mergedIntoOf(fact) !== null) merged.push(fact);
    if (merged.length > 0) for (const batch of organizations) for (const { key } of batch) ids.add(key);
    return { revision, merged, merges: new MergedFacts(merged, (id) => ids.has(id)) };
  }

  /** The table of the highest known revision. Undefined before the first. */
  get latest(): MergeTable | undefined {
    return [...this.#tables.values()].reduce<MergeTable | undefined>(
      (latest, table) => (latest === undefined || table.revision > latest.revision ? table : latest),
      undefined,
    );
  }

  /** The merges at an instant; null: now. Costs one read of the revision if the table is cached. */
  async at(moment: KnownAt | undefined): Promise<MergeTable> {
    if (moment !== undefined && !('revision' in moment)) return this.#scan(moment);
    const revision = moment?.revision ?? (await this.#store.readRevision());
    const known = this.#tables.get(revision);
    if (known !== undefined) return known;
    const last = [...this.#tables.values()].filter((table) => table.revision < revision).at(-1);
    const changed = last && (await this.#store.readChangedKeys(last.revision, fewChanges));
    if (last === undefined || changed === undefined) return this.#scan({ revision });
    return this.#derive(last, changed, revision);
  }

  async #scan(moment: KnownAt): Promise<MergeTable> {
    const stream = this.#store.readFacts(moment);
    const organizations: (readonly RecordedFact[])[] = [];
    let table: MergeTable | undefined;
    for await (const { kind, facts } of stream) {
      if (kind === 'ORGANIZATION') {
        organizations.push(facts);
        continue;
      }
      table ??= this.make(stream.revision, organizations);
      if (table.merges.isEmpty || factKinds.indexOf(kind) > factKinds.indexOf('ENGAGEMENT')) break;
      table.merges.resolveAll(kind, facts);
    }
    return this.put(table ?? this.make(stream.revision, organizations));
  }

  /** Makes a table from that of an earlier revision. Reads all organizations again if merges changed. */
  async #derive(last: MergeTable, changed: ChangedKeys, revision: number): Promise<MergeTable> {
    const read = (kind: FactKind, keys: readonly string[]) =>
      keys.length === 0 ? [] : this.#store.readFactsByKey(kind, keys, { revision });
    const organizations = changed.get('ORGANIZATION') ?? [];
    const isChanged = new Set(organizations);
    const facts = await read('ORGANIZATION', organizations);
    const merged = [...last.merged.filter(({ key }) => !isChanged.has(key)), ...facts.filter((fact) => mergedIntoOf(fact) !== null)];
    const targets = await read('ORGANIZATION', [...new Set(merged.map((fact) => mergedIntoOf(fact) as string))]);
    const ids = new Set(targets.map(({ key }) => key));
    const merges = new MergedFacts(merged, (id) => ids.has(id));
    if (!areEqual(merges.roots, last.merges.roots)) return this.#scan({ revision });
    if (!merges.isEmpty) {
      const engagements = changed.get('ENGAGEMENT') ?? [];
      const again = new Set(engagements);
      for (const key of last.merges.hiddenEngagements) if (!again.has(key)) merges.hiddenEngagements.add(key);
      merges.resolveAll('ENGAGEMENT', await read('ENGAGEMENT', engagements));
    }
    return this.put({ revision, merged, merges });
  }

  put(table: MergeTable): MergeTable {
    this.#tables.delete(table.revision);
    this.#tables.set(table.revision, table);
    for (const oldest of this.#tables.keys()) {
      if (this.#tables.size <= tablesKept) break;
      this.#tables.delete(oldest);
    }
    return table;
  }
}

function areEqual(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, root]) => b.get(id) === root);
}
