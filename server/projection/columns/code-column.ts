import { TextColumn } from './text-column.ts';

/** A column of strings that repeat or are missing. Stores indexes into the distinct strings, and -1 for a missing one. */
export class CodeColumn {
  readonly codes: Int32Array;
  readonly distinct: TextColumn;

  constructor(codes: Int32Array, distinct: TextColumn) {
    this.codes = codes;
    this.distinct = distinct;
  }

  get(index: number): string | null {
    const code = this.codes[index] as number;
    return code < 0 ? null : this.distinct.get(code);
  }

  /** The distinct strings of the records. A renewal may leave others among `distinct`. O(n). */
  used(): string[] {
    const isUsed = new Uint8Array(this.distinct.length);
    for (const code of this.codes) if (code >= 0) isUsed[code] = 1;
    return Array.from(isUsed.keys()).flatMap((code) => (isUsed[code] === 1 ? [this.distinct.get(code)] : []));
  }
}

/** Interns the strings of a column that is being filled. */
export class Interner {
  readonly #codes = new Map<string, number>();

  /** -1 for null. */
  code(text: string | null): number {
    if (text === null) return -1;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(text, code);
    }
    return code;
  }

  get size(): number {
    return this.#codes.size;
  }

  /** By code. @param remembers as in TextColumn */
  texts(remembers?: boolean): TextColumn {
    return TextColumn.from([...this.#codes.keys()], remembers);
  }
}
