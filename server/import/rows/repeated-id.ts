import type { Assertion } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Rejection } from './rejection.ts';

/** With more differing rows of one id, the id column is probably wrong: one rejection covers them all. */
const maxNamed = 5;

/**
 * Handles ids that repeat within one import. Equal rows become one fact; differing rows are all rejected. A rejected row also
 * rejects the other rows with its id.
 *
 * Up to five differing rows get a rejection each, which names the other rows. More than five get one rejection per file, which
 * covers all of the file's rows (`Rejection.lines`).
 *
 * Complexity: O(rows), even if every row has the same id. Keys in ascending order, as an export writes them, need no table of
 * keys.
 */
export class RepeatedIds {
  /** Rows that repeated another row word for word. */
  repeatedCount = 0;
  readonly #kept: (Assertion | undefined)[] = [];
  readonly #kinds = new Map<FactKind, KeysOfKind>();
  readonly #differing = new Map<FactKind, Map<string, Assertion[]>>();
  readonly #rejected = new Map<FactKind, Map<string, Place>>();

  add(assertion: Assertion): void {
    const { kind, key } = assertion;
    const keys = getOrInsert(this.#kinds, kind, (): KeysOfKind => ({ last: undefined, indexes: undefined }));
    if (keys.indexes === undefined) {
      if (keys.last === undefined || keys.last < key) {
        keys.last = key;
        this.#kept.push(assertion);
        return;
      }
      keys.indexes = this.#indexKeys(kind);
    }
    const earlier = keys.indexes.get(key);
    if (earlier === undefined) {
      keys.indexes.set(key, this.#kept.length);
      this.#kept.push(assertion);
      return;
    }
    const other = this.#kept[earlier];
    const differing = this.#differing.get(kind)?.get(key);
    if (differing !== undefined) differing.push(assertion);
    else if (other !== undefined && isSame(other, assertion)) this.repeatedCount++;
    else if (other !== undefined) {
      getOrInsert(this.#differing, kind, () => new Map()).set(key, [other, assertion]);
      this.#kept[earlier] = undefined;
    } else {
      // `forgetFrom` removed the earlier row, so its key is rejected. This row is rejected too, with its own reason.
      keys.indexes.set(key, this.#kept.length);
      this.#kept.push(assertion);
    }
  }

  reject(kind: FactKind, key: string, file: string, line: number): void {
    const places = getOrInsert(this.#rejected, kind, () => new Map<string, Place>());
    if (!places.has(key)) places.set(key, { file, line });
  }

  /** The current number of assertions, for `forgetFrom`. */
  get mark(): number {
    return this.#kept.length;
  }

  /** Drops the rows of a file that turned out to be unreadable: their keys count as rejected. */
  forgetFrom(mark: number): void {
    for (let at = mark; at < this.#kept.length; at++) {
      const assertion = this.#kept[at];
      if (assertion === undefined) continue;
      this.reject(assertion.kind, assertion.key, assertion.file as string, assertion.line as number);
      this.#kept[at] = undefined;
    }
  }

  /** Returns the accepted assertions in their order, and a rejection for each other one. Call it once, after all rows. */
  finish(): { assertions: Assertion[]; rejections: Rejection[]; rejectedKeys: Map<FactKind, Set<string>> } {
    const rejections: Rejection[] = [];
    const assertions: Assertion[] = [];
    const rejectedKeys = new Map<FactKind, Set<string>>();
    for (const assertion of this.#kept) {
      if (assertion === undefined) continue;
      const place = this.#rejected.get(assertion.kind)?.get(assertion.key);
      if (place === undefined) assertions.push(assertion);
      else rejections.push(rejectOne(assertion, `${place.file}:${place.line}, which was rejected`));
    }
    for (const [kind, places] of this.#rejected) rejectedKeys.set(kind, new Set(places.keys()));
    for (const [kind, byKey] of this.#differing) {
      const keys = getOrInsert(rejectedKeys, kind, () => new Set<string>());
      for (const [key, rows] of byKey) {
        keys.add(key);
        for (const rejection of rows.length > maxNamed ? rejectTogether(rows) : rejectEach(rows)) rejections.push(rejection);
      }
    }
    return { assertions, rejections, rejectedKeys };
  }

  #indexKeys(kind: FactKind): Map<string, number> {
    const indexes = new Map<string, number>();
    for (let at = 0; at < this.#kept.length; at++) {
      const assertion = this.#kept[at];
      if (assertion?.kind === kind) indexes.set(assertion.key, at);
    }
    return indexes;
  }
}

interface KeysOfKind {
  /** The last key, while keys ascend. */
  last: string | undefined;
  /** Key -> index among the kept, once keys do not ascend. */
  indexes: Map<string, number> | undefined;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function isSame(a: Assertion, b: Assertion): boolean {
  return a.assertedAt === b.assertedAt && a.source === b.source && areValuesEqual(a.values as never, b.values as never);
}

function rejectOne(row: Assertion, others: string): Rejection {
  const message = `${describeKey(row.kind, row.key)} stands in several rows that do not say the same: here and in ${others}. Keep the right one, or give them different ids.`;
  return toRejection(row, message);
}

function rejectEach(rows: readonly Assertion[]): Rejection[] {
  return rows.map((row) => rejectOne(row, namePlaces(rows.filter((other) => other !== row))));
}

/** One rejection for each file that holds some of the rows. */
function rejectTogether(rows: readonly Assertion[]): Rejection[] {
  const byFile = new Map<string, Assertion[]>();
  for (const row of rows) getOrInsert(byFile, row.file as string, () => []).push(row);
  const [first] = rows as readonly [Assertion, ...Assertion[]];
  const message = `${describeKey(first.kind, first.key)} stands in ${rows.length} rows that do not say the same: ${namePlaces(rows)}. Where the id is the same in every row, its column is no id: map another column to it, or give each row an id of its own.`;
  return [...byFile.values()].map((own) => ({
    ...toRejection(own[0] as Assertion, message),
    lines: own.map((row) => row.line as number),
  }));
}

function toRejection(row: Assertion, message: string): Rejection {
  return {
    file: row.file as string,
    line: row.line as number,
    column: null,
    code: 'DIFFERING_ROWS',
    message,
    value: row.key.slice(0, 500),
  };
}

function namePlaces(rows: readonly Assertion[]): string {
  const named = rows.slice(0, maxNamed).map((row) => `${row.file}:${row.line}`);
  const more = rows.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
