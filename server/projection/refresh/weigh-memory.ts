import type { Projection } from '../projection.ts';
import { shareProjection } from '../share-projection.ts';

/** Smaller announcements would take memory that the allocator has to clear. */
const leastBytes = 64 * 2 ** 20;
/** An announcement waits for a pause of this length between two renewals, because an answer may still use the former projection. */
const pauseMs = 100;
/** More memory does not wait for a pause. */
const mostBytes = 384 * 2 ** 20;

interface WeighOptions {
  readonly leastBytes?: number;
  readonly mostBytes?: number;
}

/**
 * Reports the memory of projections to the garbage collector. V8 does not count shared memory when it decides whether to collect,
 * so dropped columns of several renewals would pile up. So each projection owns an unused ArrayBuffer
 * of the same size. V8 counts it, and the system never backs it with memory because nothing writes to it.
 *
 * An announcement starts a garbage collection. If the former projection is still in use at that moment, the collection frees only the one
 * before it, and the next renewal allocates new memory.
 */
export class MemoryWeights {
  readonly #leastBytes: number;
  readonly #mostBytes: number;
  readonly #weights = new WeakMap<Projection, ArrayBuffer>();
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WeighOptions = {}) {
    this.#leastBytes = options.leastBytes ?? leastBytes;
    this.#mostBytes = options.mostBytes ?? mostBytes;
  }

  /** The memory of renewals that is not announced yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** @param former the projection whose columns it shares; their memory is counted there */
  add(projection: Projection, former: Projection | undefined): void {
    for (const { byteLength } of new Set(memoryOf(projection, former))) this.#waitingBytes += byteLength;
    clearTimeout(this.#timer);
    if (this.#waitingBytes < this.#leastBytes) return;
    this.#timer = setTimeout(() => this.#announce(projection), this.#waitingBytes < this.#mostBytes ? pauseMs : 0);
    this.#timer.unref();
  }

  /** The weight of all renewals since the last announcement lives with the latest projection. */
  #announce(projection: Projection): void {
    this.#weights.set(projection, new ArrayBuffer(this.#waitingBytes));
    this.#waitingBytes = 0;
  }
}

/** @param former leaves out its parts and columns */
function* memoryOf(projection: Projection, former?: Projection): Generator<ArrayBufferLike> {
  const open: unknown[] = [shareProjection(projection, former)];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (ArrayBuffer.isView(value)) yield value.buffer;
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) if (part !== undefined) open.push(part);
  }
}
