import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { FileDecisions } from '../decisions/mapping-document.ts';
import type { FileMapping } from '../mapping-types.ts';
import type { PartyBook } from '../party-book.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { isUnknown } from '../values/read-dates.ts';
import type { CellLedger } from './cell-ledger.ts';
import type { UnreadValue } from './list-rules.ts';
import { ListRules } from './list-rules.ts';
import { OrganizationFacts } from './organization-facts.ts';
import { OrganizationRows, readPartyDetails } from './organization-rows.ts';
import type { RowOutlets } from './row-reader.ts';
import { RowReader } from './row-reader.ts';
import { isCreating, isSharedArtifact } from './shared-artifacts.ts';
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

  constructor(file: string, mapping: FileMapping, decisions: FileDecisions, profiles: readonly Pick<ColumnProfile, 'distinct'>[]) {
    this.#rules = new ListRules(file, mapping, decisions, profiles);
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

  get ledger(): CellLedger {
    return this.#rules.ledger;
  }

  /** As that of `ListRules`. */
  get otherClients(): ListRules['otherClients'] {
    return this.#rules.otherClients;
  }

  /** As those of `ListRules`. */
  get clientsWithoutRole(): ListRules['clientsWithoutRole'] {
    return this.#rules.clientsWithoutRole;
  }

  /** As that of `ListRules`. */
  get remarks(): ListRules['remarks'] {
    return this.#rules.remarks;
  }

  /** As those of `ListRules`. */
  get openStatuses(): ListRules['openStatuses'] {
    return this.#rules.openStatuses;
  }

  /** As that of `ListRules`. */
  get expired(): ListRules['expired'] {
    return this.#rules.expired;
  }

  /** As those of `ListRules`. */
  get unknownArtifacts(): ListRules['unknownArtifacts'] {
    return this.#rules.unknownArtifacts;
  }

  /** Notes a row beside the table. Call it before the rows of data are read. */
  noteBeside(cells: readonly string[]): void {
    this.#rules.noteFootnote(cells);
  }

  /** As that of `ListRules`. */
  get hidden(): ListRules['hidden'] {
    return this.#rules.hidden;
  }

  /** As that of `ListRules`. */
  findDenial(cells: readonly string[]): string | undefined {
    return this.#rules.findDenial(cells);
  }

  noteParties(row: readonly string[], line: number, parties: PartyBook): void {
    const { file, mapping, partyColumns, needsClient } = this.#rules;
    const cells = this.#rules.withoutHidden(row);
    for (const column of partyColumns) {
      const cell = cells[column.index] ?? '';
      if (isUnknown(cell)) continue;
      const isMain = column.kind === 'ORGANIZATION';
      for (const name of this.#rows.namesIn(column, cell))
        parties.note(name, file, line, isMain ? readPartyDetails(cells, this.#rules) : {});
    }
    for (const { column } of this.#rules.clientMarks) parties.note(column, file, line);
    const owner = this.#rules.columnOf('ARTIFACT', 'owner');
    if (owner !== undefined && mapping.kinds[0] === 'TRANSFER') this.#rules.owners.add((cells[owner.index] ?? '').trim());
    if (isCreating(mapping)) parties.note(mapping.newArtifacts.owner, file, line);
    if (mapping.client !== null && needsClient) parties.note(mapping.client.name, file, line);
  }

  /** @param own the cells of the row itself, without names that it has from a row above */
  read(cells: readonly string[], line: number, outlets: RowOutlets, own: readonly string[] = cells): void {
    this.counts.read++;
    const { ledger } = this.#rules;
    ledger.openRow(line);
    const result = this.#rows.read(new RowReader(this.#rules.withoutHidden(cells, line), line, this.#rules), outlets, own);
    if (typeof result === 'object') {
      if (this.#rules.isUnnamed(cells)) this.unnamed.push(line);
      this.#noteLeftOut(line, result.leftOut);
      ledger.leaveRow(own, line, result.leftOut);
      return;
    }
    if (result === 'rejected') {
      ledger.rejectRow(own);
      return;
    }
    this.counts[result]++;
    this.#leaveUnstated();
    ledger.closeRow(own);
  }

  /** The columns that state nothing for a reason of their own. */
  #leaveUnstated(): void {
    const { ledger, columns, mapping, artifactColumns } = this.#rules;
    for (const column of columns) {
      const { index, use, because, kind } = column;
      const isOther = kind !== null && (!mapping.kinds.includes(kind) || (kind === 'TRANSFER' && mapping.kinds[0] !== kind));
      if (artifactColumns.includes(column)) ledger.leave(index, 'describes an artifact that another list describes');
      else if (use === 'IGNORED') ledger.leave(index, `is in a column that is left out: ${because}`);
      else if (use === 'FIELD' && isOther && !(isSharedArtifact(column) && mapping.kinds.includes('TRANSFER')))
        ledger.leave(index, 'is in a column of another kind of fact than the rows state');
    }
  }

  noteRejected(cells: readonly string[]): void {
    this.counts.read++;
    this.#rules.ledger.rejectRow(cells);
  }

  /** Counts a row that states nothing. */
  leaveOut(line: number, reason: string, cells: readonly string[]): void {
    this.counts.read++;
    this.#noteLeftOut(line, reason);
    if (this.#rules.isKeptFootnote(cells)) this.#rules.ledger.keepRow(cells);
    else this.#rules.ledger.leaveRow(cells, line, reason);
  }

  #noteLeftOut(line: number, reason: string): void {
    getOrInsert(this.counts.leftOut, reason, () => []).push(line);
  }
}
