import { firstIndex } from '../../../domain/compare.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Projection } from '../../../projection/projection.ts';
import { rowOf } from '../../../projection/projection.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { partsOf } from '../../scenario/scenario-copy.ts';
import type { BlastRadius } from '../blast-radius.ts';

/** The events at the origins, suspected ones included, and the artifacts that they held, in [from, until). Epoch milliseconds. */
export interface TimelineBucket {
  readonly from: number;
  readonly until: number;
  readonly receivedCount: number;
  readonly sentCount: number;
  readonly deletedCount: number;
  /** Artifacts with a readable copy at an origin. The copy's definite interval meets the bucket. */
  readonly definiteCount: number;
  /** Further artifacts with a readable copy. Only the copy's possible interval meets the bucket. */
  readonly possibleCount: number;
}

/** The parts of a radius that a timeline needs. */
type Asked = Pick<BlastRadius, 'projection' | 'input' | 'scenario'>;

/**
 * Equal buckets that span the known times of the origins' transfers and the widest window.
 * Edges are whole milliseconds, so a bucket is at least one long.
 *
 * @param bucketCount 10 to 500
 * Complexity: O(transfers and copies at the origins + artifacts there x buckets).
 */
export function buildTimeline({ projection, input, scenario }: Asked, bucketCount: number): TimelineBucket[] {
  const origins = [...input.origins, ...(input.suspected ?? []).map(({ organization }) => organization)];
  const events = readEvents(projection, origins, scenario);
  let start = input.widest.from;
  let last = input.widest.to;
  for (const instants of [events.received, events.sent, events.deleted]) {
    for (const instant of instants) {
      if (instant < start) start = instant;
      if (instant > last) last = instant;
    }
  }
  const buckets = Buckets.equal(start, last, bucketCount);
  const received = buckets.count(events.received);
  const sent = buckets.count(events.sent);
  const deleted = buckets.count(events.deleted);
  const { definite, possible } = countHeld(projection, origins, scenario, buckets);
  return Array.from({ length: bucketCount }, (_, i) => ({
    from: buckets.edges[i] as number,
    until: buckets.edges[i + 1] as number,
    receivedCount: received[i] as number,
    sentCount: sent[i] as number,
    deletedCount: deleted[i] as number,
    definiteCount: definite[i] as number,
    possibleCount: possible[i] as number,
  }));
}

/** The known times of transfers to and from the origins, and of deletions there that count (semantics §1). */
function readEvents(projection: Projection, origins: readonly number[], scenario: Scenario | undefined) {
  const { copies, organizations, transfers } = projection;
  const received: number[] = [];
  const sent: number[] = [];
  const deleted: number[] = [];
  for (const origin of origins) {
    for (const t of rowOf(organizations.received, origin)) {
      if (scenario?.isGone(t)) continue;
      received.push(transfers.sentAt.at(t));
      const copy = transfers.copy.at(t);
      deleted.push(Math.min(copies.definiteUntil.at(copy), scenario?.recalledAt(copy) ?? Infinity));
    }
    for (const t of rowOf(organizations.sent, origin)) if (!scenario?.isGone(t)) sent.push(transfers.sentAt.at(t));
  }
  const isKnown = (instant: number) => Number.isFinite(instant);
  return { received: received.filter(isKnown), sent: sent.filter(isKnown), deleted: deleted.filter(isKnown) };
}

function countHeld(projection: Projection, origins: readonly number[], scenario: Scenario | undefined, buckets: Buckets) {
  const { copies, organizations } = projection;
  const byArtifact = new Map<number, number[]>();
  for (const origin of origins) {
    for (const copy of rowOf(organizations.copies, origin)) {
      if (copies.isReadable.at(copy) === 1) getOrInsert(byArtifact, copies.artifact.at(copy), (): number[] => []).push(copy);
    }
  }
  const definite = new Uint32Array(buckets.length);
  const possible = new Uint32Array(buckets.length);
  const marks = new Uint8Array(buckets.length);
  for (const held of byArtifact.values()) {
    marks.fill(0);
    const readable = held.flatMap((copy) => partsOf(projection, scenario, copy)).filter((part) => !part.isEncrypted);
    for (const part of readable) mark(marks, buckets, part.possibleFrom, part.possibleUntil, 1);
    for (const part of readable) mark(marks, buckets, part.definiteFrom, part.definiteUntil, 2);
    for (let i = 0; i < marks.length; i++) {
      if (marks[i] === 2) definite[i] = (definite[i] as number) + 1;
      else if (marks[i] === 1) possible[i] = (possible[i] as number) + 1;
    }
  }
  return { definite, possible };
}

/** Marks the buckets that the half-open interval [from, until) meets. */
function mark(marks: Uint8Array, buckets: Buckets, from: number, until: number, value: number): void {
  const met = buckets.meeting(from, until);
  if (met !== undefined) marks.fill(value, met[0], met[1] + 1);
}

/** Adjacent half-open stretches of time. `edges[i]` is where bucket i begins; the last edge ends the last bucket. Epoch milliseconds, ascending. */
export class Buckets {
  readonly edges: readonly number[];

  constructor(edges: readonly number[]) {
    this.edges = edges;
  }

  /**
   * Equal buckets from `start` up to and including `last`. Edges are whole milliseconds, so a bucket is at least one long.
   *
   * @param cuts instants at which a bucket begins as well. Those outside are left out.
   */
  static equal(start: number, last: number, count: number, cuts: readonly number[] = []): Buckets {
    const span = Math.max(last - start + 1, count);
    const edges = Array.from({ length: count + 1 }, (_, i) => start + Math.floor((span * i) / count));
    const inside = cuts.filter((cut) => cut > start && cut < start + span);
    return new Buckets(inside.length === 0 ? edges : [...new Set([...edges, ...inside])].sort((a, b) => a - b));
  }

  get length(): number {
    return this.edges.length - 1;
  }

  /** The bucket of an instant; the first or last one for an instant outside. Complexity: O(log buckets). */
  of(instant: number): number {
    return firstIndex(this.length, (i) => (this.edges[i] as number) > instant, 1) - 1;
  }

  has(instant: number): boolean {
    return instant >= (this.edges[0] as number) && instant < (this.edges[this.length] as number);
  }

  /** The first and the last bucket that the half-open interval [from, until) meets. Undefined if there is none. */
  meeting(from: number, until: number): readonly [number, number] | undefined {
    const begin = this.edges[0] as number;
    const end = this.edges[this.length] as number;
    if (!(from < until) || from >= end || until <= begin) return undefined;
    return [this.of(from), this.of(until - 1)];
  }

  /** How many of the instants lie in each bucket. Instants outside count in the first or last one. */
  count(instants: readonly number[]): number[] {
    const counts = new Array<number>(this.length).fill(0);
    for (const instant of instants) {
      const bucket = this.of(instant);
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    return counts;
  }
}
