import type { FactValue } from './assertions.ts';
import type { FieldSpec } from './fact-fields.ts';
import type { Attribute } from './facts.ts';
import { formatInstant } from './instants.ts';
import { countRows } from './text/row-text.ts';

/**
 * A field's value as the text of a canonical CSV cell, before any quoting. Null for an unknown value, which is an empty cell.
 *
 * Lists are joined by `;`. In a file, each attribute has a column (`attribute:NAME`). A difference shows all attributes as one
 * text: `NAME=VALUE`, joined by `;`.
 */
export function formatFactValue(spec: FieldSpec, value: FactValue): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return spec.type === 'text' && spec.rows !== undefined ? describeRows(value) : value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return spec.type === 'instant' || spec.type === 'endInstant' ? formatInstant(value) : String(value);
  if (value.length === 0) return null;
  return spec.type === 'attributes'
    ? joinValues((value as readonly Attribute[]).map((attribute) => `${attribute.name}=${attribute.value}`))
    : joinValues(value as readonly string[]);
}

/** In a file, rows have a table of their own (import/rows/table-fields.ts). A difference shows how many there are. */
function describeRows(text: string): string {
  const count = countRows(text);
  return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

/** Joins several values into one cell with `;`. A `\` escapes each `;` or `\` inside a value. */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => value.replace(/[;\\]/g, '\\$&')).join(';');
}

/** The inverse of `joinValues`. Undefined if a `\` escapes neither `;` nor `\`. An empty text gives no values. */
export function splitValues(text: string): string[] | undefined {
  if (text === '') return [];
  if (!text.includes('\\')) return text.split(';');
  const values: string[] = [];
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (letter === ';') {
      values.push(value);
      value = '';
    } else if (letter === '\\') {
      const escaped = text[++i];
      if (escaped !== ';' && escaped !== '\\') return undefined;
      value += escaped;
    } else value += letter;
  }
  values.push(value);
  return values;
}
