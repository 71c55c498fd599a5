import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { DetectedFile } from '../import-view.ts';
import { kindOfHeader, kindOfName } from '../rows/parse-header.ts';
import { attributePrefix, factKindOf, fieldsOf } from '../rows/table-fields.ts';
import { areClientsVendors, decideColumns } from './decisions/decide-columns.ts';
import type { FileDecisions } from './decisions/mapping-document.ts';
import type { ColumnMapping, DecimalMark, FileMapping, ListClient } from './mapping-types.ts';
import { proposeClientRole } from './propose-client.ts';
import { kindsOfShape } from './recognize/list-shapes.ts';
import { isPercentColumn, percentUnitOf } from './recognize/recognize-columns.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import { isSharedArtifact } from './rows/shared-artifacts.ts';
import { doraTemplateOf } from './table/column-names.ts';
import type { ColumnProfile } from './table/profile-columns.ts';

/**
 * The facts that the rows of a recognized list state. Decisions replace what was recognized.
 *
 * @param kinds as a person chose them
 * @param sharedClient the client that a person named for another table of the import; all its tables have the same, unless a person
 *   names another for one of them
 */
export function mapList(
  list: RecognizedList,
  kinds: readonly FactKind[] | undefined,
  decisions: FileDecisions,
  profiles: readonly ColumnProfile[],
  sharedClient: ListClient | undefined,
): Omit<FileMapping, 'asOf' | 'asOfBecause'> {
  const shapeKinds = kindsOfShape[list.shape];
  const columns = decideColumns(list.columns, decisions.columns ?? [], kinds ?? shapeKinds).map((column) => {
    const profile = profiles[column.index] as ColumnProfile;
    const decimalMark = decimalMarkOf(profile);
    // An order that the column's own dates prove counts more than a decision about an earlier edition.
    const read = { ...withPercentUnit(column, profile), dateOrder: orderOf(profile) ?? column.dateOrder };
    return decimalMark === null ? read : { ...read, decimalMark };
  });
  const client = decisions.client ?? sharedClient;
  const areVendors = areClientsVendors(columns);
  const isBeside: Partial<Record<FactKind, boolean>> = {
    CONTROL: columns.some(({ use }) => use === 'CONTROL'),
    TRANSFER: shapeKinds.includes('ENGAGEMENT') && columns.some(isSharedArtifact),
  };
  const beside = (['CONTROL', 'TRANSFER'] as const).filter((kind) => isBeside[kind] === true && !shapeKinds.includes(kind));
  return {
    kinds: [...shapeKinds, ...beside],
    client: client === undefined ? null : { name: client.name, role: client.role },
    clientRole: decisions.clientRole ?? (areVendors || doraTemplateOf(decisions.name) !== undefined ? 'VENDOR' : null),
    columns,
    dateOrder: decisions.dateOrder ?? null,
    createMissingOrganizations: decisions.createMissing === true,
    defaultRole: decisions.defaultRole ?? (areVendors && decisions.clientRole !== 'LAB' ? 'SUBCONTRACTOR' : 'VENDOR'),
    namesAbove: decisions.namesAbove ?? null,
    areContractsApart: decisions.contractsApart === true,
    newArtifacts: findNewArtifacts(decisions, client?.name),
    remarks: decisions.remarks ?? null,
  };
}

/** Undecided until somebody owns the new artifacts. */
function findNewArtifacts({ newArtifacts }: FileDecisions, client: string | undefined): FileMapping['newArtifacts'] {
  if (newArtifacts === undefined || newArtifacts === 'REJECT') return newArtifacts ?? null;
  const owner = newArtifacts.owner ?? client;
  return owner === undefined ? null : { ...newArtifacts, owner };
}

/**
 * The client of a list in the report. Until a person names one, the report assumes the proposed client, and nothing is written. The role
 * is that of a new client: financial entities are no labs, and the recipients of a supply chain are providers themselves.
 */
export function assumeClient(file: string, { client }: Pick<FileMapping, 'client'>, proposed: string | null): ListClient {
  const template = doraTemplateOf(file);
  const role = client?.role ?? (template === undefined ? proposeClientRole(proposed) : 'VENDOR');
  return { name: client?.name ?? proposed ?? 'The client of this list', role: template === 'b_05.02' ? 'VENDOR' : role };
}

/** The order of day and month that a column's own dates prove; null if they prove none, or both. */
function orderOf({ dayFirstDates, monthFirstDates }: ColumnProfile): FileMapping['dateOrder'] {
  if (dayFirstDates > 0 && monthFirstDates === 0) return 'DAY_FIRST';
  return monthFirstDates > 0 && dayFirstDates === 0 ? 'MONTH_FIRST' : null;
}

/** A field of numbers whose header states percent is read in that unit, whoever chose the field. */
function withPercentUnit(column: ColumnMapping, profile: ColumnProfile): ColumnMapping {
  const { kind, field, because } = column;
  const type = kind === null ? undefined : factFields[kind].find(({ name }) => name === field)?.type;
  if ((type !== 'number' && type !== 'integer') || !isPercentColumn(column.column, profile)) return column;
  const percentUnit = percentUnitOf(profile);
  if (percentUnit === null) return column;
  const unit = percentUnit === 'PERCENT' ? 'its numbers are percent' : 'its numbers may be percent or parts of 1';
  return { ...column, percentUnit, because: `${because}; ${unit}` };
}

/** The decimal mark that a column's own numbers prove; null if they prove none. */
function decimalMarkOf({ commaDecimals, pointDecimals }: ColumnProfile): DecimalMark | null {
  if (commaDecimals > 0) return pointDecimals > 0 ? 'BOTH' : ',';
  return pointDecimals > 0 ? '.' : null;
}

/** The mapping of a canonical file, in the form of a list's mapping: every column is the field with its name. */
export function canonicalMapping({ name, header }: Pick<DetectedFile, 'name' | 'header'>): FileMapping {
  const known = kindOfName(name) ?? kindOfHeader(header);
  const kind: FactKind | null = (known && factKindOf(known)) ?? null;
  const columns = header.map((column, index): ColumnMapping => {
    const spec = known === undefined || kind === null ? undefined : fieldsOf(known).find((field) => field.column === column);
    const base = { index, column, control: null, dateOrder: null, confidence: 1 };
    if (column.startsWith(attributePrefix))
      return { ...base, use: 'ATTRIBUTE', kind, field: null, because: 'an attribute of canonical CSV' };
    return { ...base, use: 'FIELD', kind, field: spec?.name ?? null, because: 'a column of canonical CSV' };
  });
  return {
    kinds: kind === null ? [] : [kind],
    client: null,
    clientRole: null,
    columns,
    dateOrder: null,
    asOf: null,
    asOfBecause: null,
    createMissingOrganizations: false,
    areContractsApart: false,
    newArtifacts: null,
    defaultRole: 'VENDOR',
    namesAbove: null,
    remarks: null,
  };
}
