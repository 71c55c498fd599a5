import { ExposureError } from '../../domain/errors.ts';
import { labBit } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import { latestAssessments, standingsOf } from '../../domain/records/incident-log.ts';
import type { NotificationPack, PackQuote } from '../../exposure/incidents/incident-documents.ts';
import { findNotices } from '../../exposure/radius/notices.ts';
import type { RadiusInput, WayIn } from '../../exposure/radius/radius-types.ts';
import { resolveRadiusInput, resolveSettings } from '../../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import { quoteList } from '../../software/describe-match.ts';
import { findAdvisoryMatches } from '../../software/find-matches.ts';
import type { Asker } from '../asker.ts';
import type { LabFacts } from '../lab/lab-facts.ts';
import { readLabFacts } from '../lab/lab-facts.ts';
import { toVisibleIncident } from '../lab/visible-incidents.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import { answerRadius, digestQuestion, findRadius } from '../radius/ask-radius.ts';
import { askRadiusFindings } from '../rankings/ask-findings.ts';
import { resolveMergedId } from '../resolved-ids.ts';
import { askSoftwareView, getAdvisory } from '../software/ask-matches.ts';
import { advisoryOf } from '../software/ask-proposal.ts';
import { getIncident, readResolvedIncident } from './ask-incidents.ts';

/** A pack, with its radius as an answer of its own. */
export interface AnsweredPack {
  readonly pack: NotificationPack;
  readonly answer: AnsweredRadius;
}

/**
 * Everything about an incident that is visible to one lab (semantics §10). It is computed from the lab's view alone, except for one list: the
 * artifacts that are in the radius only because another lab's artifact reveals them. Of the quoted software lists, those count whose organizations are
 * in the view as origins or suspected origins.
 *
 * Throws NOT_FOUND (the incident, the lab), BAD_USER_INPUT (no lab, a list that cannot be quoted), FORBIDDEN (a list, for somebody bound to a lab), LIMIT_EXCEEDED,
 * QUERY_TIMEOUT, STORE_UNAVAILABLE.
 *
 * @param lists ids of software lists that the pack quotes
 */
export async function askPack(asker: Asker, incidentId: string, askedLab: string, lists: readonly string[] = []): Promise<AnsweredPack> {
  const all = await asker.facts();
  const incident = await readResolvedIncident(asker, all, await getIncident(asker, incidentId));
  const labId = await resolveMergedId(asker, all, askedLab);
  const facts = await readLabFacts(asker, labId);
  const { projection, lab, isNaming } = facts;
  if (((projection.organizations.roles[lab] as number) & labBit) === 0)
    throw new ExposureError('BAD_USER_INPUT', `"${labId.slice(0, 80)}" is not a lab. Packs are for organizations with the role LAB.`);

  const quotes = await askQuotes(asker, incident, lists);
  const visible = toVisibleIncident(projection, [labId], isNaming, incident);
  const input = inputOf(projection, visible, asker.now);
  const radius = await findRadius(asker, projection, input);
  const assessments = latestAssessments(visible.log.assessments);
  const answer: AnsweredRadius = {
    radius,
    answeredAt: asker.now,
    knownAt: asker.knownAt,
    question: digestQuestion([input, asker.knownAt, 'pack', labId]),
    assessments,
  };
  const due = await asker.run(findNotices(radius, incident.discoveredAt, asker.now));
  const pack: NotificationPack = {
    lab,
    incident: isNaming(incident.id) ? null : incident.id,
    title: isNaming(incident.name) ? null : incident.name,
    preparedAt: asker.now,
    discoveredAt: incident.discoveredAt,
    cause: incident.cause,
    radius,
    revealed: await findRevealedByOthers(asker, incident, facts, answer),
    recall: radius.otherCopies,
    notices: due.filter((notice) => notice.lab === lab).map((notice) => ({ ...notice, ...standingIn(projection, visible, notice) })),
    assessments,
    findings: (await askRadiusFindings(asker, answer)).map(({ message }) => message),
    quotes: quotes.flatMap(({ organization, sentence }): PackQuote[] => {
      const isStart = visible.origins.includes(organization) || visible.suspectedOrigins.some((one) => one.organization === organization);
      return isStart && !isNaming(sentence) ? [{ organization: projection.organizations.id.find(organization), sentence }] : [];
    }),
  };
  return { pack, answer };
}

