import type { TableRow, TableSource } from './table-rows.ts';

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
export function decodeTwice(text: string): string {
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
