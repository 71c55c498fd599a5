import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { FindLines } from './software-reading.ts';
import { largeFile, refusedFile } from './software-reading.ts';

/** How deep arrays and objects may stand inside each other. */
const deepest = 64;
/** No list is denser than 8 bytes a value, and each value takes memory. */
const mostValues = 8_000_000;

/** The text of a file: UTF-8, or UTF-16 by its mark. Throws ExposureError: neither. */
export function decodeText(file: string, bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isLittle && !(bytes[0] === 0xfe && bytes[1] === 0xff)) {
    if (!isUtf8(bytes)) throw notText(file);
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return bytes.toString('utf8', hasMark ? 3 : 0);
  }
  try {
    return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes);
  } catch {
    throw notText(file);
  }
}

const notText = (file: string) => refusedFile(file, 'is neither UTF-8 nor UTF-16 text', 'Save it as UTF-8, and import that.');

const [quote, backslash, openArray, closeArray, openObject, closeObject, comma, newline] = [34, 92, 91, 93, 123, 125, 44, 10];

/** The effects of bytes outside of texts: they open, close, or separate values. Most do nothing. */
const [opens, closes, separates, isText] = [1, 2, 3, 4];
const deeds = new Uint8Array(256);
for (const [code, deed] of [
  [quote, isText],
  [openArray, opens],
  [openObject, opens],
  [closeArray, closes],
  [closeObject, closes],
  [comma, separates],
] as const)
  deeds[code] = deed;

/**
 * Refuses JSON that would take more memory than a list needs, before it is parsed: more than 64 levels or 8,000,000 values. It does not
 * check the syntax. It looks at bytes, because marks of JSON are one byte each in UTF-8 and never part of a longer letter. O(bytes).
 */
function checkJson(file: string, bytes: Buffer): void {
  let [depth, values, deepestFound] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const deed = deeds[bytes[at] as number];
    if (deed === 0) continue;
    if (deed === isText) {
      at = endOfBytes(bytes, at);
    } else if (deed === separates) {
      values++;
    } else if (deed === opens) {
      values++;
      if (++depth > deepestFound) deepestFound = depth;
    } else {
      depth--;
    }
  }
  if (deepestFound > deepest) throw tooDeep(file);
  if (values > mostValues)
    throw largeFile(file, 'holds more than 8,000,000 values, the most that are read of a file', 'Split it into smaller files.');
}

/** Long texts, such as licenses, are searched for their end by the machine's own search, which costs as much as some 50 bytes here. */
const shortText = 64;

/** Where the text that opens at `at` closes, in bytes. */
function endOfBytes(bytes: Buffer, at: number): number {
  const shortEnd = Math.min(at + shortText, bytes.length);
  let end = at + 1;
  for (; end < shortEnd; end++) {
    const byte = bytes[end];
    if (byte === quote) return end;
    if (byte === backslash) end++;
  }
  // A backslash before `end` is paired, so one counts from `end` on.
  const from = end;
  for (end = bytes.indexOf(quote, from); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let backslashes = 0;
    while (end - 1 - backslashes >= from && bytes[end - 1 - backslashes] === backslash) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return bytes.length;
}

/** Where the text that opens at `at` closes. */
function endOfText(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * A file of fewer bytes cannot hold 8,000,000 values: two take three bytes at least. So it is parsed first, because a look at the parsed value
 * costs a fifth of one at the bytes.
 */
const largeFrom = 12_000_000;

/** Parses JSON. Undefined: it is none. Throws ExposureError LIMIT_EXCEEDED: it holds more levels or values than a list does. */
export function parseJson(file: string, bytes: Buffer, text: string): unknown {
  const isLarge = bytes.length >= largeFrom;
  // Marks of UTF-16 are two bytes.
  if (isLarge) checkJson(file, bytes[0] === 0xff || bytes[0] === 0xfe ? Buffer.from(text) : bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isLarge && !isWithinLevels(value, deepest)) throw tooDeep(file);
  return value;
}

const tooDeep = (file: string) =>
  largeFile(file, 'holds more than 64 levels of arrays and objects', 'No list or advisory does: look at what made it.');

/** Whether a value has at most so many levels of arrays and objects. It looks no deeper. O(values). */
function isWithinLevels(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isWithinLevels(item, levels - 1)) return false;
  } else {
    for (const key in value) if (!isWithinLevels((value as Record<string, unknown>)[key], levels - 1)) return false;
  }
  return true;
}

interface Wanted {
  readonly key: string | number;
  readonly index: number[];
  /** How many paths end here, and are not found yet. */
  ending: number;
  readonly children: Map<string | number, Wanted>;
}

/**
 * The lines on which some paths of a JSON text stand, in one pass. Null: the text has no such path. The text must be valid JSON.
 * A path that goes on below what the text has stands on the line of the deepest part that it has.
 */
export function jsonLines(text: string): FindLines {
  return (paths) => {
    const root: Wanted = { key: '', index: [], ending: 0, children: new Map() };
    for (const [index, path] of paths.entries()) {
      let node = root;
      for (const key of path) {
        node.index.push(index);
        let child = node.children.get(key);
        if (child === undefined) {
          child = { key, index: [], ending: 0, children: new Map() };
          node.children.set(key, child);
        }
        node = child;
      }
      node.index.push(index);
      node.ending++;
    }
    const lines = new Array<number | null>(paths.length).fill(null);
    let line = 1;
    let left = paths.length;
    const found = (node: Wanted | undefined) => {
      if (node === undefined) return;
      for (const index of node.index) lines[index] = line;
      left -= node.ending;
      node.ending = 0;
    };
    const stack: { readonly node: Wanted | undefined; at: number }[] = [];
    let frame: (typeof stack)[number] | undefined;
    let key: string | undefined;
    let current: Wanted | undefined = root;
    /** Goes to the item of an array, which may begin on a later line. Returns where the space before it ends. */
    const item = (at: number, index: number): number => {
      current = frame?.node?.children.get(index);
      if (current === undefined) return at;
      let next = at + 1;
      for (; /\s/.test(text[next] ?? ''); next++) if (text.charCodeAt(next) === newline) line++;
      found(current);
      return next - 1;
    };
    for (let at = 0; at < text.length && left > 0; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) {
        line++;
      } else if (code === quote) {
        const end = endOfText(text, at);
        // Only the key of an object stands before a colon.
        if (frame !== undefined && frame.at < 0 && key === undefined) {
          key = frame.node === undefined ? '' : (JSON.parse(text.slice(at, end + 1)) as string);
          current = frame.node?.children.get(key);
          found(current);
        }
        at = end;
      } else if (code === openObject || code === openArray) {
        if (stack.length === 0) found(root);
        frame = { node: current, at: code === openArray ? 0 : -1 };
        stack.push(frame);
        key = undefined;
        if (code === openArray) at = item(at, 0);
      } else if (code === comma && frame !== undefined) {
        key = undefined;
        if (frame.at >= 0) at = item(at, ++frame.at);
      } else if (code === closeObject || code === closeArray) {
        stack.pop();
        frame = stack.at(-1);
        key = '';
      }
    }
    return lines;
  };
}
