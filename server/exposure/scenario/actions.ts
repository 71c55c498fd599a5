import { ExposureError } from '../../domain/errors.ts';
import { maxActions } from '../../domain/records/incident-log.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';

/** One action of a scenario (semantics §8). Organizations, owners and access are indexes; instants are epoch milliseconds. */
export type Action =
  | { readonly kind: 'REVOKE_ACCESS'; readonly access: number; readonly at: number }
  | { readonly kind: 'REVOKE_ALL_ACCESS' | 'SUSPEND'; readonly organization: number; readonly at: number }
  /** `owner`: only this lab's artifacts; none (-1): all. */
  | { readonly kind: 'RECALL' | 'ENCRYPT'; readonly organization: number; readonly owner: number; readonly at: number };

interface OrganizationMeasure {
  readonly organization: string;
  readonly at: number;
}

interface CopyMeasure {
  readonly holder: string;
  readonly owner?: string | null | undefined;
  readonly at: number;
}

/** An action with ids. Exactly one of these fields is given. */
export interface ActionQuestion {
  readonly revokeAccess?: { readonly access: string; readonly at: number } | null | undefined;
  readonly revokeAllAccess?: OrganizationMeasure | null | undefined;
  readonly suspend?: OrganizationMeasure | null | undefined;
  readonly recall?: CopyMeasure | null | undefined;
  readonly encrypt?: CopyMeasure | null | undefined;
}

/** Resolves ids to indexes. Throws BAD_USER_INPUT (no action, too many), NOT_FOUND (a named record that does not exist). */
export function resolveActions(projection: Projection, questions: readonly ActionQuestion[]): Action[] {
  if (questions.length < 1 || questions.length > maxActions) {
    throw new ExposureError('BAD_USER_INPUT', `${questions.length} actions are named; expected 1 to ${maxActions}.`);
  }
  return questions.map((question) => resolveAction(projection, question));
}

function resolveAction(projection: Projection, { revokeAccess, revokeAllAccess, suspend, recall, encrypt }: ActionQuestion): Action {
  const organization = (id: string) => getIndex(projection, 'organizations', 'organization', id);
  if (revokeAccess)
    return { kind: 'REVOKE_ACCESS', access: getIndex(projection, 'access', 'access', revokeAccess.access), at: revokeAccess.at };
  const whole = revokeAllAccess ?? suspend;
  if (whole) {
    return { kind: suspend ? 'SUSPEND' : 'REVOKE_ALL_ACCESS', organization: organization(whole.organization), at: whole.at };
  }
  const measure = recall ?? encrypt;
  if (!measure) throw new ExposureError('BAD_USER_INPUT', 'An action names nothing to do; name exactly one.');
  const owner = measure.owner === null || measure.owner === undefined ? none : organization(measure.owner);
  return { kind: recall ? 'RECALL' : 'ENCRYPT', organization: organization(measure.holder), owner, at: measure.at };
}

function getIndex(projection: Projection, kind: 'organizations' | 'access', noun: string, id: string): number {
  const index = projection[kind].id.find(id);
  if (index < 0) {
    throw new ExposureError('NOT_FOUND', `There is no ${noun} "${id.slice(0, 80)}" among the facts; check the id of the action.`);
  }
  return index;
}
