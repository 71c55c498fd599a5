import { CodeColumn, ListColumn, TextColumn } from './columns/text-column.ts';
import { openParts } from './open-parts.ts';
import type { Part } from './part.ts';
import type { Projection, ProjectionMemory } from './projection.ts';

/** A projection in a form that a thread can receive: plain objects and typed arrays over the same shared memory, without copying. */
export type SharedProjection = { readonly [name: string]: unknown };

const tag = '$column';

/** Stands for an object that is the same as in the former projection. */
const sameTag = '$same';

/**
 * Prepares a projection for another thread, which reads it in place.
 *
 * A message between threads keeps the memory of typed arrays but loses the classes of objects. So this function takes columns
 * apart, and `openProjection` rebuilds them. Complexity: O(number of columns), independent of their length.
 *
 * @param former leaves out the parts and columns that are the same objects in this projection, which the other thread must hold, too
 */
export function shareProjection({ memory }: Projection, former?: Projection): SharedProjection {
  const places = new Map(former?.memory.parts.map((part, place) => [part, place]));
  const parts = memory.parts.map((part) => {
    const place = places.get(part);
    return place === undefined ? takeApart(part) : { [sameTag]: place };
  });
  return { ...(takeApart({ ...memory, parts: [] }, former?.memory) as SharedProjection), parts };
}

/** @param former the projection that `shareProjection` got: what is the same becomes its objects again */
export function openProjection({ parts, ...shared }: SharedProjection, former?: Projection): Projection {
  const memory = putTogether(shared, former?.memory) as ProjectionMemory;
  return openParts({
    ...memory,
    parts: (parts as (SharedProjection & { readonly [sameTag]?: number })[]).map((part) => {
      const place = part[sameTag];
      return (place === undefined ? putTogether(part) : former?.memory.parts[place]) as Part;
    }),
  });
}

/** One part, as `shareProjection` gives each of them. */
export function sharePart(part: Part): unknown {
  return takeApart(part);
}

export function openSharedPart(shared: unknown): Part {
  return putTogether(shared) as Part;
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
  const { [tag]: column, parts } = value as { [tag]: 'text' | 'code' | 'list'; parts: readonly never[] };
  switch (column) {
    case 'text': {
      const [bytes, offsets, remembers] = parts as readonly unknown[] as [Uint8Array, Uint32Array, boolean];
      return new TextColumn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), offsets, remembers);
    }
    case 'code':
      return new CodeColumn(parts[0] as unknown as Int32Array, putTogether(parts[1]) as TextColumn);
    case 'list':
      return new ListColumn(parts[0] as unknown as Uint32Array, putTogether(parts[1]) as TextColumn);
    default:
      return column satisfies never;
  }
}
