import { type Curve, type Point, pointOn } from './curve.ts';
import type { Box } from './label-box.ts';

/** Distance that a line keeps from an icon or a name that is not its end, in pixels. */
const clearance = 5;
/** Distance of two points at which a line is looked at, in pixels, and how much boxes grow for what is between them. */
const sample = 6;
const between = 3;

/** Whether a drawn curve passes through one of some boxes, looked at every few pixels. */
export function doesPass(curve: Curve, boxes: readonly Box[], every: number): boolean {
  const points = [curve.from, ...curve.bends, curve.to];
  let [left, right, top, bottom, length] = [curve.from.x, curve.from.x, curve.from.y, curve.from.y, 0];
  for (const [place, { x, y }] of points.entries()) {
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    const last = points[place - 1];
    if (last !== undefined) length += Math.hypot(x - last.x, y - last.y);
  }
  // A curve stays within its control points.
  const near = boxes.filter((box) => box.left < right && left < box.right && box.top < bottom + 1 && top < box.bottom);
  if (near.length === 0) return false;
  const steps = Math.max(8, Math.ceil(length / every));
  for (let step = 1; step < steps; step++) {
    const point = pointOn(curve, step / steps);
    if (near.some((box) => isInside(box, point))) return true;
  }
  return false;
}

function grow({ left, right, top, bottom }: Box, by: number): Box {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

function isInside({ left, right, top, bottom }: Box, { x, y }: Point): boolean {
  return x > left && x < right && y > top && y < bottom;
}

/** Finds the way of a line around everything that is not one of its ends. */
export type Router = (ends: readonly string[], candidates: readonly Curve[]) => Curve;

/**
 * A router among boxes: takes the first of some curves that passes through no foreign box, else a way through the gaps, of the fewest and
 * straightest steps, beside the ways of earlier lines. Integers decide, so equal boxes and lines give equal ways.
 *
 * Complexity: O(boxes) for a line with a free curve, O(cells) for another.
 *
 * @param boxes of icons and names, by the key of what they belong to, its icon first
 */
export function routerAround(boxes: ReadonlyMap<string, readonly Box[]>): Router {
  let grid: Grid | null = null;
  const grown = new Map([...boxes].map(([key, own]) => [key, own.map((box) => grow(box, between))]));
  return (ends, candidates) => {
    const [first] = candidates;
    if (first === undefined) throw new Error('A line needs a curve to begin with.');
    const foreign: Box[] = [];
    for (const [key, own] of grown) if (!ends.includes(key)) foreign.push(...own);
    const free = candidates.find((curve) => !doesPass(curve, foreign, sample));
    if (free !== undefined) return free;
    grid ??= new Grid([...boxes.values()].flat());
    const own = ends.flatMap((key) => boxes.get(key) ?? []);
    // Cytoscape ends a line where it leaves a mark for its first bend, and draws no line whose first bend is inside or on the border.
    const marks = ends.flatMap((key) => (boxes.get(key)?.slice(0, 1) ?? []).map((mark) => grow(mark, clearance)));
    const bends = grid.bendsBetween(first.from, first.to, own)?.filter((bend) => !marks.some((mark) => isInside(mark, bend))) ?? [];
    return bends.length === 0 ? first : { ...first, bends };
  };
}

/** Cells that the searches of one drawing look at, at most. Where marks stand so close that there is no gap, one looks at all. */
const mostLooks = 600_000;
/** The side of a cell, in pixels. */
const cell = 10;
/** Cells around the boxes. */
const border = 8;
const straight = 10;
const diagonal = 14;
/** How much a search prefers cells near the end. Above 1 it looks at fewer cells, and may find a way that is a little longer. */
const eager = 2;
/** A step into a cell that is taken by a box. It is the last resort. */
const blocked = 2000;
/** A step into a cell that an earlier line uses. */
const crowded = 6;

/** The ground between boxes as cells, each free, taken, or used by a line. */
class Grid {
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #taken: Uint16Array;
  readonly #used: Uint16Array;
  #looks = 0;

  constructor(boxes: readonly Box[]) {
    this.#left = Math.min(...boxes.map(({ left }) => left)) - border * cell;
    this.#top = Math.min(...boxes.map(({ top }) => top)) - border * cell;
    this.#columns = Math.ceil((Math.max(...boxes.map(({ right }) => right)) - this.#left) / cell) + border;
    this.#rows = Math.ceil((Math.max(...boxes.map(({ bottom }) => bottom)) - this.#top) / cell) + border;
    this.#taken = new Uint16Array(this.#columns * this.#rows);
    this.#used = new Uint16Array(this.#columns * this.#rows);
    for (const box of boxes) this.#mark(box, 1);
  }

  /**
   * The bends of a line through the gaps: every turn, with the cells before and after it, so that a curve cuts no corner. Null: no way was
   * found among the cells that were looked at.
   */
  bendsBetween(from: Point, to: Point, own: readonly Box[]): readonly Point[] | null {
    for (const box of own) this.#mark(box, -1);
    const cells = this.#search(this.#cellAt(from), this.#cellAt(to));
    for (const box of own) this.#mark(box, 1);
    if (cells === null) return null;
    for (const each of cells) this.#used[each] = (this.#used[each] ?? 0) + 1;
    const step = (place: number) => (cells[place + 1] ?? 0) - (cells[place] ?? 0);
    const isTurn = (place: number) => place > 0 && place < cells.length - 1 && step(place) !== step(place - 1);
    return cells
      .filter((_, place) => place === 0 || place === cells.length - 1 || isTurn(place - 1) || isTurn(place) || isTurn(place + 1))
      .map((each) => this.#middleOf(each));
  }

  #cellAt({ x, y }: Point): number {
    const column = Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#left) / cell)));
    const row = Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#top) / cell)));
    return row * this.#columns + column;
  }

  #middleOf(each: number): Point {
    return {
      x: this.#left + ((each % this.#columns) + 0.5) * cell,
      y: this.#top + (Math.floor(each / this.#columns) + 0.5) * cell,
    };
  }

  /** Takes the cells whose middle is in a box or nearer to it than a turn of a line needs; -1 frees them. */
  #mark(box: Box, by: 1 | -1): void {
    const reach = clearance + cell / 2;
    const [from, to] = [
      this.#cellAt({ x: box.left - reach + cell / 2, y: box.top - reach + cell / 2 }),
      this.#cellAt({ x: box.right + reach - cell / 2, y: box.bottom + reach - cell / 2 }),
    ];
    for (let row = Math.floor(from / this.#columns); row <= Math.floor(to / this.#columns); row++) {
      for (let column = from % this.#columns; column <= to % this.#columns; column++) {
        const each = row * this.#columns + column;
        this.#taken[each] = (this.#taken[each] ?? 0) + by;
      }
    }
  }

  /** The cheapest cells from one to another, both included (A*); null: too many were looked at. */
  #search(start: number, end: number): readonly number[] | null {
    const columns = this.#columns;
    const cost = new Int32Array(columns * this.#rows).fill(2 ** 30);
    const before = new Int32Array(columns * this.#rows).fill(-1);
    const queue = new Queue();
    const [endColumn, endRow] = [end % columns, Math.floor(end / columns)];
    cost[start] = 0;
    queue.push(start, 0);
    for (let here = queue.pop(); here !== -1 && here !== end; here = queue.pop()) {
      if (this.#looks++ > mostLooks) return null;
      const column = here % columns;
      const row = (here - column) / columns;
      for (let dy = -1; dy <= 1; dy++) {
        const nextRow = row + dy;
        if (nextRow < 0 || nextRow >= this.#rows) continue;
        for (let dx = -1; dx <= 1; dx++) {
          const nextColumn = column + dx;
          if ((dx === 0 && dy === 0) || nextColumn < 0 || nextColumn >= columns) continue;
          const next = nextRow * columns + nextColumn;
          const taken = this.#taken[next] === 0 ? 0 : blocked;
          const step = (dx !== 0 && dy !== 0 ? diagonal : straight) + taken + Math.min(3, this.#used[next] ?? 0) * crowded;
          const total = (cost[here] ?? 0) + step;
          if (total >= (cost[next] ?? 0)) continue;
          cost[next] = total;
          before[next] = here;
          const [wide, high] = [Math.abs(nextColumn - endColumn), Math.abs(nextRow - endRow)];
          queue.push(next, total + eager * (straight * Math.max(wide, high) + (diagonal - straight) * Math.min(wide, high)));
        }
      }
    }
    const cells = [end];
    for (let here = before[end] ?? -1; here !== -1; here = before[here] ?? -1) cells.push(here);
    return cells.toReversed();
  }
}

/** Cells by their cost, the cheapest first; among equals, the latest. A cell waits in the list of its cost, because costs are small integers. */
class Queue {
  readonly #waiting: number[][] = [];
  #least = 0;

  push(each: number, cost: number): void {
    this.#waiting[cost] ??= [];
    this.#waiting[cost]?.push(each);
    this.#least = Math.min(this.#least, cost);
  }

  /** Takes out the cheapest cell; -1: there is none. */
  pop(): number {
    for (; this.#least < this.#waiting.length; this.#least++) {
      const each = this.#waiting[this.#least]?.pop();
      if (each !== undefined) return each;
    }
    return -1;
  }
}
