import type { Assertion } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Rejection } from './rejection.ts';

const maxNamed = 5;

/**
 * Sees to it that no fact is said twice in one import: equal rows of one key become one, differing ones are all rejected,
 * each naming the others; so is a row whose key another, rejected row has too.
 *
 * Complexity: O(rows). While keys of a kind come in ascending order, as export writes them, no table of keys is made.
 */
export class CrossRows {
  /** Rows that repeated another one word for word. */
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
      // What stood there was forgotten, so its key is rejected; this row will be, with a reason of its own.
      keys.indexes.set(key, this.#kept.length);
      this.#kept.push(assertion);
    }
  }

  reject(kind: FactKind, key: string, file: string, line: number): void {
    const places = getOrInsert(this.#rejected, kind, () => new Map<string, Place>());
    if (!places.has(key)) places.set(key, { file, line });
  }

  /** How many assertions there are by now, for `forgetFrom`. */
  get mark(): number {
    return this.#kept.length;
  }

  /** Takes back what a file that turned out not to be readable had said: its keys count as rejected. */
  forgetFrom(mark: number): void {
    for (let at = mark; at < this.#kept.length; at++) {
      const assertion = this.#kept[at];
      if (assertion === undefined) continue;
      this.reject(assertion.kind, assertion.key, assertion.file as string, assertion.line as number);
      this.#kept[at] = undefined;
    }
  }

  /** The assertions that are left, in the order in which they came, and why the others are not. To be called once, last. */
  finish(): { assertions: Assertion[]; rejections: Rejection[]; rejectedKeys: Map<FactKind, Set<string>> } {
    const rejections: Rejection[] = [];
    const assertions: Assertion[] = [];
    const rejectedKeys = new Map<FactKind, Set<string>>();
    for (const assertion of this.#kept) {
      if (assertion === undefined) continue;
      const place = this.#rejected.get(assertion.kind)?.get(assertion.key);
      if (place === undefined) assertions.push(assertion);
      else rejections.push(differing(assertion, `${place.file}:${place.line}, which was rejected,`));
    }
    for (const [kind, places] of this.#rejected) rejectedKeys.set(kind, new Set(places.keys()));
    for (const [kind, byKey] of this.#differing) {
      const keys = getOrInsert(rejectedKeys, kind, () => new Set<string>());
      for (const [key, rows] of byKey) {
        keys.add(key);
        for (const row of rows) rejections.push(differing(row, namePlaces(rows.filter((other) => other !== row))));
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
  /** The last key, while they ascend. */
  last: string | undefined;
  /** Key -> index among the kept, once they do not. */
  indexes: Map<string, number> | undefined;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function isSame(a: Assertion, b: Assertion): boolean {
  return a.assertedAt === b.assertedAt && a.source === b.source && areValuesEqual(a.values as never, b.values as never);
}

function differing(row: Assertion, others: string): Rejection {
  const message = `${describeKey(row.kind, row.key)} stands in several rows that do not say the same: here and in ${others.replace(/,$/, '')}. Keep the right one, or give them different ids.`;
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
