import type { Notice } from '../exposure/radius/list-notices.ts';
import type { Projection } from '../projection/projection.ts';
import { none } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { instantValue, tableOf } from './rows.ts';

const columns = ['lab', 'notifier', 'engagement', 'due_at', 'state', 'note', 'told_at', 'answered_at', 'owner', 'by', 'term'] as const;

/** All rows of `Incident.notices`. `term` says how each notice stands to its term. */
export function noticeRows({ organizations, engagements }: Projection, notices: readonly Notice[]): RowTable {
  const instant = (value: number | null) => (value === null ? null : instantValue(value));
  return tableOf('notices', columns, notices, (notice) => ({
    lab: organizations.id.get(notice.lab),
    notifier: notice.notifier === none ? null : organizations.id.get(notice.notifier),
    engagement: notice.engagement === none ? null : engagements.id.get(notice.engagement),
    due_at: instant(notice.dueAt),
    state: notice.state,
    note: notice.note,
    told_at: instant(notice.toldAt),
    answered_at: instant(notice.answeredAt),
    owner: notice.owner,
    by: notice.by,
    term: notice.term,
  }));
}
