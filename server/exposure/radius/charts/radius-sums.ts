import { compareCodePoints, compareLargestFirst } from '../../../domain/compare.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { artifactTypes } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { strongerTier, tiers } from '../../../rules/copy-tier.ts';
import type { VolumeSum } from '../../../rules/volume.ts';
import { ArtifactsVolume } from '../../../rules/volume.ts';
import { weightedLossOf, weightedShareOf, worstCaseLossOf } from '../../../rules/way-figures.ts';
import type { BlastRadius } from '../blast-radius.ts';
import { boundCopies } from '../bound-copies.ts';
import type { RadiusColumns, Volumes } from '../columns/radius-columns.ts';
import { channelOf, countryOf, findVolumes, volumesOfCopies } from '../columns/radius-columns.ts';
import { isOpenCode, tierOfCode } from '../copy-tiers.ts';
import type { ExposedArtifactFilter } from '../list-exposed-artifacts.ts';
import { filterRows, worstCaseStepOf } from '../list-exposed-artifacts.ts';

export type RadiusSumBy = 'TYPE' | 'SENSITIVITY' | 'WORST_CASE' | 'COUNTRY' | 'CHANNEL';

/** Counts, losses and volume of the artifacts under one key. */
export interface RadiusSum {
  /** Null: not known, or the artifacts are only revealed. */
  readonly key: string | null;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
  readonly records: VolumeSum;
  readonly bytes: VolumeSum;
}

/** The most keys that one answer lists. */
export const maxSums = 20_000;

/**
 * Sums over the artifacts of a radius that match a filter, by a key. By TYPE, SENSITIVITY and WORST_CASE (the lower end of its step, see
 * `worstCaseStepOf`), each artifact counts once, with its own figures. By COUNTRY of the holder and by CHANNEL of the transfer, an artifact counts once under each key of its copies with a tier, with
 * the figures that these copies alone give (semantics §4): what other copies add, and what is revealed, is left out. So keys overlap.
 *
 * @returns by worst-case loss, the largest first, then key; null last among equals
 * Throws LIMIT_EXCEEDED over 20,000 keys.
 * Complexity: O(copies with a tier of these artifacts + keys x log keys).
 */
export function sumRadiusBy(radius: BlastRadius, by: RadiusSumBy, filter: ExposedArtifactFilter): RadiusSum[] {
  const { columns } = radius;
  const rows = filterRows(columns, filter);
  const sums = new Map<string | null, Sum>();
  const sumOf = (key: string | null) => getOrInsert(sums, key, () => new Sum(key));
  if (by === 'COUNTRY' || by === 'CHANNEL') {
    const keyOf = by === 'COUNTRY' ? countryOf(columns) : channelOf(columns);
    for (const row of rows) addByCopies(columns, row, keyOf, sumOf);
  } else {
    for (const row of rows) sumOf(ownKeyOf(columns, row, by)).addRow(columns, row);
  }
  if (sums.size > maxSums) {
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      `The artifacts in reach have ${sums.size.toLocaleString('en-US')} keys; at most ${maxSums.toLocaleString('en-US')} are listed. Ask with a filter.`,
    );
  }
  return [...sums.values()].sort(
    (a, b) =>
      compareLargestFirst(a.worstCaseLossUsd, b.worstCaseLossUsd) ||
      Number(a.key === null) - Number(b.key === null) ||
      compareCodePoints(a.key ?? '', b.key ?? ''),
  );
}

function ownKeyOf({ projection, exposed }: RadiusColumns, row: number, by: 'TYPE' | 'SENSITIVITY' | 'WORST_CASE'): string {
  const { type, sensitivity } = projection.artifacts;
  const artifact = exposed.artifact[row] as number;
  switch (by) {
    case 'TYPE':
      return artifactTypes[type[artifact] as number] as string;
    case 'SENSITIVITY':
      return String(sensitivity[artifact]);
    case 'WORST_CASE':
      return String(worstCaseStepOf(exposed.worstCaseLossUsd[row] as number));
  }
}

class Sum implements RadiusSum {
  readonly key: string | null;
  exposedCount = 0;
  possibleCount = 0;
  containedCount = 0;
  worstCaseLossUsd = 0;
  weightedLossUsd = 0;
  readonly records = new ArtifactsVolume();
  readonly bytes = new ArtifactsVolume();

  constructor(key: string | null) {
    this.key = key;
  }

  /** Adds an artifact with its own figures. */
  addRow(columns: RadiusColumns, row: number): void {
    const { exposed } = columns;
    this.add(tiers[exposed.tier[row] as number] as Tier, exposed.worstCaseLossUsd[row] as number, exposed.weightedLossUsd[row] as number);
    this.#addVolumes(findVolumes(columns, row));
  }

  /** Adds an artifact with the figures of some of its copies. @param positions in `held`, ascending */
  addCopies(columns: RadiusColumns, artifact: number, positions: readonly number[]): void {
    const { held, own, projection } = columns;
    const { worstValueUsd, meanValueUsd } = projection.artifacts;
    let tier: Tier | undefined;
    let weightedShare = 0;
    const open: number[] = [];
    for (const at of positions) {
      const code = held.code[at] as number;
      tier = strongerTier(tier, tierOfCode(code));
      if (!isOpenCode(code)) continue;
      open.push(held.copy[at] as number);
      weightedShare = Math.max(weightedShare, weightedShareOf(own.chance[at] as number, held.portion[at] as number));
    }
    const { high } = boundCopies(projection, open);
    this.add(
      tier as Tier,
      worstCaseLossOf(tier as Tier, worstValueUsd[artifact] as number, high),
      weightedLossOf(weightedShare, meanValueUsd[artifact] as number),
    );
    this.#addVolumes(volumesOfCopies(columns, positions));
  }

  #addVolumes({ records, bytes }: Volumes): void {
    this.records.add(records);
    this.bytes.add(bytes);
  }

  private add(tier: Tier, worstCaseLossUsd: number, weightedLossUsd: number): void {
    if (tier === 'EXPOSED') this.exposedCount++;
    else if (tier === 'POSSIBLE') this.possibleCount++;
    else this.containedCount++;
    this.worstCaseLossUsd += worstCaseLossUsd;
    this.weightedLossUsd += weightedLossUsd;
  }
}

/** Adds an artifact once under each key of its copies; an artifact that is only revealed under null, with its own figures. */
function addByCopies(
  columns: RadiusColumns,
  row: number,
  keyOf: (position: number) => string | null,
  sumOf: (key: string | null) => Sum,
): void {
  const { exposed, held } = columns;
  const place = exposed.place[row] as number;
  if (place < 0) {
    sumOf(null).addRow(columns, row);
    return;
  }
  const byKey = new Map<string | null, number[]>();
  for (let at = held.offsets[place] as number; at < (held.offsets[place + 1] as number); at++)
    getOrInsert(byKey, keyOf(at), () => [] as number[]).push(at);
  for (const [key, positions] of byKey) sumOf(key).addCopies(columns, exposed.artifact[row] as number, positions);
}
