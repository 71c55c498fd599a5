import { createReadStream } from 'node:fs';
import { compareCodePoints } from '../domain/compare.ts';

/** The lines of a file, without their line feeds. Node's readline also ends a line at U+2028, which a string of JSON may have. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 })) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** From here on, code units do not compare as code points do. */
const firstSurrogate = /[\ud800-\uffff]/;

/** Compares keys by code point. Most have no surrogates, and then the comparison of the machine is a hundred times faster. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const isLess = a < b;
  return firstSurrogate.test(a) && firstSurrogate.test(b) ? compareCodePoints(a, b) : isLess ? -1 : 1;
}
