import type { NumberColumn } from '../projection/columns/shared-memory.ts';

/** A typed array in a line of JSON. Most figures of copies take few values, and then each takes one byte. */
export interface HeldColumn {
  readonly type: 'f8' | 'i4' | 'u4' | 'u1';
  /** The bytes in base64: those of the column, or one for each number, an index into `values`. */
  readonly bytes: string;
  readonly values?: readonly number[];
}

const arrays = { f8: Float64Array, i4: Int32Array, u4: Uint32Array, u1: Uint8Array };
const mostValues = 256;

/** @param column finite numbers */
export function toHeld(column: NumberColumn): HeldColumn {
  const type = column instanceof Float64Array ? 'f8' : column instanceof Int32Array ? 'i4' : column instanceof Uint32Array ? 'u4' : 'u1';
  if (type === 'f8') {
    const codes = new Map<number, number>();
    const bytes = new Uint8Array(column.length);
    for (let i = 0; i < column.length && codes.size <= mostValues; i++) {
      const value = column[i] as number;
      let code = codes.get(value);
      if (code === undefined) {
        code = codes.size;
        codes.set(value, code);
      }
      bytes[i] = code;
    }
    if (codes.size <= mostValues) return { type, bytes: toBase64(bytes), values: [...codes.keys()] };
  }
  return { type, bytes: toBase64(column) };
}

export function fromHeld({ type, bytes, values }: HeldColumn): NumberColumn {
  const memory = Uint8Array.from(Buffer.from(bytes, 'base64'));
  return values === undefined ? new arrays[type](memory.buffer) : Float64Array.from(memory, (code) => values[code] as number);
}

function toBase64({ buffer, byteOffset, byteLength }: NumberColumn): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}
