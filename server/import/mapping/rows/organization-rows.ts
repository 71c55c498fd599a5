import { isLeiName, leiOf } from '../../../domain/columns/dora-codes.ts';
import { isReadTemplate } from '../../../domain/columns/dora-templates.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import { pairKey } from '../../../domain/facts.ts';
import { toStableId } from '../../matching/clean-name.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import { readRemark } from '../../matching/remarks.ts';
import { areClientsVendors } from '../decisions/decide-columns.ts';
import type { ColumnMapping } from '../mapping-types.ts';
import type { PartyDetails } from '../party-book.ts';
import { doraTemplateOf } from '../table/column-names.ts';
import { isUnknown, readDateOrYear, toEnd } from '../values/read-dates.ts';
import { isEvidence, readAnswer, unreadable } from '../values/read-values.ts';
import type { Values } from './field-places.ts';
import { evidenceOfAYes, fieldIndexOf, noValues, put } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import type { RowOutlets, RowReader, RowResult } from './row-reader.ts';
import { SharedArtifacts } from './shared-artifacts.ts';

/** The dates that remarks beside a provider's name state, epoch ms. */
interface RemarkDates {
  readonly startsAt?: number;
  readonly endsAt?: number;
}

interface NamedSubcontractor {
  readonly index: number;
  readonly name: string;
}

/** Signs that stand for yes. */
const mark = /^(?:[x✓✔☑√•●■*]|1|\(x\)|\[x\])$/iu;

/** Whether a cell is a sign or a word for yes. */
export function isMark(cell: string): boolean {
  return mark.test(cell) || readAnswer(cell) === true;
}

/** Whether a text is the id or the name of an organization. */
export function isNamedBy({ id, name }: MatchedOrganization, text: string): boolean {
  const plain = toPlainHeader(text);
  return id === text || toPlainHeader(id) === plain || toPlainHeader(name) === plain;
}

const startsAtIndex = fieldIndexOf('ENGAGEMENT', 'startsAt');
const serviceIndex = fieldIndexOf('ENGAGEMENT', 'service');
const endsAtIndex = fieldIndexOf('ENGAGEMENT', 'endsAt');
const noTexts: ReadonlyMap<string, string> = new Map();

/** Reads rows about organizations. Each row states the organization, its engagement, and its controls. */
export class OrganizationRows {
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;
  readonly #hasEngagement: boolean;
  readonly #engagementKeepsText: boolean;
  readonly #sharedArtifacts: SharedArtifacts;

  constructor(rules: ListRules, organizations: OrganizationFacts) {
    this.#rules = rules;
    this.#organizations = organizations;
    this.#sharedArtifacts = new SharedArtifacts(rules, organizations);
    this.#hasEngagement = rules.mapping.kinds.includes('ENGAGEMENT');
    this.#engagementKeepsText = this.#hasEngagement && factFields.ENGAGEMENT.some(({ type }) => type === 'attributes');
  }

  /** The organizations that a cell names. */
  namesIn({ index }: ColumnMapping, cell: string): readonly string[] {
    return this.#rules.namesIn(index, cell);
  }

