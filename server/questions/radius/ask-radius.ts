import { createHash } from 'node:crypto';
import type { Incident } from '../../domain/incident.ts';
import { checkOriginCount } from '../../domain/incident.ts';
import type { Assessment } from '../../domain/records/incident-log.ts';
import { latestAssessments } from '../../domain/records/incident-log.ts';
import type { BlastRadius } from '../../exposure/radius/blast-radius.ts';
import { findBlastRadiusInSteps } from '../../exposure/radius/confidentiality.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../../exposure/radius/resolve-radius-input.ts';
import type { Scenario } from '../../exposure/scenario/scenario.ts';
import type { Projection } from '../../projection/projection.ts';
import { resolveIncident, resolveQuestion } from '../../rules/merges.ts';
import type { Asker } from '../asker.ts';
import { getIncident } from '../incidents/ask-incidents.ts';
import { readMissing } from '../resolved-ids.ts';

/** A radius with the question that it answers. */
export interface AnsweredRadius {
  readonly radius: BlastRadius;
  readonly answeredAt: number;
  readonly knownAt: number | null;
  /** A digest of the question. Later pages must have the same digest. */
  readonly question: string;
  /** The assessments of the question's incident, by artifact id. */
  readonly assessments: ReadonlyMap<string, Assessment>;
}

/** Origins, windows and options. A saved incident provides the missing ones. */
export type AskedRadius = RadiusQuestion & { readonly incident?: string | null | undefined };

/**
 * Answers the main question of this program: which artifacts are exposed if the origins are compromised?
 *
 * The answer comes from the current facts, or from the facts known at `question.knownAt`.
 *
 * Throws NOT_FOUND (the incident, an origin, no facts at that instant), BAD_USER_INPUT (a window, an option), LIMIT_EXCEEDED,
 * QUERY_TIMEOUT, STORE_UNAVAILABLE.
 */
export async function askRadius(asker: Asker, requested: AskedRadius): Promise<AnsweredRadius> {
  return answerRadius(asker, requested, typeof requested.incident === 'string' ? await getIncident(asker, requested.incident) : undefined);
}

/** The radius of an incident, saved or not. Fields of the question override those of the incident. Throws as `askRadius`. */
export async function answerRadius(asker: Asker, requested: RadiusQuestion, incident: Incident | undefined): Promise<AnsweredRadius> {
  const { labs, held, store } = asker.questions;
  checkOriginCount(requested.origins ?? [], requested.suspectedOrigins ?? []);
  const stated = { ...requested, knownAt: requested.knownAt ?? asker.knownAt };
  const facts = await factsAt(asker, stated.knownAt);
  const named = [stated, incident].flatMap((one) => [
    ...(one?.origins ?? []),
    ...(one?.suspectedOrigins ?? []).map(({ organization }) => organization),
    ...(one?.scope ?? []).map(({ origin }) => origin),
  ]);
  const meanings = await readMissing(store, facts, named);
  const resolved = resolveQuestion(stated, meanings);
  const saved = incident && resolveIncident(incident, meanings);
  const question = labs === null ? resolved : dropHidden(facts, resolved, saved);
  const projection = await asker.read(held.forRadius(question, saved, asker.now, facts));
  const input = resolveRadiusInput(projection, question, saved, asker.now);
  const radius = await findRadius(asker, projection, input);
  return {
    radius,
    answeredAt: asker.now,
    knownAt: question.knownAt,
    question: digestQuestion([input, question.knownAt]),
    assessments: latestAssessments(incident?.log.assessments ?? []),
  };
}

/** Computes a radius in slices, or returns it from the cache. Rejects as `asker.checkTime`. */
export function findRadius(asker: Asker, projection: Projection, input: RadiusInput, scenario?: Scenario): Promise<BlastRadius> {
  return asker.questions.radii.get(projection, ['radius', input, scenario?.key], asker.limit, (limit) =>
    asker.run(findBlastRadiusInSteps(projection, input, scenario), limit),
  );
}

/** A digest of all parts of a question. */
export function digestQuestion(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/**
 * A bound person's question without the origins, suspected origins and scopes outside the view (semantics §10). If no origin is left, they
 * read as not found: an empty radius would look like safety.
 */
function dropHidden<Q extends RadiusQuestion>(
  { organizations, artifacts, engagements }: Projection,
  question: Q,
  incident: Incident | undefined,
): Q {
  const isIn = (column: { find(id: string): number }) => (id: string) => column.find(id) >= 0;
  const isOrganization = isIn(organizations.id);
  const origins = question.origins?.filter(isOrganization);
  const suspectedOrigins = question.suspectedOrigins?.filter(({ organization }) => isOrganization(organization));
  const isAnyLeft = [origins ?? incident?.origins, suspectedOrigins ?? incident?.suspectedOrigins].some((left) => (left?.length ?? 0) > 0);
  return {
    ...question,
    ...(isAnyLeft ? { origins, suspectedOrigins } : {}),
    scope: question.scope
      ?.filter(({ origin }) => isOrganization(origin))
      .map((scope) => ({
        ...scope,
        artifacts: scope.artifacts?.filter(isIn(artifacts.id)),
        engagements: scope.engagements?.filter(isIn(engagements.id)),
      })),
  };
}

async function factsAt(asker: Asker, knownAt: number | null): Promise<Projection> {
  // No fact after the time of the request is known yet, so the asker's own facts are the answer.
  return knownAt !== null && knownAt < asker.now ? asker.factsAt(knownAt) : asker.facts();
}
