import { artifactTypes } from '../domain/facts.ts';
import type { Assessment } from '../domain/records/assessment.ts';
import type { Holding } from '../exposure/radius/because.ts';
import { WayExplainer } from '../exposure/radius/because.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import { findVolume } from '../exposure/radius/carried-volume.ts';
import { findFirstWay } from '../exposure/radius/columns/ways-of-row.ts';
import type { WayIn } from '../exposure/radius/radius-types.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { RowWriter } from './row-writer.ts';

/** The columns of a blast radius as CSV, in their order. */
export const blastRadiusColumns = [
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
  'records_low',
  'records_high',
  'bytes_low',
  'bytes_high',
] as const;

/** The places in `#figures` of the figures of a row that was read. */
const figure = {
  low: 0,
  high: 1,
  exposedLow: 2,
  exposedHigh: 3,
  isUsable: 4,
  likelihood: 5,
  weightedShare: 6,
  worstCase: 7,
  weighted: 8,
} as const;
const figuresInRow = 9;

/** The places in `#places` of the other values of that row. */
const place = { artifact: 0, owner: 1, kind: 2, idStart: 3, idEnd: 4, nameStart: 5, nameEnd: 6 } as const;
const placesInRow = 7;

/**
 * Writes rows of `radius.columns.exposed`.
 *
 * The values of some rows are read, column by column, before any row is written. They lie far apart in memory, and the processor waits for
 * many at once where little else is done between two reads.
 */
export class RadiusRowWriter {
  readonly #radius: BlastRadius;
  readonly #assessments: ReadonlyMap<string, Assessment>;
  readonly #explainer: WayExplainer;
  /** By position in `reached`. */
  readonly #organizationOf: Int32Array;
  /** The rows that were read. */
  #figures = new Float64Array(0);
  #places = new Uint32Array(0);

  constructor(radius: BlastRadius, assessments: ReadonlyMap<string, Assessment>) {
    this.#radius = radius;
    this.#assessments = assessments;
    this.#explainer = new WayExplainer(radius.projection, radius.scenario);
    this.#organizationOf = Int32Array.from(radius.reached, ({ organization }) => organization);
  }

