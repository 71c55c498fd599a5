import fc from 'fast-check';
import { formatWindow } from '../../web/shared/format/instant.ts';
import { parseTypedRange } from '../../web/shared/windows/typed-range.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';

const today = '2026-11-25T18:00:00.000Z';
const range = (text: string) => {
  const window = parseTypedRange(text, today);
  return window === null ? null : `${window.from.slice(0, 16)} ${window.to.slice(0, 16)}`;
};

describe('a date range in one field', () => {
  it.each([
    ['May 8 - Sep 24', '2026-05-08T00:00 2026-09-24T23:59'],
    ['May 8 – Sep 24, 2025', '2025-05-08T00:00 2025-09-24T23:59'],
    ['8 May to 24 September 2024', '2024-05-08T00:00 2024-09-24T23:59'],
    ['May 8-12', '2026-05-08T00:00 2026-05-12T23:59'],
    ['Sep 19 - 24, 2026', '2026-09-19T00:00 2026-09-24T23:59'],
    ['2026-05-08 - 2026-09-24', '2026-05-08T00:00 2026-09-24T23:59'],
    ['2026-05-08..2026-09-24', '2026-05-08T00:00 2026-09-24T23:59'],
    ['2026-09-24', '2026-09-24T00:00 2026-09-24T23:59'],
    ['Sep 24 08:30 - 11:25', '2026-09-24T08:30 2026-09-24T11:25'],
    ['Sep 24, 2026, 08:30–11:25', '2026-09-24T08:30 2026-09-24T11:25'],
    ['2026-09-24 08:30 to 2026-09-25 9:00', '2026-09-24T08:30 2026-09-25T09:00'],
    ['Dec 1', '2025-12-01T00:00 2025-12-01T23:59'],
    ['Nov 20 - Jan 5', '2026-11-20T00:00 2027-01-05T23:59'],
    ['Nov 20 - Jan 5, 2026', '2025-11-20T00:00 2026-01-05T23:59'],
  ])('[W92] %s', (text, expected) => expect(range(text)).toBe(expected));

  it.each([
    '',
    'yesterday',
    'Feb 30',
    'May 8 - Feb 30',
    'Sep 24 - Sep 19, 2026',
    '2026-05-08 - 2026-04-01',
    'May',
    'Mayhem 8',
    'a - b - c',
    '25:00',
    'Sep 24 25:00',
  ])('[W92] “%s” is no range', (text) => expect(range(text)).toBeNull());

  it('[W92] what the page shows of a window reads back as that window', () => {
    const minute = fc.integer({ min: 0, max: 40 * 365 * 24 * 60 }).map((m) => Date.UTC(1995, 0, 1) + m * 60_000);
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 900_000 }), fc.constantFrom('any', 'whole', 'midnights'), (start, length, kind) => {
        const day = 86_400_000;
        const from = kind === 'any' ? start : Math.floor(start / day) * day;
        const to = kind === 'any' ? from + length * 60_000 : from + Math.ceil(length / 1440) * day - (kind === 'whole' ? 1 : 0);
        const window = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
        const read = parseTypedRange(formatWindow(window), today);
        expect(read?.from).toBe(window.from);
        expect(read?.to.slice(0, 16)).toBe(window.to.slice(0, 16));
      }),
      { numRuns: generatedRuns(500) },
    );
  });

  it('[W92] never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseTypedRange(text, today)));
  });
});
