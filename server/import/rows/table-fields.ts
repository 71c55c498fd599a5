import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, factNouns, fileNames, maxIdLength, maxNameLength, rowFields } from '../../domain/fact-fields.ts';
import type { CustodyKind, FactKind } from '../../domain/facts.ts';
import { factKinds, isCustodyKind } from '../../domain/facts.ts';
import type { IncidentScope } from '../../domain/incident.ts';
import { defaultIncidentCause, defaultIncidentState, incidentCauses, incidentStates } from '../../domain/incident.ts';
import { doubtOptions, radiusOptions } from '../../domain/radius-options.ts';
import type { RowTableKind, TableKind } from '../import-view.ts';

/** Every kind of table that is imported and exported, in the order in which facts name each other. */
export const tableKinds: readonly TableKind[] = factKinds
  .flatMap((kind): TableKind[] => {
    if (kind === 'SOFTWARE_LIST') return [kind, 'SOFTWARE_COMPONENT'];
    return kind === 'ADVISORY' ? [kind, 'ADVISORY_PACKAGE'] : [kind];
  })
  .concat('INCIDENT');

/** Tables of facts of software, whose rows do not match facts one by one. */
export type SoftwareTableKind = Exclude<TableKind, CustodyKind | 'INCIDENT'>;

export function isSoftwareTable(kind: TableKind): kind is SoftwareTableKind {
  return kind !== 'INCIDENT' && (isRowTable(kind) || !isCustodyKind(kind));
}

function isRowTable(kind: TableKind): kind is RowTableKind {
  return kind === 'SOFTWARE_COMPONENT' || kind === 'ADVISORY_PACKAGE';
}

/** The kind of fact that the rows of a table state; undefined for incidents. */
export function factKindOf(kind: TableKind): FactKind | undefined {
  if (kind === 'INCIDENT') return undefined;
  if (!isRowTable(kind)) return kind;
  return kind === 'SOFTWARE_COMPONENT' ? 'SOFTWARE_LIST' : 'ADVISORY';
}

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
  ...radiusOptions.map(
    ({ name, column, isWhole, from, to, default: fallback }): FieldSpec => ({
      ...{ name, column, type: isWhole ? 'integer' : 'number', from, to, default: fallback },
      ...optional,
    }),
  ),
  { name: 'scope', column: 'scope', ...text, ...optional },
  { name: 'suspectedOrigins', column: doubtOptions.suspectedOrigins.column, ...text, ...optional },
  { name: 'hasCore', column: doubtOptions.hasCore.column, type: 'boolean', ...optional },
  { name: 'cause', column: 'cause', type: 'enum', values: incidentCauses, default: defaultIncidentCause, ...optional },
  { name: 'advisory', column: 'advisory', ...text, maxLength: maxIdLength, ...optional },
];

const fieldOf = (kind: FactKind, name: string): FieldSpec => factFields[kind].find((spec) => spec.name === name) as FieldSpec;
/** The column by which a row names the fact that it belongs to. */
const listColumn: FieldSpec = { ...fieldOf('SOFTWARE_LIST', 'id'), name: 'list', column: 'list' };
const advisoryColumn: FieldSpec = { ...fieldOf('ADVISORY', 'id'), name: 'advisory', column: 'advisory' };
const [claimedPackage, ...otherClaims] = rowFields.CLAIM as [FieldSpec, ...FieldSpec[]];

/** The columns of the files whose rows do not match facts one by one (semantics §13.5). */
const softwareFields: Readonly<Record<SoftwareTableKind, readonly FieldSpec[]>> = {
  SOFTWARE_LIST: factFields.SOFTWARE_LIST.filter((spec) => spec.name !== 'components'),
  SOFTWARE_COMPONENT: [listColumn, ...rowFields.COMPONENT],
  ADVISORY: factFields.ADVISORY.filter((spec) => spec.name !== 'affected' && spec.isInternal !== true),
  ADVISORY_PACKAGE: [advisoryColumn, ...rowFields.AFFECTED_PACKAGE],
  AVAILABILITY: [advisoryColumn, claimedPackage, { ...fieldOf('AVAILABILITY', 'claimant'), column: 'source' }, ...otherClaims],
  SOFTWARE_STATEMENT: factFields.SOFTWARE_STATEMENT.filter((spec) => spec.name !== 'id' && spec.name !== 'claimant'),
};

