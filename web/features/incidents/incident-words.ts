import type {
  AssessmentState,
  IncidentCause,
  IncidentPlanStepFragment,
  IncidentState,
  NoticeState,
  NoticeTerm,
} from '../../shared/generated/operations.ts';

export const STATE_WORDS: Readonly<Record<IncidentState, string>> = { OPEN: 'Open', CONTAINED: 'Contained', CLOSED: 'Closed' };

export const CAUSE_WORDS: Readonly<Record<IncidentCause, string>> = {
  UNKNOWN: 'Not known',
  MALICIOUS: 'A malicious act',
  ERROR: 'A human error',
  SYSTEM_FAILURE: 'A system failure',
  THIRD_PARTY: 'A failure at a third party',
};

export const ASSESSMENT_WORDS: Readonly<Record<AssessmentState, string>> = {
  UNDER_INVESTIGATION: 'Under investigation',
  CONFIRMED: 'Confirmed',
  NOT_DISCLOSED: 'Not disclosed',
  REMEDIATED: 'Remediated',
};

export const NOTICE_WORDS: Readonly<Record<NoticeState, string>> = { TO_TELL: 'To tell', TOLD: 'Told', ANSWERED: 'Answered' };

export const TERM_WORDS: Readonly<Record<NoticeTerm, string>> = {
  OVERDUE: 'Overdue',
  DUE_TODAY: 'Due today (UTC)',
  LATER: 'Due later',
  NONE: 'No term recorded',
  IN_TIME: 'Told in time',
  LATE: 'Told late',
};

/** Options of a select, in the order of the schema. */
export function optionsOf<T extends string>(words: Readonly<Record<T, string>>): { readonly value: T; readonly label: string }[] {
  return (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }));
}

/** Shows the effect of a step, and whom to write to. */
export interface StepWords {
  readonly text: string;
  readonly contact: string | null;
}

export function stepWords({ action, ask }: Pick<IncidentPlanStepFragment, 'action' | 'ask'>): StepWords {
  if (action === null) {
    return { text: `Ask ${ask?.name ?? 'the organization'} what it holds and what was touched`, contact: ask?.contactEmail ?? null };
  }
  const name = action.organization?.name ?? '';
  const contact = action.organization?.contactEmail ?? null;
  switch (action.kind) {
    case 'SUSPEND':
      return { text: `Suspend ${name}`, contact };
    case 'RECALL':
      return { text: `Recall the copies of ${action.owner?.name ?? 'all labs'} from ${name}`, contact };
    case 'ENCRYPT':
      return { text: `Encrypt the copies at ${name} under their owners’ keys`, contact };
    case 'REVOKE_ALL_ACCESS':
      return { text: `Revoke all access of ${name}`, contact };
    case 'REVOKE_ACCESS':
      return {
        text: `Revoke the access of ${action.access?.grantee.name ?? ''} to ${action.access?.grantor.name ?? ''}`,
        contact: action.access?.grantor.contactEmail ?? null,
      };
  }
}
