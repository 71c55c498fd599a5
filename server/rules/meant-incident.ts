import type { Incident } from '../domain/incident.ts';
import { formatStepId, parseStepId } from '../domain/records/plan-step.ts';

/* The organizations of an incident or a question under merges (semantics §1): from a merge on, one organization's id means another's. */

type Maybe<T> = T | null | undefined;

/** The organizations that merged ids mean. Ids without an entry mean themselves. */
export type Meanings = ReadonlyMap<string, string>;

interface Named {
  readonly origins?: Maybe<readonly string[]>;
  readonly scope?: Maybe<readonly { readonly origin: string }[]>;
}

/** The organizations that an incident names, with repetitions. */
export function namedBy({ origins, scope, scenario, log }: Incident): string[] {
  const steps = log.plan.map(({ step }) => parseStepId(step));
  const ids = [
    ...origins,
    ...scope.map(({ origin }) => origin),
    ...scenario.flatMap(({ organization, owner }) => [organization, owner]),
    ...log.notices.flatMap(({ lab, notifier }) => [lab, notifier]),
    ...steps.flatMap((step) => [step?.organization, step?.owner]),
  ];
  return ids.filter((id): id is string => typeof id === 'string');
}

/** The incident with the organizations that its ids mean. */
export function meantIncident(incident: Incident, meanings: Meanings): Incident {
  if (meanings.size === 0) return incident;
  const mean = <T extends string | null>(id: T): T => (id === null ? id : ((meanings.get(id) ?? id) as T));
  const { log } = incident;
  return {
    ...meantQuestion(incident, meanings),
    scenario: incident.scenario.map((action) => ({ ...action, organization: mean(action.organization), owner: mean(action.owner) })),
    log: {
      ...log,
      notices: log.notices.map((notice) => ({ ...notice, lab: mean(notice.lab), notifier: mean(notice.notifier) })),
      plan: log.plan.map((statement) => {
        const name = parseStepId(statement.step);
        return name === undefined
          ? statement
          : { ...statement, step: formatStepId({ ...name, organization: mean(name.organization), owner: mean(name.owner) }) };
      }),
    },
  };
}

/**
 * A question with the organizations that its ids mean. If several of its origins mean one, and one of these claims no scope, then no scope
 * limits it: what is not known is taken at its worst.
 */
export function meantQuestion<Q extends Named>(question: Q, meanings: Meanings): Q {
  if (meanings.size === 0) return question;
  const mean = (id: string) => meanings.get(id) ?? id;
  const scoped = new Set(question.scope?.map(({ origin }) => origin));
  const isUnlimited = new Set(question.origins?.filter((id) => !scoped.has(id)).map(mean));
  return {
    ...question,
    origins: question.origins && [...new Set(question.origins.map(mean))],
    scope: question.scope?.map((one) => ({ ...one, origin: mean(one.origin) })).filter(({ origin }) => !isUnlimited.has(origin)),
  };
}
