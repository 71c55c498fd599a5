import type { FactValue } from '../assertions.ts';
import { compareCodePoints } from '../compare.ts';
import type { FieldSpec, RowKind } from '../fact-fields.ts';
import { rowFields } from '../fact-fields.ts';

/*
 * The rows of a fact as one text (semantics §13.1): the components of a software list, the affected packages of an advisory, and the claims
 * of a source. So a list is one assertion, however long. The text is JSON by columns, `{"count": 2, "columns": {"name": ["a", "b"], …}}`:
 *
 * - A column whose cells are all equal has one cell. A column of unknown values is left out.
 * - Rows stand in the order of `rowOrder`, equal rows once. So equal rows have equal texts, in whatever order they came.
 */
interface RowColumns {
  readonly count: number;
  readonly columns: Readonly<Record<string, readonly FactValue[]>>;
}

/** The values of a row, in the order of `rowFields`. */
export type RowValues = readonly FactValue[];

/** The fields that order the rows, the first first. Unknown values come first. */
const rowOrder: Readonly<Record<RowKind, readonly string[]>> = {
  COMPONENT: ['package', 'name', 'version'],
  AFFECTED_PACKAGE: ['package'],
  CLAIM: ['package', 'from', 'until'],
};

const orders = Object.fromEntries(
  Object.entries(rowFields).map(([kind, specs]) => {
    const first = rowOrder[kind as RowKind].map((name) => specs.findIndex((spec) => spec.name === name));
    return [kind, [...first, ...specs.keys()].filter((field, at, all) => all.indexOf(field) === at)];
  }),
) as unknown as Readonly<Record<RowKind, readonly number[]>>;

/** Complexity: O(n log n). */
export function packRows(kind: RowKind, rows: Iterable<RowValues>): string {
  const order = orders[kind];
  const sorted = [...rows].sort((a, b) => compareRows(a, b, order));
  const kept = sorted.filter((row, at) => at === 0 || compareRows(sorted[at - 1] as RowValues, row, order) !== 0);
  const columns: Record<string, readonly FactValue[]> = {};
  for (const [field, { name }] of rowFields[kind].entries()) {
    const cells = kept.map((row) => row[field] as FactValue);
    const [first] = cells;
    const isSame = first !== undefined && cells.every((cell) => compareCells(cell, first) === 0);
    if (isSame && first === null) continue;
    if (cells.length > 0) columns[name] = isSame ? [first] : cells;
  }
  return JSON.stringify({ count: kept.length, columns } satisfies RowColumns);
}

/** The rows of a text that `packRows` made. */
export function unpackRows(kind: RowKind, text: string): RowValues[] {
  const { count, columns } = JSON.parse(text) as RowColumns;
  const cells = rowFields[kind].map(({ name }) => columns[name]);
  return Array.from({ length: count }, (_, row) => cells.map((column) => cellAt(column, row)));
}

/** The rows of several such texts as one. */
export function joinRows(kind: RowKind, texts: readonly string[]): string {
  return texts.length === 1
    ? (texts[0] as string)
    : packRows(
        kind,
        texts.flatMap((text) => unpackRows(kind, text)),
      );
}

/** The number of rows. Does not parse the text. */
export function countRows(text: string): number {
  return Number(/^\{"count":(\d+)/.exec(text)?.[1] ?? 0);
}

/**
 * The fault of a text that should hold rows, as the end of the sentence "expected …". Undefined: `packRows` could have made it.
 *
 * @param findFault of the value of a field of a row
 */
export function findRowsFault(
  kind: RowKind,
  text: string,
  findFault: (spec: FieldSpec, value: Exclude<FactValue, null>) => string | undefined,
): string | undefined {
  let rows: RowValues[];
  try {
    rows = unpackRows(kind, text);
  } catch {
    return 'rows as JSON by columns';
  }
  for (const row of rows) {
    for (const [field, spec] of rowFields[kind].entries()) {
      const value = row[field] ?? null;
      if (value === null ? spec.isRequired : findFault(spec, value) !== undefined)
        return value === null ? `a ${spec.column} in each row` : (findFault(spec, value) as string);
    }
  }
  return packRows(kind, rows) === text ? undefined : 'rows in order, each once';
}

function cellAt(column: readonly FactValue[] | undefined, row: number): FactValue {
  return (column === undefined || column.length === 1 ? column?.[0] : column[row]) ?? null;
}

function compareRows(a: RowValues, b: RowValues, order: readonly number[]): number {
  for (const field of order) {
    const difference = compareCells(a[field] as FactValue, b[field] as FactValue);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareCells(a: FactValue, b: FactValue): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareCodePoints(textOf(a), textOf(b));
}

function textOf(value: Exclude<FactValue, null>): string {
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
