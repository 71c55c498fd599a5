import type { Database } from 'better-sqlite3';
import { RecentTexts } from '../../domain/text/recent-texts.ts';
import { type Cell, prepareOnce } from './statements.ts';

/** A map finds one of so few at once. */
const fewPhrases = 1000;
/** Longer texts rarely repeat, so they stay in their rows. */
const maxPhraseLength = 500;

/**
 * Texts that repeat, each kept once and numbered from 1: names of other facts, channels, files, sources.
 *
 * Phrases are only added. So the cache stays valid, and an unknown number belongs to a newer phrase.
 */
export class Phrases {
  readonly #database: Database;
  #texts: string[] = [''];
  #numbers: Map<string, number> | undefined;
  #recent: RecentTexts<number> | undefined;
  #savedCount = 1;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads the phrases that other connections added. */
  refresh(): void {
    const added = prepareOnce(this.#database, 'SELECT "n", "text" FROM phrase WHERE "n" >= ? ORDER BY "n"')
      .raw()
      .all(this.#texts.length) as [number, string][];
    for (const [number, text] of added) {
      this.#texts[number] = text;
      this.#numbers?.set(text, number);
    }
    this.#savedCount = this.#texts.length;
  }

  decode(cell: Cell): string | null {
    return typeof cell === 'number' ? (this.#texts[cell] as string) : cell;
  }

  /** The cell for a text; a new phrase is only written by `save`. */
  encode(text: string | null): Cell {
    if (text === null || text.length > maxPhraseLength) return text;
    const recent = this.#recent?.get(text);
    if (recent !== undefined) return recent;
    let number = this.find(text);
    if (number === undefined) {
      number = this.#texts.length;
      this.#texts.push(text);
      this.#numbers?.set(text, number);
    }
    if (this.#texts.length > fewPhrases) this.#recent ??= new RecentTexts();
    this.#recent?.set(text, number);
    return number;
  }

  /** The cell that a text has in all rows with it; undefined: no row has it. */
  findCell(text: string): Exclude<Cell, null> | undefined {
    return text.length > maxPhraseLength ? text : this.find(text);
  }

  find(text: string): number | undefined {
    if (this.#numbers === undefined) {
      this.#numbers = new Map();
      for (let n = 1; n < this.#texts.length; n++) this.#numbers.set(this.#texts[n] as string, n);
    }
    return this.#numbers.get(text);
  }

  save(): void {
    const insert = this.#database.prepare('INSERT INTO phrase ("n", "text") VALUES (?, ?)');
    for (; this.#savedCount < this.#texts.length; this.#savedCount++) insert.run(this.#savedCount, this.#texts[this.#savedCount]);
  }

  /** Drops the phrases of a transaction that was rolled back. */
  invalidate(): void {
    this.#texts = [''];
    this.#numbers = undefined;
    this.#recent = undefined;
    this.#savedCount = 1;
  }
}
