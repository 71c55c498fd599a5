import type { Assertion } from '../../../domain/assertions.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { EvidenceType, FactKind, OrganizationRole } from '../../../domain/facts.ts';
import { pairKey } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import { toStableId } from '../../matching/stable-id.ts';
import type { Rejection } from '../../rows/rejection.ts';
import type { FileDecisions } from '../decisions/mapping-document.ts';
import type { ColumnMapping, FileMapping } from '../mapping-types.ts';
import type { PartyBook, PartyDetails } from '../party-book.ts';
import { findColumnIndex } from '../table/column-names.ts';
import { isUnknown } from '../values/read-dates.ts';
import { isEvidence, unreadable } from '../values/read-values.ts';
import { splitNames } from '../values/split-names.ts';
import type { FactMerger, FactOrigin } from './fact-merger.ts';
import { fieldIndexOf, isParty, mainFieldOf, put, type Values } from './field-places.ts';
import { type FieldColumn, RowReader, type RowRules } from './row-reader.ts';

/** A value that no rule can read, with its count in the file. */
export interface UnreadValue {
  readonly index: number;
  readonly value: string;
  count: number;
  /** Whether a fact requires the value, so that a person must decide its meaning. */
  readonly isNeeded: boolean;
}

export interface RowCounts {
  read: number;
  used: number;
  repeated: number;
  /** Reason -> lines. */
  readonly leftOut: Map<string, number[]>;
}

export interface RowOutlets {
  readonly parties: PartyBook;
  readonly merger: FactMerger;
  /** Names of artifacts -> ids. */
  readonly findArtifact: (text: string) => string | undefined;
  /** Whether the store or another file of the import defines the organization. */
  readonly isDefined: (id: string) => boolean;
  readonly aliasesOf: (id: string) => readonly string[];
  readonly onAssertion: (assertion: Assertion) => void;
  readonly onRejection: (rejection: Rejection) => void;
  readonly assertedAt: number;
  readonly source: string | null;
}

const evidenceOfAYes: EvidenceType = 'SELF_ATTESTED';
/** Nobody decides about more values. */
const mostUnread = 10_000;

/** The result for a row; a reason completes the sentence "the row …". */
type RowResult = 'used' | 'repeated' | 'rejected' | { readonly leftOut: string };

/**
 * Turns the rows of one mapped file into assertions. Two passes: `noteParties` for every row, then, once the parties are
 * matched, `read` for every row.
 *
 * An unreadable cell never rejects its row. The row's fact keeps the cell as text and does not state the field, for which the
 * semantics assume the worst. Only artifact type, sensitivity and degree have no worst value: a person must decide them.
 */
export class MappedRows implements RowRules {
  readonly counts: RowCounts = { read: 0, used: 0, repeated: 0, leftOut: new Map() };
  readonly unread = new Map<string, UnreadValue>();
  /** New organizations that rows refer to and no row describes. */
  readonly created = new Set<string>();
  /** The client of the whole list; null before the first row is read. */
  clientId: string | null = null;
  /** Organizations that rows of this file describe. */
  readonly described = new Set<string>();
  readonly #file: string;
  readonly #mapping: FileMapping;
  readonly #columnOf = new Map<string, ColumnMapping>();
  readonly #meanings: ReadonlyMap<string, string | null>;
  readonly #hasEngagement: boolean;
  readonly #hasOrganization: boolean;
  readonly #engagementKeepsText: boolean;
  readonly #vendorIdTellsApart: boolean;
  readonly #partyColumns: readonly ColumnMapping[];
  readonly #fieldsOf = new Map<FactKind, readonly FieldColumn[]>();

