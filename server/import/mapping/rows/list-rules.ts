import { isLeiName } from '../../../domain/columns/dora-codes.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { type FieldSpec, factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { hasHidden, showHidden, withoutHidden } from '../../../domain/text/hidden-characters.ts';
import { cleanName, hasWay } from '../../matching/clean-name.ts';
import { isRemark } from '../../matching/remarks.ts';
import { fromVocabulary, patternOf, type WordUse, wordsOf } from '../../vocabulary/vocabulary-rows.ts';
import { isOnward } from '../column-synonyms.ts';
import { isSubcontractor } from '../decisions/decide-columns.ts';
import type { FileDecisions } from '../decisions/mapping-document.ts';
import type { ColumnMapping, FileMapping } from '../mapping-types.ts';
import { findColumnIndex, findLastMark } from '../table/column-names.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { isEvidence, readAnswer, readValue } from '../values/read-values.ts';
import { isBulletedList, isLinkedList, isSplitColumn, isSplitWhole, looksListed, splitLoosely, splitNames } from '../values/split-names.ts';
import { CellLedger } from './cell-ledger.ts';
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

/** Marks beside a name, and no text: `*`, `¹`, `[2]`, `(3)`. */
const markOnly = /^(?:[*†‡§¶◊⁎※®™©℠°¹²³⁰⁴-⁹•·▪●○■□▶►➢✓✔–-]|\[(?:\d{1,2}|[a-z])\]|\(\d{1,2}\)|\(\*+\)|\^\d{1,2}|\s)+$/u;
const singleMark = /[*†‡§¶◊⁎※°¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z])\]|\(\d{1,2}\)|\^\d{1,2}/gu;
const footnoteText = /^([*†‡§¶◊⁎※°¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z])\]|\(\d{1,2}\)|\^\d{1,2})\s*(\S[\s\S]*)$/u;

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

const vendorAnswer = patternOf((words) => `^(?:is (?:an? )?)?${words('VENDOR_ANSWER')}$`);

const plainWords = (use: WordUse) => fromVocabulary(() => new Set(wordsOf(use).map(toPlainHeader)));
const notSent = plainWords('NOT_SENT');
const vendorStatuses = plainWords('VENDOR_STATUS');
const notEngaged = plainWords('NOT_ENGAGED');

/** Whether a header is that of a column that says how a vendor stands. */
export function isVendorStatus(header: string): boolean {
  return vendorStatuses().has(toPlainHeader(header));
}

/** Whether a status says that somebody engages the vendor. */
export function isEngagedStatus(cell: string): boolean {
  return readValue(organizationStatus, statusOf(cell), null) === 'ACTIVE';
}

