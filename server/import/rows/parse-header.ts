import type { FactValue } from '../../domain/assertions.ts';
import { splitValues } from '../../domain/canonical-values.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { maxIdLength } from '../../domain/fact-fields.ts';
import { quote } from '../../domain/fact-sentences.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { TableKind } from '../import-view.ts';
import { findNearest } from './find-nearest.ts';
import type { Rejection } from './rejection.ts';
import { attributePrefix, columnsOf, fieldsOf, fileNameOf, isSoftwareTable, nounsOf, tableKinds } from './table-fields.ts';

/** The meaning of a column of a file. */
export type Column =
  | { readonly role: 'field'; readonly name: string; readonly index: number; readonly spec: FieldSpec }
  | { readonly role: 'attribute'; readonly name: string; readonly attribute: string }
  | { readonly role: 'assertedAt' | 'source'; readonly name: string };

export type HeaderResult = { readonly columns: readonly Column[] } | { readonly rejections: readonly Rejection[] };

/**
 * The meaning of each column, from an allow-list. Otherwise all faults of the header: unknown columns (each with the column
 * that the author probably wanted), duplicate columns, missing columns.
 */
export function parseHeader(file: string, line: number, header: readonly string[], kind: TableKind): HeaderResult {
  const specs = fieldsOf(kind);
  const rejections: Rejection[] = [];
  const columns: Column[] = [];
  const seen = new Map<string, number>();
  const reject = (code: Rejection['code'], column: string | null, message: string) =>
    rejections.push({ file, line, column, code, message, value: column });

  header.forEach((name, at) => {
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      reject(
        'DOUBLED_COLUMN',
        name,
        `The column ${quote(name)} appears twice in the header (columns ${earlier + 1} and ${at + 1}). Rename or remove one of them.`,
      );
      return;
    }
    seen.set(name, at);
    const column = findColumn(name, kind, specs);
    if (column !== undefined) columns.push(column);
    else reject('UNKNOWN_COLUMN', name, describeUnknown(name, kind, header));
  });
  for (const spec of specs) {
    if (!spec.isRequired || seen.has(spec.column)) continue;
    reject(
      'MISSING_COLUMN',
      spec.column,
      `The column ${spec.column} is missing from the header. Every ${nounsOf(kind).one} needs one: add the column.`,
    );
  }
  return rejections.length > 0 ? { rejections } : { columns };
}

function findColumn(name: string, kind: TableKind, specs: readonly FieldSpec[]): Column | undefined {
  const index = specs.findIndex((spec) => spec.column === name && spec.type !== 'attributes');
  if (index >= 0) return { role: 'field', name, index, spec: specs[index] as FieldSpec };
  if (!columnsOf(kind).includes(name) && !name.startsWith(attributePrefix)) return undefined;
  if (name === 'asserted_at') return { role: 'assertedAt', name };
  if (name === 'source') return { role: 'source', name };
  const attribute = name.startsWith(attributePrefix) ? name.slice(attributePrefix.length) : '';
  if (attribute === '' || attribute.length > maxIdLength || !specs.some((spec) => spec.type === 'attributes')) return undefined;
  return { role: 'attribute', name, attribute };
}

function describeUnknown(name: string, kind: TableKind, header: readonly string[]): string {
  const known = columnsOf(kind);
  const what = name === '' ? 'A column of the header has no name.' : `The column ${quote(name)} is not known for ${fileNameOf(kind)}.csv.`;
  const unused = known.filter((column) => !header.includes(column));
  const nearest = name === '' ? undefined : findNearest(name, unused);
  if (nearest !== undefined) return `${what} Did you mean ${quote(nearest)}?`;
  const keep =
    fieldsOf(kind).some((spec) => spec.type === 'attributes') && name !== ''
      ? ` To keep it as text, call it "${attributePrefix}${name.slice(0, 60)}".`
      : '';
  return `${what} Remove or rename it; known are ${known.join(', ')}.${keep}`;
}

/** The kind that a file's name states: `transfers.csv`, in upper or lower case. */
export function kindOfName(file: string): TableKind | undefined {
  const base = (file.split(/[\\/]/).pop() as string).toLowerCase().replace(/\.[a-z]{1,5}$/, '');
  return tableKinds.find((kind) => fileNameOf(kind) === base);
}

const fewestColumns = 4;

/** The only kind that knows every column of the header and finds all its required columns there; undefined if several or none do. */
export function kindOfHeader(header: readonly string[]): TableKind | undefined {
  const fitting = tableKinds.filter((kind) => {
    const specs = fieldsOf(kind);
    // Some of these files have few required columns, whose names other lists may have, too.
    if (isSoftwareTable(kind) && header.length < fewestColumns) return false;
    return (
      header.every((name) => findColumn(name, kind, specs) !== undefined) &&
      specs.every((spec) => !spec.isRequired || header.includes(spec.column))
    );
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

export function unknownKind(file: string, line: number, header: readonly string[]): Rejection {
  const names = tableKinds.map((kind) => `${fileNameOf(kind)}.csv`).join(', ');
  const shown = header.slice(0, 12).join(', ');
  const message = `Neither the file's name nor its header (${quote(shown)}) tells which kind of fact it holds. Name it one of ${names}, or say what it lists.`;
  return { file, line, column: null, code: 'UNKNOWN_KIND', message, value: file };
}

/** The reason why a cell is not a value of its field: a sentence. */
export class CellFault {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Parses a cell's text by the type of its field alone. The store checks ranges and required fields, because those rules apply
 * to every kind of write.
 *
 * @param text not empty, already unguarded
 */
export function parseCell(spec: FieldSpec, text: string): FactValue | CellFault {
  switch (spec.type) {
    case 'text':
    case 'reference':
    case 'enum':
      return text;
    case 'texts':
    case 'enums': {
      const values = splitValues(text);
      return values ?? fault(spec, text, 'values separated by ";", with "\\;" for a semicolon and "\\\\" for a backslash inside a value');
    }
    case 'number':
    case 'integer': {
      const value = decimal.test(text) ? Number(text) : Number.NaN;
      if (Number.isFinite(value)) return value;
      return fault(
        spec,
        text,
        `a ${spec.type === 'integer' ? 'whole ' : ''}number with a decimal point and without separators, such as ${spec.type === 'integer' ? '24' : '0.25'}`,
      );
    }
    case 'boolean':
      if (text === 'true') return true;
      if (text === 'false') return false;
      return fault(spec, text, 'true or false');
    case 'instant':
    case 'endInstant':
      return (
        parseInstant(text, { isEnd: spec.type === 'endInstant' }) ??
        fault(spec, text, 'a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z')
      );
    case 'attributes':
      return fault(spec, text, `a column "attribute:NAME" for each attribute`);
    default:
      return spec satisfies never;
  }
}

function fault(spec: FieldSpec, text: string, expected: string): CellFault {
  return new CellFault(`The ${spec.column} ${quote(text)} cannot be read: expected ${expected}.`);
}
