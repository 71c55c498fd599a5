import { setImmediate as nextTurn } from 'node:timers/promises';
import { firstIndex } from '../../domain/compare.ts';
import type { EvidenceType } from '../../domain/facts.ts';
import { type CustodyKind, evidenceTypes, pairKey } from '../../domain/facts.ts';
import type { FindingKind } from '../../domain/finding-kinds.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { ControlGap, MissingControl } from '../../exposure/controls/control-gap.ts';
import type { NamedFinding } from '../../exposure/findings/finding.ts';
import type { ExposureCount } from '../../exposure/rankings/artifact-exposure.ts';
import type { LabConcentration, LabSafeguards, Safeguard, SharedHolder } from '../../exposure/rankings/concentration.ts';
import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import type { TextColumn } from '../../projection/columns/text-column.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { MissingControlReason } from '../../rules/required-controls.ts';
import type { RowFile } from './batch-results.ts';

/*
 * The rows of attached results as the values that a server computes. A row about a record that is no more is left out.
 */

type Row = Readonly<Record<string, number>> & { readonly organization: string; readonly artifact: string };

/** The index of a record that a row names, with a value made of it; nothing if the record is no more. */
function about<T>(ids: TextColumn, id: string, make: (index: number) => T): T[] {
  const index = ids.find(id);
  return index < 0 ? [] : [make(index)];
}

/** By organization. Has no value for an organization that came later. */
export function batchTotals({ organizations }: Projection, rows: RowFile): RankedTotals[] {
  const totals: RankedTotals[] = [];
  for (const row of rows.all<Row>()) {
    const index = organizations.id.find(row.organization);
    if (index < 0) continue;
    totals[index] = {
      reachedCount: row.reached_count as number,
      exposedCount: row.exposed_count as number,
      possibleCount: row.possible_count as number,
      containedCount: row.contained_count as number,
      labCount: row.lab_count as number,
      worstCaseLossUsd: row.worst_case_loss_usd as number,
      weightedLossUsd: row.weighted_loss_usd as number,
      dependentCount: row.dependent_count as number,
    };
  }
  return totals;
}

export function batchExposures({ artifacts }: Projection, rows: RowFile): ExposureCount[] {
  return rows
    .all<Row>()
    .flatMap((row) =>
      about(artifacts.id, row.artifact, (artifact) => ({ artifact, count: row.count as number, share: row.share as number })),
    );
}

interface ConcentrationRow {
  readonly lab: string;
  readonly herfindahl_index: number | null;
  readonly holder_count: number;
  readonly holders: readonly string[];
  readonly shares: readonly number[];
}

export function batchConcentration({ organizations }: Projection, rows: RowFile): LabConcentration[] {
  const { id } = organizations;
  return rows.all<ConcentrationRow>().flatMap((row) =>
    about(id, row.lab, (lab) => ({
      lab,
      herfindahlIndex: row.herfindahl_index,
      holderCount: row.holder_count,
      holders: row.holders.flatMap((holder, i) => about(id, holder, (index) => ({ holder: index, share: row.shares[i] as number }))),
    })),
  );
}

export function batchSafeguards({ organizations }: Projection, rows: RowFile): LabSafeguards[] {
  return rows.all<Readonly<Record<string, number>>>().flatMap((row) => {
    const safeguard = (name: string): Safeguard => ({
      providerCount: row[`${name}_provider_count`] as number,
      valueUsd: row[`${name}_value_usd`] as number,
    });
    return about(organizations.id, row.lab as unknown as string, (lab) => ({
      lab,
      providerCount: row.provider_count as number,
      valueUsd: row.value_usd as number,
      auditRight: safeguard('audit_right'),
      noAuditRight: safeguard('no_audit_right'),
      noticeTerm: safeguard('notice_term'),
      encryption: safeguard('encryption'),
    }));
  });
}

export function batchSharedHolders({ organizations }: Projection, rows: RowFile): SharedHolder[] {
  const { id } = organizations;
  return rows.all<{ readonly holder: string; readonly labs: readonly string[]; readonly artifact_count: number }>().flatMap((row) =>
    about(id, row.holder, (holder) => ({
      holder,
      labs: row.labs.flatMap((lab) => about(id, lab, (index) => index)),
      artifactCount: row.artifact_count,
    })),
  );
}

interface GapRow {
  readonly organization: string;
  readonly highest_sensitivity: number;
  readonly because: string;
  readonly required: readonly string[];
  readonly met: readonly string[];
  readonly missing: readonly string[];
  readonly reasons: readonly MissingControlReason[];
  readonly least_evidence: readonly EvidenceType[];
  readonly held_evidence: readonly string[];
}

