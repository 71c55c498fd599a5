import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import anyAscii from 'any-ascii';
import * as fontkit from 'fontkit';
import { printedLine } from './document.ts';

const require = createRequire(import.meta.url);

/** The files of Noto Sans, each with a part of its letters. The first one that has a letter is used. */
const subsets = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'] as const;
export type Subset = (typeof subsets)[number];

const folder = dirname(require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'));

function fileOf(subset: Subset, weight: 400 | 700): string {
  return join(folder, `noto-sans-${subset}-${weight}-normal.woff`);
}

/** Font files by name, for the PDF library. */
export const pdfFonts = Object.fromEntries(subsets.map((subset) => [subset, { normal: fileOf(subset, 400), bold: fileOf(subset, 700) }]));

let coverage: readonly (readonly [Subset, ReadonlySet<number>])[] | undefined;

function findSubset(codePoint: number): Subset | undefined {
  coverage ??= subsets.map((subset) => {
    const font = fontkit.create(readFileSync(fileOf(subset, 400))) as fontkit.Font;
    return [subset, new Set(font.characterSet)] as const;
  });
  return coverage.find(([, letters]) => letters.has(codePoint))?.[0];
}

/** A part of a text in one font. */
export interface Run {
  readonly text: string;
  readonly font: Subset;
}

export interface Letters {
  readonly runs: readonly Run[];
  /** Whether a stand-in takes the place of letters that no font has. */
  readonly hasStandIn: boolean;
}

/**
 * Splits a text into runs of one font. Letters that no font has are spelled in Latin letters, in square brackets: `[mkhtbr]`.
 * Control characters become spaces.
 *
 * Complexity: O(length of the text).
 */
export function findLetters(text: string): Letters {
  const runs: Run[] = [];
  let missing = '';
  let hasStandIn = false;
  const add = (part: string, font: Subset) => {
    const last = runs.at(-1);
    if (last?.font === font) runs[runs.length - 1] = { text: last.text + part, font };
    else runs.push({ text: part, font });
  };
  const spell = () => {
    if (missing === '') return;
    const spelled = anyAscii(missing)
      .replace(/[^\x20-\x7e]/g, '')
      .trim();
    const rest = /\s*$/.exec(missing)?.[0] ?? '';
    add(`[${spelled === '' ? '?' : spelled}]${rest === '' ? '' : ' '}`, 'latin');
    hasStandIn = true;
    missing = '';
  };
  for (const letter of printedLine(text)
    .normalize('NFC')
    .replace(/[\s\p{Cf}]+/gu, ' ')) {
    const font = letter === ' ' ? undefined : findSubset(letter.codePointAt(0) as number);
    // A space between two such words belongs to the stand-in.
    if (letter === ' ') {
      if (missing === '') add(' ', 'latin');
      else missing += ' ';
    } else if (font === undefined) missing += letter;
    else {
      spell();
      add(letter, font);
    }
  }
  spell();
  return { runs, hasStandIn };
}
