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

  /**
   * The distinct strings of the records. A renewal may leave others among `distinct`. O(n).
   *
   * @param isLive the slots that have records; absent: all have
   */
  used(isLive?: Uint8Array): string[] {
    const isUsed = new Uint8Array(this.distinct.length);
    for (let i = 0; i < this.codes.length; i++) {
      const code = this.codes[i] as number;
      if (code >= 0 && (isLive === undefined || isLive[i] === 1)) isUsed[code] = 1;
    }
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

  /** By code. */
  texts(): TextColumn {
    return TextColumn.from([...this.#codes.keys()]);
  }
}
