import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Projection } from '../../../projection/projection.ts';
import { copyKinds, rowOf } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import { worstCaseLossOf } from '../../../rules/way-figures.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { CopyPart } from '../../scenario/scenario-copy.ts';
import { partsOf } from '../../scenario/scenario-copy.ts';
import type { BlastRadius } from '../blast-radius.ts';
import { boundCopies } from '../bound-copies.ts';
import type { ReachedOrganization, Window } from '../radius-types.ts';
import { Buckets } from './timeline.ts';

/* Holdings over time (semantics §12): one row of the chart for each reached organization. */

/** A row: a reached organization and, if the rows are by lab, one lab whose artifacts it has or had. */
export interface HolderRow {
  readonly holder: ReachedOrganization;
  /** Undefined: all labs. */
  readonly lab: number | undefined;
  /** Its copies of the artifacts of these labs, ascending. */
  readonly copies: readonly number[];
}

/** The arrays have one value for each bucket. */
export interface HolderTimeline {
  readonly definiteCounts: number[];
  readonly possibleCounts: number[];
  readonly unreadableCounts: number[];
  readonly worstCaseUsd: number[];
  readonly definiteWorstCaseUsd: number[];
  readonly receivedCounts: number[];
  readonly deletedCounts: number[];
  readonly firstReceivedAt: number | null;
  readonly undatedCount: number;
  readonly receivedInWindowCount: number;
  readonly deletedInWindowCount: number;
  readonly deletedBeforeCount: number;
  readonly lastDeletedBeforeAt: number | null;
}

/** Arguments of the chart. Null and absent both mean "not stated". */
export interface HolderTimelineFilter {
  /** Ids of the organizations and of the owners to list. */
  readonly holders?: readonly string[] | null | undefined;
  readonly owners?: readonly string[] | null | undefined;
  /** A row for each holder and lab. */
  readonly byLab?: boolean | null | undefined;
}

/** The parts of a radius that the chart needs. */
type Asked = Pick<BlastRadius, 'projection' | 'input' | 'scenario' | 'reached'>;

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * The rows of the chart: reached organizations that have or had a copy, whether or not it has a tier. Scope and confidence play no part.
 *
 * @returns in the order of `reached`, then by lab id
 * Complexity: O(copies at reached organizations), one organization per step.
 */
export function* listHolderRows({ projection, reached, scenario }: Asked, filter: HolderTimelineFilter): Steps<HolderRow[]> {
  const { artifacts, copies, organizations } = projection;
  const holders = filter.holders && new Set(filter.holders);
  const owners = filter.owners && new Set(filter.owners);
  const rows: HolderRow[] = [];
  for (const holder of reached) {
    if (holders && !holders.has(organizations.id.get(holder.organization))) continue;
    const byLab = new Map<number, number[]>();
    for (const copy of rowOf(organizations.copies, holder.organization)) {
      const owner = artifacts.owner[copies.artifact.at(copy)] as number;
      if (scenario?.isCopyGone(copy) || (owners && !owners.has(organizations.id.get(owner)))) continue;
      getOrInsert(byLab, filter.byLab ? owner : -1, (): number[] => []).push(copy);
    }
    for (const lab of [...byLab.keys()].sort((a, b) => a - b)) {
      rows.push({ holder, lab: lab === -1 ? undefined : lab, copies: byLab.get(lab) as number[] });
    }
    yield;
  }
  return rows;
}

/**
 * The buckets of all rows: equal ones over the known times at which copies of the rows came and were deleted and the widest window, or over
 * `span`. A bucket also begins at each end of the core and the widest window, so that each bucket lies wholly inside or outside of both.
 *
 * @param count 10 to 500
 */
export function* bucketsOfRows(
  { projection, input, scenario }: Asked,
  rows: readonly HolderRow[],
  count: number,
  span?: Window,
): Steps<Buckets> {
  const { core, widest } = input;
  const cuts = [core.from, core.to + 1, widest.from, widest.to + 1];
  if (span !== undefined) return Buckets.equal(span.from, span.to, count, cuts);
  let { from: start, to: last } = widest;
  for (const row of rows) {
    for (const { receivedAt, deletedAt } of eventsOf(projection, scenario, row.copies)) {
      for (const instant of [receivedAt, deletedAt]) {
        if (!Number.isFinite(instant)) continue;
        start = Math.min(start, instant);
        last = Math.max(last, instant);
      }
    }
    yield;
  }
  return Buckets.equal(start, last, count, cuts);
}

interface CopyEvents {
  /** NaN if it is unknown. */
  readonly receivedAt: number;
  /** Infinity if it was not deleted, as far as anybody says. */
  readonly deletedAt: number;
}

/** When transferred copies came, and when their holder deleted them. A scenario may recall a copy. */
function* eventsOf(projection: Projection, scenario: Scenario | undefined, some: readonly number[]): Generator<CopyEvents> {
  const { copies, transfers } = projection;
  for (const copy of some) {
    if (copies.kind.at(copy) !== transferred) continue;
    const deletedAt = partsOf(projection, scenario, copy).at(-1)?.definiteUntil ?? Infinity;
    yield { receivedAt: transfers.sentAt.at(copies.transfer.at(copy)), deletedAt };
  }
}

