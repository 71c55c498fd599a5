import type { NoticeState, NoticeTerm } from '../generated/operations.ts';
import { readList, readWord, readWords, writeList, writeValue } from './params.ts';

export const INCIDENT_TABS = ['history', 'artifacts', 'notices', 'plan', 'packs'] as const;
export type IncidentTab = (typeof INCIDENT_TABS)[number];

/** The whole state of an Incidents view. */
export type IncidentsState =
  | { readonly view: 'list' }
  /** The form of a new incident. */
  | { readonly view: 'new'; readonly origins: readonly string[] }
  | { readonly view: 'one'; readonly incident: string; readonly tab: IncidentTab };

/** A tick that a person set in place of what the grade proposes: as an origin, suspected with a likelihood above 0 up to 1, or not at all. */
export interface StatedTick {
  readonly organization: string;
  readonly as: 'origin' | 'no' | number;
}

/** The whole state of the page *From an advisory*. */
export interface AdvisoryState {
  /** Its id, or an alias. Null: none is chosen. */
  readonly advisory: string | null;
  readonly ticks: readonly StatedTick[];
  readonly treatAsCompromise: boolean;
  /** The organization whose lists are shown in full. */
  readonly selected: string | null;
}

const PATH = '/incidents';

export function parseIncidentsState(path: string, params: URLSearchParams): IncidentsState {
  const rest = path.slice(PATH.length + 1);
  if (rest === '') return { view: 'list' };
  if (rest === 'new') return { view: 'new', origins: readList(params, 'o') };
  return { view: 'one', incident: decodeOrSame(rest), tab: readWord(params, 'tab', INCIDENT_TABS) ?? 'history' };
}

/** Whether the path is that of the page *From an advisory*. */
export function isAdvisoryPath(path: string): boolean {
  return path === `${PATH}/from-advisory`;
}

export function parseAdvisoryState(params: URLSearchParams): AdvisoryState {
  const ticks = new Map(
    readList(params, 'tick')
      .flatMap((text) => readTick(text) ?? [])
      .map((tick) => [tick.organization, tick]),
  );
  return {
    advisory: params.get('advisory') || null,
    ticks: [...ticks.values()],
    treatAsCompromise: params.get('compromise') === 'true',
    selected: params.get('sel') || null,
  };
}

/** `origin:ID`, `no:ID` or `0.4:ID`. Null if the text is malformed. */
function readTick(text: string): StatedTick | null {
  const [, word = '', organization] = /^(origin|no|[01](?:\.\d{1,4})?):(.+)$/s.exec(text) ?? [];
  if (organization === undefined) return null;
  if (word === 'origin' || word === 'no') return { organization, as: word };
  const likelihood = Number(word);
  return likelihood > 0 && likelihood <= 1 ? { organization, as: likelihood } : null;
}

/** The page *From an advisory*. */
export function advisoryHref(state: Partial<AdvisoryState> = {}): string {
  const params = new URLSearchParams();
  writeValue(params, 'advisory', state.advisory ?? null);
  writeList(
    params,
    'tick',
    (state.ticks ?? []).map(({ organization, as }) => `${as}:${organization}`),
  );
  if (state.treatAsCompromise === true) params.set('compromise', 'true');
  writeValue(params, 'sel', state.selected ?? null);
  return params.size === 0 ? `${PATH}/from-advisory` : `${PATH}/from-advisory?${params}`;
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

export const GROUPINGS = ['lab', 'notifier', 'flat'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const NOTICE_STATES = ['TO_TELL', 'TOLD', 'ANSWERED'] as const satisfies readonly NoticeState[];
export const NOTICE_TERMS = ['OVERDUE', 'DUE_TODAY', 'LATER', 'NONE', 'IN_TIME', 'LATE'] as const satisfies readonly NoticeTerm[];

/** How the notices or the steps of an incident are shown. */
export interface GroupedView {
  readonly by: Grouping;
  readonly states: readonly NoticeState[];
  readonly terms: readonly NoticeTerm[];
  /** One person, `''` for nobody; null: any. */
  readonly owner: string | null;
  /** The open groups, by id of their organization; `-` for nobody. */
  readonly open: readonly string[];
}

/** @param by the grouping that the view begins with */
export function parseGroupedView(params: URLSearchParams, by: Grouping): GroupedView {
  return {
    by: readWord(params, 'by', GROUPINGS) ?? by,
    states: readWords(params, 'state', NOTICE_STATES),
    terms: readWords(params, 'term', NOTICE_TERMS),
    owner: params.get('owner'),
    open: readList(params, 'open'),
  };
}

/** The notices or the plan of an incident, so shown. */
export function groupedHref(incident: string, tab: 'notices' | 'plan', view: GroupedView): string {
  const params = new URLSearchParams({ tab });
  params.set('by', view.by);
  writeList(params, 'state', view.states);
  writeList(params, 'term', view.terms);
  writeValue(params, 'owner', view.owner);
  writeList(params, 'open', view.open);
  return `${oneIncidentHref(incident)}?${params}`;
}
