import { ExposureError } from '../../../domain/errors.ts';
import { deletionStates } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { copyKinds } from '../../../projection/projection.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { strongerTier, tiers } from '../../../rules/copy-tier.ts';
import type { VolumeSum } from '../../../rules/volume.ts';
import { worstCaseLossOf } from '../../../rules/way-figures.ts';
import type { BlastRadius } from '../blast-radius.ts';
import { boundCopies } from '../bound-copies.ts';
import { addVolumes } from '../columns/radius-columns.ts';
import type { ExposedArtifactFilter } from '../list-exposed-artifacts.ts';
import { ExposedRow, filterRows } from '../list-exposed-artifacts.ts';
import type { ReachedOrganization, TieredCopy } from '../radius-types.ts';

/* Sums over the artifacts of a radius that match a filter, also by holder and lab, and over the whole radius by certainty. */

interface TierCounts {
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
}

/** The artifacts of one lab of which one reached organization has copies with a tier. */
export interface Flow extends TierCounts {
  /** Undefined: the flow has the artifacts of the lab that are only revealed. */
  readonly holder: ReachedOrganization | undefined;
  readonly lab: number;
  readonly worstCaseLossUsd: number;
  /** The part of `worstCaseLossUsd` from artifacts that are EXPOSED at the holder. The rest is from POSSIBLE artifacts. */
  readonly exposedWorstCaseLossUsd: number;
}

export interface RadiusTotals extends TierCounts {
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
  /** Found when read: it takes a look at each copy. */
  readonly records: VolumeSum;
  readonly bytes: VolumeSum;
}

/** The artifacts of one lab in one tier. */
export interface LabTier {
  readonly lab: number;
  readonly tier: Tier;
  readonly artifactCount: number;
  readonly worstCaseLossUsd: number;
}

export interface RadiusCertainty {
  readonly undatedCount: number;
  readonly attestedCount: number;
}

type Counting = { -readonly [F in keyof TierCounts]: TierCounts[F] };

export const maxFlows = 20_000;
const transferred = copyKinds.indexOf('TRANSFERRED');
const attested = deletionStates.indexOf('ATTESTED');

/**
 * The artifacts of a radius that match a filter, by holder and lab. An artifact counts once at each of its holders, with the strongest tier of this holder's
 * copies. An artifact that is only revealed counts with its own tier in a flow without a holder.
 *
 * `worstCaseLossUsd` of a flow is the sum of valueHighUsd x portion.high (semantics §4) over only the holder's EXPOSED and POSSIBLE
 * copies. In a flow without a holder, it is the sum of the artifacts' own worst cases.
 *
 * @returns by hops, holder id (none last), lab id
 * Throws LIMIT_EXCEEDED over 20,000 flows.
 * Complexity: O(copies with a tier x log copies).
 */
export function listFlows(radius: BlastRadius, filter: ExposedArtifactFilter): Flow[] {
  const { artifacts, copies, organizations } = radius.projection;
  const reachedAt = new Map(radius.reached.map((reached) => [reached.organization, reached]));
  const flows = new Map<number, { -readonly [F in keyof Flow]: Flow[F] }>();
  const flowOf = (holder: ReachedOrganization | undefined, artifact: number) => {
    const lab = artifacts.owner[artifact] as number;
    const key = ((holder?.organization ?? -1) + 1) * organizations.count + lab;
    return getOrInsert(flows, key, () => ({
      holder,
      lab,
      exposedCount: 0,
      possibleCount: 0,
      containedCount: 0,
      worstCaseLossUsd: 0,
      exposedWorstCaseLossUsd: 0,
    }));
  };
  const add = (flow: { -readonly [F in keyof Flow]: Flow[F] }, tier: Tier, lossUsd: number) => {
    countTier(flow, tier);
    flow.worstCaseLossUsd += lossUsd;
    if (tier === 'EXPOSED') flow.exposedWorstCaseLossUsd += lossUsd;
  };
  for (const row of filterRows(radius.columns, filter)) {
    const exposed = new ExposedRow(radius.columns, row);
    const own = radius.held.get(exposed.artifact)?.copies ?? [];
    if (own.length === 0) {
      add(flowOf(undefined, exposed.artifact), exposed.tier, exposed.worstCaseLossUsd);
      continue;
    }
    const byHolder = new Map<number, TieredCopy[]>();
    for (const copy of own) getOrInsert(byHolder, copies.holder.at(copy.copy), () => []).push(copy);
    for (const [holder, held] of byHolder) {
      const tier = held.reduce<Tier | undefined>((strongest, copy) => strongerTier(strongest, copy.tier), undefined) as Tier;
      const open = held.filter((copy) => copy.tier !== 'CONTAINED');
      const { high } = boundCopies(
        radius.projection,
        open.map(({ copy }) => copy),
      );
      const lossUsd = worstCaseLossOf(tier, artifacts.worstValueUsd[exposed.artifact] as number, high);
      add(flowOf(reachedAt.get(holder), exposed.artifact), tier, lossUsd);
    }
  }
  if (flows.size > maxFlows) {
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      `The radius has ${flows.size} pairs of holder and lab; at most ${maxFlows} are listed. Ask for fewer origins or fewer hops.`,
    );
  }
  const hopsOf = ({ holder }: Flow) => holder?.hops ?? Number.MAX_SAFE_INTEGER;
  return [...flows.values()].sort(
    (a, b) => hopsOf(a) - hopsOf(b) || (a.holder?.organization ?? -1) - (b.holder?.organization ?? -1) || a.lab - b.lab,
  );
}

