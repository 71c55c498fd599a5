import { evidenceTypes, pairKey } from '../domain/facts.ts';
import type { PagedList } from '../domain/paged-list.ts';
import type { Acceptance } from '../domain/records/saved-texts.ts';
import type { ControlGap } from '../exposure/controls/control-gap.ts';
import type { FactReference, Finding, NamedFinding } from '../exposure/findings/finding.ts';
import type { Notice } from '../exposure/radius/notices.ts';
import type { RankedOrganization } from '../exposure/rankings/ranking.ts';
import { none, type Projection } from '../projection/projection.ts';
import { instantValue, type RowTable, tableOf } from './rows.ts';

const findingColumns = ['id', 'kind', 'message', 'facts', 'acceptance'] as const;

/** All rows of `Query.findings`. `facts` lists keys, and `acceptance` is the reason of the acceptance. */
export function findingRows(
  projection: Projection,
  findings: PagedList<Finding | NamedFinding>,
  acceptances: ReadonlyMap<string, Acceptance>,
): RowTable {
  return tableOf('findings', findingColumns, findings, (finding) => ({
    id: finding.id,
    kind: finding.kind,
    message: finding.message,
    facts: 'keys' in finding ? finding.keys.map(({ key }) => key) : finding.facts.map((fact) => factKey(projection, fact)),
    acceptance: acceptances.get(finding.id)?.reason ?? null,
  }));
}

/** The key of a fact, as in `factId` of the API. */
export function factKey(
  { organizations, artifacts, engagements, transfers, access, reveals, controls }: Projection,
  { kind, index }: FactReference,
): string {
  switch (kind) {
    case 'ORGANIZATION':
      return organizations.id.get(index);
    case 'ARTIFACT':
      return artifacts.id.get(index);
    case 'ENGAGEMENT':
      return engagements.id.get(index);
    case 'TRANSFER':
      return transfers.id.get(index);
    case 'ACCESS':
      return access.id.get(index);
    case 'REVEALS':
      return pairKey(artifacts.id.get(reveals.artifact[index] as number), artifacts.id.get(reveals.reveals[index] as number));
    case 'CONTROL':
      return pairKey(organizations.id.get(controls.organization[index] as number), controls.control.get(index) as string);
  }
}

const gapColumns = [
  'organization',
  'highest_sensitivity',
  'because',
  'required',
  'met',
  'missing',
  'reasons',
  'least_evidence',
  'held_evidence',
] as const;

/**
 * All rows of `Query.controlGaps`. `missing` lists the names of the missing controls; the last three gapColumns say of each, in this order, why it
 * is missing, the least evidence that would do, and the evidence that does not do (`NONE` without one).
 */
export function controlGapRows(projection: Projection, gaps: PagedList<ControlGap>): RowTable {
  const { organizations } = projection;
  // A server that holds a part of the facts has no controls, and then nothing is at hand.
  const evidenceOf = (held: number) => evidenceTypes[projection.controls.evidenceType[held] as number] as string;
  return tableOf('control-gaps', gapColumns, gaps, (gap) => ({
    organization: organizations.id.get(gap.organization),
    highest_sensitivity: gap.highestSensitivity,
    because: gap.because,
    required: gap.required,
    met: gap.met,
    missing: gap.missing.map(({ control }) => control),
    reasons: gap.missing.map(({ reason }) => reason),
    least_evidence: gap.missing.map(({ leastEvidence }) => leastEvidence),
    held_evidence: gap.missing.map(({ held, heldElsewhere }) =>
      held === none ? (heldElsewhere?.evidenceType ?? 'NONE') : evidenceOf(held),
    ),
  }));
}

const rankingColumns = [
  'organization',
  'position',
  'reached_count',
  'artifact_count',
  'exposed_count',
  'possible_count',
  'contained_count',
  'lab_count',
  'dependent_count',
  'worst_case_loss_usd',
  'weighted_loss_usd',
] as const;

/** All rows of `Query.ranking`, unrounded. */
export function rankingRows({ organizations }: Projection, rows: readonly RankedOrganization[]): RowTable {
  return tableOf('ranking', rankingColumns, rows, (row) => ({
    organization: organizations.id.get(row.organization),
    position: row.position,
    reached_count: row.reachedCount,
    artifact_count: row.exposedCount + row.possibleCount,
    exposed_count: row.exposedCount,
    possible_count: row.possibleCount,
    contained_count: row.containedCount,
    lab_count: row.labCount,
    dependent_count: row.dependentCount,
    worst_case_loss_usd: row.worstCaseLossUsd,
    weighted_loss_usd: row.weightedLossUsd,
  }));
}

const noticeColumns = [
  'lab',
  'notifier',
  'engagement',
  'due_at',
  'state',
  'note',
  'told_at',
  'answered_at',
  'owner',
  'by',
  'term',
] as const;

/** All rows of `Incident.notices`. `term` says how each notice stands to its term. */
export function noticeRows({ organizations, engagements }: Projection, notices: readonly Notice[]): RowTable {
  const instant = (value: number | null) => (value === null ? null : instantValue(value));
  return tableOf('notices', noticeColumns, notices, (notice) => ({
    lab: organizations.id.get(notice.lab),
    notifier: notice.notifier === none ? null : organizations.id.get(notice.notifier),
    engagement: notice.engagement === none ? null : engagements.id.get(notice.engagement),
    due_at: instant(notice.dueAt),
    state: notice.state,
    note: notice.note,
    told_at: instant(notice.toldAt),
    answered_at: instant(notice.answeredAt),
    owner: notice.owner,
    by: notice.by,
    term: notice.term,
  }));
}
