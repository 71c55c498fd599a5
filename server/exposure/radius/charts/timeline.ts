import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { rowOf } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { partsOf } from '../../scenario/scenario-copy.ts';
import type { BlastRadius } from '../blast-radius.ts';
import { Buckets } from './buckets.ts';

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
  const buckets = Buckets.equal(start, last, bucketCount);
  const received = buckets.count(events.received);
  const sent = buckets.count(events.sent);
  const deleted = buckets.count(events.deleted);
  const { definite, possible } = countHeld(projection, input.origins, scenario, buckets);
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
      received.push(transfers.sentAt[t] as number);
      const copy = transfers.copy[t] as number;
      deleted.push(Math.min(copies.definiteUntil[copy] as number, scenario?.recalledAt(copy) ?? Infinity));
    }
    for (const t of rowOf(organizations.sent, origin)) if (!scenario?.isGone(t)) sent.push(transfers.sentAt[t] as number);
  }
  const isKnown = (instant: number) => Number.isFinite(instant);
  return { received: received.filter(isKnown), sent: sent.filter(isKnown), deleted: deleted.filter(isKnown) };
}

function countHeld(projection: Projection, origins: readonly number[], scenario: Scenario | undefined, buckets: Buckets) {
  const { copies, organizations } = projection;
  const byArtifact = new Map<number, number[]>();
  for (const origin of origins) {
    for (const copy of rowOf(organizations.copies, origin)) {
      if (copies.isReadable[copy] === 1) getOrInsert(byArtifact, copies.artifact[copy] as number, (): number[] => []).push(copy);
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
