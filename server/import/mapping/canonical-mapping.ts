import type { FactKind } from '../../domain/facts.ts';
import type { DetectedFile } from '../import-view.ts';
import { kindOfHeader, kindOfName } from '../rows/parse-header.ts';
import { attributePrefix, factKindOf, fieldsOf } from '../rows/table-fields.ts';
import type { ColumnMapping, FileMapping } from './mapping-types.ts';

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
