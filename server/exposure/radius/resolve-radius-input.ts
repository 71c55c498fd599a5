import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { checkOriginCount, checkScopeSize } from '../../domain/incident.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { StatedRadiusOptions, StatedSuspect, SuspectedOrigin } from '../../domain/radius-options.ts';
import { findLikelihoodFault, findRadiusOptionFaults, joinSuspected, resolveRadiusOptions } from '../../domain/radius-options.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OriginScope, RadiusInput, Window } from './radius-types.ts';

/** A question about a radius, by id. Null and absent both mean "not stated". */
export interface RadiusQuestion {
  readonly origins?: readonly string[] | null | undefined;
  readonly suspectedOrigins?: readonly StatedSuspect[] | null | undefined;
  readonly hasCore?: boolean | null | undefined;
  readonly core?: Window | null | undefined;
  readonly widest?: Window | null | undefined;
  readonly scope?: readonly ScopeQuestion[] | null | undefined;
  readonly knownAt?: number | null | undefined;
  readonly options?: StatedRadiusOptions | null | undefined;
}

interface ScopeQuestion {
  readonly origin: string;
  readonly artifacts?: readonly string[] | null | undefined;
  readonly engagements?: readonly string[] | null | undefined;
  readonly channels?: readonly string[] | null | undefined;
}

/**
 * Resolves a question and its saved incident to the input of a radius (semantics §3, §13.4). Each field comes from the question, else
 * from the incident. Then core and widest default to each other; if neither is stated, both are the instant of asking. A suspected
 * organization that is also an origin is an origin.
 *
 * @param now the time of the request, unless `knownAt` replaces it
 * Throws BAD_USER_INPUT (a range, a window, no origin), NOT_FOUND (a named record that does not exist). Skips records in a saved
 * scope that no longer exist, but a saved origin or suspected origin that no longer exists is an error.
 */
export function resolveRadiusInput(
  projection: Projection,
  question: RadiusQuestion,
  incident: Incident | undefined,
  now: number,
): RadiusInput {
  const stated = question.suspectedOrigins ?? incident?.suspectedOrigins ?? [];
  const origins = resolveOrigins(projection, question.origins ?? incident?.origins ?? [], stated);
  const suspected = resolveSuspected(projection, stated, origins);
  const settings = resolveSettings(question, incident, question.knownAt ?? now);
  if (question.scope) checkScopeSize(question.scope);
  const scopes = question.scope ? question.scope.map((scope) => resolveScope(projection, scope)) : savedScopes(projection, incident);
  const suspects = suspected.length === 0 ? {} : { suspected };
  return { origins, ...suspects, ...settings, scopes: scopes.filter((scope) => origins.includes(scope.origin)) };
}

/** The windows and options alone, for questions that name no origin. Throws BAD_USER_INPUT. */
export function resolveSettings(
  question: Pick<RadiusQuestion, 'hasCore' | 'core' | 'widest' | 'options'>,
  incident: Incident | undefined,
  instant: number,
): Omit<RadiusInput, 'origins' | 'suspected' | 'scopes'> {
  const statedCore = question.core ?? incident?.core;
  const statedWidest = question.widest ?? incident?.widest;
  const atOnce = { from: instant, to: instant };
  const widest = toWindow(statedWidest ?? statedCore ?? atOnce);
  const hasCore = question.hasCore ?? (question.core ? true : (incident?.hasCore ?? true));
  const core = hasCore ? toWindow(statedCore ?? statedWidest ?? atOnce) : widest;
  checkWindow('core', core);
  checkWindow('widest', widest);
  if (core.from < widest.from || core.to > widest.to) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The core window (${describeWindow(core)}) lies outside the widest (${describeWindow(widest)}); widen the one or narrow the other.`,
    );
  }
  if (!hasCore && question.core && (question.core.from !== widest.from || question.core.to !== widest.to)) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `hasCore is false, so the core window (${describeWindow(question.core)}) must equal the widest (${describeWindow(widest)}); leave one of hasCore and core out.`,
    );
  }
  const options = resolveRadiusOptions(question.options, incident);
  const [fault] = findRadiusOptionFaults(options);
  if (fault !== undefined) throw new ExposureError('BAD_USER_INPUT', fault.message);
  return { ...(hasCore ? {} : { hasCore }), core, widest, ...options };
}

function resolveOrigins(projection: Projection, ids: readonly string[], suspected: readonly StatedSuspect[]): number[] {
  if (ids.length === 0 && suspected.length === 0)
    throw new ExposureError('BAD_USER_INPUT', 'No origin is named; name 1 to 1,000 organizations, or an incident that does.');
  checkOriginCount(ids, suspected);
  const origins = ids.map((id) => getIndex(projection, 'organizations', 'organization', id));
  return [...new Set(origins)].sort((a, b) => a - b);
}

function resolveSuspected(projection: Projection, stated: readonly StatedSuspect[], origins: readonly number[]): SuspectedOrigin<number>[] {
  const suspected = stated.map(({ organization, likelihood }) => {
    const fault = findLikelihoodFault({ organization, likelihood });
    if (fault !== undefined) throw new ExposureError('BAD_USER_INPUT', fault);
    return { organization: getIndex(projection, 'organizations', 'organization', organization), likelihood };
  });
  return joinSuspected(suspected, origins).sort((a, b) => a.organization - b.organization);
}

/** Throws BAD_USER_INPUT if a window ends before it starts. */
export function checkWindow(name: 'core' | 'widest' | 'validIn' | 'span', window: Window): void {
  if (window.from > window.to) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The ${name} window ends (${formatInstant(window.to)}) before it starts (${formatInstant(window.from)}); exchange the two or correct one.`,
    );
  }
}

function resolveScope(projection: Projection, scope: ScopeQuestion): OriginScope {
  return {
    origin: getIndex(projection, 'organizations', 'organization', scope.origin),
    artifacts: (scope.artifacts ?? []).map((id) => getIndex(projection, 'artifacts', 'artifact', id)),
    engagements: (scope.engagements ?? []).map((id) => getIndex(projection, 'engagements', 'engagement', id)),
    channels: scope.channels ?? [],
  };
}

function savedScopes(projection: Projection, incident: Incident | undefined): OriginScope[] {
  const isThere = (index: number) => index >= 0;
  return (incident?.scope ?? []).map((scope) => ({
    origin: projection.organizations.id.find(scope.origin),
    artifacts: scope.artifacts.map((id) => projection.artifacts.id.find(id)).filter(isThere),
    engagements: scope.engagements.map((id) => projection.engagements.id.find(id)).filter(isThere),
    channels: scope.channels,
  }));
}

/** Throws NOT_FOUND. */
export function getIndex(projection: Projection, kind: 'organizations' | 'artifacts' | 'engagements', noun: string, id: string): number {
  const index = projection[kind].id.find(id);
  if (index < 0) {
    const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
    throw new ExposureError('NOT_FOUND', `There is no ${noun} "${shown}" among the facts; check the id, or search for its name.`);
  }
  return index;
}

function toWindow({ from, to }: Window): Window {
  return { from, to };
}

function describeWindow({ from, to }: Window): string {
  return `${formatInstant(from)} to ${formatInstant(to)}`;
}
