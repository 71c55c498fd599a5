import { countOf, formatCount, joinNames } from '../format/count.ts';
import { formatDay, formatLastDay } from '../format/instant.ts';
import { capitalize } from '../format/words.ts';
import type { ControlEvidenceFragment, ControlStatesFragment, EvidenceType, MissingControlReason } from '../generated/operations.ts';

/* Controls in one definition: those required at the highest sensitivity that an organization holds or can reach (semantics §9). */

export type ControlState = 'MISSING' | 'EXPIRED' | 'TOO_WEAK' | 'MET';
export type Evidence = ControlEvidenceFragment['edges'][number]['node'];

/** A required control with its state, and the evidence on record. */
export interface RequiredControl {
  readonly control: string;
  readonly state: ControlState;
  /** Whether its issuer does not count in this question. */
  readonly isDiscounted: boolean;
  /** Null where the control is met. */
  readonly leastEvidence: EvidenceType | null;
  /** Undefined: none is recorded. */
  readonly evidence: Evidence | undefined;
}

const STATE_OF: Readonly<Record<MissingControlReason, ControlState>> = {
  NO_EVIDENCE: 'MISSING',
  EXPIRED: 'EXPIRED',
  TOO_WEAK: 'TOO_WEAK',
  ISSUER_DISCOUNTED: 'TOO_WEAK',
};

/** In the order in which they are listed. */
const STATES: readonly ControlState[] = ['MISSING', 'EXPIRED', 'TOO_WEAK', 'MET'];

export const STATE_WORDS: Readonly<Record<ControlState, string>> = {
  MISSING: 'missing',
  EXPIRED: 'expired',
  TOO_WEAK: 'too weak',
  MET: 'met',
};

const EVIDENCE: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'self-attested',
  QUESTIONNAIRE: 'questionnaire',
  CERTIFICATE: 'certificate',
  AUDIT_REPORT: 'audit report',
  TESTED: 'tested',
};

/**
 * The required controls: missing, expired, too weak, then met; within a state in the policy's order.
 *
 * @param withoutIssuers ids of organizations whose evidence does not count
 */
export function requiredControls(
  gap: ControlStatesFragment,
  recorded: ControlEvidenceFragment,
  withoutIssuers: readonly string[] = [],
): readonly RequiredControl[] {
  const reasons = new Map(gap.missing.map((row) => [row.control, row]));
  const evidence = new Map(recorded.edges.map(({ node }) => [node.control, node]));
  const rows = gap.required.map((control): RequiredControl => {
    const held = evidence.get(control);
    const missing = reasons.get(control);
    const isDiscounted = missing?.reason === 'ISSUER_DISCOUNTED' || (held?.issuer != null && withoutIssuers.includes(held.issuer.id));
    const state = isDiscounted ? 'TOO_WEAK' : missing === undefined ? 'MET' : STATE_OF[missing.reason];
    return { control, state, isDiscounted, leastEvidence: missing?.leastEvidence ?? null, evidence: held };
  });
  return STATES.flatMap((state) => rows.filter((row) => row.state === state));
}

/** Evidence of controls that nothing requires of the organization. It is never part of a figure. */
export function recordedBeyond(gap: ControlStatesFragment, recorded: ControlEvidenceFragment): readonly Evidence[] {
  return recorded.edges.map(({ node }) => node).filter(({ control }) => !gap.required.includes(control));
}

/** How many required controls are in each state. */
export type StateCounts = Readonly<Record<ControlState, number>>;

export function countStates(states: readonly ControlState[]): StateCounts {
  const counts = { MISSING: 0, EXPIRED: 0, TOO_WEAK: 0, MET: 0 };
  for (const state of states) counts[state]++;
  return counts;
}

/** The states of a gap's required controls. */
export function gapStates(gap: {
  readonly met: readonly string[];
  readonly missing: readonly { readonly reason: MissingControlReason }[];
}) {
  return [...gap.met.map((): ControlState => 'MET'), ...gap.missing.map(({ reason }) => STATE_OF[reason])];
}

/** "6 of 11 met", "none required". */
export function metWords(counts: StateCounts): string {
  const required = requiredCount(counts);
  return required === 0 ? 'none required' : `${formatCount(counts.MET)} of ${formatCount(required)} met`;
}

/** "1 too weak, 2 expired, 2 missing"; "none" where all are met. */
export function unmetWords(counts: StateCounts): string {
  const parts = (['TOO_WEAK', 'EXPIRED', 'MISSING'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${STATE_WORDS[state]}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

export function requiredCount(counts: StateCounts): number {
  return STATES.reduce((sum, state) => sum + counts[state], 0);
}

/** The evidence of a control, or what it needs: "audit report, Northgate Assurance"; "needs an audit report or better". */
export function evidenceLine({ state, isDiscounted, evidence, leastEvidence }: RequiredControl): string {
  if (evidence === undefined) return state === 'MET' ? 'evidence on record' : `needs ${needWords(leastEvidence)}`;
  if (isDiscounted) return `${evidenceWords(evidence)}; its issuer does not count`;
  if (state === 'TOO_WEAK') return `${evidenceWords(evidence)}; needs ${needWords(leastEvidence)}`;
  return evidenceWords(evidence);
}

function needWords(least: EvidenceType | null): string {
  if (least === null) return 'evidence';
  if (least === 'SELF_ATTESTED') return 'any evidence';
  if (least === 'TESTED') return 'a test';
  return `${least === 'AUDIT_REPORT' ? 'an' : 'a'} ${EVIDENCE[least]} or better`;
}

export function evidenceWords({ evidenceType, issuer }: Evidence): string {
  return issuer === null ? EVIDENCE[evidenceType] : `${EVIDENCE[evidenceType]}, ${issuer.name}`;
}

/** "until Mar 14, 2027", "expired Jun 30, 2026", "valid from Jan 4, 2027", "no end recorded", "nothing recorded". */
export function validityLine(evidence: Evidence | undefined, state: ControlState): string {
  if (evidence === undefined) return state === 'MET' ? '' : 'nothing recorded';
  const { expiresAt, issuedAt } = evidence;
  if (state === 'EXPIRED') {
    // Evidence that is not issued yet counts as out of date (semantics §12).
    return expiresAt !== null && Date.parse(expiresAt) <= Date.now()
      ? `expired ${formatLastDay(expiresAt)}`
      : issuedAt === null
        ? `until ${formatLastDay(expiresAt as string)}`
        : `issued ${formatDay(issuedAt)}`;
  }
  return expiresAt === null ? 'no end recorded' : `until ${formatLastDay(expiresAt)}`;
}

/** The names after "Recorded beyond what is required: 2": "background checks and key rotation". */
export function beyondWords(beyond: readonly Evidence[]): string {
  const most = 4;
  const names = beyond
    .slice(0, most)
    .map(({ control }) => controlWords(control).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()));
  const rest = beyond.length - names.length;
  return joinNames(rest > 0 ? [...names, countOf(rest, 'more', 'more')] : names);
}

/** `ENCRYPTION_AT_REST` as `Encryption at rest`. Acronyms stay, and so does the body of a standard: `ISO 27001`. */
export function controlWords(control: string): string {
  if (/^[A-Z]{2,4}$/.test(control)) return control;
  const [first = '', ...rest] = control.split('_');
  return [/\d/.test(control) ? first : capitalize(first.toLowerCase()), ...rest.map((word) => word.toLowerCase())].join(' ');
}
