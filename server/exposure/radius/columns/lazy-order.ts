/** Up to this many items, insertion sort is faster than a partition. */
const few = 24;

/** A range of positions whose items are the right ones but not in order yet. After `patience` partitions, a sort orders it. */
interface Unsorted {
  readonly start: number;
  readonly end: number;
  readonly patience: number;
}

/**
 * A list that is sorted only where it is read: a page of 50 among 100,000 rows costs one pass, not a sort of all.
 *
 * This is quicksort that enters only the ranges that meet the range asked for, and keeps the others for later. Reading the whole list
 * page by page costs as much as one sort.
 */
export class LazyOrder {
  readonly #items: Int32Array;
  readonly #compare: (a: number, b: number) => number;
  /** Ascending, without overlap. */
  #unsorted: Unsorted[];

  /**
   * @param items reordered in place
   * @param compare never gives 0 for two different items
   * @param ends if the items come in groups, one after another in the order of the list: where each group ends. Absent: one group
   */
  constructor(items: Int32Array, compare: (a: number, b: number) => number, ends: ArrayLike<number> = [items.length]) {
    this.#items = items;
    this.#compare = compare;
    this.#unsorted = Array.from(ends, (end, i) => {
      const start = i === 0 ? 0 : (ends[i - 1] as number);
      return { start, end, patience: 2 * Math.ceil(Math.log2(end - start + 1)) };
    });
  }

  /**
   * A list in groups that come one after another. Complexity: O(items + groups) at once.
   *
   * @param groupOf 0 .. groupCount - 1
   */
  static inGroups(
    items: Int32Array,
    groupOf: (item: number) => number,
    groupCount: number,
    compare: (a: number, b: number) => number,
  ): LazyOrder {
    const ends = new Int32Array(groupCount);
    for (let i = 0; i < items.length; i++) (ends[groupOf(items[i] as number)] as number)++;
    // From here on, the place of the next item of each group: placing all moves it to the end of the group.
    for (let group = 0, start = 0; group < groupCount; group++) {
      const size = ends[group] as number;
      ends[group] = start;
      start += size;
    }
    const grouped = new Int32Array(items.length);
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as number;
      const group = groupOf(item);
      grouped[ends[group] as number] = item;
      (ends[group] as number)++;
    }
    return new LazyOrder(grouped, compare, ends);
  }

  get length(): number {
    return this.#items.length;
  }

  /** The items at positions from .. until - 1 of the sorted list, as a view. Complexity: O(n) expected, plus a sort of the range. */
  slice(from: number, until: number): Int32Array {
    const rest: Unsorted[] = [];
    const stack = this.#unsorted.reverse();
    for (let range = stack.pop(); range !== undefined; range = stack.pop()) {
      const { start, end, patience } = range;
      if (end <= from || start >= until) rest.push(range);
      else if (end - start <= few) insertionSort(this.#items, start, end, this.#compare);
      else if (patience === 0) this.#items.subarray(start, end).sort(this.#compare);
      else {
        const middle = this.#partition(start, end);
        stack.push({ start: middle + 1, end, patience: patience - 1 }, { start, end: middle, patience: patience - 1 });
      }
    }
    this.#unsorted = rest;
    return this.#items.subarray(from, until);
  }

  /** Moves the median of three items to its place, and smaller ones before it. Returns the place. */
  #partition(start: number, end: number): number {
    const items = this.#items;
    const compare = this.#compare;
    const last = end - 1;
    const middle = (start + last) >> 1;
    this.#orderPair(start, middle);
    this.#orderPair(start, last);
    this.#orderPair(middle, last);
    const pivot = items[middle] as number;
    this.#swap(middle, last);
    let place = start;
    for (let i = start; i < last; i++) if (compare(items[i] as number, pivot) < 0) this.#swap(i, place++);
    this.#swap(place, last);
    return place;
  }

  #orderPair(a: number, b: number): void {
    if (this.#compare(this.#items[b] as number, this.#items[a] as number) < 0) this.#swap(a, b);
  }

  #swap(a: number, b: number): void {
    const item = this.#items[a] as number;
    this.#items[a] = this.#items[b] as number;
    this.#items[b] = item;
  }
}

function insertionSort(items: Int32Array, start: number, end: number, compare: (a: number, b: number) => number): void {
  for (let i = start + 1; i < end; i++) {
    const item = items[i] as number;
    let at = i;
    for (; at > start && compare(items[at - 1] as number, item) > 0; at--) items[at] = items[at - 1] as number;
    items[at] = item;
  }
}
