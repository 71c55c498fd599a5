import { maxNoteLength } from '../../../domain/records/note.ts';
import { saveLog } from '../../../questions/incidents/save-incident.ts';
import { planAssessment, setAssessments } from '../../../questions/incidents/set-assessments.ts';
import { faultList } from '../../../questions/records/faults.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { toIncident } from './incident.ts';

export const incidentLogMutations = {
  addIncidentNote: async (_, { input: { incident, text } }, context) => {
    const { faults, checkText } = faultList();
    checkText('text', 'note', text, maxNoteLength);
    if (faults.length > 0) return { incident: null, userErrors: faults };
    const saved = await saveLog(context, context.by, incident, ({ log }) => ({ log, text }));
    return { incident: toIncident(await context.facts(), saved), userErrors: [] };
  },
  setAssessments: async (_, { input }, context) => {
    const projection = await context.facts();
    const { assessment, faults } = planAssessment(projection, input, context.by, context.now);
    if (faults.length > 0) return { incident: null, userErrors: [...faults] };
    return { incident: toIncident(projection, await setAssessments(context, input.incident, assessment)), userErrors: [] };
  },
} satisfies MutationResolvers;
