import { fitsInside } from '../../rules/copy-interval.ts';
import type { TransferTable } from '../part.ts';

/** Holders with at least this many copies of one artifact get merged intervals, searched in O(log n). */
const mergeFrom = 16;

/** By transfer. Organizations are numbers below the constructor's count. */
type SentTransfers = Pick<TransferTable, 'sentAt' | 'sender' | 'recipient'>;

/**
 * The transfers of one artifact, grouped by recipient and by sender, to derive custody.
 *
 * One instance serves all artifacts in turn. Its arrays have one element per organization, and `load` first resets the
 * elements that the previous artifact used.
 */
export class HolderGroups {
  #transfers: SentTransfers = { sentAt: new Float64Array(0), sender: new Int32Array(0), recipient: new Int32Array(0) };
  #possibleFrom: Float64Array = new Float64Array(0);
  #possibleUntil: Float64Array = new Float64Array(0);
  readonly #received: Groups;
  readonly #sent: Groups;
  /** The merged possible intervals of holders of many copies: [from, until, from, until, ...]. */
  readonly #merged = new Map<number, Float64Array>();
  /** Holders whose sent transfers are in order of sentAt. */
  readonly #sorted = new Set<number>();
  /** A union-find with path compression: position in `#sent.order` -> the next position not taken yet, or itself if not taken. */
  #next = new Int32Array(0);

  constructor(organizationCount: number) {
    this.#received = new Groups(organizationCount);
    this.#sent = new Groups(organizationCount);
  }

  /**
   * @param own the transfers of one artifact, ascending
   * @param possibleFrom, possibleUntil the intervals of their copies, by transfer
   */
  load(own: Int32Array, transfers: SentTransfers, possibleFrom: Float64Array, possibleUntil: Float64Array): void {
    this.#transfers = transfers;
    this.#possibleFrom = possibleFrom;
    this.#possibleUntil = possibleUntil;
    this.#received.load(own, transfers.recipient);
    this.#sent.load(own, transfers.sender);
    this.#merged.clear();
    this.#sorted.clear();
    if (this.#next.length <= own.length) this.#next = new Int32Array(own.length * 2 + 1);
    for (let i = 0; i <= own.length; i++) this.#next[i] = i;
  }

  /** Whether `holder` received a copy that is possibly live at `instant`. If the instant is unknown (NaN), whether it received any. */
  hasPossiblyLive(holder: number, instant: number): boolean {
    const start = this.#received.start(holder);
    const end = this.#received.end(holder);
    if (Number.isNaN(instant)) return end > start;
    if (end - start >= mergeFrom) return isInside(this.#mergedIntervals(holder, start, end), instant);
    for (let i = start; i < end; i++) {
      const t = this.#received.order[i] as number;
      if (fitsInside(instant, this.#possibleFrom[t] as number, this.#possibleUntil[t] as number)) return true;
    }
    return false;
  }

  /**
   * Calls `take` once for each transfer that `holder` sent inside the possible interval of the copy that `received` delivered,
   * or at an unknown instant. Later calls skip the transfers already taken.
   */
  takeSentDuring(holder: number, received: number, take: (transfer: number) => void): void {
    const start = this.#sent.start(holder);
    const end = this.#sent.end(holder);
    if (start === end) return;
    this.#sortSent(holder, start, end);
    const { sentAt } = this.#transfers;
    const { order } = this.#sent;
    const from = this.#possibleFrom[received] as number;
    const until = this.#possibleUntil[received] as number;

    let place = this.#find(start);
    // Unknown instants sort first and always fit.
    while (place < end && Number.isNaN(sentAt[order[place] as number] as number)) place = this.#takeAt(place, order, take);
    if (place >= end) return;
    for (place = this.#find(firstNotBefore(order, sentAt, place, end, from)); place < end; place = this.#takeAt(place, order, take)) {
      if ((sentAt[order[place] as number] as number) >= until) return;
    }
  }

  #takeAt(place: number, order: Int32Array, take: (transfer: number) => void): number {
    take(order[place] as number);
    this.#next[place] = place + 1;
    return this.#find(place + 1);
  }

  #find(place: number): number {
    let root = place;
    while ((this.#next[root] as number) !== root) root = this.#next[root] as number;
    while ((this.#next[place] as number) !== root) {
      const after = this.#next[place] as number;
      this.#next[place] = root;
      place = after;
    }
    return root;
  }

  #sortSent(holder: number, start: number, end: number): void {
    if (end - start < 2 || this.#sorted.has(holder)) return;
    this.#sorted.add(holder);
    const { sentAt } = this.#transfers;
    const at = (t: number) => (Number.isNaN(sentAt[t] as number) ? -Infinity : (sentAt[t] as number));
    const sorted = Array.from(this.#sent.order.subarray(start, end)).sort((a, b) => {
      const x = at(a);
      const y = at(b);
      return x < y ? -1 : x > y ? 1 : a - b;
    });
    this.#sent.order.set(sorted, start);
  }

  #mergedIntervals(holder: number, start: number, end: number): Float64Array {
    let merged = this.#merged.get(holder);
    if (merged === undefined) {
      const intervals = Array.from(this.#received.order.subarray(start, end))
        .map((t): [number, number] => [this.#possibleFrom[t] as number, this.#possibleUntil[t] as number])
        .filter(([from, until]) => from < until)
        .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
      const ends: number[] = [];
      for (const [from, until] of intervals) {
        if (ends.length > 0 && from <= (ends[ends.length - 1] as number))
          ends[ends.length - 1] = Math.max(ends[ends.length - 1] as number, until);
        else ends.push(from, until);
      }
      merged = Float64Array.from(ends);
      this.#merged.set(holder, merged);
    }
    return merged;
  }
}

/** @param intervals [from, until), ascending, disjoint and not adjacent */
function isInside(intervals: Float64Array, instant: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((intervals[middle] as number) <= instant) low = middle + 1;
    else high = middle;
  }
  // If an odd number of interval ends lie at or before the instant, it is inside an interval.
  return low % 2 === 1;
}

function firstNotBefore(order: Int32Array, sentAt: Float64Array, start: number, end: number, instant: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sentAt[order[middle] as number] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The transfers of one artifact, grouped by organization: a counting sort that touches only the artifact's own organizations. */
class Groups {
  /** By organization. The ends of organizations that are not loaded are 0. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #touched: number[] = [];
  order = new Int32Array(0);

  constructor(organizationCount: number) {
    this.#starts = new Int32Array(organizationCount);
    this.#ends = new Int32Array(organizationCount);
  }

  load(own: Int32Array, groupOf: Int32Array): void {
    for (const organization of this.#touched) this.#starts[organization] = this.#ends[organization] = 0;
    this.#touched = [];
    if (this.order.length < own.length) this.order = new Int32Array(own.length * 2);
    for (const t of own) {
      const organization = groupOf[t] as number;
      if (this.#ends[organization] === 0) this.#touched.push(organization);
      this.#ends[organization] = (this.#ends[organization] as number) + 1;
    }
    let start = 0;
    for (const organization of this.#touched) {
      const size = this.#ends[organization] as number;
      this.#starts[organization] = this.#ends[organization] = start;
      start += size;
    }
    for (const t of own) {
      const organization = groupOf[t] as number;
      const place = this.#ends[organization] as number;
      this.order[place] = t;
      this.#ends[organization] = place + 1;
    }
  }

  start(organization: number): number {
    return this.#starts[organization] as number;
  }

  end(organization: number): number {
    return this.#ends[organization] as number;
  }
}
