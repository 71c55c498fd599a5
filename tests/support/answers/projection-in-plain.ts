import { CodeColumn, ListColumn, TextColumn } from '../../../server/projection/columns.ts';
import type { Projection } from '../../../server/projection/projection.ts';

/** The content of a projection as lists of plain values, without the revision. Equal projections give equal lists. */
export function projectionInPlain({ revision: _, ...rest }: Projection): unknown {
  return toPlain(rest);
}

function toPlain(value: unknown): unknown {
  if (value instanceof TextColumn) return Array.from({ length: value.length }, (_, i) => value.get(i));
  if (value instanceof CodeColumn) return { codes: [...value.codes], distinct: toPlain(value.distinct) };
  if (value instanceof ListColumn) return Array.from({ length: value.length }, (_, i) => value.get(i));
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part)]));
}
