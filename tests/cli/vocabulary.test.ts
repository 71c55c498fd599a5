import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { runExposure } from './run-exposure.ts';

let folder: string;
let words: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-words-'));
  words = join(folder, 'words');
  mkdirSync(words);
  writeFileSync(join(words, 'headers.csv'), 'concept,language,header\nPROVIDER,sv,Leverantör\nSERVICE,sv,Tjänst\n');
  writeFileSync(join(words, 'countries.csv'), 'code,language,name\nSE,sv,Konungariket Sverige\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('EXPOSURE_VOCABULARY', () => {
  it('[C550] names a folder that imports use, and that doctor shows with its files and rows', async () => {
    const list = join(folder, 'leverantorer.csv');
    writeFileSync(list, 'Leverantör,Tjänst,Land\nZeta Cloud,Hosting,Konungariket Sverige\n');
    const read = await runExposure(folder, ['import', list, '--client', 'Vega Labs', '--create-missing'], { EXPOSURE_VOCABULARY: words });
    expect(read).toMatchObject({ code: 0, err: '' });
    await runExposure(folder, ['export', join(folder, 'facts')]);
    expect(readFileSync(join(folder, 'facts', 'organizations.csv'), 'utf8')).toMatch(/^Zeta Cloud,Zeta Cloud,.*,SE,/m);
    const json = await runExposure(folder, ['doctor', '--json'], { EXPOSURE_VOCABULARY: words });
    const files = [
      { file: 'countries.csv', rows: 1 },
      { file: 'headers.csv', rows: 2 },
    ];
    expect(JSON.parse(json.out).vocabulary).toEqual({ folder: words, files });
    const shown = await runExposure(folder, ['doctor'], { EXPOSURE_VOCABULARY: words });
    expect(shown.out).toContain(`words    of the program, and rows of ${words}: countries.csv 1, headers.csv 2\n`);
    expect((await runExposure(folder, ['doctor'])).out).toContain('words    of the program\n');
  });

  it('[C550] that is wrong stops every command and the server with one sentence', async () => {
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'headers.csv'), 'concept,language,header\nPROVIDERS,sv,Leverantör\n');
    const sentence = `EXPOSURE_VOCABULARY is "${wrong}"; headers.csv, line 2: "PROVIDERS" is no concept; did you mean PROVIDER; expected a folder with any of`;
    for (const [command, code] of [
      ['doctor', 2],
      ['imports', 2],
      ['serve', 1],
    ] as const) {
      const ran = await runExposure(folder, [command], {
        EXPOSURE_VOCABULARY: wrong,
        EXPOSURE_PORT: command === 'serve' ? '0' : undefined,
      });
      expect([command, ran.code, ran.out]).toEqual([command, code, '']);
      expect(ran.err.trim()).toMatch(/^[^\n]*$/);
      expect(ran.err).toContain(sentence);
    }
  });
});
