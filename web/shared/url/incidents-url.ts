import type { NoticeState, NoticeTerm } from '../generated/operations.ts';
import {
  exactText,
  flag,
  type IdMap,
  id,
  ids,
  inRest,
  list,
  type Parameter,
  readState,
  type StateOf,
  text,
  word,
  words,
  writeState,
} from './address-table.ts';
import { hrefOf } from './location.ts';
import { decodeSafely } from './params.ts';

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

const PATH = '/incidents';

export function parseIncidentsState(path: string, params: URLSearchParams): IncidentsState {
  const rest = path.slice(PATH.length + 1);
  if (rest === '') return { view: 'list' };
  if (rest === 'new') return { view: 'new', ...readState(NEW_INCIDENT, params) };
  return { view: 'one', incident: decodeSafely(rest), ...readState(ONE_INCIDENT, params) };
}

export const NEW_INCIDENT = { origins: ids('o', 'organization') };

const ONE_INCIDENT = { tab: word('tab', INCIDENT_TABS, 'history') };

/** Whether the path is that of the page *From an advisory*. */
export function isAdvisoryPath(path: string): boolean {
  return path === `${PATH}/from-advisory`;
}

const ticked = list<StatedTick>('tick', {
  read: readTick,
  write: ({ organization, as }) => `${as}:${organization}`,
  mapIds: (tick, map: IdMap) => {
    const organization = map(tick.organization, 'organization');
    return organization === null ? null : { ...tick, organization };
  },
});
/** Of two ticks of one organization the later counts. */
const latest = (all: readonly StatedTick[]) => [...new Map(all.map((tick) => [tick.organization, tick])).values()];
const ticks: Parameter<readonly StatedTick[]> = {
  ...ticked,
  read: (params) => latest(ticked.read(params)),
  mapIds: (all, map, state) => latest(ticked.mapIds?.(all, map, state) ?? all),
};

/** The whole state of the page *From an advisory*. */
export const FROM_ADVISORY = {
  /** Its id, or an alias. Null: none is chosen. */
  advisory: text('advisory'),
  ticks,
  treatAsCompromise: flag('compromise', 'true'),
  /** The organization whose lists are shown in full. */
  selected: id('sel', 'organization'),
};

export type AdvisoryState = StateOf<typeof FROM_ADVISORY>;

export const parseAdvisoryState = (params: URLSearchParams): AdvisoryState => readState(FROM_ADVISORY, params);

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
  const blank = parseAdvisoryState(new URLSearchParams());
  return hrefOf(`${PATH}/from-advisory`, writeState(FROM_ADVISORY, { ...blank, ...state }));
}

/** The page of one incident. */
export function oneIncidentHref(incident: string, tab: IncidentTab = 'history'): string {
  return hrefOf(`${PATH}/${encodeURIComponent(incident)}`, writeState(ONE_INCIDENT, { tab }));
}

/** The pack of one lab, which quotes these software lists. */
export function packHref(incident: string, lab: string, quoted: readonly string[] = []): string {
  const blank = parseIncidentState(new URLSearchParams());
  return hrefOf(`${PATH}/${encodeURIComponent(incident)}`, writeState(INCIDENT, { ...blank, tab: 'packs', lab, quoted }));
}

/** The notices of an incident by lab, with those of one lab open. */
export function labNoticesHref(incident: string, lab: string): string {
  return groupedHref(incident, 'notices', { ...parseGroupedView(new URLSearchParams(), 'lab'), open: [lab] });
}

/** The form of a new incident with these origins. */
export function newIncidentHref(origins: readonly string[]): string {
  return hrefOf(`${PATH}/new`, writeState(NEW_INCIDENT, { origins }));
}

export const GROUPINGS = ['lab', 'notifier', 'flat'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const NOTICE_STATES = ['TO_TELL', 'TOLD', 'ANSWERED'] as const satisfies readonly NoticeState[];
export const NOTICE_TERMS = ['OVERDUE', 'DUE_TODAY', 'LATER', 'NONE', 'IN_TIME', 'LATE'] as const satisfies readonly NoticeTerm[];

const SHOWN = {
  states: inRest(words('state', NOTICE_STATES), 'states'),
  terms: inRest(words('term', NOTICE_TERMS), 'terms'),
  /** One person, `''` for nobody; null: any. */
  owner: inRest(exactText('owner'), 'owners'),
  /** The open groups, by id of their organization; `-` for nobody. */
  open: list<string>('open', { read: (each) => each, mapIds: (each, map) => (each === '-' ? each : map(each, 'organization')) }),
};

/** The page of one incident. Each tab reads its own part. */
export const INCIDENT = {
  ...ONE_INCIDENT,
  /** The lab whose pack is shown; null: the first. */
  lab: inRest(id('lab', 'organization'), 'lab'),
  /** Ids of the software lists that the pack quotes. */
  quoted: inRest(ids('list', 'record'), 'lists'),
  by: word('by', GROUPINGS, null),
  ...SHOWN,
};

export const parseIncidentState = (params: URLSearchParams): StateOf<typeof INCIDENT> => readState(INCIDENT, params);

/** How the notices or the steps of an incident are shown. */
export type GroupedView = StateOf<typeof SHOWN> & { readonly by: Grouping };

/** @param by the grouping that the view begins with */
export function parseGroupedView(params: URLSearchParams, by: Grouping): GroupedView {
  const view = parseIncidentState(params);
  return { ...view, by: view.by ?? by };
}

/** The notices or the plan of an incident, so shown. */
export function groupedHref(incident: string, tab: 'notices' | 'plan', view: GroupedView): string {
  return hrefOf(`${PATH}/${encodeURIComponent(incident)}`, writeState(INCIDENT, { ...view, tab, lab: null, quoted: [] }));
}
