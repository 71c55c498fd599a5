import { int } from 'neo4j-driver';
import type { FactValue } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import type { Attribute } from '../../../domain/facts.ts';

/** A field's value as a property of a node; null: no property. Whole numbers are integers, all others floats. */
export function encodeValue(spec: FieldSpec, value: FactValue): unknown {
  if (value === null) return null;
  switch (spec.type) {
    case 'integer':
    case 'instant':
    case 'endInstant':
      return int(value as number);
    case 'number':
      // Turns -0 into 0, because the log stores both as 0.
      return (value as number) + 0;
    case 'attributes': {
      const attributes = value as readonly Attribute[];
      return attributes.length === 0 ? null : JSON.stringify(attributes.map((attribute) => [attribute.name, attribute.value]));
    }
    default:
      return value;
  }
}

/** @param cell null or undefined: no property */
export function decodeValue(spec: FieldSpec, cell: unknown): FactValue {
  if (cell === null || cell === undefined) return spec.default ?? null;
  if (spec.type === 'attributes') return (JSON.parse(cell as string) as [string, string][]).map(([name, value]) => ({ name, value }));
  return cell as FactValue;
}
