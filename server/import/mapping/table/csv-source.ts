import { analyse } from 'chardet';
import { Utf8Check } from '../../csv/detect-file.ts';
import { readBytes } from '../../csv/read-bytes.ts';
import { CsvScanner, cellFlags } from '../../csv/scan-csv.ts';
import { FileFault } from '../../rows/rejection.ts';
import { countKnown } from './find-table.ts';
import type { TableRow, TableSource } from './table-rows.ts';

const sampleBytes = 262_144;
const delimiters = [',', ';', '\t', '|'] as const;

export interface CsvForm {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Called for each piece, in every reading of the file: its encoding, then as often as its rows are read. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Opens a CSV file in any encoding that a browser reads. Encoding: the stated one, else that of the byte order mark, else UTF-8
 * if all bytes are valid, else the likeliest one. Delimiter: the stated one, else the one that gives most rows the same width.
 *
 * Throws FileFault WRONG_ENCODING for an unknown `encoding`, and the errors of the file system.
 */
export async function openCsv(name: string, path: string, form: CsvForm): Promise<TableSource> {
  const encoding = form.encoding ?? (await findEncoding(path, form.onBytes));
  let isKnown = true;
  try {
    new TextDecoder(encoding);
  } catch {
    isKnown = false;
  }
  if (!isKnown)
    throw new FileFault(
      'WRONG_ENCODING',
      1,
      `The encoding "${encoding}" is unknown. Name one such as utf-8, utf-16le, windows-1252, shift_jis or gb18030.`,
    );
  const delimiter = form.delimiter ?? findBestDelimiter(await readStart(path, encoding));
  return {
    name,
    encoding,
    delimiter,
    read: (onRow) => readRows(path, encoding, delimiter, onRow, form.onBytes),
  };
}

export async function findEncoding(path: string, onBytes: CsvForm['onBytes']): Promise<string> {
  const check = new Utf8Check();
  const pieces = readBytes(path);
  let start: Buffer | undefined;
  let isWell = true;
  for await (const piece of pieces) {
    onBytes?.(piece.length);
    start ??= Buffer.from(piece.subarray(0, sampleBytes));
    if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
    if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
    if (check.countValid(piece) < piece.length) isWell = false;
    if (isWell) continue;
    start = Buffer.from(piece.subarray(0, sampleBytes));
    break;
  }
  if (start === undefined) return 'utf-8';
  if (isWell && check.isComplete()) return findWide(start) ?? 'utf-8';
  return findWide(start) ?? likeliest(start);
}

/** Detects UTF-16 without a byte order mark: Latin text has a NUL in every other byte. */
function findWide(start: Buffer): string | undefined {
  const length = Math.min(start.length, 4096) & ~1;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (start[at] === 0) even++;
    if (start[at + 1] === 0) odd++;
  }
  if (length < 8) return undefined;
  if (odd > length / 4 && even < odd / 8) return 'utf-16le';
  return even > length / 4 && odd < even / 8 ? 'utf-16be' : undefined;
}

/** In percent. */
const clearLead = 10;

const western = 'windows-1252';
/** The header of a list stands in its first bytes. */
const headBytes = 8192;

/** The usual encodings of lists, by the names of the detector. */
const usual: Readonly<Record<string, string>> = {
  Shift_JIS: 'shift_jis',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'windows-1250': 'windows-1250',
  'ISO-8859-2': 'iso-8859-2',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'windows-1253': 'windows-1253',
  'ISO-8859-7': 'iso-8859-7',
};

/**
 * The usual encoding in which a line has the most known headers. On a tie, the one whose letters are the likeliest; a near tie of letters
 * goes to windows-1252, which gives noise in most other encodings.
 */
function likeliest(start: Buffer): string {
  const found = analyse(start);
  const [best] = found;
  const lead = found.find(({ name }) => name === 'windows-1252' || name === 'ISO-8859-1')?.confidence ?? 0;
  const isLikely = best !== undefined && best.confidence >= 50 && best.confidence >= lead + clearLead;
  let chosen = (isLikely ? usual[best.name] : undefined) ?? western;
  const head = start.subarray(0, headBytes);
  let most = countHeaders(head, chosen);
  for (const encoding of new Set([...found.flatMap(({ name }) => usual[name] ?? []), western, ...Object.values(usual)])) {
    const known = countHeaders(head, encoding);
    if (known > most) [chosen, most] = [encoding, known];
  }
  return chosen;
}

/** The number of known headers in the line that has the most of them. */
function countHeaders(head: Buffer, encoding: string): number {
  const lines = new TextDecoder(encoding).decode(head, { stream: true }).split(/[\r\n]+/);
  return Math.max(...lines.map((line) => countKnown(line.split(/[,;\t|]/).filter((cell) => cell.trim() !== ''))));
}

async function readStart(path: string, encoding: string): Promise<string> {
  for await (const piece of readBytes(path)) return new TextDecoder(encoding).decode(piece.subarray(0, sampleBytes), { stream: true });
  return '';
}

/**
 * The delimiter that gives most of the first rows the same width, at least two cells. On a tie, the one with more cells wins. A
 * comma if there is no such delimiter.
 */
