import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { HistoryPage, ImportScope } from '../../fact-store.ts';
import type { FactChange } from '../../fact-write.ts';
import { eventOf } from '../../revision-events.ts';
import type { Snapshot } from '../read/snapshot.ts';
import { readImports } from '../write/imports.ts';
import { describeChanges } from './history.ts';

/** The number of chunks in one read: about 8,000 assertions. */
const chunksAtOnce = 16;

interface ChangedFact {
  readonly kind: FactKind;
  readonly key: string;
  /** The rank of its file among the import's files. */
  readonly rank: number;
  readonly line: number | null;
}

/** Reads the changes of imports at their commit. Caches the order of the last import: computing it reads all its assertions. */
export class ImportChanges {
  #last: { readonly importId: string; readonly at: number; readonly changed: readonly ChangedFact[] } | undefined;

  /** By file and line. */
  async read(snapshot: Snapshot, { importId, kinds }: ImportScope, offset: number, limit: number): Promise<HistoryPage> {
    const write = snapshot.writes.ofImport(importId);
    if (write === undefined || !doesWriteRaise(write)) return { changes: [], totalCount: 0 };
    // The id alone is not enough: after a restore of the database, another import may have it.
    if (this.#last?.importId !== importId || this.#last.at !== write.at) {
      this.#last = { importId, at: write.at, changed: await readChanged(snapshot, importId, write.seq) };
    }
    const { changed } = this.#last;
    const wanted = kinds === null ? changed : changed.filter(({ kind }) => kinds.includes(kind));
    const page = wanted.slice(offset, offset + limit);
    const described = new Map<FactKind, Map<string, FactChange>>();
    for (const kind of factKinds) {
      const keys = page.flatMap((fact) => (fact.kind === kind ? fact.key : []));
      const changes = await describeChanges(snapshot, eventOf(write), kind, keys);
      described.set(kind, new Map(changes.map((change) => [change.key, change])));
    }
    return { changes: page.flatMap(({ kind, key }) => described.get(kind)?.get(key) ?? []), totalCount: wanted.length };
  }
}

async function readChanged(snapshot: Snapshot, importId: string, write: number): Promise<ChangedFact[]> {
  const changed: ChangedFact[] = [];
  const [from] = await snapshot.read((transaction) => readImports(transaction, snapshot.writes, importId));
  const names = [...new Set((from?.files ?? []).map((file) => file.name))].sort(compareCodePoints);
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  for (const kind of factKinds) {
    const heads = await snapshot.read((transaction, log) => log.readHeads(transaction, kind, write));
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce).filter((head) => head.changed > 0);
      for (const chunk of await snapshot.read((transaction, log) => log.readChunks(transaction, kind, some))) {
        for (const { assertion, effect } of chunk) {
          if (effect === 0) continue;
          const rank = assertion.file === null ? names.length : (ranks.get(assertion.file) ?? names.length);
          changed.push({ kind, key: assertion.key, rank, line: assertion.line });
        }
      }
      await nextTurn();
    }
  }
  // Already in the order of kind and key, which remains for changes without file and line.
  return changed.sort((a, b) => a.rank - b.rank || (a.line ?? 0) - (b.line ?? 0));
}