/** The word of a status without the number before it and the reason behind it: the "rejected" of "4 - Rejected (cost)". */
function statusOf(cell: string): string {
  return toPlainHeader((/^[^\p{L}]*(.*?)(?:\s[-–—]\s|[–—:;,.(|/\n]|$)/u.exec(cell) as RegExpExecArray)[1] as string);
}

/** Whether a status says that an engagement has ended, is not in force, is planned, or waits for something. */
function isOpenStatus(cell: string): boolean {
  const word = statusOf(cell);
  return readValue(organizationStatus, word, null) === 'ENDED' || isRemark(word) || readAnswer(word) === false;
}

const organizationStatus = factFields.ORGANIZATION[fieldIndexOf('ORGANIZATION', 'status')] as FieldSpec;

/** An arrow between two names. */
const arrow = /\S\s*(?:-+>|=+>|[→⇒➔➜⟶])\s*\S/u;

/** By kind: the headers of a status column, and why a row with such a cell states no fact. */
const statuses: Partial<
  Record<FactKind, { readonly headers: () => ReadonlySet<string>; readonly findLack: (cell: string) => string | undefined }>
> = {
  CONTROL: {
    headers: plainWords('CONTROL_STATUS'),
    findLack: (cell) => (cell.trim() !== '' && isEvidence(cell) === false ? 'says that there is no evidence' : undefined),
  },
  TRANSFER: {
    headers: plainWords('TRANSFER_STATUS'),
    findLack: (cell) => (notSent().has(toPlainHeader(cell)) ? 'says that nothing was sent' : undefined),
  },
};

function holdsAnswers(profile: Pick<ColumnProfile, 'distinct'> | undefined): boolean {
  const texts = [...(profile?.distinct.keys() ?? [])];
  return texts.length > 0 && texts.every((text) => typeof readAnswer(text) === 'boolean');
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
  /** The columns that name whom the organization of a row engages. */
  readonly subcontractors: readonly ColumnMapping[];
  /** The columns that name whom the recipient of a row passed its copy on to. */
  readonly onward: readonly ColumnMapping[];
  /** The columns that describe the artifact of a row in a list of transfers. */
  readonly artifactColumns: readonly ColumnMapping[];
  /** The names of the owners in a column of a list of transfers. */
  readonly owners = new Set<string>();
  /** The columns that are named after clients, and have a mark where the client engages the organization of the row. */
  readonly clientMarks: readonly ColumnMapping[];
  /** Clients in a column that are not the one that a person named for the list. `first` is the first of them. */
  readonly otherClients = { count: 0, first: '' };
  /** New clients that rows name, whose role nobody decided: id -> name. */
  readonly clientsWithoutRole = new Map<string, string>();
  /** The columns of official numbers, which an organization keeps, whoever engages it. A vendor's number in its list is none. */
  readonly numberColumns: ReadonlySet<number>;
  /** The columns such as "Vendor" whose cells say whether the organization of a row is one. */
  readonly #vendorAnswers: readonly ColumnMapping[];
  /** The columns that say how the vendor of a row stands, unless a person decided about them. */
  readonly vendorStatuses: readonly ColumnMapping[];
  /** The columns that say how the transfer or the evidence of a row stands. No field takes them. */
  readonly #statuses: readonly ColumnMapping[];
  /** The columns that name organizations. */
  readonly partyColumns: readonly ColumnMapping[];
  /** Cells that lost hidden characters, with the first of them. */
  readonly hidden = { count: 0, first: '' };
  readonly ledger: CellLedger;
  /** Names with a remark that says a start, an end, a plan or a status. `first` is the first of them. */
  readonly remarks = { count: 0, dated: 0, first: '', firstUndated: '' };
  /** Vendors that their status calls ended, or not engaged yet, and that no end date ends. `first` is the first of them. */
  readonly openStatuses = { count: 0, first: '' };
  /** Evidence that had expired when the list was asserted. `first` is the first of it. */
  readonly expired = { count: 0, first: '' };
  /** Artifacts that rows name, that nothing describes, and about which nobody decided. */
  readonly unknownArtifacts = new Set<string>();
  readonly #footnotes = new Map<string, string>();
  /** The texts of the footnotes that facts keep. */
  readonly #keptFootnotes = new Set<string>();
  /** The columns of names whose cells may hold several. */
  readonly #splitColumns: ReadonlySet<number>;
  /** The cells of the columns of organizations. */
  readonly #named: ReadonlySet<string>;
  /** The columns whose texts have no hidden characters: `true` where a cell may hold several lines, such as a name above an address. */
  readonly #visible: ReadonlyMap<number, boolean>;
  readonly #columnOf = new Map<string, ColumnMapping>();
  readonly #fieldsOf = new Map<FactKind, readonly FieldColumn[]>();
  readonly #meanings: ReadonlyMap<string, string | null>;

  /** @param profiles of the columns, in their order */
  constructor(file: string, mapping: FileMapping, decisions: FileDecisions, profiles: readonly Pick<ColumnProfile, 'distinct'>[]) {
    this.file = file;
    this.mapping = mapping;
    this.ledger = new CellLedger(
      file,
      mapping.columns.map(({ column }) => column),
    );
    for (const { index, use } of mapping.columns) if (use === 'IGNORED') this.ledger.hide(index);
    for (const column of mapping.columns)
      if (column.kind !== null && column.field !== null) this.#columnOf.set(`${column.kind}.${column.field}`, column);
    const clients = mapping.columns.filter(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === 'client');
    this.clientMarks = clients.length > 1 ? clients : [];
    if (clients.length > 1) this.#columnOf.delete('ENGAGEMENT.client');
    const recipients = mapping.columns.filter(({ use, kind, field }) => use === 'FIELD' && kind === 'TRANSFER' && field === 'recipient');
    const recipient = recipients.find(({ column }) => !isOnward(column)) ?? recipients[0];
    this.onward = recipients.filter((column) => column !== recipient);
    if (recipient !== undefined) this.#columnOf.set('TRANSFER.recipient', recipient);
    this.artifactColumns = mapping.columns.filter(
      ({ use, kind }) => use === 'FIELD' && kind === 'ARTIFACT' && mapping.kinds[0] === 'TRANSFER',
    );
    this.subcontractors = mapping.columns.filter((column) => column.use === 'FIELD' && isSubcontractor(column));
    this.#columnOf.delete('ENGAGEMENT.provider');
    this.partyColumns = mapping.columns.filter(
      (column) => column.kind !== null && column.field !== null && isParty(column.kind, column.field) && !this.clientMarks.includes(column),
    );
    this.#vendorAnswers = mapping.columns.filter(
      ({ index, column, use }) =>
        use === 'ATTRIBUTE' &&
        mapping.kinds.includes('ENGAGEMENT') &&
        vendorAnswer().test(toPlainHeader(column)) &&
        holdsAnswers(profiles[index]),
    );
    this.vendorStatuses = mapping.columns.filter(
      ({ column, use, confidence }) =>
        use === 'ATTRIBUTE' && confidence < 1 && mapping.kinds.includes('ENGAGEMENT') && vendorStatuses().has(toPlainHeader(column)),
    );
    const ofStatus = statuses[mapping.kinds[0] as FactKind]?.headers();
    this.#statuses = mapping.columns.filter(({ use, column }) => use !== 'FIELD' && ofStatus?.has(toPlainHeader(column)) === true);
    this.numberColumns = new Set(
      mapping.columns.flatMap(({ index, use, kind, field, column }) =>
        use === 'ATTRIBUTE' && kind === 'ORGANIZATION' && (field !== 'id' || isLeiName(column)) ? [index] : [],
      ),
    );
    this.#splitColumns = new Set(
      this.partyColumns.flatMap(({ index }) => (isSplitColumn([...(profiles[index]?.distinct.keys() ?? [])]) ? [index] : [])),
    );
    this.#named = new Set(
      this.partyColumns.flatMap(({ index }) => [...(profiles[index]?.distinct.keys() ?? [])].map((text) => text.trim())),
    );
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
   * The cells of a row, names, ids, aliases and channels without their hidden characters (domain/text/hidden-characters.ts).
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

  /**
   * The names in a cell of organizations. A cell is split only if its column as a whole is, if each of its lines has a bullet or each
   * of its names a link, or if other cells name each of its parts alone.
   */
  namesIn(index: number, cell: string): string[] {
    if (this.#splitColumns.has(index) || isBulletedList(cell) || isLinkedList(cell)) return splitNames(cell);
    const parts = splitLoosely(cell);
    return parts.length > 1 && parts.every((part) => this.#named.has(part)) ? parts : [cell.trim()];
  }

  /** Notes a cell of several names, and one that only looks like it. */
  noteNames(index: number, cell: string, names: readonly string[]): void {
    if (names.length > 1) {
      this.ledger.note('SPLIT', index, 'names several organizations', { text: cell, becomes: names.join(' | ') });
      if (!isSplitWhole(cell, names)) this.ledger.lose(index);
    } else if (splitNames(cell).length > 1 || looksListed(cell)) {
      const rule = 'looks like several names, but too few cells of its column do';
      this.ledger.note('JOINED', index, rule, { text: cell, becomes: names[0] ?? null });
    } else if (hasWay(cell) && hasWay(cleanName(cell).name)) {
      this.ledger.note('JOINED', index, 'has "via" between two names, and is read as one name', {
        text: cell,
        becomes: cleanName(cell).name,
      });
    }
  }

  /** Remembers a note beside the table that explains a mark: "* Only for customers in the EU". */
  noteFootnote(cells: readonly string[]): void {
    for (const cell of cells) {
      const found = footnoteText.exec(cell.trim());
      if (found === null) continue;
      const [, mark, text] = found as unknown as [string, string, string];
      // The nearest one below a table counts.
      if (!this.#footnotes.has(mark)) this.#footnotes.set(mark, text.trim());
    }
  }

  /**
   * The texts that a name in a cell brings with it: remarks, addresses, and the footnotes that its marks name. Of a mark without a footnote,
   * nothing is kept.
   *
   * @param cut the pieces that are no part of the name (`cleanName`)
   */
  textsBeside(index: number, cell: string, name: string, cut: readonly string[]): readonly string[] {
    const { texts, isUnexplained } = this.explain(cut);
    if (isUnexplained)
      this.ledger.note('REPAIRED', index, 'has a mark that no footnote explains, and is read without it', {
        text: cell,
        becomes: cleanName(name).name,
      });
    for (const text of texts) this.ledger.note('REMARK', index, 'has a text beside its name', { text: cell, becomes: text });
    return texts;
  }

  /** The texts of the pieces beside a name. A footnote stands for its mark. */
  explain(cut: readonly string[]): { readonly texts: readonly string[]; readonly isUnexplained: boolean } {
    const texts: string[] = [];
    let isUnexplained = false;
    for (const piece of cut) {
      if (!markOnly.test(piece)) {
        texts.push(piece);
        continue;
      }
      for (const mark of piece.match(singleMark) ?? [piece]) {
        const text = this.#footnotes.get(mark);
        if (text === undefined) isUnexplained = true;
        else texts.push(this.#keepFootnote(mark, text));
      }
    }
    return { texts, isUnexplained };
  }

  #keepFootnote(mark: string, text: string): string {
    this.#keptFootnotes.add(text);
    return `${mark} ${text}`;
  }

  /** Whether a row beside the table is a footnote that a fact keeps. */
  isKeptFootnote(cells: readonly string[]): boolean {
    const filled = cells.filter((cell) => cell.trim() !== '');
    return filled.length > 0 && filled.every((cell) => this.#keptFootnotes.has(footnoteText.exec(cell.trim())?.[2]?.trim() ?? ''));
  }

  /** A cell that is no name, without the marks behind it that a footnote explains, and the texts of those footnotes. */
  withoutMarks(cell: string): { readonly text: string; readonly footnotes: readonly string[] } {
    if (this.#footnotes.size === 0) return { text: cell, footnotes: [] };
    const footnotes: string[] = [];
    let text = cell.trim();
    for (let mark = findLastMark(text); mark !== undefined && mark.length < text.length; mark = findLastMark(text)) {
      const note = this.#footnotes.get(mark);
      if (note === undefined) break;
      footnotes.unshift(this.#keepFootnote(mark, note));
      text = text.slice(0, -mark.length).trimEnd();
    }
    return { text: footnotes.length === 0 ? cell : text, footnotes };
  }

  /** Counts an engagement without an end whose status says that it has ended, or that it only begins. */
  countOpenStatus(cells: readonly string[], line: number): void {
    for (const { index, column } of this.vendorStatuses) {
      const cell = (cells[index] ?? '').trim();
      if (cell === '' || !isOpenStatus(cell)) continue;
      if (this.openStatuses.count++ === 0) this.openStatuses.first = `"${cell.slice(0, 60)}" under "${column}" on line ${line}`;
      return;
    }
  }

  /** Counts a remark for the question about remarks. */
  countRemark(text: string, isDated: boolean, line: number): void {
    const quoted = `"${text.slice(0, 80)}" on line ${line}`;
    if (isDated) this.remarks.dated++;
    else this.remarks.firstUndated ||= quoted;
    if (this.remarks.count++ === 0) this.remarks.first = quoted;
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

  /**
   * Why a row states no fact by its own words: "no" under "Vendor", "rejected" under its status, "failed" under that of a transfer, "not
   * implemented" under that of a control, or an arrow between two names. Undefined: nothing says so.
   */
  findDenial(cells: readonly string[]): string | undefined {
    const answer = this.#vendorAnswers.find(({ index }) => readAnswer(cells[index] ?? '') === false);
    if (answer !== undefined) return `is of no vendor, as "${answer.column}" says`;
    for (const { index, column } of this.vendorStatuses) {
      const says = statusOf(cells[index] ?? '');
      if (notEngaged().has(says)) return `says "${says}" under "${column}", so nobody engages its vendor`;
    }
    const chain = this.partyColumns.find(({ index }) => arrow.test(cells[index] ?? ''));
    if (chain !== undefined) return `has an arrow under "${chain.column}", and each step between two organizations needs a row of its own`;
    const { findLack } = statuses[this.mapping.kinds[0] as FactKind] ?? {};
    return this.#statuses.map(({ index }) => findLack?.(cells[index] ?? '')).find((lack) => lack !== undefined);
  }

  /** Whether facts of the list name its client, and no column does. */
  get needsClient(): boolean {
    if (this.clientMarks.length > 0) return false;
    const lacks = (kind: FactKind, field: string) => this.mapping.kinds.includes(kind) && this.columnOf(kind, field) === undefined;
    return lacks('ENGAGEMENT', 'client') || lacks('TRANSFER', 'sender') || lacks('ARTIFACT', 'owner') || lacks('ACCESS', 'grantor');
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