  constructor(file: string, mapping: FileMapping, decisions: FileDecisions) {
    this.#file = file;
    this.#mapping = mapping;
    for (const column of mapping.columns)
      if (column.kind !== null && column.field !== null) this.#columnOf.set(`${column.kind}.${column.field}`, column);
    this.#partyColumns = mapping.columns.filter(({ kind, field }) => kind !== null && field !== null && isParty(kind, field));
    const names = mapping.columns.map(({ column }) => column);
    this.#meanings = new Map(
      (decisions.values ?? []).map(({ column, value, meaning }) => [`${findColumnIndex(names, column)}\n${value}`, meaning]),
    );
    this.#hasEngagement = mapping.kinds.includes('ENGAGEMENT');
    this.#engagementKeepsText = this.#hasEngagement && factFields.ENGAGEMENT.some(({ type }) => type === 'attributes');
    this.#hasOrganization = mapping.kinds.includes('ORGANIZATION');
    const id = this.#columnOf.get('ORGANIZATION.id');
    this.#vendorIdTellsApart =
      id !== undefined && !this.#columnOf.has('ENGAGEMENT.client') && !/^(id|ref|ref[ _]?id|reference|nr|no|#)\.?$/i.test(id.column);
  }

  /** The column that every row must fill; -1 if there is no such column. */
  get nameIndex(): number {
    const main = this.#columnOf.get('ORGANIZATION.name') ?? this.#columnOf.get(mainFieldOf(this.#mapping.kinds));
    return main?.index ?? -1;
  }

  fieldsOf(kind: FactKind): readonly FieldColumn[] {
    return getOrInsert(this.#fieldsOf, kind, () =>
      this.#mapping.columns.flatMap((column) => {
        if (column.use !== 'FIELD' || column.kind !== kind || column.field === null || isParty(kind, column.field)) return [];
        const at = fieldIndexOf(kind, column.field);
        const spec = factFields[kind][at];
        return spec === undefined || spec.type === 'reference' ? [] : [{ column, at, spec }];
      }),
    );
  }

  noteParties(cells: readonly string[], line: number, parties: PartyBook): void {
    for (const { index, kind } of this.#partyColumns) {
      const cell = cells[index] ?? '';
      if (isUnknown(cell)) continue;
      const isMain = kind === 'ORGANIZATION';
      for (const name of splitNames(cell)) parties.note(name, this.#file, line, isMain ? this.#detailsOf(cells) : {});
    }
    if (this.#needsClient()) parties.note((this.#mapping.client as { name: string }).name, this.#file, line);
  }

  #detailsOf(cells: readonly string[]): PartyDetails {
    const text = (field: string) => {
      const column = this.#columnOf.get(`ORGANIZATION.${field}`);
      const cell = column === undefined ? '' : (cells[column.index] ?? '').trim();
      return cell === '' || isUnknown(cell) ? undefined : cell;
    };
    const aliases = text('aliases')
      ?.split(/[;\n|]/)
      .map((alias) => alias.trim())
      .filter((alias) => alias !== '');
    return { id: text('id'), tellsApart: this.#vendorIdTellsApart, aliases, website: text('website'), taxId: text('taxId') };
  }

  #needsClient(): boolean {
    const { client, kinds } = this.#mapping;
    if (client === null) return false;
    return (
      (kinds.includes('ENGAGEMENT') && !this.#columnOf.has('ENGAGEMENT.client')) ||
      (kinds.includes('TRANSFER') && !this.#columnOf.has('TRANSFER.sender')) ||
      (kinds.includes('ARTIFACT') && !this.#columnOf.has('ARTIFACT.owner'))
    );
  }

  read(cells: readonly string[], line: number, outlets: RowOutlets): void {
    this.counts.read++;
    const row = new RowReader(cells, line, this);
    const said = this.#hasOrganization ? this.#readNamed(row, outlets) : this.#readOther(row, outlets);
    if (typeof said === 'object') this.leaveOut(line, said.leftOut);
    else if (said !== 'rejected') this.counts[said]++;
  }

  leaveOut(line: number, reason: string): void {
    getOrInsert(this.counts.leftOut, reason, () => []).push(line);
  }

  #from(line: number, { assertedAt }: RowOutlets): FactOrigin {
    return { file: this.#file, line, assertedAt };
  }

  /** Reads a row about an organization: the organization, its engagement, its controls. */
  #readNamed(row: RowReader, outlets: RowOutlets): RowResult {
    const nameColumn = this.#columnOf.get('ORGANIZATION.name');
    const cell = nameColumn === undefined ? '' : row.text(nameColumn.index);
    const names = isUnknown(cell) ? [] : splitNames(cell);
    if (names.length === 0) return { leftOut: 'names no organization' };
    const id = this.#vendorIdTellsApart ? this.#detailsOf(row.cells).id : undefined;
    let isNews = false;
    let left: string | undefined;
    for (const name of names) {
      const party = outlets.parties.find(name, id);
      if (party === null) {
        left = 'names no organization, or one that is left out';
        continue;
      }
      const client = this.#hasEngagement ? this.#clientOf(row, outlets) : undefined;
      if (client === null) {
        left = 'names no client';
        continue;
      }
      if (client !== undefined && client.id === party.id) {
        left = 'names one organization as client and provider';
        continue;
      }
      if (!this.#columnOf.has('ENGAGEMENT.client')) this.described.add(party.id);
      else if (party.isNew && !outlets.isDefined(party.id)) this.created.add(party.id);
      const values = row.valuesOf('ORGANIZATION');
      const texts = this.#engagementKeepsText ? new Map<string, string>() : row.attributes();
      if (this.#describe(party, values, texts, this.#mapping.defaultRole, outlets, row.line)) isNews = true;
      if (client !== undefined && this.#engage(row, client, party, outlets)) isNews = true;
      if (this.#attest(row, party, outlets)) isNews = true;
    }
    if (isNews || left === undefined) return isNews ? 'used' : 'repeated';
    return { leftOut: left };
  }

  #clientOf(row: RowReader, outlets: RowOutlets): MatchedOrganization | null {
    const column = this.#columnOf.get('ENGAGEMENT.client');
    const role = this.#mapping.client?.role ?? 'LAB';
    const cell = column === undefined ? (this.#mapping.client?.name ?? '') : row.text(column.index);
    if (isUnknown(cell)) return null;
    const client = outlets.parties.find(cell);
    if (client !== null) this.#refer(client, role, outlets, row.line);
    if (column === undefined) this.clientId = client?.id ?? null;
    return client;
  }

  #engage(row: RowReader, client: MatchedOrganization, provider: MatchedOrganization, outlets: RowOutlets): boolean {
    const values = row.valuesOf('ENGAGEMENT');
    const idColumn = this.#columnOf.get('ENGAGEMENT.id');
    const ownId = idColumn?.use === 'FIELD' ? row.text(idColumn.index).trim() : '';
    const id = ownId !== '' && !isUnknown(ownId) ? toStableId(`${client.id}: ${ownId}`) : toStableId(`${client.id} > ${provider.id}`);
    put(values, 'ENGAGEMENT', { id, client: client.id, provider: provider.id });
    return (
      outlets.merger.add(
        'ENGAGEMENT',
        id,
        values,
        this.#engagementKeepsText ? row.attributes() : new Map(),
        this.#from(row.line, outlets),
      ) !== 'nothing'
    );
  }

  /** Asserts the controls whose own columns hold evidence. */
  #attest(row: RowReader, party: MatchedOrganization, outlets: RowOutlets): boolean {
    let isNews = false;
    for (const { index, use, control } of this.#mapping.columns) {
      if (use !== 'CONTROL' || control === null) continue;
      const raw = row.text(index).trim();
      if (raw === '') continue;
      const meaning = this.meaningOf(index, raw);
      const evidence = meaning === undefined ? isEvidence(raw) : meaning !== null && isEvidence(meaning) === true;
      if (evidence === unreadable) this.noteUnread(index, raw, false);
      if (evidence !== true) continue;
      const values: Values = factFields.CONTROL.map(() => undefined);
      put(values, 'CONTROL', { organization: party.id, control, evidenceType: evidenceOfAYes });
      if (outlets.merger.add('CONTROL', pairKey(party.id, control), values, new Map(), this.#from(row.line, outlets)) !== 'nothing')
        isNews = true;
    }
    return isNews;
  }

  /** Asserts an organization with the details of its row. */
  #describe(
    party: MatchedOrganization,
    values: Values,
    texts: ReadonlyMap<string, string>,
    role: OrganizationRole,
    outlets: RowOutlets,
    line: number,
  ): boolean {
    put(values, 'ORGANIZATION', { id: party.id, name: party.name });
    const aliasIndex = fieldIndexOf('ORGANIZATION', 'aliases');
    const aliases = [...((values[aliasIndex] as readonly string[] | undefined) ?? []), ...party.newAliases];
    if (aliases.length > 0)
      values[aliasIndex] = [...new Set([...outlets.aliasesOf(party.id), ...aliases])].filter((alias) => alias !== party.name);
    if ((values[aliasIndex] as readonly string[] | undefined)?.length === 0) values[aliasIndex] = undefined;
    const roles = fieldIndexOf('ORGANIZATION', 'roles');
    if (party.isNew && values[roles] === undefined) values[roles] = [role];
    if (!party.isNew && outlets.isDefined(party.id) && values.every((value, index) => value === undefined || index < 2) && texts.size === 0)
      return false;
    return outlets.merger.add('ORGANIZATION', party.id, values, texts, this.#from(line, outlets)) !== 'nothing';
  }

  /** Creates an organization that a row refers to. */
  #refer(party: MatchedOrganization, role: OrganizationRole, outlets: RowOutlets, line: number): void {
    if (outlets.isDefined(party.id) && party.newAliases.length === 0) return;
    if (party.isNew && !outlets.isDefined(party.id)) this.created.add(party.id);
    this.#describe(
      party,
      factFields.ORGANIZATION.map(() => undefined),
      new Map(),
      role,
      outlets,
      line,
    );
  }

  /** Reads a row of any other kind: one fact. */
  #readOther(row: RowReader, outlets: RowOutlets): RowResult {
    const kind = this.#mapping.kinds[0] as FactKind;
    const values = row.valuesOf(kind);
    for (const [index, spec] of factFields[kind].entries()) {
      if (spec.type !== 'reference') continue;
      const column = this.#columnOf.get(`${kind}.${spec.name}`);
      const cell = column === undefined ? '' : row.text(column.index).trim();
      if (spec.to === 'ORGANIZATION') {
        const usesClient = column === undefined && (spec.name === 'sender' || spec.name === 'owner');
        const text = usesClient ? (this.#mapping.client?.name ?? '') : cell;
        const party = isUnknown(text) ? null : outlets.parties.find(text);
        if (party === null) {
          if (spec.isRequired) return { leftOut: `names no ${spec.name}` };
          values[index] = undefined;
          continue;
        }
        const role =
          spec.name === 'owner'
            ? 'LAB'
            : usesClient
              ? (this.#mapping.client?.role ?? 'LAB')
              : spec.name === 'issuer'
                ? 'CERTIFIER'
                : this.#mapping.defaultRole;
        this.#refer(party, role, outlets, row.line);
        if (usesClient) this.clientId = party.id;
        values[index] = party.id;
      } else if (spec.to === 'ARTIFACT') {
        if (cell === '') return { leftOut: `names no ${spec.name}` };
        values[index] = outlets.findArtifact(cell) ?? cell;
      } else values[index] = cell === '' ? undefined : cell;
    }
    const key = this.#keyOf(kind, values, row);
    if (key === undefined) return { leftOut: `names no ${kind.toLowerCase()}` };
    const missing = factFields[kind].find((spec, index) => spec.isRequired && values[index] === undefined);
    if (missing !== undefined) {
      if (row.isWaiting) return { leftOut: 'waits for the meaning of a value' };
      const message = `The ${missing.column} is not said. Every ${kind.toLowerCase()} needs one: map a column to it, or fill the cell.`;
      outlets.onRejection({ file: this.#file, line: row.line, column: missing.column, code: 'MISSING_VALUE', message, value: null });
      return 'rejected';
    }
    if (kind === 'CONTROL')
      return outlets.merger.add(kind, key, values, new Map(), this.#from(row.line, outlets)) === 'nothing' ? 'repeated' : 'used';
    outlets.onAssertion({ kind, key, isRetraction: false, values, source: outlets.source, ...this.#from(row.line, outlets) });
    return 'used';
  }

  #keyOf(kind: FactKind, values: Values, row: RowReader): string | undefined {
    const say = (name: string) => values[fieldIndexOf(kind, name)];
    if (kind === 'CONTROL') {
      if (say('evidenceType') === undefined) put(values, kind, { evidenceType: evidenceOfAYes });
      return say('control') === undefined ? undefined : pairKey(say('organization') as string, say('control') as string);
    }
    if (kind === 'REVEALS') return pairKey(say('artifact') as string, say('reveals') as string);
    if (typeof say('id') === 'string') return say('id') as string;
    const parts =
      kind === 'ARTIFACT'
        ? [say('name')]
        : kind === 'TRANSFER'
          ? [say('artifact'), say('sender'), say('recipient'), row.dayOf(say('sentAt'))]
          : [say('grantee'), say('grantor'), say('kind')];
    if (parts[0] === undefined) return undefined;
    const id = toStableId(parts.filter((part) => part !== undefined).join(' > '));
    put(values, kind, { id });
    return id;
  }

  meaningOf(index: number, text: string): string | null | undefined {
    if (this.#meanings.size === 0) return undefined;
    return this.#meanings.get(`${index}\n${text}`);
  }

  get columns(): readonly ColumnMapping[] {
    return this.#mapping.columns;
  }

  get fileDateOrder(): FileMapping['dateOrder'] {
    return this.#mapping.dateOrder;
  }

  noteUnread(index: number, value: string, isNeeded: boolean): void {
    const key = `${index}\n${value}`;
    if (this.unread.size >= mostUnread && !this.unread.has(key)) return;
    const unread = getOrInsert(this.unread, key, () => ({ index, value, count: 0, isNeeded }));
    unread.count++;
  }
}
