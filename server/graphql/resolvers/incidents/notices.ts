import { maxNoteLength } from '../../../domain/records/note.ts';
import { getIncident } from '../../../questions/incidents/ask-incidents.ts';
import { askNotices, setNotice } from '../../../questions/incidents/ask-notices.ts';
import { faultList } from '../../../questions/records/faults.ts';
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
    const { faults, fault, checkText } = faultList();
    const note = input.note?.trim() ? input.note : null;
    if (note !== null) checkText('note', 'notice', note, maxNoteLength);
    const { projection, notices } = await askNotices(context, await getIncident(context, input.incident));
    const { id } = projection.organizations;
    const ofLab = notices.filter(({ lab }) => id.get(lab) === input.lab);
    const notifierOf = ({ notifier }: { notifier: number }) => (notifier < 0 ? null : id.get(notifier));
    const wanted =
      input.notifier === undefined && ofLab.length === 1 ? ofLab[0] : ofLab.find((one) => notifierOf(one) === (input.notifier ?? null));
    if (ofLab.length === 0) {
      fault('UNKNOWN_REFERENCE', ['lab'], `"${input.lab.slice(0, 80)}" is neither an affected lab nor a blind spot of this incident.`);
    } else if (wanted === undefined) {
      const expected = ofLab.map((one) => notifierOf(one) ?? 'nobody').join(', ');
      fault('UNKNOWN_REFERENCE', ['notifier'], `No such notice to ${input.lab.slice(0, 80)}; it is to be told by: ${expected}.`);
    }
    if (wanted === undefined || faults.length > 0) return { incident: null, userErrors: faults };
    const notice = { lab: input.lab, notifier: notifierOf(wanted), state: input.state, note, by: context.by, at: context.now };
    return { incident: toIncident(projection, await setNotice(context, projection, input.incident, notice)), userErrors: [] };
  },
} satisfies MutationResolvers;
