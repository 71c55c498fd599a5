import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { copyText } from '../../workbook/read-xml.ts';

/**
 * The fate of a cell, or of a part of it. LEFT_OUT is about cells that state nothing, all others about cells that state something: so the
 * notes with LEFT_OUT count the cells that the account counts as left out.
 *
 * REPAIRED: read in another form than it is written. REMARK: a part of a cell that is kept as text. FOLDED: a value that other rows about the
 * same fact outweigh.
 */
export const cellChanges = ['SPLIT', 'JOINED', 'REPAIRED', 'TRANSLATED', 'REMARK', 'FOLDED', 'LEFT_OUT'] as const;
export type CellChange = (typeof cellChanges)[number];

export interface CellExample {
  /** From 1, as an editor counts. */
  readonly line: number;
  readonly text: string;
  /** The value that the cell states instead; null: nothing. */
  readonly becomes: string | null;
}

/** Cells of one column of a file to which the same happened. */
export interface CellNote {
  readonly file: string;
  readonly change: CellChange;
  /** Null: cells of any column. */
  readonly column: string | null;
  /** Completes "the cell …" or "the row …". */
  readonly rule: string;
  readonly count: number;
  /** In the order of the rows. All of them, unless there are more than `mostExamples`. */
  readonly examples: readonly CellExample[];
}

/** The filled cells of the lists of an import. `read` is the sum of the others. */
export interface CellAccount {
  readonly read: number;
  /** A field of a fact, a name, or evidence of a control. */
  readonly used: number;
  readonly keptAsText: number;
  readonly leftOut: number;
  readonly rejected: number;
}

/** The cells of all lists: their account, and what was changed or left out. */
export interface CellReport {
  readonly account: CellAccount;
  readonly notes: readonly CellNote[];
}

export const mostExamples = 2000;
const longestText = 200;
/** Distinct texts of a column of which the reading is remembered. */
const mostTranslations = 1000;

const [nothing, left, kept, used] = [0, 1, 2, 3];

interface NoteExample {
  readonly text: string;
  readonly becomes: string | null;
  readonly line?: number;
}

interface OpenNote extends Omit<CellNote, 'count'> {
  count: number;
  readonly examples: CellExample[];
}

/**
 * The ledger of the filled cells of one file. Whoever reads a cell says here what became of it; `closeRow` finds the cells of which
 * nobody did. So a cell that a rule forgets stops the import, instead of disappearing.
 *
 * Complexity: O(1) a cell. Memory: `mostExamples` texts for each note.
 */
export class CellLedger {
  readonly file: string;
  /** The first cell that nothing read. */
  unaccounted: { readonly line: number; readonly index: number } | undefined;
  readonly #counts = { read: 0, used: 0, keptAsText: 0, leftOut: 0, rejected: 0 };
  readonly #notes = new Map<string, OpenNote>();
  readonly #state: number[] = [];
  readonly #rules: (string | undefined)[] = [];
  readonly #translations = new Map<number, Map<string, boolean>>();
  readonly #columns: readonly string[];
  #line = 0;
  /** The notes about cells of the open row. They hold only if the row is not left out as a whole, or rejected. */
  readonly #waiting: (() => void)[] = [];

  constructor(file: string, columns: readonly string[]) {
    this.file = file;
    this.#columns = columns;
  }

