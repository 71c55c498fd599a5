import { TextTable } from '../../../server/domain/packed/packed-block.ts';
import { expect, it } from '../../support/test.ts';

/** The texts of `bits` pairs of letters that a multiplication by 31 maps to one number. */
function colliding(bits: number): string[] {
  return bits === 0 ? [''] : colliding(bits - 1).flatMap((text) => [`${text}Aa`, `${text}BB`]);
}

/** Reads of the bytes of texts, which are as many as comparisons. */
function countReads(texts: readonly string[]): number {
  let reads = 0;
  const table = new TextTable();
  const counted = (text: string) =>
    new Proxy(Buffer.from(text), {
      get(bytes, name) {
        reads++;
        return Reflect.get(bytes, name);
      },
    });
  for (const text of texts) table.numberOf(counted(text), 0, text.length);
  return reads;
}

it('[I45] texts that collide under a known hash are found with a few comparisons each', () => {
  const texts = colliding(12);
  expect(new Set(texts.map((text) => [...text].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 0))).size).toBe(
    1,
  );
  const plain = texts.map((_, i) => `${i}`.padStart(24, 'x'));
  expect(countReads(texts)).toBeLessThan(2 * countReads(plain));
});
