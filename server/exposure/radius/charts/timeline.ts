import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { rowOf } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { partsOf } from '../../scenario/scenario-copy.ts';
import type { BlastRadius } from '../blast-radius.ts';

/** The events at the origins and the artifacts that they held, in [from, until). Epoch milliseconds. */
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
  const events = readEvents(projection, input.origins, scenario);
  let start = input.widest.from;
  let last = input.widest.to;
  for (const instants of [events.received, events.sent, events.deleted]) {
    for (const instant of instants) {
      if (instant < start) start = instant;
      if (instant > last) last = instant;
    }
  }
  const span = Math.max(last - start + 1, bucketCount);
  const edges = Array.from({ length: bucketCount + 1 }, (_, i) => start + Math.floor((span * i) / bucketCount));
  const scale = new Scale(edges, start, span);
  const received = countInto(scale, events.received);
  const sent = countInto(scale, events.sent);
  const deleted = countInto(scale, events.deleted);
  const { definite, possible } = countHeld(projection, input.origins, scenario, scale);
  return Array.from({ length: bucketCount }, (_, i) => ({
    from: edges[i] as number,
    until: edges[i + 1] as number,
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
      received.push(transfers.sentAt[t] as number);
      const copy = transfers.copy[t] as number;
      deleted.push(Math.min(copies.definiteUntil[copy] as number, scenario?.recalledAt(copy) ?? Infinity));
    }
    for (const t of rowOf(organizations.sent, origin)) if (!scenario?.isGone(t)) sent.push(transfers.sentAt[t] as number);
  }
  const isKnown = (instant: number) => Number.isFinite(instant);
  return { received: received.filter(isKnown), sent: sent.filter(isKnown), deleted: deleted.filter(isKnown) };
}

class Scale {
  readonly edges: readonly number[];
  readonly #start: number;
  readonly #span: number;

  constructor(edges: readonly number[], start: number, span: number) {
    this.edges = edges;
    this.#start = start;
    this.#span = span;
  }

  get length(): number {
    return this.edges.length - 1;
  }

  /** The bucket of an instant; the first or last one for an instant outside the scale. */
  bucketOf(instant: number): number {
    if (instant <= this.#start) return 0;
    if (instant >= this.#start + this.#span) return this.length - 1;
    let bucket = Math.floor(((instant - this.#start) * this.length) / this.#span);
    while (instant < (this.edges[bucket] as number)) bucket--;
    while (instant >= (this.edges[bucket + 1] as number)) bucket++;
    return bucket;
  }
}

function countInto(scale: Scale, instants: readonly number[]): Uint32Array {
  const counts = new Uint32Array(scale.length);
  for (const instant of instants) {
    const bucket = scale.bucketOf(instant);
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  return counts;
}

function countHeld(projection: Projection, origins: readonly number[], scenario: Scenario | undefined, scale: Scale) {
  const { copies, organizations } = projection;
  const byArtifact = new Map<number, number[]>();
  for (const origin of origins) {
    for (const copy of rowOf(organizations.copies, origin)) {
      if (copies.isReadable[copy] === 1) getOrInsert(byArtifact, copies.artifact[copy] as number, (): number[] => []).push(copy);
    }
  }
  const definite = new Uint32Array(scale.length);
  const possible = new Uint32Array(scale.length);
  const marks = new Uint8Array(scale.length);
  for (const held of byArtifact.values()) {
    marks.fill(0);
    const readable = held.flatMap((copy) => partsOf(projection, scenario, copy)).filter((part) => !part.isEncrypted);
    for (const part of readable) mark(marks, scale, part.possibleFrom, part.possibleUntil, 1);
    for (const part of readable) mark(marks, scale, part.definiteFrom, part.definiteUntil, 2);
    for (let i = 0; i < marks.length; i++) {
      if (marks[i] === 2) definite[i] = (definite[i] as number) + 1;
      else if (marks[i] === 1) possible[i] = (possible[i] as number) + 1;
    }
  }
  return { definite, possible };
}

/** Marks the buckets that the half-open interval [from, until) meets. */
function mark(marks: Uint8Array, scale: Scale, from: number, until: number, value: number): void {
  const begin = scale.edges[0] as number;
  const end = scale.edges[scale.length] as number;
  if (!(from < until) || from >= end || until <= begin) return;
  marks.fill(value, scale.bucketOf(from), scale.bucketOf(until - 1) + 1);
}
