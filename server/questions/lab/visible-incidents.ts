import { createHash } from 'node:crypto';
import { compareCodePoints } from '../../domain/compare.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import { pickRadiusOptions } from '../../domain/radius-options.ts';
import type { NoticeKey } from '../../domain/records/incident-log.ts';
import { emptyLog, latestAssessments } from '../../domain/records/incident-log.ts';
import { withheldAuthor } from '../../projection/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { visibleTimeOf } from '../../rules/notice-due.ts';
import type { StoredDocument } from '../../store/store-record.ts';
import type { Asker } from '../asker.ts';
import { answerRadius } from '../radius/ask-radius.ts';

/**
 * The incidents that are visible to the labs (semantics §10), with the content of their packs: origins, scopes, assessments and notices
 * within the view. Leaves out an incident that reaches nothing of the labs.
 *
 * @param asker asks of the labs' view
 * @param isNaming whether a text names a hidden lab
 * Complexity: a radius for each incident with an origin or a suspected origin in the view.
 */
export async function selectVisibleIncidents(
  asker: Asker,
  labs: readonly string[],
  documents: readonly StoredDocument[],
  isNaming: (text: string) => boolean,
): Promise<StoredDocument[]> {
  const projection = await asker.facts();
  const visible: StoredDocument[] = [];
  for (const { id, json } of documents) {
    const incident = toVisibleIncident(projection, labs, isNaming, { ...parseIncident(json), id });
    if (incident.origins.length + incident.suspectedOrigins.length === 0 || !(await isReached(asker, labs, incident))) continue;
    visible.push({ id: incident.id, version: 1, json: JSON.stringify(incident), importId: null });
  }
  return visible.sort((a, b) => compareCodePoints(a.id, b.id));
}

async function isReached(asker: Asker, labs: readonly string[], incident: Incident): Promise<boolean> {
  const { radius } = await answerRadius(asker, {}, incident);
  const { id } = radius.projection.organizations;
  return radius.artifacts.length > 0 || radius.dependents.some(({ organization }) => labs.includes(id.get(organization)));
}

/**
 * The part of an incident that the labs may see (semantics §10), for a person bound to them and for a pack: its question, assessments and notices
 * within the view, without the names of its authors and without texts that name a hidden lab.
 *
 * @param projection the facts of the view
 */
export function toVisibleIncident(
  projection: Projection,
  labs: readonly string[],
  isNaming: (text: string) => boolean,
  incident: Incident,
): Incident {
  const isIn = (column: { find(id: string): number }) => (id: string) => column.find(id) >= 0;
  const [isOrganization, isArtifact, isEngagement] = [
    isIn(projection.organizations.id),
    isIn(projection.artifacts.id),
    isIn(projection.engagements.id),
  ];
  const tell = (text: string | null) => (text === null || isNaming(text) ? null : text);
  const { id, name, state, discoveredAt, core, widest, cause, log } = incident;
  const at = visibleTimeOf(discoveredAt, incident.createdAt);
  const visibleId = isNaming(id) ? `incident-${createHash('sha256').update(id).digest('hex').slice(0, 16)}` : id;
  const assessments = [...latestAssessments(log.assessments)].filter(([artifact]) => isArtifact(artifact));
  const isVisible = ({ lab, notifier }: NoticeKey) => labs.includes(lab) && (notifier === null || isOrganization(notifier));
  const notices = log.notices.map(({ notices: named, ...change }) => ({ ...change, notices: named.filter(isVisible) }));
  return {
    id: visibleId,
    name: isNaming(name) ? visibleId : name,
    state,
    discoveredAt,
    origins: incident.origins.filter(isOrganization),
    suspectedOrigins: incident.suspectedOrigins.filter(({ organization }) => isOrganization(organization)),
    hasCore: incident.hasCore,
    core,
    widest,
    scope: incident.scope
      .filter(({ origin }) => isOrganization(origin))
      .map(({ origin, artifacts, engagements, channels }) => ({
        origin,
        artifacts: artifacts.filter(isArtifact),
        engagements: engagements.filter(isEngagement),
        channels: channels.filter((channel) => !isNaming(channel)),
      })),
    ...pickRadiusOptions(incident),
    cause,
    // A software list is its vendor's secret.
    advisory: null,
    proposal: null,
    scenario: [],
    log: {
      ...emptyLog,
      assessments: assessments.map(([artifact, { state: found, reason, evidence, at: since }]) => ({
        artifacts: [artifact],
        state: found,
        reason: tell(reason),
        evidence: tell(evidence),
        by: withheldAuthor,
        at: since,
      })),
      notices: notices
        .filter(({ notices: named }) => named.length > 0)
        .map(({ owner: _, note, ...change }) => ({
          ...change,
          change: null,
          ...(note === undefined ? {} : { note: tell(note) }),
          by: withheldAuthor,
        })),
    },
    logSaves: 0,
    createdAt: at,
    updatedAt: at,
  };
}