/** The question of what the lab sees of the incident. If no origin is in the view, nothing is reached. */
function inputOf(projection: Projection, visible: Incident, now: number): RadiusInput {
  if (visible.origins.length + visible.suspectedOrigins.length > 0) return resolveRadiusInput(projection, {}, visible, now);
  return { ...resolveSettings({}, visible, now), origins: [], scopes: [] };
}

function standingIn({ organizations }: Projection, { log }: Incident, notice: { lab: number; notifier: number }) {
  const { id } = organizations;
  const notifier = notice.notifier < 0 ? null : id.get(notice.notifier);
  return standingsOf(log.notices)(id.get(notice.lab), notifier);
}

/**
 * The lab's artifacts that are in the radius of all facts but not in that of its view, because another lab's artifact reveals them: at the
 * beginning of each way, or between two artifacts of its own.
 */
async function findRevealedByOthers(
  asker: Asker,
  incident: Incident,
  { projection, lab }: LabFacts,
  visible: AnsweredRadius,
): Promise<number[]> {
  const { radius } = await answerRadius(asker, {}, incident);
  const { artifacts, reveals, organizations } = radius.projection;
  const labId = projection.organizations.id.get(lab);
  const known = new Set(visible.radius.artifacts.map(({ artifact }) => projection.artifacts.id.get(artifact)));
  const isAnothers = (artifact: number) => organizations.id.get(artifacts.owner[artifact] as number) !== labId;
  const isThroughAnother = (way: WayIn) => way.reveals.some((r) => isAnothers(reveals.artifact[r] as number));
  const found: number[] = [];
  for (const row of radius.artifacts) {
    if (row.tier === 'CONTAINED' || isAnothers(row.artifact)) continue;
    const id = artifacts.id.get(row.artifact);
    const artifact = known.has(id) ? none : projection.artifacts.id.find(id);
    if (artifact >= 0 && row.ways(row.wayCount).every(isThroughAnother)) found.push(artifact);
  }
  return found.sort((a, b) => a - b);
}

/** The most lists that a pack quotes. */
const mostLists = 100;

/** A pack's quote of a software list that an analyst ticked. */
interface ListQuote {
  /** The owner of the list. */
  readonly organization: string;
  readonly sentence: string;
}

/**
 * Quotes software lists of origins and suspected origins about the advisory that their incident was proposed from (semantics §13.5). By
 * organization, subject, date (unknown first), id; each list once.
 *
 * Throws BAD_USER_INPUT (the incident was not proposed from an advisory; a list is of another organization, or there is none; too many lists), NOT_FOUND (the
 * advisory), FORBIDDEN (somebody bound to a lab).
 *
 * @param incident with resolved ids
 */
async function askQuotes(asker: Asker, incident: Incident, lists: readonly string[]): Promise<readonly ListQuote[]> {
  if (lists.length === 0) return [];
  const view = await askSoftwareView(asker);
  const { proposal, advisory: named, origins, suspectedOrigins } = incident;
  if (named === null)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${shown(incident.id)} was not proposed from an advisory, so its packs quote no software list. Leave the lists out.`,
    );
  const wanted = new Set(lists);
  if (wanted.size > mostLists)
    throw new ExposureError('BAD_USER_INPUT', `${wanted.size} software lists are to be quoted; expected at most ${mostLists}.`);
  const starts = new Set([...origins, ...suspectedOrigins.map(({ organization }) => organization)]);
  for (const id of wanted) {
    const list = view.records.list(id);
    if (list !== undefined && starts.has(list.organization)) continue;
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${shown(id)} is no software list of an origin or suspected origin of ${shown(incident.id)}. softwareLists(organization: "ID") lists those of one.`,
    );
  }
  const advisory = proposal === null ? getAdvisory(view, named) : advisoryOf(view, proposal);
  const { question } = await asker.turn(() => findAdvisoryMatches(view.index, advisory));
  return view.index.lists
    .filter(({ id, access }) => access === undefined && wanted.has(id))
    .map((list) => ({ organization: list.organization, sentence: quoteList(view.index, question, list) }));
}

function shown(id: string): string {
  return JSON.stringify(id.slice(0, 80));
}
