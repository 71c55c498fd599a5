/** By byte, bits: `jsonMark` where JSON writes an escape sequence, `csvMark` where a CSV cell may need quotes. */
export const jsonMark = 1;
export const csvMark = 2;

export const marksOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return (byte < 0x20 || '"\\'.includes(character) ? jsonMark : 0) | ('",\r\n'.includes(character) ? csvMark : 0);
});

/** A text that is written again and again, with its bytes. */
export interface Piece {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The same bytes as little-endian integers. The last one is filled up with zeros. */
  readonly words: Int32Array;
  /** The marks of all bytes. */
  readonly marks: number;
}

export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  const view = new DataView(new ArrayBuffer(Math.ceil(bytes.length / 4) * 4));
  let marks = 0;
  for (const [i, byte] of bytes.entries()) {
    view.setUint8(i, byte);
    marks |= marksOf[byte] as number;
  }
  return { text, bytes, words: Int32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getInt32(i * 4, true)), marks };
}

/**
 * `jsonMark` if any of some bytes has it, perhaps also if none has. Looks at four bytes at a time, so up to three after the end must exist:
 * the highest bit of each is set where it is a control character, a quote or a backslash.
 */
export function jsonMarksIn(view: DataView, start: number, end: number): number {
  let found = 0;
  for (let at = start; at < end; at += 4) {
    const word = view.getInt32(at, true);
    const quotes = word ^ 0x22222222;
    const backslashes = word ^ 0x5c5c5c5c;
    found |= ((word - 0x20202020) & ~word) | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes);
  }
  return (found & 0x80808080) === 0 ? 0 : jsonMark;
}
