import type { Assessment } from '../domain/records/assessment.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { ExposedArtifactFilter } from '../exposure/radius/list-exposed-artifacts.ts';
import { listRows } from '../exposure/radius/list-exposed-artifacts.ts';
import { deletionStateOf, formOf } from '../projection/copy-fields.ts';
import { rowOf } from '../projection/csr.ts';
import { chainOf, copyId } from '../projection/custody.ts';
import { copyKinds } from '../projection/projection.ts';
import { blastRadiusColumns, RadiusRowWriter } from './radius-row-writer.ts';
import type { RowTable } from './rows.ts';
import { instantValue, tableOf } from './rows.ts';

/* The lists of a radius as rows: the same rows as in GraphQL, complete and unrounded (semantics §11, 7). */

/**
 * The artifacts that match the filter. `because` explains the first way in.
 *
 * @param assessments by artifact id
 */
export function blastRadiusRows(
  radius: BlastRadius,
  assessments: ReadonlyMap<string, Assessment>,
  filter: ExposedArtifactFilter = {},
): RowTable {
  const rows = listRows(radius, filter);
  const writer = new RadiusRowWriter(radius, assessments);
  return {
    name: 'blast-radius',
    columns: blastRadiusColumns,
    length: rows.length,
    writeRows(from, until, out) {
      writer.writeAll(rows.slice(from, until), out);
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
  return tableOf('other-copies', otherCopyColumns, otherCopies, (copy) => {
    const transfer = copies.transfer[copy] as number;
    const names = transfer < 0 ? [] : Array.from(rowOf(transfers.fragments, transfer), (name) => fragmentNames.get(name));
    const rank = copies.rank[copy] as number;
    return {
      id: copyId(projection, copy),
      kind: copyKinds[copies.kind[copy] as number] ?? null,
      artifact: artifacts.id.get(copies.artifact[copy] as number),
      holder: organizations.id.get(copies.holder[copy] as number),
      transfer: transfer < 0 ? null : transfers.id.get(transfer),
      form: formOf(projection, copy),
      deletion_state: deletionStateOf(projection, copy),
      portion: copies.portion[copy] as number,
      fragments: names.length === 0 ? null : names,
      confidence: copies.confidence[copy] as number,
      definite_from: instantValue(copies.definiteFrom[copy] as number),
      definite_until: instantValue(copies.definiteUntil[copy] as number),
      possible_from: instantValue(copies.possibleFrom[copy] as number),
      possible_until: instantValue(copies.possibleUntil[copy] as number),
      rank: rank < 0 ? null : rank,
      chain: chainOf(projection, copy, maxChain).map((t) => transfers.id.get(t)),
    };
  });
}

const dependentColumns = ['organization', 'rank', 'path', 'is_former', 'is_blind_spot'] as const;

/** The organizations that engage a reached organization, directly or through others. */
export function dependentRows(radius: BlastRadius, isBlindSpotsOnly = false): RowTable {
  const { organizations, engagements } = radius.projection;
  const rows = isBlindSpotsOnly ? radius.dependents.filter((dependent) => dependent.isBlindSpot) : radius.dependents;
  return tableOf('dependents', dependentColumns, rows, (row) => ({
    organization: organizations.id.get(row.organization),
    rank: row.rank,
    path: row.path.map((engagement) => engagements.id.get(engagement)),
    is_former: row.isFormer,
    is_blind_spot: row.isBlindSpot,
  }));
}
