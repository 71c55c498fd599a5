import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { pdfFonts, woffToTrueType } from '../../../server/export/document/document-pdf.ts';
import { expect, it } from '../../support/test.ts';

it.each(Object.values(pdfFonts).flatMap(({ normal, bold }) => [normal, bold]))('%s keeps its letters and their outlines', (path) => {
  const woff = readFileSync(path);
  const plain = woffToTrueType(woff);
  expect(plain.length).toBeGreaterThan(woff.length);
  const [before, after] = [create(woff) as Font, create(plain) as Font];
  expect(after.characterSet).toEqual(before.characterSet);
  const outlinesOf = (font: Font) =>
    font.characterSet.filter((_, i) => i % 40 === 0).map((letter) => font.glyphForCodePoint(letter).path.toSVG());
  expect(outlinesOf(after)).toEqual(outlinesOf(before));
});
