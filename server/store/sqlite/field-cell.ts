import type { FactValue } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import type { Phrases } from './phrases.ts';
import type { Cell } from './row.ts';

/*
 * A cell of a kind's table (kind-table.ts) holds the value of one field. The type of the field decides how: the column's affinity, and the
 * value there and back. Null is a value that is not known.
 */

/** The type in the definition of a column, with a space before it, or nothing. */
export function affinityOf(spec: FieldSpec): string {
  switch (spec.type) {
    case 'text':
      return spec.repeats === true ? '' : ' TEXT';
    case 'reference':
      return '';
    case 'enums':
    case 'texts':
    case 'attributes':
      return ' TEXT';
    case 'number':
      return ' REAL';
    default:
      return ' INTEGER';
  }
}

export function encodeCell(spec: FieldSpec, value: Exclude<FactValue, null>, phrases: Phrases): Cell {
  switch (spec.type) {
    case 'text':
      return spec.repeats === true ? phrases.encode(value as string) : (value as string);
    case 'reference':
      return phrases.encode(value as string);
    case 'enum':
      return spec.values.indexOf(value as string);
    case 'boolean':
      return value === true ? 1 : 0;
    case 'enums':
    case 'texts':
    case 'attributes':
      return JSON.stringify(value);
    default:
      return value as number;
  }
}

export function decodeCell(spec: FieldSpec, cell: Cell, phrases: Phrases): FactValue {
  if (cell === null) return null;
  switch (spec.type) {
    case 'text':
    case 'number':
    case 'integer':
    case 'instant':
    case 'endInstant':
      return typeof cell === 'number' && spec.type === 'text' ? phrases.decode(cell) : cell;
    case 'reference':
      return spec.isKey ? cell : phrases.decode(cell);
    case 'enum':
      return spec.values[cell as number] as string;
    case 'boolean':
      return cell === 1;
    case 'enums':
    case 'texts':
    case 'attributes':
      return parseList(cell as string);
    default:
      return spec satisfies never;
  }
}

const lists = new Map<string, FactValue>();
const maxLists = 20_000;
const maxListText = 200;

/** Short lists repeat (roles, fragments), so equal lists share one object. */
function parseList(json: string): FactValue {
  if (json.length > maxListText) return JSON.parse(json) as FactValue;
  let list = lists.get(json);
  if (list === undefined) {
    list = JSON.parse(json) as FactValue;
    if (lists.size >= maxLists) lists.clear();
    lists.set(json, list);
  }
  return list;
}
