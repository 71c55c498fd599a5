import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonText } from '../../server/export/json-text.ts';
import { ByteSink } from '../../server/exposure/byte-sink.ts';
import { pieceOf } from '../../server/exposure/piece.ts';
import { TextColumn } from '../../server/projection/columns.ts';

/** Texts around the length from which they are written at once. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc
    .constantFrom('"', '\\', '\0', '\u001f', '\u007f', '\ud800', 'é', '😀')
    .chain((odd) => fc.string({ maxLength: 60 }).map((rest) => rest + odd)),
);

function write(act: (out: JsonText) => void): string {
  const out = new JsonText();
  act(out);
  return out.copy().toString();
}

describe('[G363] the JSON of a row is that of JSON.stringify', () => {
  it('for texts, numbers, flags and null', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constantFrom(-0, 1e9, 999_999_999, 1e21, 5e-324),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxLength: 20 }), (values) => {
        const written = write((out) => {
          for (const value of values) {
            if (value === null) out.addNull();
            else if (typeof value === 'string') out.addText(value);
            else if (typeof value === 'number') out.addNumber(value);
            else out.addFlag(value);
          }
        });
        expect(written).toBe(values.map((value) => JSON.stringify(value)).join(''));
      }),
    );
  });

  it('for texts in pieces, also of a column', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
        const column = TextColumn.from(texts);
        const written = write((out) => {
          for (const i of texts.keys()) {
            out.beginText();
            out.add('a ');
            out.addFrom(column, i);
            out.addPiece(pieceOf(texts[0] as string));
            out.endText();
          }
        });
        const stored = (one: string) => Buffer.from(one).toString();
        expect(written).toBe(texts.map((one) => JSON.stringify(`a ${stored(one)}${stored(texts[0] as string)}`)).join(''));
      }),
    );
  });

  it('where texts outgrow the memory, to the last byte of a column', () => {
    const texts = Array.from({ length: 3000 }, (_, i) => 'x'.repeat(i % 61));
    const column = TextColumn.from(texts);
    class Sink extends ByteSink {}
    const sink = new Sink(1);
    for (const i of texts.keys()) sink.addFrom(column, i);
    expect(sink.takeTextFrom(0)).toBe(texts.join(''));
  });
});
