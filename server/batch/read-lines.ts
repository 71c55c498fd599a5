import { createReadStream } from 'node:fs';

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
