import type { FindingKind } from '../generated/operations.ts';

/** Each kind of finding in a few words, in the order of the semantics (§9). */
export const FINDING_TITLES: Readonly<Record<FindingKind, string>> = {
  CUSTODY_GAP: 'Custody gaps',
  SENT_AFTER_DELETION: 'Sent after deletion',
  COPY_AFTER_ENGAGEMENT: 'Copies after the engagement',
  UNDECLARED_SUBCONTRACTOR: 'Undeclared subcontractors',
  UNKNOWN_SENT_AT: 'Unknown transfer dates',
  READABLE_AT_HIGHEST_SENSITIVITY: 'Readable at the highest sensitivity',
  CLAIM_CONTRADICTED: 'Claims contradicted by records',
  EXPIRED_EVIDENCE: 'Expired evidence',
  NO_NOTICE_TERM: 'No notice term',
  NO_AUDIT_RIGHT: 'No audit right',
  NO_VALUE: 'Artifacts without a value',
  STALE: 'Stale records',
  BLIND_SPOT: 'Blind spots',
  POSSIBLE_DUPLICATE: 'Possible duplicates',
};
