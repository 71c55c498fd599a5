import type { Steps } from '../projection/turns.ts';

/** The number of texts that one step joins. */
const textsAStep = 1000;

/**
 * Many short texts in one long one: the garbage collector visits one object in place of each text, and the runtime searches all of them for
 * a part of a word in well under a millisecond. A text must not hold a line feed.
 */
export class LongText {
  /** All texts, each after a line feed, and one at the end. */
  readonly all: string;
  /** Uint32Array, one more than texts: the position of the line feed before each, and of the one at the end. */
  readonly starts: Uint32Array;

  private constructor(all: string, starts: Uint32Array) {
    this.all = all;
    this.starts = starts;
  }

  static *build(texts: readonly string[]): Steps<LongText> {
    const starts = new Uint32Array(texts.length + 1);
    const parts: string[] = [];
    for (let from = 0; from < texts.length; from += textsAStep) {
      const some = texts.slice(from, from + textsAStep);
      for (const [i, text] of some.entries()) starts[from + i + 1] = (starts[from + i] as number) + text.length + 1;
      parts.push(`\n${some.join('\n')}`);
      yield;
    }
    return new LongText(`${parts.join('')}\n`, starts);
  }

  get count(): number {
    return this.starts.length - 1;
  }

  get(place: number): string {
    return this.all.slice((this.starts[place] as number) + 1, this.starts[place + 1]);
  }

  /** Whether the text at a place begins with `beginning`. */
  beginsWith(place: number, beginning: string): boolean {
    return this.all.startsWith(beginning, (this.starts[place] as number) + 1);
  }

  /** The place, not before `from`, of the text that covers a position, with the line feed before it. */
  placeOf(position: number, from = 0): number {
    let step = 1;
    let low = from;
    while (low + step < this.count && (this.starts[low + step] as number) <= position) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.count);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
