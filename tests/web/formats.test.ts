import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countOf, joinNames } from '../../web/shared/format/count.ts';
import { formatDuration, formatInstant, formatLastDay, formatMoment, formatWindow } from '../../web/shared/format/instant.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import { formatBounds, formatShare } from '../../web/shared/format/share.ts';
import { mainRole, rolesInWords } from '../../web/shared/format/words.ts';

describe('formats', () => {
  it('[W4] shows an end at midnight as the day before, which held to its last moment', () => {
    expect(formatLastDay('2026-07-01T00:00:00Z')).toBe('30 Jun 2026');
    expect(formatLastDay('2026-07-01T08:30:00Z')).toBe('1 Jul 2026');
  });

  it.each([
    [0, '$0'],
    [0.4, '<$1'],
    [420, '$420'],
    [999.6, '$1 k'],
    [840_000, '$840 k'],
    [999_600, '$1.0 M'],
    [53_200_000, '$53.2 M'],
    [999_960_000, '$1.0 B'],
    [1_240_000_000, '$1.2 B'],
  ])('[W4] shows %d dollars as %s', (usd, text) => {
    expect(formatMoney(usd)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.0042, '0.4 %'],
    [0.05, '5 %'],
    [0.354, '35 %'],
    [0.996, '>99 %'],
    [1, '100 %'],
  ])('[W4] shows the share %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('[W4] shows nothing that is not zero as zero, and nothing that is not all as all', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 0.999, noNaN: true }), (share) => {
        expect(formatShare(share)).not.toBe('0 %');
        expect(formatShare(share)).not.toBe('100 %');
        expect(formatMoney(share * 1e10)).not.toBe('$0');
      }),
    );
  });

  it('[W4] shows bounds that agree as one figure', () => {
    expect(formatBounds({ low: 0.75, high: 0.75 })).toBe('75 %');
    expect(formatBounds({ low: 0.5, high: 0.75 })).toBe('50–75 %');
  });

  it('[W4] shows instants in UTC, and a plain date as a date', () => {
    expect(formatInstant('2026-09-24T08:30:00.000Z')).toBe('24 Sep 2026, 08:30');
    expect(formatInstant('2026-09-24T00:00:00.000Z')).toBe('24 Sep 2026');
    expect(formatMoment('2026-11-24T09:00:00.000Z')).toBe('24 Nov 2026, 09:00 UTC');
  });

  it.each([
    ['2026-09-24T08:30:00.000Z', '2026-09-24T11:25:00.000Z', '24 Sep 2026, 08:30–11:25', '2 h 55 min'],
    ['2026-09-19T00:00:00.000Z', '2026-10-01T00:00:00.000Z', '19 Sep – 1 Oct 2026', '12 days'],
    ['2025-12-30T00:00:00.000Z', '2026-01-02T23:59:59.999Z', '30 Dec 2025 – 2 Jan 2026', '4 days'],
    ['2026-09-19T00:00:00.000Z', '2026-09-19T23:59:59.999Z', '19 Sep 2026', '1 day'],
    ['2026-09-19T08:00:00.000Z', '2026-09-20T20:00:00.000Z', '19 Sep 2026, 08:00 – 20 Sep 2026, 20:00', '1.5 days'],
    ['2026-09-19T08:00:00.000Z', '2026-09-19T08:00:00.000Z', '19 Sep 2026, 08:00', 'one instant'],
  ])('[W4] shows the window %s to %s as %s, for %s', (from, to, text, duration) => {
    expect(formatWindow({ from, to })).toBe(text);
    expect(formatDuration({ from, to })).toBe(duration);
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
});
