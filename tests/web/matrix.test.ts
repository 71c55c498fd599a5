import { addSums, lossOfSums, NO_SUMS } from '../../web/canvas/flows/flow-radius.ts';
import { buildMatrix, changeInFigures } from '../../web/canvas/matrix/matrix-rows.ts';
import { stepInGrid } from '../../web/canvas/matrix/matrix-steps.ts';
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

  it('[W253] a changed cell has a figure before and a figure after, the first that differ', () => {
    const sums = (EXPOSED: number, POSSIBLE: number, CONTAINED: number, usd = 0) => ({
      counts: { EXPOSED, POSSIBLE, CONTAINED },
      lossUsd: { EXPOSED: usd, POSSIBLE: 0, CONTAINED: 0 },
    });
    expect(changeInFigures(sums(9, 4, 0), NO_SUMS)).toEqual(['13', '0']);
    expect(changeInFigures(sums(9, 4, 0), sums(0, 13, 0))).toEqual(['13', '13']);
    expect(changeInFigures(sums(9, 4, 0), sums(2, 11, 0))).toEqual(['9', '2']);
    expect(changeInFigures(sums(9, 4, 0, 2_000_000), sums(9, 4, 0, 1_500_000))).toEqual(['$2.0M', '$1.5M']);
    const cells = flowWorld({ holders: 20, labs: 12 }).cells;
    for (const [i, before] of cells.entries()) {
      const [then, now] = changeInFigures(before, cells[(i + 1) % cells.length] ?? before);
      expect([then, now].join()).toMatch(/^[$\d.,KMB]+$/);
    }
  });
});
