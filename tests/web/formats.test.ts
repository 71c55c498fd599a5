import fc from 'fast-check';
import { formatUsd } from '../../server/exposure/sentence-formats.ts';
import { countOf, joinNames } from '../../web/shared/format/count.ts';
import {
  formatDuration,
  formatInstant,
  formatInstantUtc,
  formatLastDay,
  formatSecondUtc,
  formatWindow,
} from '../../web/shared/format/instant.ts';
import { formatMoney, formatMoneyRange } from '../../web/shared/format/money.ts';
import { formatBounds, formatIndex, formatShare } from '../../web/shared/format/share.ts';
import { formatBytes } from '../../web/shared/format/volume.ts';
import { mainRole, rolesInWords } from '../../web/shared/format/words.ts';
import { instantsInWords } from '../../web/shared/graphql/error-sentence.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';

describe('formats', () => {
  it('[W4] shows an end at midnight as the day before', () => {
    expect(formatLastDay('2026-07-01T00:00:00Z')).toBe('Jun 30, 2026');
    expect(formatLastDay('2026-07-01T08:30:00Z')).toBe('Jul 1, 2026');
  });

  it.each([
    [0, '$0'],
    [0.4, '<$1'],
    [420, '$420'],
    [999.6, '$1K'],
    [840_000, '$840K'],
    [999_600, '$1.0M'],
    [11_450_000, '$11.5M'],
    [53_200_000, '$53.2M'],
    [1_150_000_000, '$1.2B'],
    [999_960_000, '$1.0B'],
    [1_240_000_000, '$1.2B'],
  ])('[W4] shows %d dollars as %s', (usd, text) => {
    expect(formatMoney(usd)).toBe(text);
  });

  it.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.0042, '0.4%'],
    [0.05, '5%'],
    [0.354, '35%'],
    [0.996, '>99%'],
    [1, '100%'],
  ])('[W4] shows the share %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('[W4] never shows a positive share as zero, or a share below one as 100%', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 0.999, noNaN: true }), (share) => {
        expect(formatShare(share)).not.toBe('0%');
        expect(formatShare(share)).not.toBe('100%');
        expect(formatMoney(share * 1e10)).not.toBe('$0');
      }),
    );
  });

  it('[W644] shows an amount as packs and reports do', () => {
    const amounts = [0, 0.4, 420, 999.5, 11_450_000, 53_000_000, 999_499, 999_500, 999_949_999, 999_950_000, 1_250_000_000];
    expect(amounts.map(formatUsd)).toEqual(amounts.map(formatMoney));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.integer({ min: 0, max: 1e7 }), (usd, thousands) => {
        for (const amount of [usd, thousands * 1000]) expect(formatUsd(amount)).toBe(formatMoney(amount));
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('[W647] shows no raw instant in the sentence of an error', () => {
    expect(instantsInWords('No facts were known at 2026-11-29T11:18:04.250Z. The first record was made at 2026-11-30T00:00:00Z.')).toBe(
      'No facts were known at Nov 29, 2026, 11:18 UTC. The first record was made at Nov 30, 2026, 00:00 UTC.',
    );
    expect(instantsInWords('"2026-13-45T99:00:00Z" is no instant; T-2026 is an id.')).toBe(
      '"2026-13-45T99:00:00Z" is no instant; T-2026 is an id.',
    );
  });

  it('[W4] shows equal bounds as one figure', () => {
    expect(formatBounds({ low: 0.75, high: 0.75 })).toBe('75%');
    expect(formatBounds({ low: 0.5, high: 0.75 })).toBe('50–75%');
  });

  it('[W4] shows instants in UTC, and a plain date as a date', () => {
    expect(formatInstant('2026-09-24T08:30:00.000Z')).toBe('Sep 24, 2026, 08:30');
    expect(formatInstant('2026-09-24T00:00:00.000Z')).toBe('Sep 24, 2026');
    expect(formatInstantUtc('2026-11-24T09:00:00.000Z')).toBe('Nov 24, 2026, 09:00 UTC');
    expect(formatSecondUtc('2026-11-24T09:00:07.912Z')).toBe('Nov 24, 2026, 09:00:07 UTC');
  });

  it.each([
    ['2026-09-24T08:30:00.000Z', '2026-09-24T11:25:00.000Z', 'Sep 24, 2026, 08:30–11:25', '2 h 55 min'],
    ['2026-09-19T00:00:00.000Z', '2026-10-01T00:00:00.000Z', 'Sep 19 – Oct 1, 2026, 00:00', '12 days'],
    ['2026-09-19T00:00:00.000Z', '2026-09-30T23:59:59.999Z', 'Sep 19 – Sep 30, 2026', '12 days'],
    ['2025-12-30T00:00:00.000Z', '2026-01-02T23:59:59.999Z', 'Dec 30, 2025 – Jan 2, 2026', '4 days'],
    ['2026-09-19T00:00:00.000Z', '2026-09-19T23:59:59.999Z', 'Sep 19, 2026', '1 day'],
    ['2026-09-19T08:00:00.000Z', '2026-09-20T20:00:00.000Z', 'Sep 19, 2026, 08:00 – Sep 20, 2026, 20:00', '1.5 days'],
    ['2026-09-19T08:00:00.000Z', '2026-09-19T08:00:00.000Z', 'Sep 19, 2026, 08:00', 'one instant'],
  ])('[W4] shows the window %s to %s as %s, for %s', (from, to, text, duration) => {
    expect(formatWindow({ from, to })).toBe(text);
    expect(formatDuration({ from, to })).toBe(duration);
  });

  it('[W4] leaves out the year of a window if the text around it already names that year', () => {
    const window = { from: '2026-09-19T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' };
    expect(formatWindow(window, 2026)).toBe('Sep 19 – Oct 1, 00:00');
    expect(formatWindow(window, 2025)).toBe('Sep 19 – Oct 1, 2026, 00:00');
    expect(formatWindow({ from: '2026-09-24T08:30:00.000Z', to: '2026-09-25T11:25:00.000Z' }, 2026)).toBe('Sep 24, 08:30 – Sep 25, 11:25');
    expect(formatWindow({ ...window, to: '2027-01-02T00:00:00.000Z' }, 2026)).toBe('Sep 19, 2026 – Jan 2, 2027, 00:00');
  });

  it('[W4] shows a range of money as two amounts, or as the one that is known', () => {
    expect(formatMoneyRange(2e6, 6.5e6)).toBe('$2.0M–$6.5M');
    expect(formatMoneyRange(900_000, 900_000)).toBe('$900K');
    expect(formatMoneyRange(null, 8e9)).toBe('$8.0B');
    expect(formatMoneyRange(null, null)).toBe('unknown');
  });

  it('[W4] shows sizes of files', () => {
    expect([0, 999, 5210, 1_235_210, 4e9].map(formatBytes)).toEqual(['0 B', '999 B', '5.2 KB', '1.2 MB', '4.00 GB']);
  });

  it('[W4] counts in the singular and the plural, and joins names', () => {
    expect(countOf(1, 'copy', 'copies')).toBe('1 copy');
    expect(countOf(2310, 'copy', 'copies')).toBe('2,310 copies');
    expect(joinNames([])).toBe('');
    expect(joinNames(['A', 'B', 'C'])).toBe('A, B and C');
  });

  it('[W4] names several roles, and takes the first of their order for the shape', () => {
    expect(rolesInWords(['VENDOR', 'LAB'])).toBe('lab and vendor');
    expect(mainRole(['TOOL_PROVIDER', 'SUBCONTRACTOR'])).toBe('SUBCONTRACTOR');
  });

  it.each([
    [0, '0.00'],
    [0.0021, '<0.01'],
    [0.005, '0.01'],
    [0.994, '0.99'],
    [0.9991, '>0.99'],
    [1, '1.00'],
  ])('[W338] shows an index of %d as %s', (index, text) => {
    expect(formatIndex(index)).toBe(text);
  });
});
