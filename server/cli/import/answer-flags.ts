import type { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import type { AnswerDecisions } from '../../import/answers/answer-types.ts';

/** Flags about an organization's own answer. */
export interface AnswerFlags {
  readonly respondent?: string;
  readonly acceptAnswer?: boolean;
  readonly declineAnswer?: boolean;
}

export function withAnswerFlags(command: Command): Command {
  return command
    .option(
      '--respondent <organization>',
      'the files are the own answer of this organization (an id or a name): it is their source, VERIFIED counts as ATTESTED, and evidence as SELF_ATTESTED',
    )
    .option('--accept-answer', 'accept all changes of recorded facts in the answer, such as to form, portion, sent_at and confidence')
    .option('--decline-answer', 'leave these facts as they are, and import the rest of the answer');
}

/** Throws BAD_USER_INPUT if the flags contradict each other, or stand without --respondent. */
export function readAnswerFlags({ respondent, acceptAnswer, declineAnswer }: AnswerFlags): AnswerDecisions {
  if (acceptAnswer && declineAnswer)
    throw new ExposureError('BAD_USER_INPUT', 'Give one of --accept-answer and --decline-answer, not both.');
  if (respondent === undefined && (acceptAnswer || declineAnswer))
    throw new ExposureError('BAD_USER_INPUT', '--accept-answer and --decline-answer need --respondent ORGANIZATION.');
  if (acceptAnswer) return { all: 'ACCEPT' };
  return declineAnswer ? { all: 'DECLINE' } : {};
}
