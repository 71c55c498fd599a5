import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { findAdvisoryMatches } from '../../software/find-matches.ts';
import { quoteList } from '../../software/quote-list.ts';
import type { Asker } from '../asker.ts';
import { askSoftwareView, getAdvisory } from './ask-matches.ts';
import { advisoryOf } from './ask-proposal.ts';

/** The most lists that a pack quotes. */
const mostLists = 100;

/** A pack's quote of a software list that an analyst ticked. */
export interface ListQuote {
  /** The owner of the list. */
  readonly organization: string;
  readonly sentence: string;
}

/**
 * Quotes software lists of origins and suspected origins about the advisory that their incident was proposed from (semantics §13.5). By
 * organization, subject, date (unknown first), id; each list once.
 *
 * Throws BAD_USER_INPUT (the incident was not proposed from an advisory; a list is of another organization, or there is none; too many lists), NOT_FOUND (the
 * advisory), FORBIDDEN (somebody bound to a lab).
 *
 * @param incident with resolved ids
 */
export async function askQuotes(asker: Asker, incident: Incident, lists: readonly string[]): Promise<readonly ListQuote[]> {
  if (lists.length === 0) return [];
  const view = await askSoftwareView(asker);
  const { proposal, advisory: named, origins, suspectedOrigins } = incident;
  if (named === null)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${shown(incident.id)} was not proposed from an advisory, so its packs quote no software list. Leave the lists out.`,
    );
  const wanted = new Set(lists);
  if (wanted.size > mostLists)
    throw new ExposureError('BAD_USER_INPUT', `${wanted.size} software lists are to be quoted; expected at most ${mostLists}.`);
  const starts = new Set([...origins, ...suspectedOrigins.map(({ organization }) => organization)]);
  for (const id of wanted) {
    const list = view.records.list(id);
    if (list !== undefined && starts.has(list.organization)) continue;
    throw new ExposureError(
      'BAD_USER_INPUT',
      `${shown(id)} is no software list of an origin or suspected origin of ${shown(incident.id)}. softwareLists(organization: "ID") lists those of one.`,
    );
  }
  const advisory = proposal === null ? getAdvisory(view, named) : advisoryOf(view, proposal);
  const { question } = await asker.turn(() => findAdvisoryMatches(view.index, advisory));
  return view.index.lists
    .filter(({ id, access }) => access === undefined && wanted.has(id))
    .map((list) => ({ organization: list.organization, sentence: quoteList(view.index, question, list) }));
}

function shown(id: string): string {
  return JSON.stringify(id.slice(0, 80));
}
