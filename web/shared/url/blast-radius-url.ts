import { ARTIFACT_TYPE_WORDS, TIERS } from '../format/words.ts';
import type { ArtifactType } from '../generated/operations.ts';
import {
  id,
  ids,
  inRest,
  instant,
  KNOWN_AT_ADVICE,
  key,
  keys,
  knownAt,
  list,
  minSensitivity,
  nested,
  number,
  type Parameter,
  pins,
  readState,
  type StateOf,
  text,
  texts,
  unshared,
  word,
  words,
  writeState,
} from './address-table.ts';
import { COMPARISON, NO_COMPARISON } from './comparison-url.ts';
import { readNumber, type TimeWindow } from './params.ts';
import { DOUBTS, OPTIONS, pickRadiusOptions, type RadiusQuestion, type StatedDoubts, WINDOWS } from './radius-options-url.ts';
import { scenarioSteps } from './scenario-url.ts';

const BLAST_TABS = ['affected', 'labs', 'sums', 'ask', 'copies', 'integrity', 'loss'] as const;
export const COUNTRY_CODE = /^[A-Z]{2}$/;
export const ARTIFACT_TYPES = Object.keys(ARTIFACT_TYPE_WORDS) as ArtifactType[];
export const PICTURE_COLORS = ['tier', 'loss', 'sensitivity', 'type', 'country'] as const;
export const RADIUS_LAYOUTS = ['lanes', 'rings', 'free'] as const;
export const PICTURE_SIZES = ['equal', 'loss', 'copies'] as const;
const CANVAS_VIEWS = ['lanes', 'flows', 'matrix', 'time'] as const;
const BLAST_SORTS = ['WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'] as const;

/** Above this many the picture would be of cards alone. */
export const MOST_EXPANDED = 12;

export type BlastTab = (typeof BLAST_TABS)[number];
export type CanvasView = (typeof CANVAS_VIEWS)[number];
export type RadiusLayout = (typeof RADIUS_LAYOUTS)[number];
export type BlastSort = (typeof BLAST_SORTS)[number];

/** Above the worst case of anything: $10^15. */
const MOST_STEPS = 45;

const expanded = ids('x', 'organization');

/** The picture, or the table. An address may call the lanes `graph`, as the page does. */
const shownAs = word('view', [...CANVAS_VIEWS, 'table'], null);

/** The whole state of a blast-radius view: the question, the filters, and the layout. Null means the server's default. */
export const BLAST = {
  origins: inRest(ids('o', 'organization'), 'origins'),
  ...DOUBTS,
  incident: inRest(text('incident'), 'incident'),
  ...WINDOWS,
  ...OPTIONS,
  knownAt,
  /** Only these tiers. An empty list means all. */
  tiers: inRest(words('tier', TIERS), 'tiers'),
  /** Only these labs. An empty list means all. */
  labs: inRest(ids('lab', 'organization'), 'owners'),
  /** Only artifacts held at these organizations. An empty list means all. */
  holders: inRest(ids('holder', 'organization'), 'holders'),
  /** Only artifacts of these types. An empty list means all; so below. */
  types: inRest(words('type', ARTIFACT_TYPES), 'types'),
  /** Only artifacts of this sensitivity or a higher one. */
  minSensitivity,
  /** Only artifacts of exactly these sensitivities, 1 to 5. */
  sensitivities: inRest(list<number>('sensitivity', { read: (each) => (/^[1-5]$/.test(each) ? Number(each) : null) }), 'sensitivities'),
  /** Only artifacts whose worst case is on these steps of one scale, counted from 0 (`stepUsd`): an address holds no amount. */
  worstCaseSteps: inRest(
    list<number>('loss', { read: (each) => (/^\d{1,2}$/.test(each) ? readNumber(each, 0, MOST_STEPS) : null) }),
    'worstCaseSteps',
    stepUsd,
  ),
  /** Only artifacts held in these countries: codes of two letters. */
  countries: inRest(texts('country', COUNTRY_CODE), 'countries'),
  /** Only artifacts with a copy that came through these channels. A channel is free text. */
  channels: inRest(unshared<readonly string[]>([]), 'channels'),
  sort: inRest(word('sort', BLAST_SORTS, 'WORST_CASE_LOSS'), 'orderBy'),
  tab: word('tab', BLAST_TABS, 'affected'),
  /** Null: the table on a narrow screen, else the canvas that fits the size of the radius. */
  view: { ...shownAs, read: (params: URLSearchParams) => (params.get('view') === 'graph' ? 'lanes' : shownAs.read(params)) },
  /** Width of a band of the flows, or height of the bars over time: worst-case loss or number of artifacts. */
  measure: word('by', ['worst', 'count'], 'worst'),
  /** Order of rows and columns of the matrix. */
  order: word('order', ['value', 'name'], 'value'),
  /** The extent of the holders over time: all that is known, or the weeks around the widest window. */
  span: word('span', ['whole', 'near'], 'whole'),
  /** The actions of a what-if. Null if none is open. */
  actions: scenarioSteps('w', 'The action'),
  comparison: nested(COMPARISON),
  /** A node key: `artifact:ID` or `organization:ID`. */
  selection: key('sel'),
  /** The holder or lab of the graph whose rows the list shows. */
  focus: id('focus', 'organization'),
  openGroups: keys('open'),
  /** The places of the nodes of the graph. */
  layout: word('layout', RADIUS_LAYOUTS, 'lanes'),
  /** The meanings of the fill and the size of an artifact's disc in the picture. */
  color: word('color', PICTURE_COLORS, 'tier'),
  size: word('size', PICTURE_SIZES, 'equal'),
  /** The figure that the width of a band of the lanes stands for. */
  width: word('width', ['copies', 'loss'], 'copies'),
  /** Ids of the holders that show whom they got copies from and passed them on to. */
  expanded: { ...expanded, read: (params) => expanded.read(params).slice(0, MOST_EXPANDED) } satisfies Parameter<readonly string[]>,
  /** Keys of holders and labs that the canvas does not draw. They never leave the figures. */
  hidden: keys('hide'),
  pins,
  /** The hops that are shown, of those that the question follows; null: all. */
  hop: number('hop', 0, 10, {
    words: 'The number of hops shown',
    expected: 'a whole number from 0 to 10',
    instead: () => 'All hops are shown instead.',
  }),
  /** The instant that the picture shows; null: the whole window. */
  at: instant('t', { ...KNOWN_AT_ADVICE, words: 'The instant shown', instead: () => 'The whole window is shown instead.' }),
};