/** Counts the copies with a tier at reached organizations that have no firm date. Each copy counts once. */
export function countUncertain({ held, projection }: BlastRadius): RadiusCertainty {
  const { copies, transfers } = projection;
  let undatedCount = 0;
  let attestedCount = 0;
  for (const { copies: own } of held.values()) {
    let previous = -1;
    for (const { copy } of own) {
      // A copy that a scenario encrypts appears twice in a row.
      if (copy === previous || copies.kind.at(copy) !== transferred) continue;
      previous = copy;
      const transfer = copies.transfer.at(copy);
      if (Number.isNaN(transfers.sentAt.at(transfer))) undatedCount++;
      if (transfers.deletionState.at(transfer) === attested) attestedCount++;
    }
  }
  return { undatedCount, attestedCount };
}

/** Sums over the artifacts of a radius that match a filter. Complexity: O(artifacts). */
export function sumExposedArtifacts(radius: BlastRadius, filter: ExposedArtifactFilter): RadiusTotals {
  const { columns } = radius;
  const { exposed } = columns;
  const rows = filterRows(columns, filter);
  const totals = {
    exposedCount: 0,
    possibleCount: 0,
    containedCount: 0,
    worstCaseLossUsd: 0,
    weightedLossUsd: 0,
    get records() {
      return addVolumes(columns, rows, 'records');
    },
    get bytes() {
      return addVolumes(columns, rows, 'bytes');
    },
  };
  for (const row of rows) {
    countTier(totals, tiers[exposed.tier[row] as number] as Tier);
    totals.worstCaseLossUsd += exposed.worstCaseLossUsd[row] as number;
    totals.weightedLossUsd += exposed.weightedLossUsd[row] as number;
  }
  return totals;
}

/**
 * Sums by lab and tier over the artifacts that match a filter.
 *
 * @returns by lab id, then strongest tier first
 * Complexity: O(artifacts + labs x log labs).
 */
export function sumByLabAndTier(radius: BlastRadius, filter: ExposedArtifactFilter): LabTier[] {
  const { owner } = radius.projection.artifacts;
  const sums = new Map<number, { -readonly [F in keyof LabTier]: LabTier[F] }>();
  const { exposed } = radius.columns;
  for (const row of filterRows(radius.columns, filter)) {
    const lab = owner[exposed.artifact[row] as number] as number;
    const rank = exposed.tier[row] as number;
    const tier = tiers[rank] as Tier;
    const sum = getOrInsert(sums, lab * tiers.length + rank, () => ({ lab, tier, artifactCount: 0, worstCaseLossUsd: 0 }));
    sum.artifactCount++;
    sum.worstCaseLossUsd += exposed.worstCaseLossUsd[row] as number;
  }
  return [...sums].sort(([a], [b]) => a - b).map(([, sum]) => sum);
}

function countTier(counts: Counting, tier: Tier): void {
  if (tier === 'EXPOSED') counts.exposedCount++;
  else if (tier === 'POSSIBLE') counts.possibleCount++;
  else counts.containedCount++;
}
