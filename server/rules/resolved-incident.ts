import type { Incident } from '../domain/incident.ts';
import { formatStepId, parseStepId } from '../domain/records/plan-step.ts';

/* Resolves the merged ids in an incident or a question (semantics §1). */

type Maybe<T> = T | null | undefined;

/** Merged id -> resolved id. An id without an entry is not merged. */
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

/** The incident with resolved ids. */
export function resolveIncident(incident: Incident, meanings: Meanings): Incident {
  if (meanings.size === 0) return incident;
  const resolve = <T extends string | null>(id: T): T => (id === null ? id : ((meanings.get(id) ?? id) as T));
  const { log } = incident;
  return {
    ...resolveQuestion(incident, meanings),
    scenario: incident.scenario.map((action) => ({ ...action, organization: resolve(action.organization), owner: resolve(action.owner) })),
    log: {
      ...log,
      notices: log.notices.map((notice) => ({ ...notice, lab: resolve(notice.lab), notifier: resolve(notice.notifier) })),
      plan: log.plan.map((statement) => {
        const name = parseStepId(statement.step);
        return name === undefined
          ? statement
          : { ...statement, step: formatStepId({ ...name, organization: resolve(name.organization), owner: resolve(name.owner) }) };
      }),
    },
  };
}

/**
 * Resolves the ids in a question. If several origins resolve to one organization, and one of them has no scope, then no scope limits that
 * organization: this assumes the worst case.
 */
export function resolveQuestion<Q extends Named>(question: Q, meanings: Meanings): Q {
  if (meanings.size === 0) return question;
  const resolve = (id: string) => meanings.get(id) ?? id;
  const scoped = new Set(question.scope?.map(({ origin }) => origin));
  const isUnlimited = new Set(question.origins?.filter((id) => !scoped.has(id)).map(resolve));
  return {
    ...question,
    origins: question.origins && [...new Set(question.origins.map(resolve))],
    scope: question.scope?.map((one) => ({ ...one, origin: resolve(one.origin) })).filter(({ origin }) => !isUnlimited.has(origin)),
  };
}
