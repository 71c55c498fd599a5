import type { Projection } from '../projection.ts';
import { shareProjection } from '../share-projection.ts';

/** Smaller ones would be taken from memory that the allocator has to clear. */
const leastBytes = 64 * 2 ** 20;

const weights = new WeakMap<Projection, ArrayBuffer>();

/**
 * Tells the garbage collector how much memory depends on a projection. V8 does not count shared memory when it decides whether to collect,
 * so dropped columns of several renewals would pile up. An unused ArrayBuffer of the same size lives and dies with the projection
 * instead: it is counted, and as nobody writes to it, the system never backs it with memory.
 *
 * @param former the projection whose columns it shares; their memory is counted there
 */
export function weighMemory(projection: Projection, former: Projection | undefined): void {
  const known = new Set(former === undefined ? [] : memoryOf(former));
  const fresh = new Set([...memoryOf(projection)].filter((memory) => !known.has(memory)));
  const bytes = [...fresh].reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes >= leastBytes) weights.set(projection, new ArrayBuffer(bytes));
}

function* memoryOf(projection: Projection): Generator<ArrayBufferLike> {
  const open: unknown[] = [shareProjection(projection)];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (ArrayBuffer.isView(value)) yield value.buffer;
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value).filter((part) => part !== undefined));
  }
}
