import { findNoticeTerm, noticeDueAt } from '../../server/rules/notice-due.ts';
import { describe, expect, it } from '../support/test.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const unknown = Number.NaN;
const term = (noticeHours: number, startsAt = unknown, endsAt = unknown) => ({ noticeHours, startsAt, endsAt });

describe('when a lab is to be told', () => {
  const found = at('2026-09-24');

  it('[G213] the smallest term of the engagements current at the discovery counts', () => {
    expect(findNoticeTerm([term(72), term(24), term(48)], found)).toBe(1);
  });

  it('[G213] an engagement that ended by then, or had not begun, does not count', () => {
    const terms = [term(1, unknown, at('2026-09-24')), term(2, at('2026-09-25')), term(72, at('2026-09-24'), at('2026-09-25'))];
    expect(findNoticeTerm(terms, found)).toBe(2);
  });

  it('[G213] of equal terms the first counts; an engagement with a term goes before one without', () => {
    expect(findNoticeTerm([term(unknown), term(24), term(24)], found)).toBe(1);
    expect(findNoticeTerm([term(unknown), term(unknown)], found)).toBe(0);
    expect(findNoticeTerm([], found)).toBe(-1);
    expect(findNoticeTerm([term(0), term(24)], found)).toBe(0);
  });

  it('[G213] the term runs from the discovery, hour by hour', () => {
    expect(noticeDueAt(72, found)).toBe(at('2026-09-27'));
    expect(noticeDueAt(0, found)).toBe(found);
    expect(noticeDueAt(unknown, found)).toBeUndefined();
  });
});
