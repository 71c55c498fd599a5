import { layOutTimes, openKey, rowPaths } from '../../web/canvas/time/time-layout.ts';
import { bucketAt, type HolderTimes, type TimeRow } from '../../web/canvas/time/time-rows.ts';
import { bucketInWords, changeInWords, isJustBefore, rowInWords } from '../../web/canvas/time/time-words.ts';
import { describe, expect, it } from '../support/test.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const instants = Array.from({ length: 61 }, (_, i) => start + i * day);
const windows = {
  core: { from: start + 40 * day, to: start + 42 * day - 1 },
  widest: { from: start + 35 * day, to: start + 50 * day - 1 },
};

function rowOf(id: string, hops: number, change: Partial<TimeRow> = {}): TimeRow {
  const values = (of: (bucket: number) => number) => Array.from({ length: 60 }, (_, bucket) => of(bucket));
  return {
    holder: { id, name: `Holder ${id}`, roles: ['VENDOR'], hops, likelihood: 0.5 },
    lab: null,
    definite: values((bucket) => (bucket >= 10 ? 3 : 0)),
    possible: values((bucket) => (bucket >= 20 && bucket < 30 ? 2 : 0)),
    unreadable: values((bucket) => (bucket >= 50 ? 1 : 0)),
    worstUsd: values((bucket) => (bucket >= 10 ? 3_000_000 : 0)),
    definiteWorstUsd: values((bucket) => (bucket >= 10 ? 3_000_000 : 0)),
    received: values((bucket) => (bucket === 10 ? 3 : 0)),
    deleted: values((bucket) => (bucket === 30 ? 2 : 0)),
    firstReceivedAt: new Date(start + 10 * day).toISOString(),
    undatedCount: 1,
    receivedInWindow: 0,
    deletedInWindow: 0,
    deletedBefore: 2,
    lastDeletedBeforeAt: new Date(start + 31 * day).toISOString(),
    ...change,
  };
}

const times: HolderTimes = {
  instants,
  totalCount: 300,
  rows: Array.from({ length: 300 }, (_, i) => rowOf(`h${i}`, i === 0 ? 0 : 1 + Math.floor(i / 100))),
};

describe('the holders over time', () => {
  it.each([288, 640, 1040])('[W250] at %i px, each holder has a line below the heading of its hop, and none covers another', (width) => {
    const lab = { ...rowOf('h5', 1), lab: { id: 'l', name: 'Lab' } };
    const { lines, left, right, scale, bottom, height } = layOutTimes(times, new Map([['h5', [lab, lab]]]), new Set([openKey('h5')]), {
      width,
      height: 540,
    });
    const rows = lines.filter((line) => line.kind === 'row');
    expect(rows).toHaveLength(302);
    expect(lines.filter((line) => line.kind === 'hop').map(({ title, count }) => [title, count])).toEqual([
      ['Origin', 1],
      ['Hop 1', 99],
      ['Hop 2', 100],
      ['Hop 3', 100],
    ]);
    lines.slice(1).forEach((line, i) => {
      const before = lines[i] as (typeof lines)[number];
      expect(line.y).toBeGreaterThanOrEqual(before.y + (before.kind === 'row' ? before.height : 20));
    });
    expect(bottom).toBeGreaterThan(lines.at(-1)?.y ?? 0);
    expect(height).toBeGreaterThan(bottom);
    expect(left).toBeLessThan(right);
    expect([scale.x(instants[0] as number), scale.x(instants[60] as number)]).toEqual([0, right - left]);
    for (const line of rows.filter(({ row }) => row.holder.hops <= 1 && row.lab !== null)) expect(line.key).toBe('organization:h5/l');
  });

  it('[W250] few rows are taller, and fill no more than the canvas', () => {
    const heightOf = (count: number) =>
      layOutTimes({ ...times, rows: times.rows.slice(0, count) }, new Map(), new Set(), { width: 1040, height: 540 }).height;
    expect(heightOf(8)).toBeGreaterThan(400);
    for (const count of [1, 4, 8, 11]) expect(heightOf(count)).toBeLessThanOrEqual(540);
  });

  it('[W250] bars begin and end where buckets do; what came and what was deleted is marked in its bucket', () => {
    const paths = rowPaths(rowOf('h', 0), 'count', (edge) => edge * 10, 30, 20);
    expect(paths.definite).toMatch(/^M100 [\d.]+H600V30H100Z$/);
    expect(paths.possible).toMatch(/^M200 10H300V18H200Z$/);
    expect(paths.unreadable).toMatch(/^M500 [\d.]+H600$/);
    expect(paths.received).toBe('M105 32v5');
    expect(paths.deleted).toMatch(/^M302.5 32l/);
    expect(rowPaths(rowOf('h', 0), 'worst', (edge) => edge * 10, 30, 20).unreadable).toBe('M500 30H600');
  });

  it('[W250] the words of a row tell since when, what changed in the window, and what was deleted just before it', () => {
    const row = rowOf('h', 0);
    expect(changeInWords(row, windows)).toBe('deleted 4 days before');
    expect(isJustBefore(row, windows)).toBe(true);
    expect(isJustBefore(rowOf('h', 0, { lastDeletedBeforeAt: new Date(start - 10 * day).toISOString() }), windows)).toBe(false);
    expect(changeInWords(rowOf('h', 0, { receivedInWindow: 1200, deletedInWindow: 2 }), windows)).toBe('+1,200 −2 in the window');
    expect(rowInWords(row, instants, windows)).toBe(
      'Holder h, origin, since Jan 11, 2026. At the end of the core window: 3 certain, $3.0M worst case. Nothing came or was deleted in the widest window. Before it 2 copies were deleted, the last 4 days before, on Jan 31, 2026. 1 copy has no known date.',
    );
    expect(bucketAt(instants, windows.core.to)).toBe(41);
    expect(bucketInWords(row, instants, 30)).toBe('Holder h, Jan 31, 2026: 3 certain, $3.0M worst case; 2 deleted');
    expect(bucketInWords(row, [start, start + 2 * day], 0)).toBe('Holder h, Jan 1 – Jan 2, 2026: nothing');
  });
});
