import { addSums, lossOfSums, NO_SUMS, type TierSums } from '../../web/canvas/flows/flow-radius.ts';
import { buildMatrix, changeInFigures, figureOf } from '../../web/canvas/matrix/matrix-rows.ts';
import { stepInGrid } from '../../web/canvas/matrix/matrix-steps.ts';
import { formatCount } from '../../web/shared/format/count.ts';
import { describe, expect, it } from '../support/test.ts';
import { flowWorld } from './flow-worlds.ts';

describe('the matrix of a large radius', () => {
  it.each(['value', 'name'] as const)('[W68] has a row for each holder by hop and a column for each lab, by %s', (order) => {
    const radius = flowWorld({ holders: 300, labs: 50 });
    const { labs, lines } = buildMatrix(radius, order);
    const rows = lines.filter((line) => line.kind === 'holder');
    const hops = rows.map(({ holder }) => holder?.hops ?? Number.POSITIVE_INFINITY);
    expect(hops).toEqual(hops.toSorted((a, b) => a - b));
    const cells = rows.flatMap((row) => [...row.cells.values()]);
    expect(cells).toHaveLength(radius.cells.length);
    expect(cells.reduce(addSums, NO_SUMS)).toEqual(radius.cells.reduce(addSums, NO_SUMS));
    if (order === 'value') {
      const losses = labs.map(lossOfSums);
      expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    } else {
      expect(labs.map(({ name }) => name).slice(0, 3)).toEqual(['Lab 0', 'Lab 1', 'Lab 2']);
    }
  });

  it('[W68] keys walk over the headings of the hops and stop at the edges', () => {
    const { lines, labs } = buildMatrix(flowWorld({ holders: 20, labs: 12 }), 'value');
    let place = { row: -1, column: -1 };
    const seen = new Set<number>();
    for (let i = 0; i < 40; i++) {
      place = stepInGrid(lines, labs.length, place, 'ArrowDown') ?? place;
      expect(lines[place.row]?.kind).toBe('holder');
      seen.add(place.row);
    }
    expect(seen.size).toBe(lines.filter(({ kind }) => kind === 'holder').length);
    expect(stepInGrid(lines, labs.length, place, 'End')).toEqual({ ...place, column: labs.length - 1 });
    expect(stepInGrid(lines, labs.length, { row: -1, column: -1 }, 'ArrowLeft')).toEqual({ row: -1, column: -1 });
    expect(stepInGrid(lines, labs.length, place, 'x')).toBeNull();
  });

  it('[W253] [W650] a changed cell has a figure before and a figure after, the first that differ', () => {
    const sums = (EXPOSED: number, POSSIBLE: number, CONTAINED: number, usd = 0) => ({
      counts: { EXPOSED, POSSIBLE, CONTAINED },
      lossUsd: { EXPOSED: usd, POSSIBLE: 0, CONTAINED: 0 },
    });
    const figures = (before: TierSums, after: TierSums) => changeInFigures(before, after).map(({ tier, text }) => [tier, text]);
    expect(figures(sums(9, 4, 0), NO_SUMS)).toEqual([
      ['EXPOSED', '9'],
      [null, '0'],
    ]);
    expect(figures(sums(9, 4, 0), sums(0, 13, 0))).toEqual([
      ['EXPOSED', '9'],
      ['POSSIBLE', '13'],
    ]);
    expect(figures(sums(9, 4, 0), sums(2, 11, 0))).toEqual([
      ['EXPOSED', '9'],
      ['EXPOSED', '2'],
    ]);
    expect(figures(sums(9, 4, 0), sums(9, 1, 0))).toEqual([
      ['POSSIBLE', '4'],
      ['POSSIBLE', '1'],
    ]);
    expect(figures(sums(9, 4, 0, 2_000_000), sums(9, 4, 0, 1_500_000))).toEqual([
      [null, '$2.0M'],
      [null, '$1.5M'],
    ]);
    const cells = flowWorld({ holders: 20, labs: 12 }).cells;
    for (const [i, before] of cells.entries()) {
      const after = cells[(i + 1) % cells.length] ?? before;
      const [then, now] = changeInFigures(before, after);
      expect([then.text, now.text].join()).toMatch(/^[$\d.,KMB]+$/);
      // A disc and a number are the count of that tier.
      for (const [{ tier, text }, side] of [
        [then, before],
        [now, after],
        [figureOf(before), before],
      ] as const)
        if (tier !== null) expect(text).toBe(formatCount(side.counts[tier]));
    }
  });
});
