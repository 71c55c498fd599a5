import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { type FieldSpec, factFields, fileNames } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { conceptOf } from '../column-synonyms.ts';
import type { ColumnMapping, ColumnUse } from '../mapping-types.ts';
import { findColumnIndex } from '../table/column-names.ts';
import type { ColumnDecision, FileDecisions } from './mapping-document.ts';

const becauseOfAPerson = 'decided by a person';

/**
 * Applies a person's decisions to the columns. A field that a person gives to one column is removed from any other column.
 *
 * Throws BAD_USER_INPUT if a decision names an unknown field or kind.
 */
export function decideColumns(
  columns: readonly ColumnMapping[],
  decisions: readonly ColumnDecision[],
  kinds: readonly FactKind[],
): ColumnMapping[] {
  const names = columns.map(({ column }) => column);
  const decided = new Map<number, ColumnMapping>();
  for (const decision of decisions) {
    const column = columns[findColumnIndex(names, decision.column)];
    if (column === undefined) continue;
    const { use, control = null, dateOrder = null } = decision;
    const target = use === 'FIELD' ? resolveField(decision, kinds) : { kind: decision.kind ?? null, field: decision.field ?? null };
    if (use === 'CONTROL' && !control)
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The column "${column.column}" is evidence of a control that is not named. Give it as control:NAME.`,
      );
    decided.set(column.index, { ...column, use, ...target, control, dateOrder, confidence: 1, because: becauseOfAPerson });
  }
  const taken = new Map(
    [...decided.values()].filter(({ use }) => use === 'FIELD').map(({ kind, field, index }) => [`${kind}.${field}`, index]),
  );
  return columns.map((column) => {
    const own = decided.get(column.index);
    if (own !== undefined) return own;
    const isTaken = column.use === 'FIELD' && !isSubcontractor(column) && taken.has(`${column.kind}.${column.field}`);
    return isTaken
      ? {
          ...column,
          use: 'ATTRIBUTE' as ColumnUse,
          kind: null,
          field: null,
          because: 'another column was chosen for its field: kept as text',
        }
      : column;
  });
}

/** Whether a column names whom the organization of its row engages in turn. A list may have several. */
export function isSubcontractor({ kind, field }: Pick<ColumnMapping, 'kind' | 'field'>): boolean {
  return kind === 'ENGAGEMENT' && field === 'provider';
}

/** Whether a column such as "Vendor" names the clients. Whom they engage is then a subcontractor. */
export function areClientsVendors(columns: readonly ColumnMapping[]): boolean {
  const named = columns.filter(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === 'client');
  return named.some(({ column }) => conceptOf('PROVIDER').headers.includes(toPlainHeader(column)));
}

function resolveField({ column, kind, field }: ColumnDecision, kinds: readonly FactKind[]): { kind: FactKind; field: string } {
  const wanted = toCamel(field ?? '');
  if (wanted === 'subcontractor' || wanted === 'subprocessor') return { kind: 'ENGAGEMENT', field: 'provider' };
  if (wanted === 'provider' || wanted === 'vendor') return { kind: 'ORGANIZATION', field: 'name' };
  const among = kind === undefined || kind === null ? [...kinds, ...factKinds] : [kind];
  for (const one of among) {
    if (columnFieldsOf(one).some(({ name }) => name === wanted)) return { kind: one, field: wanted };
  }
  const known = [...new Set(among.flatMap((one) => columnFieldsOf(one).map((spec) => spec.column)))];
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The column "${column}" cannot be read as "${field ?? ''}": expected one of ${known.join(', ')}, attribute, ignore or control:NAME.`,
  );
}

/** The fields of a kind that a column can be read as. */
function columnFieldsOf(kind: FactKind): readonly FieldSpec[] {
  return factFields[kind].filter(({ type, isInternal }) => type !== 'attributes' && isInternal !== true);
}

/**
 * The kinds of the fields that a person chose. A field that only one kind has, such as `starts_at`, tells its kind beside fields whose
 * kind the person named.
 */
export function kindsOfColumns({ columns = [] }: FileDecisions): FactKind[] | undefined {
  const fields = columns.filter(({ use }) => use === 'FIELD');
  if (!fields.some(({ kind }) => kind)) return undefined;
  const kinds = fields.flatMap(({ kind, field }) => kind ?? onlyKindOf(toCamel(field ?? '')) ?? []);
  return [...new Set(kinds)];
}

function onlyKindOf(field: string): FactKind | undefined {
  const kinds = factKinds.filter((kind) => factFields[kind].some(({ name }) => name === field));
  return kinds.length === 1 ? kinds[0] : undefined;
}

function toCamel(text: string): string {
  return text.trim().replace(/[_ -]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `--map COLUMN=FIELD`. Throws BAD_USER_INPUT. */
export function parseColumnFlag(text: string): ColumnDecision {
  const at = text.lastIndexOf('=');
  const [column, field] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || field === '')
    throw new ExposureError('BAD_USER_INPUT', `--map ${text} cannot be read: expected COLUMN=FIELD, such as "Expiry=ends_at".`);
  if (/^(attribute|text)$/i.test(field)) return { column, use: 'ATTRIBUTE' };
  if (/^(ignored?|none|-)$/i.test(field)) return { column, use: 'IGNORED' };
  const control = /^control:(.+)$/i.exec(field);
  if (control !== null) return { column, use: 'CONTROL', control: (control[1] as string).trim() };
  const qualified = /^(\w+)\.(\w+)$/.exec(field);
  const kind =
    qualified === null
      ? undefined
      : factKinds.find((one) => one.toLowerCase() === (qualified[1] as string).toLowerCase() || fileNames[one] === qualified[1]);
  if (qualified !== null && kind === undefined)
    throw new ExposureError('BAD_USER_INPUT', `--map ${text}: there is no kind of fact "${qualified[1]}".`);
  return { column, use: 'FIELD', field: qualified === null ? field : (qualified[2] as string), ...(kind === undefined ? {} : { kind }) };
}