  /** @param rows so few that their values stay in the fastest memory */
  writeAll(rows: Int32Array, out: RowWriter): void {
    this.#readFigures(rows);
    this.#readPlaces(rows);
    const { columns } = this.#radius;
    const ways: WayIn[] = [];
    for (let i = 0; i < rows.length; i++) ways.push(findFirstWay(columns, rows[i] as number));
    const holdings = ways.map((way) => this.#explainer.read(way));
    for (let i = 0; i < rows.length; i++) this.#write(i, rows[i] as number, holdings[i] as Holding, out);
  }

  #readFigures(rows: Int32Array): void {
    const { exposed } = this.#radius.columns;
    if (this.#figures.length < rows.length * figuresInRow) this.#figures = new Float64Array(rows.length * figuresInRow);
    const figures = this.#figures;
    for (let i = 0, at = 0; i < rows.length; i++, at += figuresInRow) {
      const row = rows[i] as number;
      figures[at + figure.low] = exposed.low[row] as number;
      figures[at + figure.high] = exposed.high[row] as number;
      figures[at + figure.exposedLow] = exposed.exposedLow[row] as number;
      figures[at + figure.exposedHigh] = exposed.exposedHigh[row] as number;
      figures[at + figure.isUsable] = exposed.isUsable[row] as number;
      figures[at + figure.likelihood] = exposed.likelihood[row] as number;
      figures[at + figure.weightedShare] = exposed.weightedShare[row] as number;
      figures[at + figure.worstCase] = exposed.worstCaseLossUsd[row] as number;
      figures[at + figure.weighted] = exposed.weightedLossUsd[row] as number;
    }
  }

  #readPlaces(rows: Int32Array): void {
    const { exposed, projection } = this.#radius.columns;
    const { id, name, owner, type } = projection.artifacts;
    if (this.#places.length < rows.length * placesInRow) this.#places = new Uint32Array(rows.length * placesInRow);
    const places = this.#places;
    for (let i = 0, at = 0; i < rows.length; i++, at += placesInRow) {
      const row = rows[i] as number;
      const artifact = exposed.artifact[row] as number;
      places[at + place.artifact] = artifact;
      places[at + place.owner] = owner[artifact] as number;
      const kind = (type[artifact] as number) * tiers.length + (exposed.tier[row] as number);
      places[at + place.kind] = kind * 2 + (exposed.isHeld[row] as number);
      places[at + place.idStart] = id.startOf(artifact);
      places[at + place.idEnd] = id.endOf(artifact);
      places[at + place.nameStart] = name.startOf(artifact);
      places[at + place.nameEnd] = name.endOf(artifact);
    }
  }

  /**
   * In the order of `blastRadiusColumns`.
   *
   * @param i the position among the rows that were read
   */
  #write(i: number, row: number, holding: Holding, out: RowWriter): void {
    const { columns } = this.#radius;
    const { artifacts, organizations } = columns.projection;
    const [places, at] = [this.#places, i * placesInRow];
    out.beginRow();
    out.writeRange(artifacts.id, places[at + place.idStart] as number, places[at + place.idEnd] as number);
    out.writeRange(artifacts.name, places[at + place.nameStart] as number, places[at + place.nameEnd] as number);
    this.#writeKind(places[at + place.owner] as number, places[at + place.kind] as number, out);
    this.#writeFigures(i * figuresInRow, out);
    const holders = columns.holdersOf(row);
    for (let j = 0; j < holders.length; j++) holders[j] = this.#organizationOf[holders[j] as number] as number;
    out.writeListAt(organizations.id, holders);
    out.write(
      this.#assessments.size === 0 ? null : (this.#assessments.get(artifacts.id.get(places[at + place.artifact] as number))?.state ?? null),
    );
    out.beginText();
    this.#explainer.write(holding, out);
    out.endText();
    for (const unit of ['records', 'bytes'] as const) {
      const { low, high } = findVolume(columns, row, unit);
      out.writeNumber(low);
      out.writeNumber(high);
    }
    out.endRow();
  }

  /** Columns 2 to 5. */
  #writeKind(owner: number, kind: number, out: RowWriter): void {
    const key = owner * (artifactTypes.length * tiers.length * 2) + kind;
    if (out.writeRun(2, 4, key)) return;
    const start = out.size;
    const tier = Math.floor(kind / 2);
    out.writeWord(artifactTypes[Math.floor(tier / tiers.length)] as string);
    out.writeTextAt(this.#radius.projection.organizations.id, owner);
    out.writeWord(tiers[tier % tiers.length] as string);
    out.writeWord(kind % 2 === 1 ? 'HELD' : 'REVEALED');
    out.keepRun(2, key, start);
  }

  /** Columns 6 to 14. Most portions are 0 or 1. */
  #writeFigures(at: number, out: RowWriter): void {
    const figures = this.#figures;
    const [low, high] = [figures[at + figure.low] as number, figures[at + figure.high] as number];
    const [exposedLow, exposedHigh] = [figures[at + figure.exposedLow] as number, figures[at + figure.exposedHigh] as number];
    const isUsable = figures[at + figure.isUsable] as number;
    const isWhole = isNoneOrAll(low) && isNoneOrAll(high) && isNoneOrAll(exposedLow) && isNoneOrAll(exposedHigh);
    const key = (((isUsable * 2 + low) * 2 + high) * 2 + exposedLow) * 2 + exposedHigh;
    if (!isWhole || !out.writeRun(6, 5, key)) {
      const start = out.size;
      out.writeNumber(low);
      out.writeNumber(high);
      out.writeNumber(exposedLow);
      out.writeNumber(exposedHigh);
      out.writeFlag(isUsable === 1);
      if (isWhole) out.keepRun(6, key, start);
    }
    out.writeNumber(figures[at + figure.likelihood] as number);
    out.writeNumber(figures[at + figure.weightedShare] as number);
    out.writeNumber(figures[at + figure.worstCase] as number);
    out.writeNumber(figures[at + figure.weighted] as number);
  }
}

const isNoneOrAll = (portion: number) => portion === 0 || portion === 1;
