import { latestAssessments } from '../../domain/records/incident-log.ts';
import type { IncidentReport } from '../../exposure/incidents/incident-documents.ts';
import type { Asker } from '../asker.ts';
import { answerRadius } from '../radius/ask-radius.ts';
import { askSimulation, countUncertainOf } from '../radius/ask-radius-parts.ts';
import { getIncident } from './ask-incidents.ts';
import { askNotices } from './ask-notices.ts';
import { askPlan } from './ask-plan.ts';
import { listEntries } from './incident-history.ts';

/**
 * Everything that the executive report of an incident says: the figures of its page, at one instant.
 *
 * Throws NOT_FOUND (the incident, an origin), LIMIT_EXCEEDED, QUERY_TIMEOUT, STORE_UNAVAILABLE.
 */
export async function askReport(asker: Asker, id: string): Promise<IncidentReport> {
  const incident = await getIncident(asker, id);
  const answer = await answerRadius(asker, {}, incident);
  const { notices } = await askNotices(asker, incident);
  // A report asks several questions. Each has the time of one.
  asker.limit.restart();
  const { steps } = await askPlan(asker, incident);
  asker.limit.restart();
  const entries = await listEntries(asker, incident);
  asker.limit.restart();
  return {
    incident,
    preparedAt: asker.now,
    radius: answer.radius,
    certainty: countUncertainOf(answer),
    simulation: await askSimulation(asker, answer),
    assessments: latestAssessments(incident.log.assessments),
    notices,
    steps,
    entries,
  };
}