/** The fields that a file may state. Those of facts of custody come first among a fact's fields, so that their indexes are those of its values. */
export function fieldsOf(kind: TableKind): readonly FieldSpec[] {
  if (kind === 'INCIDENT') return incidentFields;
  return isSoftwareTable(kind) ? softwareFields[kind] : factFields[kind].filter(({ isInternal }) => isInternal !== true);
}

/** The file's name without `.csv`, e.g. `organizations`. */
export function fileNameOf(kind: TableKind): string {
  if (kind === 'INCIDENT') return 'incidents';
  if (isRowTable(kind)) return kind === 'SOFTWARE_COMPONENT' ? 'software_components' : 'advisory_packages';
  return fileNames[kind];
}

const rowNouns: Readonly<Record<RowTableKind | 'INCIDENT', { readonly one: string; readonly many: string }>> = {
  INCIDENT: { one: 'incident', many: 'incidents' },
  SOFTWARE_COMPONENT: { one: 'component', many: 'components' },
  ADVISORY_PACKAGE: { one: 'affected package', many: 'affected packages' },
};

export function nounsOf(kind: TableKind): { readonly one: string; readonly many: string } {
  return kind === 'INCIDENT' || isRowTable(kind) ? rowNouns[kind] : factNouns[kind];
}

/** Columns of every fact besides its fields. */
export const provenanceColumns = ['asserted_at', 'source'] as const;
export const attributePrefix = 'attribute:';

/** The columns that an export of a kind writes, apart from the columns of attributes. */
export function columnsOf(kind: TableKind): string[] {
  const columns = fieldsOf(kind)
    .filter((spec) => spec.type !== 'attributes')
    .map((spec) => spec.column);
  if (kind === 'INCIDENT' || isRowTable(kind)) return columns;
  return [...columns, ...provenanceColumns.filter((name) => !columns.includes(name))];
}

const scopeParts = { artifact: 'artifacts', engagement: 'engagements', channel: 'channels' } as const;

/**
 * Scopes as the values of a canonical cell: `ORIGIN artifact ID`, `ORIGIN engagement ID`, `ORIGIN channel TEXT`, each part
 * percent-encoded. An empty scope, which puts nothing in scope, is its `ORIGIN` alone.
 */
export function formatScope(scope: readonly IncidentScope[]): string[] {
  return scope.flatMap((one) => {
    const origin = encodeURIComponent(one.origin);
    const values = (Object.keys(scopeParts) as (keyof typeof scopeParts)[]).flatMap((word) =>
      one[scopeParts[word]].map((named) => `${origin} ${word} ${encodeURIComponent(named)}`),
    );
    return values.length === 0 ? [origin] : values;
  });
}

/** Parses the output of `formatScope` and joins the scopes of one origin. Undefined if a value has another form. */
export function parseScope(values: readonly string[]): IncidentScope[] | undefined {
  const byOrigin = new Map<string, { origin: string; artifacts: string[]; engagements: string[]; channels: string[] }>();
  for (const value of values) {
    const [originPart, word, namedPart, ...more] = value.split(' ');
    const origin = decode(originPart);
    if (origin === undefined || origin === '' || more.length > 0) return undefined;
    const scope = byOrigin.get(origin) ?? { origin, artifacts: [], engagements: [], channels: [] };
    byOrigin.set(origin, scope);
    if (word === undefined) continue;
    const named = decode(namedPart);
    if (named === undefined || !Object.hasOwn(scopeParts, word)) return undefined;
    scope[scopeParts[word as keyof typeof scopeParts]].push(named);
  }
  return [...byOrigin.values()];
}

function decode(part: string | undefined): string | undefined {
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
