import type { Database } from 'better-sqlite3';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { RecentTexts } from '../../../domain/text/recent-texts.ts';
import type { FieldNames } from '../../stored-fields.ts';
import { StoredFields } from '../../stored-fields.ts';
import { WriteLedger } from '../../write-ledger.ts';
import type { Cell } from '../statements.ts';
import { prepareOnce } from '../statements.ts';

type WriteRow = [number, number, number, string, string, string | null, number, number, number, number];
type UndoRow = [number, number, number, string, number, number];

/** The ledger of all writes, as one connection has read it. */
export class Ledger extends WriteLedger {
  readonly phrases: Phrases;
  readonly fields: StoredFields;
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
    this.phrases = new Phrases(database);
    this.fields = new StoredFields(readFieldNames(database));
  }

  /** Reads the writes and undos since the last call. Call it at the start of a transaction. */
  refresh(): this {
    this.phrases.refresh();
    const rows = prepareOnce(
      this.#database,
      'SELECT "seq", "revision", "at", "by", "speaker", "import_id", "created", "updated", "unchanged", "retracted" FROM "write" WHERE "seq" > ? ORDER BY "seq"',
    )
      .raw()
      .all(this.lastSeq) as WriteRow[];
    for (const [seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted] of rows) {
      this.add({ seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted, undo: null });
    }
    const undone = prepareOnce(
      this.#database,
      'SELECT "seq", "undone_revision", "undone_at", "undone_by", "undone_changed", "undone_is_raising" FROM "write" WHERE "undone_at" IS NOT NULL',
    )
      .raw()
      .all() as UndoRow[];
    for (const [seq, revision, at, by, changed, isRaising] of undone) {
      if (this.get(seq).undo === null) this.markUndone(seq, { revision, at, by, changed, isRaising: isRaising === 1 });
    }
    return this;
  }

  /** Drops the cache: call it after a rollback. */
  invalidate(): void {
    this.clear();
    this.phrases.invalidate();
  }
}

/** The names of all fields that the store knows. Throws where the store is damaged. */
export function readFieldNames(database: Database): FieldNames {
  const names = Object.fromEntries(factKinds.map((kind): [FactKind, string[]] => [kind, []])) as Record<FactKind, string[]>;
  const rows = database.prepare('SELECT "kind", "name" FROM field ORDER BY "kind", "bit"').raw().all() as [FactKind, string][];
  for (const [kind, name] of rows) {
    if (!factKinds.includes(kind)) throw new Error(`it knows no kind of fact "${kind}"`);
    names[kind].push(name);
  }
  return names;
}

export function insertFieldNames(database: Database, names: FieldNames): void {
  const insert = database.prepare('INSERT OR IGNORE INTO field ("kind", "bit", "name") VALUES (?, ?, ?)');
  for (const kind of factKinds) for (const [bit, name] of names[kind].entries()) insert.run(kind, bit, name);
}

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
    const insert = prepareOnce(this.#database, 'INSERT INTO phrase ("n", "text") VALUES (?, ?)');
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
