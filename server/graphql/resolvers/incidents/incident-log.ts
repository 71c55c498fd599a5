import { maxNoteLength } from '../../../domain/records/note.ts';
import { saveLog } from '../../../questions/incidents/save-incident.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { faultList } from '../records/faults.ts';
import { toIncident } from './incident.ts';

export const incidentLogMutations = {
  addIncidentNote: async (_, { input: { incident, text } }, context) => {
    const { faults, checkText } = faultList();
    checkText('text', 'note', text, maxNoteLength);
    if (faults.length > 0) return { incident: null, userErrors: faults };
    const saved = await saveLog(context, context.by, incident, ({ log }) => ({ log, text }));
    return { incident: toIncident(await context.facts(), saved), userErrors: [] };
  },
} satisfies MutationResolvers;
