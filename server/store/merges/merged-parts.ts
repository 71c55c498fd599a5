import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactPart, PartReader, SpreadSteps } from '../part-reader.ts';
import type { MergeTables } from './merge-tables.ts';
import type { MergedFacts } from './merged-facts.ts';

/** Parts of the facts with merges applied. Without merges each method takes one round trip. With merges, a walk may take more. */
export class MergedParts implements PartReader {
  readonly #unmerged: PartReader;
  readonly #tables: MergeTables;

  constructor(unmerged: PartReader, tables: MergeTables) {
    this.#unmerged = unmerged;
    this.#tables = tables;
  }

  async readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }> {
    let { revision, merges } = this.#tables.latest ?? (await this.#tables.at(undefined));
    for (;;) {
      // The cached merges are right unless the facts changed, so the revision is not read first.
      const read = await this.#unmerged.readPart((part) => work(merges.isEmpty ? part : new MergedPart(part, merges)));
      if (read.revision === revision) return read;
      const wasEmpty = merges.isEmpty;
      ({ revision, merges } = await this.#tables.at({ revision: read.revision }));
      if (wasEmpty && merges.isEmpty) return read;
    }
  }
}

class MergedPart implements FactPart {
  readonly #unmerged: FactPart;
  readonly #merges: MergedFacts;

  constructor(unmerged: FactPart, merges: MergedFacts) {
    this.#unmerged = unmerged;
    this.#merges = merges;
  }

  /** May return more organizations than the steps reach, because a walk continues from every id of a reached organization. */
  async readSpread(from: readonly string[], steps: SpreadSteps): Promise<string[]> {
    const reached = new Set(this.#allIds(from));
    for (let before = -1; before !== reached.size; ) {
      before = reached.size;
      for (const id of this.#allIds(await this.#unmerged.readSpread([...reached], steps))) reached.add(id);
    }
    return [...new Set([...reached].map((id) => this.#merges.rootOf(id)))];
  }

  readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    return this.#unmerged.readArtifactsHandled(this.#allIds(organizations));
  }

  async readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    return this.#merges.resolveAll('TRANSFER', await this.#unmerged.readTransfersOf(artifacts));
  }

  readRevealsFrom(artifacts: readonly string[], minDegree: number): Promise<RecordedFact[]> {
    return this.#unmerged.readRevealsFrom(artifacts, minDegree);
  }

  async readNaming(kind: 'ACCESS' | 'CONTROL' | 'REVEALS', named: readonly string[]): Promise<RecordedFact[]> {
    const ids = kind === 'REVEALS' ? named : this.#allIds(named);
    return this.#merges.resolveAll(kind, await this.#unmerged.readNaming(kind, ids));
  }

  async readSoftware(): Promise<RecordedFact[]> {
    return this.#merges.resolveAll('ACCESS', await this.#unmerged.readSoftware());
  }

  async countFacts(): Promise<ReadonlyMap<FactKind, number>> {
    const groups = this.#merges.groups();
    const [counts, hidden, evidence] = await Promise.all([
      this.#unmerged.countFacts(),
      this.#unmerged.countWithin(groups),
      this.#unmerged.readNaming('CONTROL', groups.flat()),
    ]);
    const withoutMerged = new Map<FactKind, number>([
      ...hidden,
      ['ORGANIZATION', this.#merges.roots.size],
      ['CONTROL', evidence.length - this.#merges.resolveAll('CONTROL', evidence).length],
    ]);
    return new Map([...counts].map(([kind, count]) => [kind, count - (withoutMerged.get(kind) ?? 0)]));
  }

  async countWithin(groups: readonly (readonly string[])[]): Promise<ReadonlyMap<FactKind, number>> {
    return this.#unmerged.countWithin(groups.map((ids) => this.#allIds(ids)));
  }

  async readFacts(kind: FactKind, keys: readonly string[]): Promise<RecordedFact[]> {
    return this.#merges.resolveAll(kind, await this.#unmerged.readFacts(kind, keys));
  }

  /** Every id that means one of these organizations. */
  #allIds(organizations: readonly string[]): string[] {
    return [...new Set(organizations.flatMap((id) => this.#merges.idsOf(this.#merges.rootOf(id))))];
  }
}