  get account(): CellAccount {
    return { ...this.#counts };
  }

  get notes(): readonly CellNote[] {
    return [...this.#notes.values()];
  }

  openRow(line: number): void {
    this.#line = line;
    this.#state.fill(nothing);
    this.#waiting.length = 0;
  }

  use(index: number): void {
    this.#state[index] = used;
  }

  /** The cell is kept as text on a fact of its row. */
  keep(index: number): void {
    if ((this.#state[index] ?? nothing) < kept) this.#state[index] = kept;
  }

  /** The cell states nothing, by a rule that completes "the cell …". It counts unless another reading of the cell uses or keeps it. */
  leave(index: number, rule: string): void {
    if ((this.#state[index] ?? nothing) >= left) return;
    this.#state[index] = left;
    this.#rules[index] = rule;
  }

  /** Notes a value that is written in another way than its cell, such as a country's code. Each distinct text of a column is an example once. */
  translate(index: number, text: string, describe: () => string): void {
    const known = getOrInsert(this.#translations, index, () => new Map<string, boolean>());
    const before = known.get(text);
    if (before === false) return;
    const value = before === undefined ? describe() : '';
    const isChanged = before ?? value !== text;
    if (known.size < mostTranslations) known.set(text, isChanged);
    if (!isChanged) return;
    this.note('TRANSLATED', index, 'is written as its value', before === undefined ? { text, becomes: value } : undefined);
  }

  /** A part of the cell is read by no rule. */
  lose(index: number): void {
    this.unaccounted ??= { line: this.#line, index };
  }

  /**
   * @param index of the column; null: any
   * @param example of the open row, unless it has a line of its own. A note on the open row is dropped if that row states nothing
   */
  note(change: CellChange, index: number | null, rule: string, example?: NoteExample): void {
    if (example?.line === undefined) this.#waiting.push(() => this.#count(change, index, rule, example));
    else this.#count(change, index, rule, example);
  }

  #count(change: CellChange, index: number | null, rule: string, example?: NoteExample): void {
    const column = index === null ? null : (this.#columns[index] ?? null);
    const note = getOrInsert(this.#notes, `${change}\n${column ?? ''}\n${rule}`, () => ({
      ...{ file: this.file, change, column, rule, count: 0 },
      examples: [],
    }));
    note.count++;
    if (example === undefined || note.examples.length >= mostExamples) return;
    const { text, becomes, line = this.#line } = example;
    note.examples.push({ line, text: cut(text), becomes: becomes === null ? null : cut(becomes) });
  }

  /** Closes a row of which every cell was read one by one. */
  closeRow(cells: readonly string[]): void {
    for (const count of this.#waiting.splice(0)) count();
    for (const [index, cell] of cells.entries()) {
      if (isBlank(cell)) continue;
      this.#counts.read++;
      const state = this.#state[index] ?? nothing;
      if (state === used) this.#counts.used++;
      else if (state === kept) this.#counts.keptAsText++;
      else if (state === left) {
        this.#counts.leftOut++;
        this.#count(
          'LEFT_OUT',
          index,
          this.#rules[index] as string,
          this.#isShown(index) ? { text: cell.trim(), becomes: null } : undefined,
        );
      } else this.unaccounted ??= { line: this.#line, index };
    }
  }

  /** Closes a row that is left out as a whole, by a rule that completes "the row …". */
  leaveRow(cells: readonly string[], line: number, rule: string): void {
    const filled = countFilled(cells);
    this.#counts.read += filled;
    this.#counts.leftOut += filled;
    const shown = cells.filter((cell, index) => !isBlank(cell) && this.#isShown(index));
    this.#line = line;
    this.#waiting.length = 0;
    this.#count('LEFT_OUT', null, rule, { text: shown.map((cell) => cell.trim()).join(' | '), becomes: null });
  }

  /** A row beside the table of which another row keeps the text. */
  keepRow(cells: readonly string[]): void {
    const filled = countFilled(cells);
    this.#counts.read += filled;
    this.#counts.keptAsText += filled;
  }

  rejectRow(cells: readonly string[]): void {
    this.#waiting.length = 0;
    const filled = countFilled(cells);
    this.#counts.read += filled;
    this.#counts.rejected += filled;
  }

  readonly #hidden = new Set<number>();

  /** The texts of a column that is left out as a whole are not shown: they may be private. */
  hide(index: number): void {
    this.#hidden.add(index);
  }

  #isShown(index: number): boolean {
    return !this.#hidden.has(index);
  }
}

/** A slice would keep the whole text in memory. */
function cut(text: string): string {
  return text.length > longestText ? copyText(text.slice(0, longestText)) : text;
}

function isBlank(cell: string): boolean {
  return cell === '' || cell.trim() === '';
}

function countFilled(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) if (!isBlank(cell)) filled++;
  return filled;
}

/** The report on the cells of all lists of an import. */
export function joinLedgers(ledgers: readonly CellLedger[]): CellReport {
  const account = { read: 0, used: 0, keptAsText: 0, leftOut: 0, rejected: 0 };
  for (const ledger of ledgers) for (const key of Object.keys(account) as (keyof CellAccount)[]) account[key] += ledger.account[key];
  return { account, notes: ledgers.flatMap(({ notes }) => notes) };
}

export const noCells: CellReport = joinLedgers([]);
