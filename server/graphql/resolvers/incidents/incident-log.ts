import { maxAssessed } from '../../../domain/records/assessment.ts';
import { maxNoteLength } from '../../../domain/records/note.ts';
import { saveLog } from '../../../questions/incidents/save-incident.ts';
import { setAssessments } from '../../../questions/incidents/set-assessments.ts';
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
  setAssessments: async (_, { input }, context) => {
    const { faults, fault, checkText } = faultList();
    const artifacts = [...new Set(input.artifacts)];
    const [reason, evidence] = [blankToNull(input.reason), blankToNull(input.evidence)];
    if (artifacts.length < 1 || artifacts.length > maxAssessed) {
      const count = artifacts.length.toLocaleString('en-US');
      fault('BAD_VALUE', ['artifacts'], `The assessment names ${count} artifacts; expected 1 to ${maxAssessed.toLocaleString('en-US')}.`);
    }
    const projection = await context.facts();
    for (const [i, id] of input.artifacts.slice(0, maxAssessed).entries()) {
      if (projection.artifacts.id.find(id) < 0)
        fault('UNKNOWN_REFERENCE', ['artifacts', `${i}`], `There is no artifact "${id.slice(0, 80)}".`);
    }
    if (input.state === 'NOT_DISCLOSED' && reason === null)
      fault('MISSING_VALUE', ['reason'], 'NOT_DISCLOSED needs a reason; say how it was shown.');
    if (reason !== null) checkText('reason', 'assessment', reason, maxNoteLength);
    if (evidence !== null) checkText('evidence', 'assessment', evidence, maxNoteLength);
    if (faults.length > 0) return { incident: null, userErrors: faults };
    const assessment = { artifacts, state: input.state, reason, evidence, by: context.by, at: context.now };
    return { incident: toIncident(projection, await setAssessments(context, input.incident, assessment)), userErrors: [] };
  },
} satisfies MutationResolvers;

function blankToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text;
}
