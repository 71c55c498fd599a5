import { artifactTypes } from '../domain/facts.ts';
import type { Assessment } from '../domain/records/assessment.ts';
import { WayExplainer } from '../exposure/radius/because.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import { findFirstWay } from '../exposure/radius/columns/ways-of-row.ts';
import type { ExposedArtifactFilter } from '../exposure/radius/list-exposed-artifacts.ts';
import { listRows } from '../exposure/radius/list-exposed-artifacts.ts';
import { deletionStateOf, formOf } from '../projection/copy-fields.ts';
import { rowOf } from '../projection/csr.ts';
import { chainOf, copyId } from '../projection/custody.ts';
import { copyKinds } from '../projection/projection.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { RowWriter } from './row-writer.ts';
import type { RowTable } from './rows.ts';
import { instantValue, tableOf } from './rows.ts';

/* The lists of a radius as rows: the same rows as in GraphQL, complete and unrounded (semantics §11, 7). */

/** The columns of a blast radius as CSV, in their order. */
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
  'assessment',
  'because',
] as const;

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

/** Writes rows of `radius.columns.exposed`. */
class RadiusRowWriter {
  readonly #radius: BlastRadius;
  readonly #assessments: ReadonlyMap<string, Assessment>;
  readonly #explainer: WayExplainer;
  /** By position in `reached`. */
  readonly #organizationOf: Int32Array;

  constructor(radius: BlastRadius, assessments: ReadonlyMap<string, Assessment>) {
    this.#radius = radius;
    this.#assessments = assessments;
    this.#explainer = new WayExplainer(radius.projection, radius.scenario);
    this.#organizationOf = Int32Array.from(radius.reached, ({ organization }) => organization);
  }

  writeAll(rows: Int32Array, out: RowWriter): void {
    for (const row of rows) this.#write(row, out);
  }

  /** In the order of `blastRadiusColumns`. */
  #write(row: number, out: RowWriter): void {
    const { columns } = this.#radius;
    const { exposed } = columns;
    const { artifacts, organizations } = columns.projection;
    const artifact = exposed.artifact[row] as number;
    out.beginRow();
    out.writeTextAt(artifacts.id, artifact);
    out.writeTextAt(artifacts.name, artifact);
    this.#writeKind(row, artifact, out);
    this.#writePortions(row, out);
    out.writeNumber(exposed.likelihood[row] as number);
    out.writeNumber(exposed.weightedShare[row] as number);
    out.writeNumber(exposed.worstCaseLossUsd[row] as number);
    out.writeNumber(exposed.weightedLossUsd[row] as number);
    const holders = columns.holdersOf(row);
    for (let i = 0; i < holders.length; i++) holders[i] = this.#organizationOf[holders[i] as number] as number;
    out.writeListAt(organizations.id, holders);
    out.write(this.#assessments.size === 0 ? null : (this.#assessments.get(artifacts.id.get(artifact))?.state ?? null));
    out.beginText();
    this.#explainer.write(findFirstWay(columns, row), out);
    out.endText();
    out.endRow();
  }

  /** Columns 2 to 5. */
  #writeKind(row: number, artifact: number, out: RowWriter): void {
    const { exposed, projection } = this.#radius.columns;
    const { artifacts, organizations } = projection;
    const [type, owner] = [artifacts.type[artifact] as number, artifacts.owner[artifact] as number];
    const [tier, isHeld] = [exposed.tier[row] as number, exposed.isHeld[row] as number];
    const key = ((owner * artifactTypes.length + type) * tiers.length + tier) * 2 + isHeld;
    if (out.writeRun(2, 4, key)) return;
    const start = out.size;
    out.writeWord(artifactTypes[type] as string);
    out.writeTextAt(organizations.id, owner);
    out.writeWord(tiers[tier] as string);
    out.writeWord(isHeld === 1 ? 'HELD' : 'REVEALED');
    out.keepRun(2, key, start);
  }

  /** Columns 6 to 10. Most portions are 0 or 1. */
  #writePortions(row: number, out: RowWriter): void {
    const { exposed } = this.#radius.columns;
    const [low, high] = [exposed.low[row] as number, exposed.high[row] as number];
    const [exposedLow, exposedHigh] = [exposed.exposedLow[row] as number, exposed.exposedHigh[row] as number];
    const isUsable = exposed.isUsable[row] as number;
    const isWhole = isNoneOrAll(low) && isNoneOrAll(high) && isNoneOrAll(exposedLow) && isNoneOrAll(exposedHigh);
    const key = (((isUsable * 2 + low) * 2 + high) * 2 + exposedLow) * 2 + exposedHigh;
    if (isWhole && out.writeRun(6, 5, key)) return;
    const start = out.size;
    out.writeNumber(low);
    out.writeNumber(high);
    out.writeNumber(exposedLow);
    out.writeNumber(exposedHigh);
    out.writeFlag(isUsable === 1);
    if (isWhole) out.keepRun(6, key, start);
  }
}

const isNoneOrAll = (portion: number) => portion === 0 || portion === 1;

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