/** Rows of the chart, in their order, one row per step. */
export function* buildHolderTimelines(asked: Asked, rows: readonly HolderRow[], buckets: Buckets): Steps<HolderTimeline[]> {
  const timelines: HolderTimeline[] = [];
  for (const row of rows) {
    timelines.push(buildHolderTimeline(asked, row, buckets));
    yield;
  }
  return timelines;
}

/**
 * One row, bucket by bucket. An artifact counts once: as definite if the definite interval of a readable copy meets the bucket, else as possible
 * if the possible interval of a readable copy does, else as unreadable if that of any copy does. Its worst case is that of its readable copies whose
 * possible interval meets the bucket, together (semantics §4).
 *
 * Complexity: O(artifacts x buckets + copies x log buckets), and for artifacts with several copies a portion for each change among them.
 */
function buildHolderTimeline({ projection, input, scenario }: Asked, row: HolderRow, buckets: Buckets): HolderTimeline {
  const zeros = () => new Array<number>(buckets.length).fill(0);
  const series = {
    definiteCounts: zeros(),
    possibleCounts: zeros(),
    unreadableCounts: zeros(),
    worstCaseUsd: zeros(),
    definiteWorstCaseUsd: zeros(),
  };
  const byArtifact = new Map<number, number[]>();
  for (const copy of row.copies) getOrInsert(byArtifact, projection.copies.artifact.at(copy), (): number[] => []).push(copy);
  // Sums run in order of artifact id, so that the order of the facts changes no digit.
  for (const artifact of [...byArtifact.keys()].sort((a, b) => a - b)) {
    addArtifact(projection, scenario, artifact, byArtifact.get(artifact) as number[], buckets, series);
  }
  return { ...series, ...sumEvents([...eventsOf(projection, scenario, row.copies)], input.widest, buckets) };
}

interface Stretch {
  readonly copy: number;
  readonly possible: readonly [number, number];
  readonly definite: readonly [number, number] | undefined;
}

function addArtifact(
  projection: Projection,
  scenario: Scenario | undefined,
  artifact: number,
  held: readonly number[],
  buckets: Buckets,
  series: Pick<HolderTimeline, 'definiteCounts' | 'possibleCounts' | 'unreadableCounts' | 'worstCaseUsd' | 'definiteWorstCaseUsd'>,
): void {
  const { artifacts, copies } = projection;
  const readable: Stretch[] = [];
  const others: Stretch[] = [];
  const add = (copy: number, part: CopyPart) => {
    const possible = buckets.meeting(part.possibleFrom, part.possibleUntil);
    if (possible === undefined) return;
    const stretch = { copy, possible, definite: buckets.meeting(part.definiteFrom, part.definiteUntil) };
    (copies.isReadable.at(copy) === 1 && !part.isEncrypted ? readable : others).push(stretch);
  };
  for (const copy of held) for (const part of partsOf(projection, scenario, copy)) add(copy, part);
  const all = [...readable, ...others];
  if (all.length === 0) return;
  const first = Math.min(...all.map(({ possible }) => possible[0]));
  const last = Math.max(...all.map(({ possible }) => possible[1]));
  const value = artifacts.worstValueUsd[artifact] as number;
  const isAt = (bucket: number, stretch: readonly [number, number] | undefined) =>
    stretch !== undefined && bucket >= stretch[0] && bucket <= stretch[1];
  let open: readonly Stretch[] = [];
  let lossUsd = 0;
  for (let bucket = first; bucket <= last; bucket++) {
    if (bucket === first || readable.some(({ possible }) => bucket === possible[0] || bucket === possible[1] + 1)) {
      open = readable.filter(({ possible }) => isAt(bucket, possible));
      const { high } = boundCopies(
        projection,
        open.map(({ copy }) => copy),
      );
      lossUsd = worstCaseLossOf('POSSIBLE', value, high);
    }
    if (open.length === 0) {
      if (others.some(({ possible }) => isAt(bucket, possible))) increase(series.unreadableCounts, bucket, 1);
      continue;
    }
    increase(series.worstCaseUsd, bucket, lossUsd);
    if (open.some(({ definite }) => isAt(bucket, definite))) {
      increase(series.definiteCounts, bucket, 1);
      increase(series.definiteWorstCaseUsd, bucket, lossUsd);
    } else increase(series.possibleCounts, bucket, 1);
  }
}

function increase(values: number[], at: number, by: number): void {
  values[at] = (values[at] as number) + by;
}

function sumEvents(events: readonly CopyEvents[], widest: Window, buckets: Buckets) {
  const received = events.map(({ receivedAt }) => receivedAt).filter((at) => Number.isFinite(at));
  const deleted = events.map(({ deletedAt }) => deletedAt).filter((at) => Number.isFinite(at));
  const isInside = (at: number) => at >= widest.from && at <= widest.to;
  const before = deleted.filter((at) => at < widest.from);
  return {
    receivedCounts: buckets.count(received.filter((at) => buckets.has(at))),
    deletedCounts: buckets.count(deleted.filter((at) => buckets.has(at))),
    firstReceivedAt: received.reduce<number | null>((first, at) => (first === null || at < first ? at : first), null),
    undatedCount: events.length - received.length,
    receivedInWindowCount: received.filter(isInside).length,
    deletedInWindowCount: deleted.filter(isInside).length,
    deletedBeforeCount: before.length,
    lastDeletedBeforeAt: before.reduce<number | null>((last, at) => (last === null || at > last ? at : last), null),
  };
}
