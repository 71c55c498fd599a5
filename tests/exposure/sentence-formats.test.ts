import fc from 'fast-check';
import { formatControl, formatDay, formatSharesApart } from '../../server/exposure/sentence-formats.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';

const formatted = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric', year: 'numeric' });
const firstOf1583 = Date.UTC(1583, 0, 1);
const lastOf9999 = Date.UTC(9999, 11, 31, 23, 59);

describe('an instant in a sentence', () => {
  it('[P346] has its date and, unless it is midnight, its minute in UTC', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstOf1583 / 60_000, max: Math.floor(lastOf9999 / 60_000) }), (minute) => {
        const date = new Date(minute * 60_000);
        const time = date.toISOString().slice(11, 16);
        expect(formatDay(date.getTime())).toBe(`${formatted.format(date)}${time === '00:00' ? '' : `, ${time} UTC`}`);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('[P346] has the right date on every day of 400 years, before and after 1970', () => {
    const dayMs = 86_400_000;
    for (let at = Date.UTC(1803, 0, 1); at < Date.UTC(2203, 0, 1); at += dayMs) {
      const date = new Date(at);
      const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(date.getUTCMonth() * 3, date.getUTCMonth() * 3 + 3);
      if (formatDay(at) !== `${month} ${date.getUTCDate()}, ${date.getUTCFullYear()}`) expect(formatDay(at)).toBe(date.toISOString());
    }
  });
});

describe('two shares in a sentence', () => {
  it('[W1193] have as many decimals as tell them apart', () => {
    expect(formatSharesApart(0.5, 0.25)).toEqual(['50%', '25%']);
    expect(formatSharesApart(0.2013, 0.2024)).toEqual(['20.1%', '20.2%']);
    expect(formatSharesApart(0.02501, 0.02504)).toEqual(['2.5010%', '2.5040%']);
    expect(formatSharesApart(0.3, 0.3)).toEqual(['30%', '30%']);
  });
});

it.each([
  ['ENCRYPTION_AT_REST', 'encryption at rest'],
  ['MFA', 'MFA'],
  ['ISO_27001', 'ISO 27001'],
  ['SOC_2', 'SOC 2'],
])('[W1202] the control %s is "%s" in a sentence', (control, words) => {
  expect(formatControl(control)).toBe(words);
});
