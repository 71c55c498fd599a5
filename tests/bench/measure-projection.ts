import type { Projection } from '../../server/projection/projection.ts';
import { shareProjection } from '../../server/projection/share-projection.ts';

/** Bytes of the memory that a projection's columns lie in, each counted once. */
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