function findBestDelimiter(start: string): string {
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const widths = new Map<number, number>();
    let rows = 0;
    const scanner = new CsvScanner(delimiter, (row) => {
      rows++;
      if (row.cellCount > 1) widths.set(row.cellCount, (widths.get(row.cellCount) ?? 0) + 1);
    });
    try {
      scanner.push(Buffer.from(start));
      scanner.end();
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
    }
    if (rows === 0) continue;
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    const score = (count / rows) * (1 + Math.min(width, 50) / 100);
    if (score > best.score + 1e-9) best = { delimiter, score };
  }
  return best.delimiter;
}

/** In characters, as spreadsheets limit it. */
const longestFormula = 8192;

/** The text of a link that is written as a formula: "Acme" of `=HYPERLINK("https://acme.dev","Acme")`. Any other formula stays as it is. */
function textOfLink(formula: string): string {
  if (formula.length > longestFormula) return formula;
  const shown = /^=\s*hyperlink\s*\(\s*"(?:[^"]|"")*"\s*[,;]\s*"((?:[^"]|"")+)"\s*\)\s*$/i.exec(formula)?.[1];
  return shown === undefined ? formula : shown.replaceAll('""', '"');
}

function byteOrderMarkLength(start: Buffer): number {
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
}

async function readRows(
  path: string,
  encoding: string,
  delimiter: string,
  onRow: (row: TableRow) => boolean | undefined,
  onBytes: CsvForm['onBytes'],
): Promise<void> {
  let isOver = false;
  const scanner = new CsvScanner(delimiter, (row) => {
    if (isOver) return;
    let flags = 0;
    let isBlank = true;
    const cells: string[] = new Array(row.cellCount);
    for (let cell = 0; cell < row.cellCount; cell++) {
      const flag = row.flags[cell] as number;
      flags |= flag;
      // Text after a closing quote is not read, but a cell such as `"" Amber` is not empty.
      const read = row.text(cell) || (flag & cellFlags.trailing ? '""' : '');
      const text = read.startsWith('=') ? textOfLink(read) : read;
      cells[cell] = text;
      if (isBlank && text.trim() !== '') isBlank = false;
    }
    if (isBlank) return;
    const fault =
      flags & cellFlags.trailing
        ? 'A cell goes on after its closing quote ("). Write quotes that belong to the text twice ("").'
        : undefined;
    if (onRow(fault === undefined ? { line: row.line, cells } : { line: row.line, cells, fault }) === false) isOver = true;
  });
  // The scanner reads UTF-8, so only other encodings are decoded. `ignoreBOM: false` removes a byte order mark.
  const decoder = /^utf-?8$/i.test(encoding) ? undefined : new TextDecoder(encoding);
  let isFirst = true;
  for await (const piece of readBytes(path)) {
    if (decoder !== undefined) scanner.push(Buffer.from(decoder.decode(piece, { stream: true })));
    else scanner.push(isFirst ? piece.subarray(byteOrderMarkLength(piece)) : piece);
    isFirst = false;
    if (isOver) return;
    onBytes?.(piece.length);
  }
  if (decoder !== undefined) scanner.push(Buffer.from(decoder.decode()));
  scanner.end();
}

/** The encoding that a person names for texts that were decoded twice. */
export const twiceEncoding = 'utf-8-twice';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The characters that windows-1252 shows for the bytes 0x80 to 0x9f, and their bytes. */
const shown = new Map(
  Array.from({ length: 32 }, (_, at) => [new TextDecoder('windows-1252').decode(new Uint8Array([0x80 + at])), 0x80 + at]),
);
const follower = `[\\u0080-\\u00bf${[...shown.keys()].join('').replace(/[\\\]^-]/g, '\\$&')}]`;
/** The bytes of one character of UTF-8, each shown as a character of windows-1252. */
const sequence = new RegExp(`[\\u00c2-\\u00df]${follower}|[\\u00e0-\\u00ef]${follower}{2}|[\\u00f0-\\u00f4]${follower}{3}`, 'g');

/** A text of which the UTF-8 was read as windows-1252, as it was meant: "Consultoría" of "ConsultorÃ­a". Any other text stays as it is. */
function decodeTwice(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  return text.replace(sequence, (piece) => {
    try {
      return utf8.decode(Uint8Array.from([...piece].map((sign) => shown.get(sign) ?? sign.charCodeAt(0))));
    } catch {
      return piece;
    }
  });
}

/** Counts the cells whose text was decoded twice. */
export class TwiceDecoded {
  count = 0;
  /** The first of them, and what it means. */
  first: { readonly text: string; readonly means: string } | undefined;

  add(cells: readonly string[]): void {
    for (const cell of cells) {
      const means = decodeTwice(cell);
      if (means === cell) continue;
      this.count++;
      this.first ??= { text: cell.slice(0, 60), means: means.slice(0, 60) };
    }
  }
}

/** A table with every text as it was meant. */
export function withDecodedTwice(source: TableSource): TableSource {
  const repair = (row: TableRow): TableRow => {
    const cells = row.cells.map(decodeTwice);
    return cells.every((cell, index) => cell === row.cells[index]) ? row : { ...row, cells, undecoded: row.cells };
  };
  return {
    ...source,
    named: { ...source.named, encoding: twiceEncoding },
    preamble: (source.preamble ?? []).map(decodeTwice),
    footnotes: (source.footnotes ?? []).map(decodeTwice),
    read: (onRow) => source.read((row) => onRow(repair(row))),
  };
}
