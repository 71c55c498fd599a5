import { factFields } from '../../../domain/fact-fields.ts';
import { pairKey } from '../../../domain/facts.ts';
import type { MatchedOrganization } from '../../matching/matching-types.ts';
import { toStableId } from '../../matching/stable-id.ts';
import { isUnknown } from '../values/read-dates.ts';
import { isEvidence, unreadable } from '../values/read-values.ts';
import { splitNames } from '../values/split-names.ts';
import { evidenceOfAYes, noValues, put } from './field-places.ts';
import type { ListRules } from './list-rules.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import { readPartyDetails } from './read-party-details.ts';
import type { RowOutlets, RowResult } from './row-outlets.ts';
import type { RowReader } from './row-reader.ts';

const noTexts: ReadonlyMap<string, string> = new Map();

/** Reads rows about organizations. Each row states the organization, its engagement, and its controls. */
export class OrganizationRows {
  readonly #rules: ListRules;
  readonly #organizations: OrganizationFacts;
  readonly #hasEngagement: boolean;
  readonly #engagementKeepsText: boolean;

  constructor(rules: ListRules, organizations: OrganizationFacts) {
    this.#rules = rules;
    this.#organizations = organizations;
    this.#hasEngagement = rules.mapping.kinds.includes('ENGAGEMENT');
    this.#engagementKeepsText = this.#hasEngagement && factFields.ENGAGEMENT.some(({ type }) => type === 'attributes');
  }

  read(row: RowReader, outlets: RowOutlets): RowResult {
    const nameColumn = this.#rules.columnOf('ORGANIZATION', 'name');
    const cell = nameColumn === undefined ? '' : row.text(nameColumn.index);
    const names = isUnknown(cell) ? [] : splitNames(cell);
    if (names.length === 0) return { leftOut: 'names no organization' };
    const id = this.#rules.vendorIdTellsApart ? readPartyDetails(row.cells, this.#rules).id : undefined;
    let result: RowResult = 'repeated';
    for (const name of names) {
      const read = this.#readName(row, name, id, outlets);
      if (result !== 'used' && read !== 'repeated') result = read;
    }
    return result;
  }

  /** Reads a row as one about a single organization of its name cell. */
  #readName(row: RowReader, name: string, id: string | undefined, outlets: RowOutlets): RowResult {
    const party = outlets.parties.find(name, id);
    if (party === null) return { leftOut: 'names no organization, or one that is left out' };
    const client = this.#hasEngagement ? this.#readClient(row, outlets) : undefined;
    if (client === null) return { leftOut: 'names no client' };
    if (client?.id === party.id) return { leftOut: 'names one organization as client and provider' };
    if (this.#rules.columnOf('ENGAGEMENT', 'client') === undefined) this.#organizations.described.add(party.id);
    else if (party.isNew && !outlets.isDefined(party.id)) this.#organizations.created.add(party.id);
    const controls = this.#readControls(row);
    const values = row.valuesOf('ORGANIZATION');
    const texts = this.#engagementKeepsText ? noTexts : row.attributes();
    const isDescribed = this.#organizations.describe(party, values, texts, this.#rules.mapping.defaultRole, outlets, row.line);
    const isEngaged = client !== undefined && this.#engage(row, client, party, outlets);
    const isAttested = this.#attest(controls, row, party, outlets);
    return isDescribed || isEngaged || isAttested ? 'used' : 'repeated';
  }

  #readClient(row: RowReader, outlets: RowOutlets): MatchedOrganization | null {
    const { client: listClient } = this.#rules.mapping;
    const column = this.#rules.columnOf('ENGAGEMENT', 'client');
    const cell = column === undefined ? (listClient?.name ?? '') : row.text(column.index);
    if (isUnknown(cell)) return null;
    const client = outlets.parties.find(cell);
    if (client !== null) this.#organizations.refer(client, listClient?.role ?? 'LAB', outlets, row.line);
    if (column === undefined) this.#organizations.clientId = client?.id ?? null;
    return client;
  }

  #engage(row: RowReader, client: MatchedOrganization, provider: MatchedOrganization, outlets: RowOutlets): boolean {
    const values = row.valuesOf('ENGAGEMENT');
    const idColumn = this.#rules.columnOf('ENGAGEMENT', 'id');
    const ownId = idColumn?.use === 'FIELD' ? row.text(idColumn.index).trim() : '';
    const id = ownId !== '' && !isUnknown(ownId) ? toStableId(`${client.id}: ${ownId}`) : toStableId(`${client.id} > ${provider.id}`);
    let unknownDates = 0;
    for (const { at, spec } of this.#rules.fieldsOf('ENGAGEMENT'))
      if (values[at] === undefined && (spec.type === 'instant' || spec.type === 'endInstant')) unknownDates |= 1 << at;
    put(values, 'ENGAGEMENT', { id, client: client.id, provider: provider.id });
    const texts = this.#engagementKeepsText ? row.attributes() : noTexts;
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
    const raw = row.text(index).trim();
    if (raw === '') return false;
    const meaning = this.#rules.meaningOf(index, raw);
    if (meaning === null) return false;
    const evidence = isEvidence(meaning ?? raw);
    if (meaning === undefined && evidence === unreadable) row.keepUnread(index, raw);
    return evidence === true;
  }
}
