import { readList, readWord, writeList } from './params.ts';

export const INCIDENT_TABS = ['history', 'artifacts', 'notices', 'plan', 'packs'] as const;
export type IncidentTab = (typeof INCIDENT_TABS)[number];

/** The whole state of an Incidents view. */
export type IncidentsState =
  | { readonly view: 'list' }
  /** The form of a new incident. */
  | { readonly view: 'new'; readonly origins: readonly string[] }
  | { readonly view: 'one'; readonly incident: string; readonly tab: IncidentTab };

const PATH = '/incidents';

export function parseIncidentsState(path: string, params: URLSearchParams): IncidentsState {
  const rest = path.slice(PATH.length + 1);
  if (rest === '') return { view: 'list' };
  if (rest === 'new') return { view: 'new', origins: readList(params, 'o') };
  return { view: 'one', incident: decodeOrSame(rest), tab: readWord(params, 'tab', INCIDENT_TABS) ?? 'history' };
}

/** A malformed escape stands for itself, and finds no incident. */
function decodeOrSame(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The page of one incident. */
export function oneIncidentHref(incident: string, tab: IncidentTab = 'history'): string {
  return `${PATH}/${encodeURIComponent(incident)}${tab === 'history' ? '' : `?tab=${tab}`}`;
}

/** The pack of one lab. */
export function packHref(incident: string, lab: string): string {
  return `${oneIncidentHref(incident, 'packs')}&lab=${encodeURIComponent(lab)}`;
}

/** The form of a new incident with these origins. */
export function newIncidentHref(origins: readonly string[]): string {
  const params = new URLSearchParams();
  writeList(params, 'o', origins);
  return params.size === 0 ? `${PATH}/new` : `${PATH}/new?${params}`;
}
