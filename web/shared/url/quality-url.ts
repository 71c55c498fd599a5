import type { FindingKind } from '../generated/operations.ts';
import { readInstant, readWord, shortInstant, writeValue } from './params.ts';

/** In the order of the semantics (§9). */
const FINDING_KINDS = [
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
] as const satisfies readonly FindingKind[];

const SHOWN = ['open', 'accepted'] as const;

/** The whole state of a Data quality view. */
export interface QualityState {
  /** Null: the first kind that has open findings. */
  readonly rule: FindingKind | null;
  readonly show: (typeof SHOWN)[number];
  readonly knownAt: string | null;
}

export function parseQualityState(params: URLSearchParams): QualityState {
  return {
    rule: readWord(params, 'rule', FINDING_KINDS),
    show: readWord(params, 'show', SHOWN) ?? 'open',
    knownAt: readInstant(params.get('knownAt')),
  };
}

/** The page that says who has software lists. */
export const coverageHref = '/quality/software';

export function isCoveragePath(path: string): boolean {
  return path === coverageHref;
}

export function qualityHref(state: QualityState): string {
  const params = new URLSearchParams();
  writeValue(params, 'rule', state.rule);
  if (state.show !== 'open') params.set('show', state.show);
  writeValue(params, 'knownAt', state.knownAt === null ? null : shortInstant(state.knownAt));
  return params.size === 0 ? '/quality' : `/quality?${params}`;
}
