import type { Incident } from '../../domain/incident.ts';
import { foldAccents } from '../../domain/names/plain-name.ts';
import type { NoticeState } from '../../domain/records/incident-log.ts';
import { standingsOf } from '../../domain/records/incident-log.ts';
import type { Notice, NoticeCounts, NoticeGroup } from '../../exposure/radius/notices.ts';
import { countNotices, findNotices, groupNotices } from '../../exposure/radius/notices.ts';
import type { Projection } from '../../projection/projection.ts';
import type { NoticeTermState } from '../../rules/notice-due.ts';
import { noticeTermOf } from '../../rules/notice-due.ts';
import type { Asker } from '../asker.ts';
import { answerRadius } from '../radius/ask-radius.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import { readResolvedIncident } from './ask-incidents.ts';

export interface Notices {
  readonly projection: Projection;
  readonly notices: readonly Notice[];
}

type Maybe<T> = T | null | undefined;

/** Which notices to list. A field that is left out leaves none out. */
export interface NoticeFilter {
  readonly lab?: Maybe<string>;
  /** Null: the notices that nobody owes but the incident's owner. */
  readonly notifier?: Maybe<string>;
  readonly states?: Maybe<readonly NoticeState[]>;
  readonly terms?: Maybe<readonly NoticeTermState[]>;
  /** The owners who see to it. An empty text: nobody. */
  readonly owners?: Maybe<readonly string[]>;
  /** A part of the name or id of the lab or of who must tell it, or of the owner's name, in any case and accents. */
  readonly text?: Maybe<string>;
}

/**
 * The notices of an incident: who has to tell each affected lab and each blind spot, by when, and whether that happened.
 *
 * Throws as `askRadius`; LIMIT_EXCEEDED if the server holds only a part of the facts, because terms may be outside it.
 */
export async function askNotices(asker: Asker, incident: Incident, filter: NoticeFilter = {}): Promise<Notices> {
  asker.needAllFacts();
  const { radius, question } = await answerRadius(asker, {}, incident);
  const { projection } = radius;
  // Without a discovery, the terms are those of the instant of asking.
  const clock = incident.discoveredAt === null ? [null, asker.now] : [incident.discoveredAt];
  const due = await asker.keep(projection, ['notices', question, ...clock], (limit) =>
    asker.run(findNotices(radius, incident.discoveredAt, asker.now), limit),
  );
  const { id } = projection.organizations;
  const { log } = await readResolvedIncident(asker, projection, incident);
  const standingOf = standingsOf(log.notices);
  const notices = due.map((notice): Notice => {
    const standing = standingOf(id.get(notice.lab), notice.notifier < 0 ? null : id.get(notice.notifier));
    return { ...notice, ...standing, term: noticeTermOf(notice.dueAt, standing.toldAt, asker.now) };
  });
  return { projection, notices: await filterNotices(asker, projection, notices, filter) };
}

async function filterNotices(
  asker: Asker,
  projection: Projection,
  notices: readonly Notice[],
  stated: NoticeFilter,
): Promise<readonly Notice[]> {
  const { lab, notifier, states, terms, owners, text } = await resolveMergedIds(asker, projection, stated, ['lab', 'notifier']);
  const { id, name } = projection.organizations;
  // An unknown id fits no notice.
  const absent = -2;
  const find = (organization: string) => (id.find(organization) < 0 ? absent : id.find(organization));
  const wantedLab = typeof lab === 'string' ? find(lab) : undefined;
  const wantedNotifier = typeof notifier === 'string' ? find(notifier) : notifier === null ? -1 : undefined;
  const wanted = foldAccents(text?.trim() ?? '');
  const saysIt = (part: string | null) => part !== null && foldAccents(part).includes(wanted);
  const hasText = ({ lab, notifier, owner }: Notice) =>
    saysIt(owner) || [lab, notifier].some((party) => party >= 0 && (saysIt(name.get(party)) || saysIt(id.get(party))));
  return notices.filter(
    (notice) =>
      (wantedLab === undefined || notice.lab === wantedLab) &&
      (wantedNotifier === undefined || notice.notifier === wantedNotifier) &&
      (states?.includes(notice.state) ?? true) &&
      (terms?.includes(notice.term) ?? true) &&
      (owners?.includes(notice.owner ?? '') ?? true) &&
      (wanted === '' || hasText(notice)),
  );
}

/** Numbers of the notices that fit. Throws as `askNotices`. */
export async function askNoticeCounts(asker: Asker, incident: Incident, filter: NoticeFilter): Promise<NoticeCounts> {
  return countNotices((await askNotices(asker, incident, filter)).notices);
}

/** The notices that fit, by lab or by who must tell. Throws as `askNotices`. */
export async function askNoticeGroups(
  asker: Asker,
  incident: Incident,
  by: 'LAB' | 'NOTIFIER',
  filter: NoticeFilter,
): Promise<Notices & { readonly groups: readonly NoticeGroup[] }> {
  const found = await askNotices(asker, incident, filter);
  return { ...found, groups: groupNotices(found.projection, found.notices, by) };
}
