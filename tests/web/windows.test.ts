import fc from 'fast-check';
import {
  DAY_MS,
  edgeAt,
  HOUR_MS,
  keyMove,
  moveEdge,
  snap,
  WINDOW_EDGES,
  windowsOfRange,
} from '../../web/features/blast-radius/window-moves.ts';
import { DATE_TIME_ADVICE, formatTypedDate, parseTypedDate } from '../../web/shared/format/typed-date.ts';
import { ticksOf, timeScale, wholeRange } from '../../web/shared/windows/time-scale.ts';
import { fieldsOf, parseWindows, type Windows } from '../../web/shared/windows/window-fields.ts';
import { describe, expect, it } from '../support/test.ts';

const at = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
const windows = fc.tuple(at, at, at, at).map((instants): Windows => {
  const [a, b, c, d] = instants.toSorted((x, y) => x - y).map((instant) => new Date(instant).toISOString()) as [
    string,
    string,
    string,
    string,
  ];
  return { core: { from: b, to: c }, widest: { from: a, to: d } };
});

describe('moving the edge of a window', () => {
  it('[W8] keeps the core within the widest and both in order', () => {
    fc.assert(
      fc.property(windows, fc.constantFrom(...WINDOW_EDGES), at, (before, edge, to) => {
        const after = moveEdge(before, edge, to);
        const places = WINDOW_EDGES.map((name) => edgeAt(after, name));
        expect(places).toEqual(places.toSorted((x, y) => x - y));
      }),
    );
  });

  it('[W8] moves that edge until it meets its opposite edge or the core', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 8, n)).toISOString();
    const before: Windows = { core: { from: day(10), to: day(12) }, widest: { from: day(5), to: day(20) } };
    expect(moveEdge(before, 'coreFrom', Date.parse(day(3)))).toEqual({
      core: { from: day(3), to: day(12) },
      widest: { from: day(3), to: day(20) },
    });
    expect(moveEdge(before, 'coreFrom', Date.parse(day(15))).core).toEqual({ from: day(12), to: day(12) });
    expect(moveEdge(before, 'widestTo', Date.parse(day(11))).widest).toEqual({ from: day(5), to: day(12) });
  });

  it('[W8] by key moves it by a day, an hour, seven days, or to an end of the data', () => {
    const range = { from: 0, until: 100 * DAY_MS };
    expect(keyMove('ArrowLeft', false, 10 * DAY_MS, range)).toBe(9 * DAY_MS);
    expect(keyMove('ArrowRight', true, 10 * DAY_MS, range)).toBe(10 * DAY_MS + HOUR_MS);
    expect(keyMove('PageUp', false, 10 * DAY_MS, range)).toBe(17 * DAY_MS);
    expect(keyMove('Home', false, 10 * DAY_MS, range)).toBe(0);
    expect(keyMove('End', false, 10 * DAY_MS, range)).toBe(100 * DAY_MS);
    expect(keyMove('a', false, 10 * DAY_MS, range)).toBeNull();
  });

  it('[W8] rounds to whole days where a pixel spans hours, and an end to the last millisecond of a day', () => {
    expect(snap(10 * DAY_MS + 5 * HOUR_MS, 'coreFrom', 20 * HOUR_MS)).toBe(10 * DAY_MS);
    expect(snap(10 * DAY_MS + 5 * HOUR_MS, 'coreTo', 20 * HOUR_MS)).toBe(10 * DAY_MS - 1);
    expect(snap(61_000, 'coreFrom', 1000)).toBe(60_000);
  });
});