export function batchControlGaps({ organizations }: Projection, rows: RowFile): ControlGap[] {
  return rows.all<GapRow>().flatMap((row) =>
    about(organizations.id, row.organization, (organization) => ({
      organization,
      highestSensitivity: row.highest_sensitivity,
      because: row.because,
      required: row.required,
      met: row.met,
      missing: row.missing.map((control, i): MissingControl => {
        const evidenceType = evidenceTypes.find((type) => type === row.held_evidence[i]);
        return {
          control,
          leastEvidence: row.least_evidence[i] as EvidenceType,
          reason: row.reasons[i] as MissingControlReason,
          held: none,
          ...(evidenceType === undefined ? {} : { heldElsewhere: { key: pairKey(row.organization, control), evidenceType } }),
        };
      }),
    })),
  );
}

interface FindingRow {
  readonly id: string;
  readonly kind: FindingKind;
  readonly message: string;
  readonly facts: readonly string[];
  readonly fact_kinds: readonly CustodyKind[];
}

/** A range of rows, all of one kind. */
interface RowsOfKind {
  readonly kind: FindingKind;
  readonly from: number;
  readonly until: number;
}

/** Rows that are parsed before others get their turn. */
const rowsATurn = 2000;

/** Findings as rows on disk, by kind, then message, then id. */
export class BatchFindings implements PagedList<NamedFinding> {
  readonly length: number;
  readonly #rows: RowFile;
  readonly #ranges: readonly RowsOfKind[];

  private constructor(rows: RowFile, ranges: readonly RowsOfKind[]) {
    this.#rows = rows;
    this.#ranges = ranges.filter(({ from, until }) => from < until);
    this.length = this.#ranges.reduce((sum, { from, until }) => sum + until - from, 0);
  }

  /** @param all kinds, in the order of the rows. Complexity: O(kinds x log rows) */
  static from(rows: RowFile, all: readonly FindingKind[]): BatchFindings {
    const placeOf = (at: number) => all.indexOf(rows.slice<FindingRow>(at, at + 1)[0]?.kind as FindingKind);
    const firstOf = (place: number) => firstIndex(rows.length, (at) => placeOf(at) >= place);
    return new BatchFindings(
      rows,
      all.map((kind, place) => ({ kind, from: firstOf(place), until: firstOf(place + 1) })),
    );
  }

  /** The number of findings of each kind that there are any of. */
  get counts(): ReadonlyMap<FindingKind, number> {
    const counts = new Map<FindingKind, number>();
    for (const { kind, from, until } of this.#ranges) counts.set(kind, (counts.get(kind) ?? 0) + until - from);
    return counts;
  }

  slice(from: number, until: number): NamedFinding[] {
    const found: NamedFinding[] = [];
    let start = 0;
    for (const range of this.#ranges) {
      const size = range.until - range.from;
      const [low, high] = [Math.max(0, from - start), Math.min(size, until - start)];
      if (low < high) for (const row of this.#rows.slice<FindingRow>(range.from + low, range.from + high)) found.push(toFinding(row));
      start += size;
    }
    return found;
  }

  /** The findings of these kinds. */
  ofKinds(kinds: readonly FindingKind[]): BatchFindings {
    return new BatchFindings(
      this.#rows,
      this.#ranges.filter(({ kind }) => kinds.includes(kind)),
    );
  }

  /** The findings whose ids are among these, or the others. Complexity: O(findings of the kinds that the ids name). */
  async filter(ids: Iterable<string>, isAmong: boolean): Promise<BatchFindings> {
    const wanted = new Set(ids);
    const kinds = new Set(Array.from(wanted, (id) => id.slice(0, id.indexOf('/'))));
    const among: RowsOfKind[] = [];
    const others: RowsOfKind[] = [];
    for (const { kind, from, until } of this.#ranges) {
      let start = from;
      for (let first = from; kinds.has(kind) && first < until; first += rowsATurn) {
        const rows = this.#rows.slice<FindingRow>(first, Math.min(first + rowsATurn, until));
        for (const [i, { id }] of rows.entries()) {
          if (!wanted.has(id)) continue;
          const at = first + i;
          among.push({ kind, from: at, until: at + 1 });
          others.push({ kind, from: start, until: at });
          start = at + 1;
        }
        await nextTurn();
      }
      others.push({ kind, from: start, until });
    }
    return new BatchFindings(this.#rows, isAmong ? among : others);
  }
}

function toFinding({ id, kind, message, facts, fact_kinds }: FindingRow): NamedFinding {
  return { id, kind, message, keys: facts.map((key, i) => ({ kind: fact_kinds[i] as CustodyKind, key })) };
}
