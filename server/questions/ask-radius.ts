import { createHash } from 'node:crypto';
import { ExposureError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import { parseIncident } from '../domain/incident.ts';
import type { RadiusQuestion } from '../exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../projection/projection.ts';
import type { CurrentFacts } from '../projection/refresh/refresh.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { LocalFacts } from './facts/local-facts.ts';
import { refuseEmptyPast } from './facts/refuse-empty-past.ts';
import type { CachedRadius, RadiusCache } from './run/radius-cache.ts';

export interface RadiusSources {
  readonly store: FactStore;
  readonly current: CurrentFacts;
  /** Where not all facts are in memory: what reads those that a question needs. */
  readonly local?: LocalFacts | undefined;
  readonly radii: RadiusCache;
}

/** A radius, and the question that it answers. */
export interface AnsweredRadius {
  readonly radius: CachedRadius;
  readonly answeredAt: number;
  readonly knownAt: number | null;
  /** Tells one question from another: a later page must ask the same. */
  readonly question: string;
}

/**
 * Answers a question from the facts now, or as they were known at an instant, starting from a saved incident where one is
 * named.
 *
 * @param now the instant of asking
 * @param current the facts at `now`, where the caller has them at hand already
 * Throws NOT_FOUND (the incident, an origin), BAD_USER_INPUT, LIMIT_EXCEEDED.
 */
export async function askRadius(
  sources: RadiusSources,
  question: RadiusQuestion & { readonly incident?: string | null | undefined },
  now: number,
  current?: Projection,
): Promise<AnsweredRadius> {
  const incident = typeof question.incident === 'string' ? await getIncident(sources.store, question.incident) : undefined;
  const knownAt = question.knownAt ?? null;
  const projection = await readFacts(sources, question, incident, now, current);
  const radius = sources.radii.get(projection, resolveRadiusInput(projection, question, incident, now));
  return { radius, answeredAt: now, knownAt, question: digestQuestion([radius.input, knownAt]) };
}

/** A short name of whatever makes a question what it is. */
export function digestQuestion(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

async function readFacts(
  sources: RadiusSources,
  question: RadiusQuestion,
  incident: Incident | undefined,
  now: number,
  current: Projection | undefined,
): Promise<Projection> {
  if (sources.local !== undefined) return sources.local.forRadius(question, incident, now);
  // What is known later than at the instant of asking is not known: of the past too, nothing beyond it is told.
  if (question.knownAt !== null && question.knownAt !== undefined && question.knownAt < now) {
    const projection = await sources.current.at(question.knownAt);
    await refuseEmptyPast(sources.store, projection, question.knownAt);
    return projection;
  }
  return current ?? (await sources.current.read()).projection;
}

/** Throws NOT_FOUND. */
async function getIncident(store: FactStore, id: string): Promise<Incident> {
  const document = await store.findDocument('incident', id);
  if (document === undefined) throw new ExposureError('NOT_FOUND', `There is no incident "${id.slice(0, 80)}"; it may have been deleted.`);
  return { ...parseIncident(document.json), id };
}