  /** @param own the cells of the row itself, without names that it has from a row above */
  read(row: RowReader, outlets: RowOutlets, own: readonly string[]): RowResult {
    const nameColumn = this.#rules.columnOf('ORGANIZATION', 'name');
    const cell = nameColumn === undefined ? '' : row.text(nameColumn.index);
    const names = nameColumn === undefined || isUnknown(cell) ? [] : this.#rules.namesIn(nameColumn.index, cell);
    if (nameColumn === undefined || names.length === 0) return this.#readClientAlone(row, outlets);
    const subs = this.#readSubcontractors(row);
    const nameId = this.#rules.vendorIdTellsApart ? readPartyDetails(row.cells, this.#rules).id : undefined;
    // A row below a vendor's own that names a subcontractor speaks of it.
    if (subs.length > 0 && isUnknown(own[nameColumn.index] ?? '')) return this.#readBelow(row, names, subs, outlets);
    const clientColumn = this.#rules.columnOf('ENGAGEMENT', 'client');
    const clientCell = clientColumn === undefined ? '' : row.text(clientColumn.index);
    const clients =
      this.#rules.clientMarks.length > 0
        ? this.#readMarks(row)
        : clientColumn === undefined || isUnknown(clientCell)
          ? ['']
          : this.#rules.namesIn(clientColumn.index, clientCell);
    if (clients.length === 0) return { leftOut: 'has no mark under a client' };
    this.#rules.noteNames(nameColumn.index, cell, names);
    if (clientColumn !== undefined) this.#rules.noteNames(clientColumn.index, clientCell, clients);
    let result: RowResult = 'repeated';
    for (const name of names) {
      for (const client of clients) {
        const read = this.#readName(row, name, nameColumn.index, nameId, client, outlets);
        if (typeof read === 'object' && names.length * clients.length > 1)
          this.#rules.ledger.note('REPAIRED', nameColumn.index, `is read without one of its names, because the row ${read.leftOut}`, {
            text: cell,
            becomes: name,
          });
        if (result !== 'used' && read !== 'repeated') result = read;
      }
    }
    for (const name of names)
      for (const sub of subs) this.#engageSubcontractor(row, outlets.parties.find(name, nameId), sub, result, outlets);
    return result;
  }

  /** Reads a row that names a vendor and leaves its subcontractor empty: the vendor engages nobody there, and keeps the other cells as text. */
  #readClientAlone(row: RowReader, outlets: RowOutlets): RowResult {
    const { columns, ledger, mapping } = this.#rules;
    const client = this.#rules.columnOf('ENGAGEMENT', 'client');
    const cell = client === undefined ? '' : row.text(client.index);
    if (client === undefined || isUnknown(cell) || !areClientsVendors(columns) || isReadTemplate(doraTemplateOf(this.#rules.file)))
      return { leftOut: 'names no organization' };
    for (const { index, use } of columns) {
      if (use !== 'FIELD' || index === client.index || row.text(index).trim() === '') continue;
      if (isUnknown(row.text(index))) ledger.leave(index, 'says that nothing is known');
      else row.keepAsText(index, row.text(index).trim());
    }
    const parties = this.#rules.namesIn(client.index, cell).map((name) => ({ name, party: this.#readClient(row, name, outlets) }));
    const texts = row.attributes(true);
    for (const { party } of parties)
      if (party !== null) this.#organizations.refer(party, mapping.clientRole ?? mapping.defaultRole, outlets, row.line, texts);
    return 'used';
  }

  /** The names in the columns of subcontractors. */
  #readSubcontractors(row: RowReader): NamedSubcontractor[] {
    return this.#rules.subcontractors.flatMap(({ index }) => {
      const cell = row.text(index);
      if (cell.trim() === '') return [];
      if (isUnknown(cell)) this.#rules.ledger.leave(index, 'says that nothing is known');
      const names = isUnknown(cell) ? [] : this.#rules.namesIn(index, cell);
      this.#rules.noteNames(index, cell, names);
      return names.filter((name) => !isUnknown(name)).map((name) => ({ index, name }));
    });
  }

  /** Reads a row as one about the subcontractors that it names: its service and its dates are those of their engagement. */
  #readBelow(row: RowReader, names: readonly string[], subs: readonly NamedSubcontractor[], outlets: RowOutlets): RowResult {
    let result: RowResult = 'repeated';
    for (const name of names) {
      const provider = outlets.parties.find(name);
      for (const sub of subs) {
        if (provider === null) {
          this.#rules.ledger.leave(sub.index, 'names whom an organization that is left out engages');
          continue;
        }
        const read = this.#readName(row, sub.name, sub.index, undefined, '', outlets, provider);
        if (result !== 'used' && read !== 'repeated') result = read;
      }
    }
    return result;
  }

  /** The engagement of a subcontractor by the organization of the row. The row says no more of it. */
  #engageSubcontractor(
    row: RowReader,
    provider: MatchedOrganization | null,
    { index, name }: NamedSubcontractor,
    ofRow: RowResult,
    outlets: RowOutlets,
  ): void {
    const { ledger } = this.#rules;
    if (provider === null || typeof ofRow === 'object' || ofRow === 'rejected') {
      ledger.leave(index, 'names whom an organization that is left out engages');
      return;
    }
    const sub = outlets.parties.find(name);
    if (sub === null || sub.id === provider.id) {
      ledger.leave(index, sub === null ? 'names an organization that is left out' : 'names the vendor of its row as its own subcontractor');
      return;
    }
    this.#readRemarks(row, index, name, outlets.parties.cutOf(name));
    const texts = row.textsBeside(index);
    this.#organizations.refer(sub, 'SUBCONTRACTOR', outlets, row.line, this.#engagementKeepsText ? noTexts : texts);
    const values = noValues('ENGAGEMENT');
    const id = toStableId(`${provider.id} > ${sub.id}`);
    put(values, 'ENGAGEMENT', { id, client: provider.id, provider: sub.id });
    outlets.merger.add('ENGAGEMENT', id, values, this.#engagementKeepsText ? texts : noTexts, this.#rules.originOf(row.line, outlets));
    ledger.use(index);
  }

  /** The clients under whose name the row has a mark. */
  #readMarks(row: RowReader): string[] {
    return this.#rules.clientMarks.flatMap(({ index, column }) => {
      const cell = row.text(index).trim();
      if (cell === '') return [];
      if (isMark(cell)) {
        this.#rules.ledger.use(index);
        return [column];
      }
      if (readAnswer(cell) === false || isUnknown(cell))
        this.#rules.ledger.leave(index, 'says that the client does not engage the organization');
      else row.keepUnread(index, cell);
      return [];
    });
  }

  /** Reads a row as one about a single organization of its name cell, and a single client. */
  #readName(
    row: RowReader,
    name: string,
    index: number,
    id: string | undefined,
    clientName: string,
    outlets: RowOutlets,
    engagedBy?: MatchedOrganization,
  ): RowResult {
    const party = outlets.parties.find(name, id);
    if (party === null) return { leftOut: 'names no organization, or one that is left out' };
    const remarks = this.#readRemarks(row, index, name, outlets.parties.cutOf(name, id));
    if (remarks.isLeftOut) return { leftOut: 'has a remark beside its name, and such rows are left out' };
    const client = engagedBy ?? (this.#hasEngagement ? this.#readClient(row, clientName, outlets) : undefined);
    if (client === null) return { leftOut: 'names no client' };
    if (client?.id === party.id) return { leftOut: 'names one organization as client and provider' };
    if (this.#rules.columnOf('ENGAGEMENT', 'client') === undefined) this.#organizations.described.add(party.id);
    else if (party.isNew && !outlets.isDefined(party.id)) this.#organizations.created.add(party.id);
    this.#rules.ledger.use(index);
    const controls = this.#readControls(row);
    const values = row.valuesOf('ORGANIZATION');
    // The engagement's values are read first, so that all unreadable cells are known when texts are kept.
    const engagement = client === undefined ? undefined : row.valuesOf('ENGAGEMENT');
    const texts = this.#engagementKeepsText ? row.numbers() : row.attributes(true);
    const role = engagedBy === undefined ? this.#rules.mapping.defaultRole : 'SUBCONTRACTOR';
    const isDescribed = this.#organizations.describe(party, values, texts, role, outlets, row.line);
    const isEngaged = client !== undefined && this.#engage(row, client, party, engagement as Values, remarks, outlets);
    const isAttested = this.#attest(controls, row, party, outlets);
    return isDescribed || isEngaged || isAttested ? 'used' : 'repeated';
  }

  /** Keeps the texts beside a name, and reads the dates of those that say a start or an end. */
  #readRemarks(row: RowReader, index: number, name: string, cut: readonly string[]): RemarkDates & { readonly isLeftOut: boolean } {
    const { mapping } = this.#rules;
    const texts = cut.length === 0 ? [] : this.#rules.textsBeside(index, row.text(index), name, cut);
    row.keepBeside(index, texts);
    const dates: { startsAt?: number; endsAt?: number } = {};
    let isTelling = false;
    for (const text of texts) {
      const remark = readRemark(text);
      if (remark === undefined) continue;
      isTelling = true;
      const order = (mapping.columns[index] as ColumnMapping).dateOrder ?? mapping.dateOrder;
      const date = remark.date === undefined ? undefined : readDateOrYear(remark.date, order);
      const from = remark.from === undefined ? undefined : readDateOrYear(remark.from, order);
      this.#rules.countRemark(text, typeof date === 'object', row.line);
      if (typeof date !== 'object' || mapping.remarks !== 'APPLY') continue;
      if (typeof from === 'object') dates.startsAt = from.at;
      if (remark.says === 'START') dates.startsAt = date.at;
      else dates.endsAt = toEnd(date);
    }
    return { ...dates, isLeftOut: isTelling && mapping.remarks === 'LEAVE_OUT' };
  }

  /** @param name of the client in the row; empty: the client of the list */
  #readClient(row: RowReader, name: string, outlets: RowOutlets): MatchedOrganization | null {
    const { client: listClient, clientRole, defaultRole } = this.#rules.mapping;
    const column = this.#rules.columnOf('ENGAGEMENT', 'client');
    const isNamed = column !== undefined || this.#rules.clientMarks.length > 0;
    const cell = isNamed ? name : (listClient?.name ?? '');
    if (isUnknown(cell)) return null;
    const client = outlets.parties.find(cell);
    if (isNamed && client !== null && listClient !== null && !isNamedBy(client, listClient.name)) {
      const { otherClients } = this.#rules;
      if (otherClients.count++ === 0) otherClients.first = client.name;
    }
    if (client !== null) {
      if (isNamed && clientRole === null && client.isNew && !outlets.isDefined(client.id)) {
        this.#rules.clientsWithoutRole.set(client.id, client.name);
      }
      // An undecided role waits for its answer: until then, the report takes none of the clients for a lab.
      this.#organizations.refer(client, (isNamed ? clientRole : listClient?.role) ?? defaultRole, outlets, row.line);
    }
    if (!isNamed) this.#organizations.clientId = client?.id ?? null;
    else if (client !== null && column !== undefined) {
      this.#rules.ledger.use(column.index);
      this.#readRemarks(row, column.index, cell, outlets.parties.cutOf(cell));
    }
    return client;
  }

  #engage(
    row: RowReader,
    client: MatchedOrganization,
    provider: MatchedOrganization,
    values: Values,
    { startsAt, endsAt }: RemarkDates,
    outlets: RowOutlets,
  ): boolean {
    if (startsAt !== undefined) values[startsAtIndex] ??= startsAt;
    if (endsAt !== undefined) values[endsAtIndex] ??= endsAt;
    if (typeof values[endsAtIndex] !== 'number') this.#rules.countOpenStatus(row.cells, row.line);
    const idColumn = this.#rules.columnOf('ENGAGEMENT', 'id');
    const ownId = idColumn?.use === 'FIELD' ? row.text(idColumn.index).trim() : '';
    if (idColumn?.use === 'FIELD') {
      if (isUnknown(ownId)) this.#rules.ledger.leave(idColumn.index, 'says that nothing is known');
      else this.#rules.ledger.use(idColumn.index);
    }
    const service = this.#rules.mapping.areContractsApart ? values[serviceIndex] : undefined;
    const pair = typeof service === 'string' ? `${client.id} > ${provider.id}: ${service}` : `${client.id} > ${provider.id}`;
    const id = toStableId(ownId !== '' && !isUnknown(ownId) ? `${client.id}: ${ownId}` : pair);
    let unknownDates = 0;
    for (const { at, spec } of this.#rules.fieldsOf('ENGAGEMENT'))
      if (values[at] === undefined && (spec.type === 'instant' || spec.type === 'endInstant')) unknownDates |= 1 << at;
    put(values, 'ENGAGEMENT', { id, client: client.id, provider: provider.id });
    this.#sharedArtifacts.read(row, client, provider, id, outlets);
    const texts = this.#engagementKeepsText ? row.attributes(false) : noTexts;
    const from = this.#rules.originOf(row.line, outlets);
    return outlets.merger.add('ENGAGEMENT', id, values, texts, from, unknownDates) !== 'nothing';
  }

  /** The controls whose own columns hold evidence. The row keeps an unreadable cell as text. */
  #readControls(row: RowReader): string[] {
    return this.#rules.columns.flatMap(({ index, use, control }) =>
      use === 'CONTROL' && control !== null && this.#hasEvidence(row, index) ? [control] : [],
    );
  }

  #attest(controls: readonly string[], row: RowReader, party: MatchedOrganization, outlets: RowOutlets): boolean {
    let isNews = false;
    for (const control of controls) {
      const values = noValues('CONTROL');
      put(values, 'CONTROL', { organization: party.id, control, evidenceType: evidenceOfAYes });
      const from = this.#rules.originOf(row.line, outlets);
      if (outlets.merger.add('CONTROL', pairKey(party.id, control), values, noTexts, from) !== 'nothing') isNews = true;
    }
    return isNews;
  }

  #hasEvidence(row: RowReader, index: number): boolean {
    const raw = row.textOf(index).trim();
    if (raw === '') return false;
    const { ledger } = this.#rules;
    const meaning = this.#rules.meaningOf(index, raw);
    if (meaning === null) {
      ledger.leave(index, 'says nothing, as a person decided');
      return false;
    }
    const evidence = isEvidence(meaning ?? raw);
    if (evidence === true) ledger.use(index);
    if (meaning === undefined && evidence === unreadable) row.keepUnread(index, raw);
    // "Certified by Acme" is more than a yes, and "planned" more than a no.
    else if (meaning === undefined && readAnswer(raw) === unreadable) row.keepAsText(index, raw);
    else if (evidence !== true) ledger.leave(index, 'is no evidence of the control');
    return evidence === true;
  }
}

