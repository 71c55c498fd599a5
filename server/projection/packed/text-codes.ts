import type { TextColumn } from '../columns/text-column.ts';

const unknown = -2;

/** Numbers for texts, from 0 on, in the order in which they are first met. A number never changes its text. */
export class TextCodes {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];
  /** For columns of ids: code -> index of the text. */
  readonly #indexes = new WeakMap<TextColumn, Int32Array>();

  get count(): number {
    return this.#texts.length;
  }

  /** The number of a text, new if need be; -1 for null. */
  codeOf(text: string | null): number {
    if (text === null) return -1;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#codes.set(text, code);
      this.#texts.push(text);
    }
    return code;
  }

  textOf(code: number): string {
    return this.#texts[code] as string;
  }

  /**
   * Replaces codes by the indexes of their texts in a column of ids; -1 stays. The column remembers each index that was looked up.
   * Throws if the column lacks a text.
   */
  toIndexes(codes: Int32Array, ids: TextColumn): void {
    let found = this.#indexes.get(ids);
    if (found === undefined || found.length < this.count) {
      const larger = new Int32Array(this.count).fill(unknown);
      if (found !== undefined) larger.set(found);
      found = larger;
      this.#indexes.set(ids, found);
    }
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (code < 0) continue;
      let index = found[code] as number;
      if (index === unknown) {
        index = ids.find(this.textOf(code));
        if (index < 0) throw new Error(`A transfer names ${this.textOf(code)}, which does not exist`);
        found[code] = index;
      }
      codes[i] = index;
    }
  }
}
