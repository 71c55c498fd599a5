import type { Incident } from '../../domain/incident.ts';
import type { NoticeStanding } from '../../domain/records/notice.ts';
import { standingOf } from '../../domain/records/notice.ts';
import type { NoticeDue } from '../../exposure/radius/notices.ts';
import { findNotices } from '../../exposure/radius/notices.ts';
import type { Projection } from '../../projection/projection.ts';
import { answerRadius } from '../ask-radius.ts';
import type { Asker } from '../asker.ts';
import { readResolvedIncident } from './resolved-incident.ts';

export interface Notice extends NoticeDue, NoticeStanding {}

export interface Notices {
  readonly projection: Projection;
  readonly notices: readonly Notice[];
}

/**
 * Who has to tell each affected lab and each blind spot of an incident, by when, and whether that happened.
 *
 * Throws as `askRadius`; LIMIT_EXCEEDED if the server holds only a part of the facts, because terms may be outside it.
 */
export async function askNotices(asker: Asker, incident: Incident): Promise<Notices> {
  asker.needAllFacts();
  const { radius } = await answerRadius(asker, {}, incident);
  const { projection } = radius;
  const due = await asker.run(findNotices(radius, incident.discoveredAt, asker.now));
  const { id } = projection.organizations;
  const { log } = await readResolvedIncident(asker, projection, incident);
  const notices = due.map((notice) => {
    const lab = id.get(notice.lab);
    const notifier = notice.notifier < 0 ? null : id.get(notice.notifier);
    const statements = log.notices.filter((one) => one.lab === lab && one.notifier === notifier);
    return { ...notice, ...standingOf(statements) };
  });
  return { projection, notices };
}
