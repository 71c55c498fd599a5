import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { hasHidden, showHidden, withoutHidden } from '../../../domain/names/hidden-characters.ts';
import type { FileDecisions } from '../decisions/mapping-document.ts';
import type { ColumnMapping, FileMapping } from '../mapping-types.ts';
import { findColumnIndex } from '../table/column-names.ts';
import type { FactOrigin } from './fact-merger.ts';
import { fieldIndexOf, isParty, mainFieldOf } from './field-places.ts';
import type { FieldColumn, RowRules } from './row-reader.ts';

/** A value that no rule can read, with its count in the file. */
export interface UnreadValue {
  readonly index: number;
  readonly value: string;
  count: number;
  /** Whether a fact requires the value, so that a person must decide its meaning. */
  readonly isNeeded: boolean;
}

const lineBreak = /\r\n?|\n/;
const outerBlanks = /^[ \t]+|[ \t]+$/g;

/** Whether a column states a text that has no hidden characters. A reference may name a recorded fact that has some. */
function isVisible(kind: FactKind | null, field: string | null): boolean {
  if (kind === null || field === null) return false;
  return isParty(kind, field) || factFields[kind].find(({ name }) => name === field)?.isVisible === true;
}

function hasLines(kind: FactKind | null, field: string | null): boolean {
  return kind !== null && field !== null && (isParty(kind, field) || field === 'aliases');
}

/** More values are too many to decide about. */
const mostUnread = 10_000;

/** How the rows of one mapped file are read, and the values that no rule can read. */
export class ListRules implements RowRules {
  readonly file: string;
  readonly mapping: FileMapping;
  readonly unread = new Map<string, UnreadValue>();
  /** Whether equal names with different ids of the list are different organizations. */
  readonly vendorIdTellsApart: boolean;
  /** The columns that name organizations. */
  readonly partyColumns: readonly ColumnMapping[];
  /** Cells that lost hidden characters, with the first of them. */
  readonly hidden = { count: 0, first: '' };
  /** The columns whose texts have no hidden characters: `true` where a cell may hold several lines, such as a name above an address. */
  readonly #visible: ReadonlyMap<number, boolean>;
  readonly #columnOf = new Map<string, ColumnMapping>();
  readonly #fieldsOf = new Map<FactKind, readonly FieldColumn[]>();
  readonly #meanings: ReadonlyMap<string, string | null>;

