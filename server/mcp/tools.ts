import { z } from 'zod';
import { factTools } from './fact-tools.ts';
import { radiusTools } from './radius-tools.ts';
import {
  type Answer,
  at,
  id,
  ids,
  lackOfWindow,
  namesOf,
  pickRadius,
  radiusFieldsOfIncident,
  summaryWords,
  type Tool,
  tool,
  windowWords,
} from './tool.ts';

/** The read-only tools, in the order in which assistants are told of them. Names are kept: settings of users hold them. */
export const readingTools: readonly Tool[] = [
  factTools.find,
  factTools.describe,
  radiusTools.blastRadius,
  radiusTools.explain,
  factTools.whoCouldLeak,
  radiusTools.whomToAsk,
  radiusTools.compare,
  radiusTools.whatIf,
  radiusTools.bestCuts,
  factTools.ranking,
  factTools.findings,
  factTools.incident,
];

/** @param hasWrites EXPOSURE_MCP_WRITES */
export function listTools(hasWrites: boolean): readonly Tool[] {
  return hasWrites ? [...readingTools, ...writingTools] : readingTools;
}

/*
 * The tools that EXPOSURE_MCP_WRITES=notes adds. A note is the only thing that an assistant writes; facts, packs and notices never are.
 */

const noteText =
  'mutation AddIncidentNote($input: AddIncidentNoteInput!) { addIncidentNote(input: $input) { incident { id version } userErrors { code message } } }';

const addIncidentNote = tool({
  name: 'add_incident_note',
  title: 'Add a note to an incident',
  description:
    'Adds one note to the history of a saved incident, under the name of the token. It changes no fact and no figure. Ask the person first.',
  isWriting: true,
  input: z.strictObject({
    incident: id('the incident'),
    text: z
      .string()
      .min(1)
      .max(2000)
      .describe('The note, as the person wants it. It names the assistant as its writer only by the name of the token.'),
  }),
  operations: [noteText],
  ask({ incident, text }) {
    return {
      operation: noteText,
      variables: { input: { incident, text } },
      names: { incidents: [incident] },
      lists: [],
      href: `/incidents/${encodeURIComponent(incident)}`,
      findLack: ({ addIncidentNote: { userErrors } }) =>
        userErrors.rows.some(({ code }: Answer) => code === 'NOT_FOUND') ? { kind: 'record', names: { incidents: [incident] } } : undefined,
      describe({ addIncidentNote: { incident: saved, userErrors } }) {
        return saved === null
          ? `The note was not added: ${userErrors.rows.map(({ code }: Answer) => code).join(', ')}.`
          : `The note was added to ${ids([saved.id])}.`;
      },
    };
  },
});

const draftText = `query DraftIncident($input: BlastRadiusInput!) { revision blastRadius(input: $input) { revision hasCore core { from to } widest { from to } maxHops transferLikelihood minDegree
  origins { id name } suspectedOrigins { organization { id name } likelihood }
  summary { reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd } } }`;

const draftIncident = tool({
  name: 'draft_incident',
  title: 'Draft an incident',
  description:
    'Checks the origins and windows of a new incident and gives the input of saveIncident, with what its radius would be, and the address of the form. It saves nothing: a person does.',
  isWriting: true,
  input: z.strictObject({
    name: z.string().min(1).max(200).describe('The name of the incident.'),
    discoveredAt: at('When the breach was learned of: notice terms run from it.').optional(),
    ...radiusFieldsOfIncident,
  }),
  operations: [draftText],
  ask({ name, discoveredAt, ...args }) {
    const radius = pickRadius(args);
    const parameters = new URLSearchParams();
    for (const origin of radius.origins ?? []) parameters.append('o', origin);
    return (
      lackOfWindow(radius) ?? {
        operation: draftText,
        variables: { input: radius },
        names: namesOf(radius),
        asked: { saveIncidentInput: { name, ...(discoveredAt !== undefined && { discoveredAt }), ...radius } },
        lists: [],
        href: parameters.size === 0 ? '/incidents/new' : `/incidents/new?${parameters}`,
        describe({ blastRadius: found }) {
          return `Nothing was saved. The incident would have (${windowWords(found)}): ${summaryWords(found.summary)}. A person can save it by the form at the address, or by saveIncident with the input in "asked".`;
        },
      }
    );
  },
});

const writingTools: readonly Tool[] = [addIncidentNote, draftIncident];
