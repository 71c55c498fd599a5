import { addIncidentNote } from '../../../questions/incidents/save-incident.ts';
import { planAssessment, setAssessments } from '../../../questions/incidents/set-assessments.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { toIncident } from './incident.ts';

export const incidentLogMutations = {
  addIncidentNote: async (_, { input: { incident, text } }, context) => {
    const { saved, faults } = await addIncidentNote(context, context.by, incident, text);
    return { incident: saved && toIncident(await context.facts(), saved), userErrors: [...faults] };
  },
  setAssessments: async (_, { input }, context) => {
    const projection = await context.facts();
    const { assessment, faults } = planAssessment(projection, input, context.by, context.now);
    if (faults.length > 0) return { incident: null, userErrors: [...faults] };
    return { incident: toIncident(projection, await setAssessments(context, input.incident, assessment)), userErrors: [] };
  },
} satisfies MutationResolvers;