describe('fields for dates', () => {
  it('[W9] give the windows that they show', () => {
    const shown: Windows = {
      core: { from: '2026-09-24T08:30:00.000Z', to: '2026-09-24T11:25:00.000Z' },
      widest: { from: '2026-09-19T00:00:00.000Z', to: '2026-10-01T23:59:59.999Z' },
    };
    expect(parseWindows(fieldsOf(shown.core), fieldsOf(shown.widest))).toEqual(shown);
  });

  it.each([
    ['2026-09-24', '2026-09-24T00:00:00.000Z', '2026-09-24T23:59:59.999Z'],
    ['2026-09-24 08:30', '2026-09-24T08:30:00.000Z', '2026-09-24T08:30:00.000Z'],
    ['2026-09-24T00:00', '2026-09-24T00:00:00.000Z', '2026-09-24T00:00:00.000Z'],
    [' 2026-09-24 23:59 ', '2026-09-24T23:59:00.000Z', '2026-09-24T23:59:59.999Z'],
    ['2026-02-30', null, null],
    ['09/24/2026', null, null],
    ['2026-09-24 25:00', null, null],
    ['', null, null],
  ])('[W9] read %j as a start and as an end', (text, start, end) => {
    expect(parseTypedDate(text, 'start')).toBe(start);
    expect(parseTypedDate(text, 'end')).toBe(end);
  });

  it('[W9] write the shortest text that reads as the same minute', () => {
    fc.assert(
      fc.property(at, fc.constantFrom('start', 'end'), (instant, edge) => {
        const minute = new Date(Math.floor(instant / 60_000) * 60_000).toISOString();
        const read = parseTypedDate(formatTypedDate(minute, edge), edge);
        expect(read?.slice(0, 16)).toBe(minute.slice(0, 16));
      }),
    );
    expect(formatTypedDate('2026-09-24T00:00:00.000Z', 'start')).toBe('2026-09-24');
    expect(formatTypedDate('2026-09-24T00:00:00.000Z', 'end')).toBe('2026-09-24 00:00');
    expect(formatTypedDate('2026-09-24T23:59:59.999Z', 'end')).toBe('2026-09-24');
  });

  it.each([
    ['', '2026-09-24 11:25', '2026-09-19', '2026-10-01', `Core start: ${DATE_TIME_ADVICE}`],
    ['2026-09-24', '9/24/2026', '2026-09-19', '2026-10-01', `Core end: ${DATE_TIME_ADVICE}`],
    ['2026-09-24', '2026-09-24', 'soon', '2026-10-01', `Widest start: ${DATE_TIME_ADVICE}`],
    ['2026-09-24', '2026-09-24', '2026-09-19', '2026-02-30', `Widest end: ${DATE_TIME_ADVICE}`],
    ['2026-09-25', '2026-09-24', '2026-09-19', '2026-10-01', 'The core window ends before it starts. Swap its two dates.'],
    ['2026-09-24', '2026-09-24', '2026-10-19', '2026-10-01', 'The widest window ends before it starts. Swap its two dates.'],
    [
      '2026-09-01',
      '2026-09-24',
      '2026-09-19',
      '2026-10-01',
      'The core window reaches outside the widest window. Widen the widest window, or narrow the core window.',
    ],
  ])('[W9] say what to correct: %s to %s within %s to %s', (coreFrom, coreTo, widestFrom, widestTo, sentence) => {
    expect(parseWindows({ from: coreFrom, to: coreTo }, { from: widestFrom, to: widestTo })).toBe(sentence);
  });
});

describe('the timeline', () => {
  it('[W14] has ticks that lie within it and do not crowd', () => {
    fc.assert(
      fc.property(at, fc.integer({ min: 0, max: 4000 * DAY_MS }), fc.integer({ min: 200, max: 2000 }), (from, span, width) => {
        const scale = timeScale(from, from + span, width);
        const places = ticksOf(scale).map((tick) => scale.x(tick.at));
        for (const place of places) expect(place >= 0 && place <= width).toBe(true);
        const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThan(26);
      }),
    );
  });

  it('[W14] converts an instant to a position and back', () => {
    const scale = timeScale(0, 100 * DAY_MS, 500);
    expect(scale.at(scale.x(40 * DAY_MS))).toBeCloseTo(40 * DAY_MS);
  });
});

describe('the range of the time strip', () => {
  const widest = { from: '2026-09-24T00:00:00.000Z', to: '2026-09-25T00:00:00.000Z' };

  it('is that of the copies, and where no copy is known shows the window with as much time on each side', () => {
    const bucket = { from: '2026-01-01T00:00:00.000Z', until: '2026-10-01T00:00:00.000Z', possibleCount: 1 };
    expect(wholeRange([bucket], widest)).toEqual({ from: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 9, 1) });
    expect(wholeRange([], widest)).toEqual({ from: Date.UTC(2026, 8, 23), until: Date.UTC(2026, 8, 26) });
  });
});

describe('a typed range', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 8, n)).toISOString();
  const window = (from: number, to: number) => ({ from: day(from), to: day(to) });
  const type = (before: Windows, from: number, to: number) => windowsOfRange(before, Date.parse(day(from)), Date.parse(day(to)));

  it('[W646] means one thing before the first answer and after it: both windows, unless a core was stated apart', () => {
    const asFirstTyped = { core: window(1, 20), widest: window(1, 20) };
    // A range that was typed before leaves no trace.
    expect(type({ core: window(10, 12), widest: window(10, 12) }, 1, 20)).toEqual(asFirstTyped);
    expect(type({ core: window(1, 30), widest: window(1, 30) }, 1, 20)).toEqual(asFirstTyped);
    // A core that was stated apart keeps its part inside.
    expect(type({ core: window(10, 12), widest: window(5, 15) }, 1, 20)).toEqual({ core: window(10, 12), widest: window(1, 20) });
    expect(type({ core: window(10, 12), widest: window(5, 15) }, 11, 20)).toEqual({ core: window(11, 12), widest: window(11, 20) });
    expect(type({ core: window(10, 12), widest: window(5, 15) }, 13, 20)).toEqual({ core: window(13, 20), widest: window(13, 20) });
  });
});
