import type { CopyForm } from '../domain/facts.ts';
import type { AssessmentState } from '../domain/records/incident-log.ts';
import type { Tier } from './copy-tier.ts';

/**
 * Whether the inventory contradicts an assessment through one copy: people say that the artifact was not disclosed, and the copy
 * lay in plaintext at an origin, in scope and for sure, in the core window. The copy then has the tier EXPOSED (semantics §4). Both
 * statements stand: the assessment changes no tier.
 */
export function isContradicted(state: AssessmentState, form: CopyForm, tier: Tier): boolean {
  return state === 'NOT_DISCLOSED' && form === 'PLAINTEXT' && tier === 'EXPOSED';
}
