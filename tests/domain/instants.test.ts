import { describeInstant, formatInstant, maxInstant, minInstant, parseInstant, parseWindowEnd } from '../../server/domain/instants.ts';
import { describe, expect, it } from '../support/test.ts';

describe('instants', () => {
  it.each([
    ['2024-05-02', '2024-05-02T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2026-03-24T08:30:00Z', '2026-03-24T08:30:00Z'],
    ['2026-03-24t08:30:00.5z', '2026-03-24T08:30:00.500Z'],
    ['2026-03-24T08:30:00.1239999Z', '2026-03-24T08:30:00.123Z'],
    ['2026-03-24T08:30:00+05:45', '2026-03-24T02:45:00Z'],
    ['2026-03-24T23:30:00-01:00', '2026-03-25T00:30:00Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59Z'],
    ['9999-12-31', '9999-12-31T00:00:00Z'],
  ])('[S1] %s is %s', (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(expected);
    expect(parseInstant(expected)).toBe(parseInstant(text));
  });

  it.each([
    '',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-32',
    '2024-1-2',
    '0000-01-01',
    '20240102',
    '2024-01-02T24:00:00Z',
    '2024-01-02T10:60:00Z',
    '2024-01-02T10:00:60Z',
    '2024-01-02T10:00Z',
    '2024-01-02T10:00:00',
    '2024-01-02T10:00:00+24:00',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    ' 2024-01-02',
    '2024-01-02\n',
    '03/04/2024',
  ])('[S1] %j is not an instant', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('[S2] a plain date as an end means the next day, an instant means itself', () => {
    expect(parseInstant('2024-02-29', { isEnd: true })).toBe(Date.UTC(2024, 2, 1));
    expect(parseInstant('2024-02-29T00:00:00Z', { isEnd: true })).toBe(Date.UTC(2024, 1, 29));
    expect(parseInstant('9999-12-31', { isEnd: true })).toBe(maxInstant);
    expect(describeInstant(Date.UTC(2024, 2, 1), { isEnd: true })).toBe('2024-02-29');
    expect(describeInstant(Date.UTC(2024, 2, 1, 8), { isEnd: true })).toBe('2024-03-01T08:00:00Z');
    expect(formatInstant(minInstant)).toBe('0001-01-01T00:00:00Z');
  });

  it('[S437] as the end of a window, a plain date means the last millisecond of its day', () => {
    expect(parseWindowEnd('2024-02-29')).toBe(Date.UTC(2024, 2, 1) - 1);
    expect(parseWindowEnd('9999-12-31')).toBe(maxInstant);
    expect(parseWindowEnd('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29));
    expect(parseWindowEnd('2023-02-29')).toBeUndefined();
  });
});