export type BlastState = StateOf<typeof BLAST>;

/** The filters of the list, the text aside. */
export type BlastFilters = Pick<
  BlastState,
  'tiers' | 'labs' | 'holders' | 'types' | 'minSensitivity' | 'sensitivities' | 'worstCaseSteps' | 'countries' | 'channels'
>;

export const NO_FILTERS: BlastFilters = {
  tiers: [],
  labs: [],
  holders: [],
  types: [],
  minSensitivity: null,
  sensitivities: [],
  worstCaseSteps: [],
  countries: [],
  channels: [],
};

/** The number of filters on the list, the text aside. */
export function countFilters({ tiers, labs, holders, types, minSensitivity, ...more }: BlastFilters): number {
  const lists = [tiers, labs, holders, types, more.sensitivities, more.worstCaseSteps, more.countries, more.channels];
  return lists.reduce((sum, list) => sum + list.length, minSensitivity === null ? 0 : 1);
}

/** The lower end of a step of the worst case, in US dollars: 0, then 1, 2 and 5 times each power of ten, as the server counts them. */
export function stepUsd(step: number): number {
  return step === 0 ? 0 : ([1, 2, 5][(step - 1) % 3] ?? 1) * 10 ** Math.floor((step - 1) / 3);
}

export const parseBlastState = (params: URLSearchParams): BlastState => readState(BLAST, params);

export const writeBlastState = (state: BlastState): URLSearchParams => writeState(BLAST, state);

/** The state of an address without parameters. */
const blank = () => parseBlastState(new URLSearchParams());

/**
 * The URL of the blast radius of these origins, with defaults for everything else.
 *
 * @param windows the time of the question. Without it, the page asks for one.
 */
export function blastHref(
  origins: readonly string[],
  windows?: { readonly core: TimeWindow; readonly widest: TimeWindow },
  suspects: StatedDoubts['suspects'] = null,
): string {
  const { core = null, widest = null } = windows ?? {};
  return `/blast?${writeBlastState({ ...blank(), origins, suspects, core, widest })}`;
}

/** The URL of the blast radius that a question asks for, with a what-if of the actions if any are given. */
export function radiusHref(question: RadiusQuestion, actions: BlastState['actions'] = null): string {
  return `/blast?${writeBlastState({ ...stateOfQuestion(question), actions })}`;
}

/** The URL of a comparison: the radius of one organization after that of another, over the windows of a question. */
export function compareHref(question: RadiusQuestion, before: string, after: string): string {
  const state = stateOfQuestion({ ...question, incident: null, origins: [after], suspects: null });
  return `/blast?${writeBlastState({ ...state, comparison: { ...NO_COMPARISON, isOpen: true, origins: [before] } })}`;
}

function stateOfQuestion(question: RadiusQuestion): BlastState {
  const { origins, suspects, hasCore, incident, core, widest, knownAt } = question;
  return { ...blank(), origins, suspects, hasCore, incident, core, widest, knownAt, ...pickRadiusOptions(question) };
}

export function incidentHref(id: string): string {
  return `/blast?${new URLSearchParams({ incident: id })}`;
}
