import type { Incident } from '../domain/incident.ts';
import type { StatedSuspect } from '../domain/radius-options.ts';
import { joinSuspected } from '../domain/radius-options.ts';
import { formatStepId, parseStepId } from '../domain/records/incident-log.ts';

/*
 * Merged organizations (semantics §1): from a merge on, one organization's id means another's, until another assertion ends it. Facts are read
 * with merges applied. Incidents and questions name ids as stated, and are resolved here.
 */

/**
 * The id that each merged organization means, at the end of its chain of merges. Merges into an organization that does not exist
 * and circular merges are not applied.
 *
 * @param mergedInto by id
 * Complexity: O(merges x length of a chain).
 */
export function resolveMerges(mergedInto: ReadonlyMap<string, string>, exists: (id: string) => boolean): Map<string, string> {
  const roots = new Map<string, string>();
  for (const id of mergedInto.keys()) {
    const seen = new Set([id]);
    let root = id;
    for (let next = mergedInto.get(id); next !== undefined && exists(next); next = mergedInto.get(next)) {
      if (seen.has(next)) {
        root = id;
        break;
      }
      seen.add(next);
      root = next;
    }
    if (root !== id) roots.set(id, root);
  }
  return roots;
}

/** Whether a merge would be circular: `into` already means `id`, perhaps through other merges. */
export function isMergeCircular(mergedInto: ReadonlyMap<string, string>, id: string, into: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = into; at !== undefined && !seen.has(at); at = mergedInto.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

type Maybe<T> = T | null | undefined;

/** Merged id -> resolved id. An id without an entry is not merged. */
export type Meanings = ReadonlyMap<string, string>;

interface Named {
  readonly origins?: Maybe<readonly string[]>;
  readonly suspectedOrigins?: Maybe<readonly StatedSuspect[]>;
  readonly scope?: Maybe<readonly { readonly origin: string }[]>;
}

/** The organizations that an incident names, with repetitions. */
export function namedBy({ origins, suspectedOrigins, scope, scenario, proposal, log }: Incident): string[] {
  const steps = log.plan.map(({ step }) => parseStepId(step));
  const ids = [
    ...origins,
    ...suspectedOrigins.map(({ organization }) => organization),
    ...scope.map(({ origin }) => origin),
    ...scenario.flatMap(({ organization, owner }) => [organization, owner]),
    ...(proposal?.matches ?? []).map(({ organization }) => organization),
    ...log.notices.flatMap(({ notices }) => notices.flatMap(({ lab, notifier }) => [lab, notifier])),
    ...steps.flatMap((step) => [step?.organization, step?.owner]),
  ];
  return ids.filter((id): id is string => typeof id === 'string');
}

/** The incident with resolved ids. Of a suspected organization that means an origin, the origin counts; of two, the larger likelihood (semantics §13.4). */
export function resolveIncident(incident: Incident, meanings: Meanings): Incident {
  if (meanings.size === 0) return incident;
  const resolve = <T extends string | null>(id: T): T => (id === null ? id : ((meanings.get(id) ?? id) as T));
  const { log } = incident;
  const resolved = resolveQuestion(incident, meanings);
  return {
    ...resolved,
    suspectedOrigins: joinSuspected(resolved.suspectedOrigins, resolved.origins),
    scenario: incident.scenario.map((action) => ({ ...action, organization: resolve(action.organization), owner: resolve(action.owner) })),
    proposal: incident.proposal && {
      ...incident.proposal,
      matches: incident.proposal.matches.map((match) => ({ ...match, organization: resolve(match.organization) })),
    },
    log: {
      ...log,
      notices: log.notices.map((change) => ({
        ...change,
        notices: change.notices.map(({ lab, notifier }) => ({ lab: resolve(lab), notifier: resolve(notifier) })),
      })),
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
    suspectedOrigins: question.suspectedOrigins?.map((one) => ({ ...one, organization: resolve(one.organization) })),
    scope: question.scope?.map((one) => ({ ...one, origin: resolve(one.origin) })).filter(({ origin }) => !isUnlimited.has(origin)),
  };
}
