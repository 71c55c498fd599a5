import { deserialize, serialize } from 'node:v8';
import { firstIndex } from '../../domain/compare.ts';
import type { ChangedValues } from './write-plan.ts';

const changesAChunk = 256;

/** Changed values on their way between threads: a receiver decodes those that it looks at, so that no message holds the event loop. */
export interface PackedChanges {
  /** The assertions of the changes; ascending. */
  readonly indexes: Uint32Array;
  /** The values of 256 changes each, serialized. */
  readonly chunks: readonly Uint8Array[];
}

export function packChanges(changed: ReadonlyMap<number, ChangedValues>): PackedChanges {
  const sorted = [...changed].sort(([a], [b]) => a - b);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < sorted.length; start += changesAChunk) {
    chunks.push(serialize(sorted.slice(start, start + changesAChunk).map(([, values]) => values)));
  }
  return { indexes: Uint32Array.from(sorted, ([index]) => index), chunks };
}

/** Reads packed changes. Holds one decoded chunk: most readers go by index. */
export class UnpackedChanges {
  readonly #packed: PackedChanges;
  #latest: { readonly chunk: number; readonly values: readonly ChangedValues[] } | undefined;

  constructor(packed: PackedChanges) {
    this.#packed = packed;
  }

  get(index: number): ChangedValues | undefined {
    const place = this.#find(index);
    if (place < 0) return undefined;
    const chunk = Math.floor(place / changesAChunk);
    if (this.#latest?.chunk !== chunk) this.#latest = { chunk, values: deserialize(this.#packed.chunks[chunk] as Uint8Array) };
    return this.#latest.values[place % changesAChunk];
  }

  /** The place of an assertion among the changes, or -1. */
  #find(index: number): number {
    const { indexes } = this.#packed;
    const place = firstIndex(indexes.length, (i) => (indexes[i] as number) >= index);
    return indexes[place] === index ? place : -1;
  }
}
