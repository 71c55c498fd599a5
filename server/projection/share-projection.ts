import { CodeColumn } from './columns/code-column.ts';
import { ListColumn } from './columns/list-column.ts';
import { TextColumn } from './columns/text-column.ts';
import type { Projection } from './projection.ts';

/** A projection in a form that a thread can receive: plain objects and typed arrays over the same shared memory, without copying. */
export type SharedProjection = { readonly [name: string]: unknown };

const tag = '$column';

/** Stands for a part that is the same as in the former projection. */
const sameTag = '$same';

/**
 * Prepares a projection for another thread, which reads it in place.
 *
 * A message between threads keeps the memory of typed arrays but loses the classes of objects. So this function takes columns
 * apart, and `openProjection` rebuilds them. Complexity: O(number of columns), independent of their length.
 *
 * @param former leaves out the parts that are the same objects in this projection, which the other thread must hold, too
 */
export function shareProjection(projection: Projection, former?: Projection): SharedProjection {
  return takeApart(projection, former) as SharedProjection;
}

/** @param former the projection that `shareProjection` got: parts that are the same become its objects again */
export function openProjection(shared: SharedProjection, former?: Projection): Projection {
  return putTogether(shared, former) as Projection;
}

function takeApart(value: unknown, former?: unknown): unknown {
  if (typeof value === 'object' && value !== null && value === former) return { [sameTag]: true };
  if (value instanceof TextColumn) return { [tag]: 'text', parts: value.share() };
  if (value instanceof CodeColumn) return { [tag]: 'code', parts: [value.codes, takeApart(value.distinct)] };
  if (value instanceof ListColumn) {
    const [offsets, texts] = value.share();
    return { [tag]: 'list', parts: [offsets, takeApart(texts)] };
  }
  if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, takeApart(part, partOf(former, name))]));
}

function partOf(former: unknown, name: string): unknown {
  return (former as Record<string, unknown> | undefined)?.[name];
}

function putTogether(value: unknown, former?: unknown): unknown {
  if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return value;
  if (sameTag in value) return former;
  if (!(tag in value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, putTogether(part, partOf(former, name))]));
  const { [tag]: column, parts } = value as { [tag]: 'text' | 'code' | 'list'; parts: [never, never, never?] };
  switch (column) {
    case 'text': {
      const [bytes, offsets, isLive] = parts as [Uint8Array, Uint32Array, Uint8Array?];
      return new TextColumn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), offsets, isLive);
    }
    case 'code':
      return new CodeColumn(parts[0], putTogether(parts[1]) as TextColumn);
    case 'list':
      return new ListColumn(parts[0], putTogether(parts[1]) as TextColumn);
    default:
      return column satisfies never;
  }
}
