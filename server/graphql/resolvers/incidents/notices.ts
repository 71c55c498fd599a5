import { askNotices } from '../../../questions/incidents/ask-notices.ts';
import { setNotice } from '../../../questions/incidents/set-notice.ts';
import type { IncidentResolvers, MutationResolvers, NoticeResolvers } from '../../generated/resolvers.ts';
import { engagementAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { toIncident } from './incident.ts';

export const incidentNotices: Pick<IncidentResolvers, 'notices'> = {
  notices: async ({ incident, version }, args, context) => {
    const { projection, notices } = await askNotices(context, incident);
    const revision = `${projection.revision}-${version + incident.logSaves}`;
    const identity = { list: 'Incident.notices', question: incident.id, revision };
    return pageOfArray(identity, args, notices, (value) => ({ projection, value }));
  },
};

export const Notice: NoticeResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  notifier: ({ projection, value }) => (value.notifier < 0 ? null : organizationAt(projection, value.notifier)),
  engagement: ({ projection, value }) => (value.engagement < 0 ? null : engagementAt(projection, value.engagement)),
  dueAt: ({ value }) => value.dueAt,
  state: ({ value }) => value.state,
  note: ({ value }) => value.note,
  toldAt: ({ value }) => value.toldAt,
  answeredAt: ({ value }) => value.answeredAt,
  by: ({ value }) => value.by,
};

export const noticeMutations = {
  setNotice: async (_, { input }, context) => {
    const { projection, saved, faults } = await setNotice(context, context.by, input);
    return { incident: saved && toIncident(projection, saved), userErrors: [...faults] };
  },
} satisfies MutationResolvers;
