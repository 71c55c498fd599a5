import type { Projection } from '../../server/projection/projection.ts';
import { shareProjection } from '../../server/projection/share-projection.ts';

/** The bytes of memory under a projection's columns. Counts shared memory once. */
export function measureProjection(projection: Projection): number {
  const memory = new Set<ArrayBufferLike>();
  collect(shareProjection(projection), memory);
  let bytes = 0;
  for (const { byteLength } of memory) bytes += byteLength;
  return bytes;
}

function collect(value: unknown, memory: Set<ArrayBufferLike>): void {
  if (ArrayBuffer.isView(value)) memory.add(value.buffer);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, memory);
}
