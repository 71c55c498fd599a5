import type { FactKind } from '../../domain/facts.ts';
import type { DetectedFile } from '../import-view.ts';
import { kindOfHeader, kindOfName } from '../rows/parse-header.ts';
import { attributePrefix, fieldsOf } from '../rows/table-fields.ts';
import type { ColumnMapping, FileMapping } from './mapping-types.ts';

/** The mapping of a canonical file, in the form of a list's mapping: every column is the field with its name. */
export function canonicalMapping({ name, header }: Pick<DetectedFile, 'name' | 'header'>): FileMapping {
  const known = kindOfName(name) ?? kindOfHeader(header);
  const kind: FactKind | null = known === undefined || known === 'INCIDENT' ? null : known;
  const columns = header.map((column, index): ColumnMapping => {
    const spec = kind === null ? undefined : fieldsOf(kind).find((field) => field.column === column);
    const base = { index, column, control: null, dateOrder: null, confidence: 1 };
    if (column.startsWith(attributePrefix))
      return { ...base, use: 'ATTRIBUTE', kind, field: null, because: 'an attribute of canonical CSV' };
    return { ...base, use: 'FIELD', kind, field: spec?.name ?? null, because: 'a column of canonical CSV' };
  });
  return {
    kinds: kind === null ? [] : [kind],
    client: null,
    columns,
    dateOrder: null,
    asOf: null,
    asOfBecause: null,
    createMissingOrganizations: false,
    defaultRole: 'VENDOR',
    namesAbove: null,
  };
}