  constructor(file: string, mapping: FileMapping, decisions: FileDecisions) {
    this.file = file;
    this.mapping = mapping;
    for (const column of mapping.columns)
      if (column.kind !== null && column.field !== null) this.#columnOf.set(`${column.kind}.${column.field}`, column);
    this.partyColumns = mapping.columns.filter(({ kind, field }) => kind !== null && field !== null && isParty(kind, field));
    this.#visible = new Map(
      mapping.columns.flatMap(({ index, use, kind, field }) =>
        use === 'FIELD' && isVisible(kind, field) ? [[index, hasLines(kind, field)]] : [],
      ),
    );
    const names = mapping.columns.map(({ column }) => column);
    this.#meanings = new Map(
      (decisions.values ?? []).map(({ column, value, meaning }) => [`${findColumnIndex(names, column)}\n${value}`, meaning]),
    );
    const id = this.columnOf('ORGANIZATION', 'id');
    const isRowNumber = id !== undefined && /^(id|ref|ref[ _]?id|reference|nr|no|#)\.?$/i.test(id.column);
    this.vendorIdTellsApart = id !== undefined && !isRowNumber && this.columnOf('ENGAGEMENT', 'client') === undefined;
  }

  get columns(): readonly ColumnMapping[] {
    return this.mapping.columns;
  }

  get fileDateOrder(): FileMapping['dateOrder'] {
    return this.mapping.dateOrder;
  }

  columnOf(kind: FactKind, field: string): ColumnMapping | undefined {
    return this.#columnOf.get(`${kind}.${field}`);
  }

  /**
   * The cells of a row, names, ids, aliases and channels without their hidden characters (names/hidden-characters.ts).
   * @param line absent: the row is not counted
   */
  withoutHidden(cells: readonly string[], line?: number): readonly string[] {
    let changed: string[] | undefined;
    for (const index of this.#visible.keys()) {
      const cell = cells[index] ?? '';
      if (!hasHidden(cell)) continue;
      changed ??= [...cells];
      changed[index] = this.visibleText(index, cell, line);
    }
    return changed ?? cells;
  }

  /** One cell without its hidden characters. Line breaks stay where a cell may hold several lines. */
  visibleText(index: number, cell: string, line?: number): string {
    const lines = this.#visible.get(index) === true ? cell.split(lineBreak) : [cell.trim()];
    // Blanks around a text were never part of it.
    if (line !== undefined && lines.some((text) => hasHidden(text.replace(outerBlanks, ''))) && this.hidden.count++ === 0) {
      const { column } = this.columns.find((one) => one.index === index) as ColumnMapping;
      this.hidden.first = `${column} "${showHidden([...cell.trim()].slice(0, 60).join(''))}" on line ${line}`;
    }
    return lines.map(withoutHidden).join('\n');
  }

  /** The column that every row must fill; -1 if there is no such column. */
  get nameIndex(): number {
    const main = this.columnOf('ORGANIZATION', 'name') ?? this.#columnOf.get(mainFieldOf(this.mapping.kinds));
    return main?.index ?? -1;
  }

  /** The columns that name the client of each row, and those that name its organization. None in other lists. */
  get namingColumns(): readonly (readonly number[])[] {
    const indexes = (kind: FactKind, ...fields: string[]) => fields.flatMap((field) => this.columnOf(kind, field)?.index ?? []);
    if (this.columnOf('ORGANIZATION', 'name') === undefined) return [];
    return [indexes('ENGAGEMENT', 'client'), indexes('ORGANIZATION', 'name', 'id')].filter((columns) => columns.length > 0);
  }

  /** Whether a row leaves a name empty, and fills at least half of the other columns. */
  isUnnamed(cells: readonly string[]): boolean {
    const isFilled = (index: number) => (cells[index] ?? '').trim() !== '';
    const naming = this.namingColumns;
    if (!naming.some((columns) => !columns.some(isFilled))) return false;
    const others = this.columns.filter(({ index }) => !naming.flat().includes(index));
    return others.filter(({ index }) => isFilled(index)).length * 2 >= others.length;
  }

  /** Whether facts of the list name its client, and no column does. */
  get needsClient(): boolean {
    const lacks = (kind: FactKind, field: string) => this.mapping.kinds.includes(kind) && this.columnOf(kind, field) === undefined;
    return lacks('ENGAGEMENT', 'client') || lacks('TRANSFER', 'sender') || lacks('ARTIFACT', 'owner');
  }

  originOf(line: number, { assertedAt }: Pick<FactOrigin, 'assertedAt'>): FactOrigin {
    return { file: this.file, line, assertedAt };
  }

  fieldsOf(kind: FactKind): readonly FieldColumn[] {
    return getOrInsert(this.#fieldsOf, kind, () =>
      this.mapping.columns.flatMap((column) => {
        if (column.use !== 'FIELD' || column.kind !== kind || column.field === null || isParty(kind, column.field)) return [];
        const at = fieldIndexOf(kind, column.field);
        const spec = factFields[kind][at];
        return spec === undefined || spec.type === 'reference' ? [] : [{ column, at, spec }];
      }),
    );
  }

  meaningOf(index: number, text: string): string | null | undefined {
    if (this.#meanings.size === 0) return undefined;
    return this.#meanings.get(`${index}\n${text}`);
  }

  noteUnread(index: number, value: string, isNeeded: boolean): void {
    const key = `${index}\n${value}`;
    if (this.unread.size >= mostUnread && !this.unread.has(key)) return;
    const unread = getOrInsert(this.unread, key, () => ({ index, value, count: 0, isNeeded }));
    unread.count++;
  }
}