/** The details of a row's organization by which it can be matched. */
export function readPartyDetails(cells: readonly string[], rules: ListRules): PartyDetails {
  const text = (field: string) => {
    const column = rules.columnOf('ORGANIZATION', field);
    const cell = column === undefined ? '' : (cells[column.index] ?? '').trim();
    return cell === '' || isUnknown(cell) ? undefined : cell;
  };
  const aliases = text('aliases')
    ?.split(/[;\n|]/)
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  const id = text('id');
  const code = isReadTemplate(doraTemplateOf(rules.file)) ? id : undefined;
  const taxColumn = rules.columnOf('ORGANIZATION', 'taxId')?.index;
  const numbers = [...rules.numberColumns].filter((index) => index !== taxColumn && !isUnknown(cells[index] ?? ''));
  const isLei = (index: number) => isLeiName(rules.columns[index]?.column ?? '');
  const lei = numbers.filter(isLei).map((index) => leiOf(cells[index] ?? ''));
  const otherTaxIds = numbers.filter((index) => !isLei(index)).map((index) => (cells[index] ?? '').trim());
  return {
    id,
    code,
    tellsApart: rules.vendorIdTellsApart,
    aliases,
    website: text('website'),
    taxId: text('taxId'),
    otherTaxIds,
    lei: lei.find((one) => one !== undefined),
  };
}
