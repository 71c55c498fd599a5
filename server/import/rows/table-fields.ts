import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, factNouns, fileNames, maxIdLength, maxNameLength } from '../../domain/fact-fields.ts';
import { factKinds } from '../../domain/facts.ts';
import { defaultIncidentCause, defaultIncidentState, incidentCauses, incidentStates } from '../../domain/incident.ts';
import { radiusDefaults } from '../../rules/defaults.ts';
import type { TableKind } from '../import-view.ts';

/** Every kind of table that is imported and exported, in the order in which facts name each other. */
export const tableKinds: readonly TableKind[] = [...factKinds, 'INCIDENT'];

const optional = { isRequired: false, isKey: false } as const;
const text = { type: 'text', maxLength: 1_048_576 } as const;

/** The columns of incidents.csv (docs/import.md). */
const incidentFields: readonly FieldSpec[] = [
  { name: 'id', column: 'id', type: 'text', maxLength: maxIdLength, isRequired: true, isKey: true },
  { name: 'name', column: 'name', type: 'text', maxLength: maxNameLength, isRequired: true, isKey: false },
  { name: 'state', column: 'state', type: 'enum', values: incidentStates, default: defaultIncidentState, ...optional },
  { name: 'discoveredAt', column: 'discovered_at', type: 'instant', ...optional },
  { name: 'origins', column: 'origins', type: 'texts', ...optional },
  { name: 'coreFrom', column: 'core_from', type: 'instant', ...optional },
  { name: 'coreTo', column: 'core_to', type: 'endInstant', ...optional },
  { name: 'widestFrom', column: 'widest_from', type: 'instant', ...optional },
  { name: 'widestTo', column: 'widest_to', type: 'endInstant', ...optional },
  { name: 'maxHops', column: 'max_hops', type: 'integer', from: 0, to: 10, default: radiusDefaults.maxHops, ...optional },
  {
    name: 'transferLikelihood',
    column: 'transfer_likelihood',
    type: 'number',
    from: 0,
    to: 1,
    default: radiusDefaults.transferLikelihood,
    ...optional,
  },
  { name: 'minDegree', column: 'min_degree', type: 'number', from: 0, to: 1, default: radiusDefaults.minDegree, ...optional },
  { name: 'scope', column: 'scope', ...text, ...optional },
  { name: 'cause', column: 'cause', type: 'enum', values: incidentCauses, default: defaultIncidentCause, ...optional },
];

/** The fields that a file may state. They come first among a fact's fields, so that their indexes are those of its values. */
export function fieldsOf(kind: TableKind): readonly FieldSpec[] {
  return kind === 'INCIDENT' ? incidentFields : factFields[kind].filter(({ isInternal }) => isInternal !== true);
}

/** The file's name without `.csv`, e.g. `organizations`. */
export function fileNameOf(kind: TableKind): string {
  return kind === 'INCIDENT' ? 'incidents' : fileNames[kind];
}

export function nounOf(kind: TableKind): string {
  return kind === 'INCIDENT' ? 'incident' : factNouns[kind].one;
}

/** Columns of every fact besides its fields. */
export const provenanceColumns = ['asserted_at', 'source'] as const;
export const attributePrefix = 'attribute:';

/** The columns that an export of a kind writes, apart from the columns of attributes. */
export function columnsOf(kind: TableKind): string[] {
  const columns = fieldsOf(kind)
    .filter((spec) => spec.type !== 'attributes')
    .map((spec) => spec.column);
  return kind === 'INCIDENT' ? columns : [...columns, ...provenanceColumns];
}
