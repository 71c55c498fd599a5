import { artifactTypes } from '../domain/facts.ts';
import { deletionStateOf, formOf } from '../explore/list-facts.ts';
import { explainWay } from '../exposure/because.ts';
import type { BlastRadius } from '../exposure/blast-radius.ts';
import type { ExposedArtifactFilter } from '../exposure/list-exposed-artifacts.ts';
import { listExposedArtifacts } from '../exposure/list-exposed-artifacts.ts';
import { rowOf } from '../projection/csr.ts';
import { chainOf, copyId } from '../projection/custody.ts';
import { copyKinds } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { instantValue } from './rows.ts';

/* The lists of a radius as rows: the same as GraphQL's, whole and unrounded (semantics §11, 7). */

/** In the order of interface: CSV of a blast radius. */
const blastRadiusColumns = [
  'artifact',
  'name',
  'type',
  'owner',
  'tier',
  'basis',
  'portion_low',
  'portion_high',
  'exposed_low',
  'exposed_high',
  'is_usable',
  'likelihood',
  'weighted_share',
  'worst_case_loss_usd',
  'weighted_loss_usd',
  'holders',
  'because',
] as const;

/** The artifacts that the filter lets through; `because` is the first way's. */
export function blastRadiusRows(radius: BlastRadius, filter: ExposedArtifactFilter = {}): RowTable {
  const { artifacts, organizations } = radius.projection;
  const exposed = listExposedArtifacts(radius, filter);
  return {
    name: 'blast-radius',
    columns: blastRadiusColumns,
    length: exposed.length,
    rowAt(index) {
      const row = exposed[index];
      if (row === undefined) return [];
      const way = row.ways(1)[0];
      return [
        artifacts.id.get(row.artifact),
        artifacts.name.get(row.artifact),
        artifactTypes[artifacts.type[row.artifact] as number] ?? null,
        organizations.id.get(artifacts.owner[row.artifact] as number),
        row.tier,
        row.basis,
        row.portion.low,
        row.portion.high,
        row.exposedPortion.low,
        row.exposedPortion.high,
        row.isUsable,
        row.likelihood,
        row.weightedShare,
        row.worstCaseLossUsd,
        row.weightedLossUsd,
        row.holders.map((holder) => organizations.id.get(holder.organization)),
        way === undefined ? null : explainWay(radius.projection, radius.input, way),
      ];
    },
  };
}

const otherCopyColumns = [
  'id',
  'kind',
  'artifact',
  'holder',
  'transfer',
  'form',
  'deletion_state',
  'portion',
  'fragments',
  'confidence',
  'definite_from',
  'definite_until',
  'possible_from',
  'possible_until',
  'rank',
  'chain',
] as const;
const maxChain = 100;

/** Copies to recall. */
export function otherCopyRows(radius: BlastRadius): RowTable {
  const { projection, otherCopies } = radius;
  const { artifacts, copies, organizations, transfers, fragmentNames } = projection;
  return {
    name: 'other-copies',
    columns: otherCopyColumns,
    length: otherCopies.length,
    rowAt(index) {
      const copy = otherCopies[index] as number;
      const transfer = copies.transfer[copy] as number;
      const names = transfer < 0 ? [] : Array.from(rowOf(transfers.fragments, transfer), (name) => fragmentNames.get(name));
      const rank = copies.rank[copy] as number;
      return [
        copyId(projection, copy),
        copyKinds[copies.kind[copy] as number] ?? null,
        artifacts.id.get(copies.artifact[copy] as number),
        organizations.id.get(copies.holder[copy] as number),
        transfer < 0 ? null : transfers.id.get(transfer),
        formOf(projection, copy),
        deletionStateOf(projection, copy),
        copies.portion[copy] as number,
        names.length === 0 ? null : names,
        copies.confidence[copy] as number,
        instantValue(copies.definiteFrom[copy] as number),
        instantValue(copies.definiteUntil[copy] as number),
        instantValue(copies.possibleFrom[copy] as number),
        instantValue(copies.possibleUntil[copy] as number),
        rank < 0 ? null : rank,
        chainOf(projection, copy, maxChain).map((t) => transfers.id.get(t)),
      ];
    },
  };
}

/** Who engages a reached organization, directly or through others. */
export function dependentRows(radius: BlastRadius, isBlindSpotsOnly = false): RowTable {
  const { organizations, engagements } = radius.projection;
  const rows = isBlindSpotsOnly ? radius.dependents.filter((dependent) => dependent.isBlindSpot) : radius.dependents;
  return {
    name: 'dependents',
    columns: ['organization', 'rank', 'path', 'is_former', 'is_blind_spot'],
    length: rows.length,
    rowAt(index) {
      const row = rows[index];
      if (row === undefined) return [];
      const path = row.path.map((engagement) => engagements.id.get(engagement));
      return [organizations.id.get(row.organization), row.rank, path, row.isFormer, row.isBlindSpot];
    },
  };
}
