import { clockOf, findNoticeTerm, noticeDueAt, visibleTimeOf } from '../../server/rules/notice-due.ts';
import { describe, expect, it } from '../support/test.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const unknown = Number.NaN;
const term = (noticeHours: number, startsAt = unknown, endsAt = unknown) => ({ noticeHours, startsAt, endsAt });

describe('when a lab is to be told', () => {
  const found = at('2026-09-24');
  const clock = clockOf(found, at('2026-10-05'));

  it('[G213] the smallest term of the engagements current at the discovery counts', () => {
    expect(findNoticeTerm([term(72), term(24), term(48)], clock)).toBe(1);
  });

  it('[G213] an engagement that ended by then, or had not begun, does not count', () => {
    const terms = [term(1, unknown, at('2026-09-24')), term(2, at('2026-09-25')), term(72, at('2026-09-24'), at('2026-09-25'))];
    expect(findNoticeTerm(terms, clock)).toBe(2);
  });

  it('[G213] of equal terms the first counts; an engagement with a term goes before one without', () => {
    expect(findNoticeTerm([term(unknown), term(24), term(24)], clock)).toBe(1);
    expect(findNoticeTerm([term(unknown), term(unknown)], clock)).toBe(0);
    expect(findNoticeTerm([], clock)).toBe(-1);
    expect(findNoticeTerm([term(0), term(24)], clock)).toBe(0);
  });

  it('[G213] the term runs from the discovery, hour by hour', () => {
    expect(noticeDueAt(72, clock)).toBe(at('2026-09-27'));
    expect(noticeDueAt(0, clock)).toBe(found);
    expect(noticeDueAt(unknown, clock)).toBeNull();
  });

  it('[G681] the clock starts at the discovery alone. Before it is known nothing is due, and the engagements of the moment show their terms', () => {
    const now = at('2026-10-05');
    expect(clockOf(found, now)).toEqual({ startsAt: found, termsAt: found });
    const open = clockOf(null, now);
    expect(open).toEqual({ startsAt: null, termsAt: now });
    expect(findNoticeTerm([term(24, unknown, at('2026-10-01')), term(72)], open)).toBe(1);
    expect(noticeDueAt(72, open)).toBeNull();
  });

  it('[G681] a lab sees the discovery as the time of an incident, else when it was opened', () => {
    const opened = at('2026-09-26');
    expect([visibleTimeOf(found, opened), visibleTimeOf(null, opened)]).toEqual([found, opened]);
  });
});
