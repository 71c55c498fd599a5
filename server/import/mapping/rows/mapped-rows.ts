import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { FileDecisions } from '../decisions/mapping-document.ts';
import type { FileMapping } from '../mapping-types.ts';
import type { PartyBook } from '../party-book.ts';
import { isUnknown } from '../values/read-dates.ts';
import { splitNames } from '../values/split-names.ts';
import { ListRules, type UnreadValue } from './list-rules.ts';
import { OrganizationFacts } from './organization-facts.ts';
import { OrganizationRows } from './organization-rows.ts';
import { readPartyDetails } from './read-party-details.ts';
import type { RowOutlets } from './row-outlets.ts';
import { RowReader } from './row-reader.ts';
import { SingleFactRows } from './single-fact-rows.ts';

export interface RowCounts {
  read: number;
  used: number;
  repeated: number;
  /** Reason -> lines. */
  readonly leftOut: Map<string, number[]>;
}

/**
 * Turns the rows of one mapped file into assertions. Two passes: `noteParties` for every row, then, once the parties are
 * matched, `read` for every row.
 *
 * An unreadable cell never rejects its row. The row's fact keeps the cell as text and does not state the field, for which the
 * semantics assume the worst. Only artifact type, sensitivity and degree have no worst value: a person must decide them.
 */
export class MappedRows {
  readonly counts: RowCounts = { read: 0, used: 0, repeated: 0, leftOut: new Map() };
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;
  readonly #rows: OrganizationRows | SingleFactRows;

  constructor(file: string, mapping: FileMapping, decisions: FileDecisions) {
    this.#rules = new ListRules(file, mapping, decisions);
    this.#organizations = new OrganizationFacts(this.#rules);
    const Rows = mapping.kinds.includes('ORGANIZATION') ? OrganizationRows : SingleFactRows;
    this.#rows = new Rows(this.#rules, this.#organizations);
  }

  /** As those of `OrganizationFacts`. */
  get organizations(): Pick<OrganizationFacts, 'created' | 'described' | 'clientId'> {
    return this.#organizations;
  }

  get unread(): readonly UnreadValue[] {
    return [...this.#rules.unread.values()];
  }

  /** The column that every row must fill; -1 if there is no such column. */
  get nameIndex(): number {
    return this.#rules.nameIndex;
  }

  /** As `namingColumns` of the rules, if a person decided that rows without a name have that of the row above. Otherwise none. */
  get repeatedColumns(): readonly (readonly number[])[] {
    return this.#rules.mapping.namesAbove === true ? this.#rules.namingColumns : [];
  }

  /** Lines of rows without a name that fill at least half of the columns. */
  readonly unnamed: number[] = [];

  /** As that of `ListRules`. */
  get hidden(): ListRules['hidden'] {
    return this.#rules.hidden;
  }

  noteParties(row: readonly string[], line: number, parties: PartyBook): void {
    const { file, mapping, partyColumns, needsClient } = this.#rules;
    const cells = this.#rules.withoutHidden(row);
    for (const { index, kind } of partyColumns) {
      const cell = cells[index] ?? '';
      if (isUnknown(cell)) continue;
      const isMain = kind === 'ORGANIZATION';
      for (const name of splitNames(cell)) parties.note(name, file, line, isMain ? readPartyDetails(cells, this.#rules) : {});
    }
    if (mapping.client !== null && needsClient) parties.note(mapping.client.name, file, line);
  }

  read(cells: readonly string[], line: number, outlets: RowOutlets): void {
    this.counts.read++;
    const result = this.#rows.read(new RowReader(this.#rules.withoutHidden(cells, line), line, this.#rules), outlets);
    if (typeof result === 'object') {
      if (this.#rules.isUnnamed(cells)) this.unnamed.push(line);
      this.#noteLeftOut(line, result.leftOut);
    } else if (result !== 'rejected') this.counts[result]++;
  }

  noteRejected(): void {
    this.counts.read++;
  }

  /** Counts a row that states nothing. */
  leaveOut(line: number, reason: string): void {
    this.counts.read++;
    this.#noteLeftOut(line, reason);
  }

  #noteLeftOut(line: number, reason: string): void {
    getOrInsert(this.counts.leftOut, reason, () => []).push(line);
  }
}
