import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Rejection } from './rejection.ts';

/** Joins the rejections of one file that say the same into one, with all lines. A wrong column may reject a million rows. */
export class GroupedRejections {
  readonly #groups = new Map<string, { readonly first: Rejection; readonly lines: number[] }>();

  add(rejection: Rejection): void {
    const { code, column, message } = rejection;
    getOrInsert(this.#groups, `${code}\n${column ?? ''}\n${message}`, () => ({ first: rejection, lines: [] })).lines.push(rejection.line);
  }

  list(): Rejection[] {
    return [...this.#groups.values()].map(({ first, lines }) => (lines.length === 1 ? first : { ...first, lines }));
  }
}
