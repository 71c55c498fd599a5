/** Shorter names count only where they are the whole text: elsewhere they would match ordinary words. */
const minLength = 3;
const maxCached = 100_000;
const nothing: ReadonlySet<string> = new Set();

/** Replaces the names of what is erased in free text. A name matches as a whole word, in upper or lower case. */
export class ErasedTexts {
  readonly #replacement: string;
  readonly #pattern: RegExp | undefined;
  readonly #short: ReadonlySet<string>;
  readonly #cache = new Map<string, string>();

  /** @param replacement takes the place of each name */
  constructor(names: Iterable<string>, replacement: string) {
    this.#replacement = replacement;
    const all = [...new Set([...names].map((name) => name.trim()))].filter((name) => name !== '');
    this.#short = new Set(all.filter((name) => name.length < minLength));
    const distinct = all.filter((name) => name.length >= minLength);
    // A longer name first, so that no part of it is left.
    distinct.sort((a, b) => b.length - a.length);
    const escaped = distinct.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    this.#pattern = distinct.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  }

  isIn(text: string): boolean {
    return this.replaceIn(text) !== text;
  }

  replaceIn(text: string): string {
    if (this.#short.has(text)) return this.#replacement;
    if (this.#pattern === undefined) return text;
    const known = this.#cache.get(text);
    if (known !== undefined) return known;
    const replaced = text.replace(this.#pattern, () => this.#replacement);
    if (this.#cache.size >= maxCached) this.#cache.clear();
    this.#cache.set(text, replaced);
    return replaced;
  }

  /** The value with the names replaced in all its strings. Names of fields stay, and so do the values of the fields in `kept`. */
  replaceInAll<T>(value: T, kept: ReadonlySet<string> = nothing): T {
    if (typeof value === 'string') return this.replaceIn(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.replaceInAll(item, kept)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, kept.has(name) ? item : this.replaceInAll(item, kept)]),
    ) as T;
  }
}
