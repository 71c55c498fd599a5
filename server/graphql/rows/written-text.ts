import type { TextSink } from '../../exposure/text-sink.ts';

type WriteText = (parent: unknown, out: TextSink) => void;

/** By resolver. */
const writers = new WeakMap<object, WriteText>();

/** A resolver of a text with a function that writes the same text in pieces, for rows (row-plan.ts): long texts of many rows need no strings. */
export function writtenText<P>(read: (parent: P) => string, write: (parent: P, out: TextSink) => void): (parent: P) => string {
  writers.set(read, write as WriteText);
  return read;
}

export function writerOf(read: object): WriteText | undefined {
  return writers.get(read);
}
