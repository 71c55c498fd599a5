import type { FindingKind } from '../../shared/generated/operations.ts';

interface FindingWords {
  readonly title: string;
  /** When a finding of this kind is reported (semantics §9). */
  readonly meaning: string;
  /** How it changes a blast radius. */
  readonly effect: string;
  /** How to correct it. */
  readonly remedy: string;
}

/** Each kind of finding in plain words. */
export const FINDING_WORDS: Readonly<Record<FindingKind, FindingWords>> = {
  CUSTODY_GAP: {
    title: 'Custody gaps',
    meaning: 'An organization sent a copy, but no record says that it received one.',
    effect: 'Its copy is implied, with unknown dates, so it is possible at any time.',
    remedy: 'Record the transfer that brought the copy there.',
  },
  SENT_AFTER_DELETION: {
    title: 'Sent after deletion',
    meaning: 'An organization sent a copy after its own copy was deleted.',
    effect: 'One of the two dates is wrong. The radius uses the deletion.',
    remedy: 'Correct the date of the transfer or the date of the deletion.',
  },
  COPY_AFTER_ENGAGEMENT: {
    title: 'Copies after the engagement',
    meaning: 'A copy may still exist although its engagement has ended.',
    effect: 'The copy stays in every radius of its holder. The end of an engagement deletes nothing.',
    remedy: 'Recall the copy, then record its deletion with evidence.',
  },
  UNDECLARED_SUBCONTRACTOR: {
    title: 'Undeclared subcontractors',
    meaning: 'Two organizations passed an artifact on, and no engagement between them is recorded.',
    effect: 'It is unknown who must notify the owner. Dependents may be missing.',
    remedy: 'Record the engagement between the two.',
  },
  UNKNOWN_SENT_AT: {
    title: 'Unknown transfer dates',
    meaning: 'Nobody recorded when a copy was sent.',
    effect: 'The copy is possible since the beginning of time, so it is in the radius of every window.',
    remedy: 'Enter the date of the transfer.',
  },
  READABLE_AT_HIGHEST_SENSITIVITY: {
    title: 'Readable at the highest sensitivity',
    meaning: 'A readable copy of sensitivity 5 is outside its owner’s custody.',
    effect: 'Its holder’s compromise discloses the method.',
    remedy: 'Recall the copy or encrypt it under the owner’s key, then record the change.',
  },
  CLAIM_CONTRADICTED: {
    title: 'Claims contradicted by records',
    meaning: 'An organization has evidence of encryption at rest, and a copy there is recorded as plain text.',
    effect: 'The radius counts the copy as readable.',
    remedy: 'Correct the form of the copy, or the evidence.',
  },
  EXPIRED_EVIDENCE: {
    title: 'Expired evidence',
    meaning: 'Evidence of a required control is out of date.',
    effect: 'None on the radius. The control counts as missing.',
    remedy: 'Ask for current evidence and record it.',
  },
  NO_NOTICE_TERM: {
    title: 'No notice term',
    meaning: 'A current engagement does not say how soon the provider must report a breach.',
    effect: 'No notice is due under it.',
    remedy: 'Record the hours, or agree on them.',
  },
  NO_AUDIT_RIGHT: {
    title: 'No audit right',
    meaning: 'A current engagement records no right to audit the provider.',
    effect: 'None on the radius. Deletion at the provider cannot be checked.',
    remedy: 'Record the right, or agree on it.',
  },
  NO_VALUE: {
    title: 'Artifacts without a value',
    meaning: 'An artifact has no value.',
    effect: 'No loss figure includes it.',
    remedy: 'Enter a low and a high value.',
  },
  STALE: {
    title: 'Stale records',
    meaning: 'A copy has not been confirmed for more than a year.',
    effect: 'The copy still counts as recorded, but may be gone.',
    remedy: 'Ask the holder to confirm, then import the answer.',
  },
  BLIND_SPOT: {
    title: 'Blind spots',
    meaning: 'A lab depends on providers, and no transfer says what they hold of it.',
    effect: 'Its radius is unknown, not empty.',
    remedy: 'Ask the lab or its providers, then import the answer.',
  },
  POSSIBLE_DUPLICATE: {
    title: 'Possible duplicates',
    meaning: 'Two organizations have the same domain, or almost the same name.',
    effect: 'If they are one organization, both radii are too small.',
    remedy: 'Merge them if they are one organization.',
  },
};
