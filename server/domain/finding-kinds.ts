/** The kinds of findings (semantics §9), in the order of lists. The schema and the page name the same ones. */
export const findingKinds = [
  'CUSTODY_GAP',
  'SENT_AFTER_DELETION',
  'COPY_AFTER_ENGAGEMENT',
  'UNDECLARED_SUBCONTRACTOR',
  'UNKNOWN_SENT_AT',
  'READABLE_AT_HIGHEST_SENSITIVITY',
  'CLAIM_CONTRADICTED',
  'EXPIRED_EVIDENCE',
  'NO_NOTICE_TERM',
  'NO_AUDIT_RIGHT',
  'NO_VALUE',
  'STALE',
  'BLIND_SPOT',
  'POSSIBLE_DUPLICATE',
] as const;
export type FindingKind = (typeof findingKinds)[number];
