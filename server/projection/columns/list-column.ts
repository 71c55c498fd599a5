import { sharedUint32 } from './shared-memory.ts';
import { TextColumn } from './text-column.ts';

/** A list of strings for each record. */
export class ListColumn {
  readonly #offsets: Uint32Array;
  readonly #texts: TextColumn;

  constructor(offsets: Uint32Array, texts: TextColumn) {
    this.#offsets = offsets;
    this.#texts = texts;
  }

  /** As `TextColumn.share`. */
  share(): [offsets: Uint32Array, texts: TextColumn] {
    return [this.#offsets, this.#texts];
  }

  static from(lists: readonly (readonly string[])[]): ListColumn {
    const offsets = sharedUint32(lists.length + 1);
    for (let i = 0; i < lists.length; i++) offsets[i + 1] = (offsets[i] as number) + (lists[i] as readonly string[]).length;
    return new ListColumn(offsets, TextColumn.from(lists.flat()));
  }

  get length(): number {
    return this.#offsets.length - 1;
  }

  get(index: number): string[] {
    const list: string[] = [];
    for (let i = this.#offsets[index] as number; i < (this.#offsets[index + 1] as number); i++) list.push(this.#texts.get(i));
    return list;
  }
}
