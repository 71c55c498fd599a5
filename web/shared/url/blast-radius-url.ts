import { ARTIFACT_TYPE_WORDS } from '../format/words.ts';
import type { ArtifactType } from '../generated/operations.ts';
import { type Comparison, NO_COMPARISON, parseComparison, writeComparison } from './comparison-url.ts';
import {
  type Pin,
  readInstant,
  readList,
  readNumber,
  readPins,
  readSensitivity,
  readWindow,
  readWord,
  readWords,
  shortInstant,
  type TimeWindow,
  writeList,
  writePins,
  writeValue,
  writeWindow,
} from './params.ts';
import {
  pickRadiusOptions,
  type RadiusOptionValues,
  type RadiusQuestion,
  readDoubts,
  readRadiusOptions,
  type StatedDoubts,
  writeDoubts,
  writeRadiusOptions,
} from './radius-options-url.ts';
import { parseScenarioStep, type ScenarioStep, writeScenarioStep } from './scenario-url.ts';

export const TIERS = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
const BLAST_TABS = ['affected', 'labs', 'sums', 'ask', 'copies', 'integrity', 'loss'] as const;
export const COUNTRY_CODE = /^[A-Z]{2}$/;
export const ARTIFACT_TYPES = Object.keys(ARTIFACT_TYPE_WORDS) as ArtifactType[];
export const PICTURE_COLORS = ['tier', 'loss', 'sensitivity', 'type', 'country'] as const;
export const PICTURE_SIZES = ['equal', 'loss', 'copies'] as const;
const CANVAS_VIEWS = ['lanes', 'flows', 'matrix', 'time'] as const;
const BLAST_SORTS = ['WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'] as const;

/** Above this many the picture would be of cards alone. */
export const MOST_EXPANDED = 12;

export type BlastTab = (typeof BLAST_TABS)[number];
export type CanvasView = (typeof CANVAS_VIEWS)[number];
export type BlastSort = (typeof BLAST_SORTS)[number];

/** The whole state of a blast-radius view: the question, the filters, and the layout. Null means the server's default. */
export interface BlastState extends RadiusOptionValues, StatedDoubts {
  readonly origins: readonly string[];
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  readonly incident: string | null;
  readonly knownAt: string | null;
  /** Only these tiers. An empty list means all. */
  readonly tiers: readonly (typeof TIERS)[number][];
  /** Only these labs. An empty list means all. */
  readonly labs: readonly string[];
  /** Only artifacts held at these organizations. An empty list means all. */
  readonly holders: readonly string[];
  /** Only artifacts of these types. An empty list means all; so below. */
  readonly types: readonly ArtifactType[];
  /** Only artifacts of this sensitivity or a higher one. */
  readonly minSensitivity: number | null;
  /** Only artifacts of exactly these sensitivities, 1 to 5. */
  readonly sensitivities: readonly number[];
  /** Only artifacts whose worst case is on these steps of one scale, counted from 0 (`stepUsd`): an address holds no amount. */
  readonly worstCaseSteps: readonly number[];
  /** Only artifacts held in these countries: codes of two letters. An address holds no free text, so no channel. */
  readonly countries: readonly string[];
  readonly sort: BlastSort;
  readonly tab: BlastTab;
  /** Null: the table on a narrow screen, else the canvas that fits the size of the radius. */
  readonly view: CanvasView | 'table' | null;
  /** Width of a band of the flows, or height of the bars over time: worst-case loss or number of artifacts. */
  readonly measure: 'worst' | 'count';
  /** Order of rows and columns of the matrix. */
  readonly order: 'value' | 'name';
  /** The extent of the holders over time: all that is known, or the weeks around the widest window. */
  readonly span: 'whole' | 'near';
  /** The actions of a what-if. Null if none is open. */
  readonly actions: readonly ScenarioStep[] | null;
  readonly comparison: Comparison;
  /** A node key: `artifact:ID` or `organization:ID`. */
  readonly selection: string | null;
  readonly openGroups: readonly string[];
  /** What the fill and the size of an artifact's disc in the picture mean. */
  readonly color: (typeof PICTURE_COLORS)[number];
  readonly size: (typeof PICTURE_SIZES)[number];
  /** What the width of a band of the lanes stands for. */
  readonly width: 'copies' | 'loss';
  /** Ids of the holders that show whom they got copies from and passed them on to. */
  readonly expanded: readonly string[];
  /** Keys of holders and labs that the canvas does not draw. They never leave the figures. */
  readonly hidden: readonly string[];
  readonly pins: readonly Pin[];
  /** The hops that are shown, of those that the question follows; null: all. */
  readonly hop: number | null;
  /** The instant that the picture shows; null: the whole window. */
  readonly at: string | null;
}

/** What narrows the list, the text aside. */
export type BlastFilters = Pick<
  BlastState,
  'tiers' | 'labs' | 'holders' | 'types' | 'minSensitivity' | 'sensitivities' | 'worstCaseSteps' | 'countries'
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
};

/** The number of filters on the list, the text aside. */
export function countFilters({ tiers, labs, holders, types, minSensitivity, ...more }: BlastFilters): number {
  const lists = [tiers, labs, holders, types, more.sensitivities, more.worstCaseSteps, more.countries];
  return lists.reduce((sum, list) => sum + list.length, minSensitivity === null ? 0 : 1);
}

/** The lower end of a step of the worst case, in US dollars: 0, then 1, 2 and 5 times each power of ten, as the server counts them. */
export function stepUsd(step: number): number {
  return step === 0 ? 0 : ([1, 2, 5][(step - 1) % 3] ?? 1) * 10 ** Math.floor((step - 1) / 3);
}

/** Above the worst case of anything: $10^15. */
const MOST_STEPS = 45;

export function parseBlastState(params: URLSearchParams): BlastState {
  return {
    origins: readList(params, 'o'),
    ...readDoubts(params),
    core: readWindow(params, 'core'),
    widest: readWindow(params, 'widest'),
    ...readRadiusOptions(params),
    incident: params.get('incident'),
    knownAt: readInstant(params.get('knownAt')),
    tiers: readWords(params, 'tier', TIERS),
    labs: readList(params, 'lab'),
    holders: readList(params, 'holder'),
    types: readWords(params, 'type', ARTIFACT_TYPES),
    minSensitivity: readSensitivity(params),
    sensitivities: readWords(params, 'sensitivity', ['1', '2', '3', '4', '5']).map(Number),
    worstCaseSteps: readList(params, 'loss').flatMap((text) => (/^\d{1,2}$/.test(text) && Number(text) <= MOST_STEPS ? Number(text) : [])),
    countries: readList(params, 'country').filter((code) => COUNTRY_CODE.test(code)),
    sort: readWord(params, 'sort', BLAST_SORTS) ?? 'WORST_CASE_LOSS',
    tab: readWord(params, 'tab', BLAST_TABS) ?? 'affected',
    view: readWord(params, 'view', [...CANVAS_VIEWS, 'table'] as const),
    measure: readWord(params, 'by', ['count'] as const) ?? 'worst',
    order: readWord(params, 'order', ['name'] as const) ?? 'value',
    span: readWord(params, 'span', ['near'] as const) ?? 'whole',
    actions: params.has('w') ? readList(params, 'w').flatMap((text) => parseScenarioStep(text) ?? []) : null,
    comparison: parseComparison(params),
    selection: params.get('sel'),
    openGroups: readList(params, 'open'),
    color: readWord(params, 'color', PICTURE_COLORS) ?? 'tier',
    size: readWord(params, 'size', PICTURE_SIZES) ?? 'equal',
    width: readWord(params, 'width', ['loss'] as const) ?? 'copies',
    expanded: readList(params, 'x').slice(0, MOST_EXPANDED),
    hidden: readList(params, 'hide'),
    pins: readPins(params),
    hop: readHop(params),
    at: readInstant(params.get('t')),
  };
}

/** Leaves out defaults, so that one state has one short URL. */
export function writeBlastState(state: BlastState): URLSearchParams {
  const params = new URLSearchParams();
  writeList(params, 'o', state.origins);
  writeDoubts(params, state);
  writeValue(params, 'incident', state.incident);
  writeWindow(params, 'core', state.core);
  writeWindow(params, 'widest', state.widest);
  writeRadiusOptions(params, state);
  writeValue(params, 'knownAt', state.knownAt === null ? null : shortInstant(state.knownAt));
  writeList(params, 'tier', state.tiers);
  writeList(params, 'lab', state.labs);
  writeList(params, 'holder', state.holders);
  writeList(params, 'type', state.types);
  writeValue(params, 'minSensitivity', state.minSensitivity);
  writeList(params, 'sensitivity', state.sensitivities.map(String));
  writeList(params, 'loss', state.worstCaseSteps.map(String));
  writeList(params, 'country', state.countries);
  if (state.sort !== 'WORST_CASE_LOSS') params.set('sort', state.sort);
  if (state.tab !== 'affected') params.set('tab', state.tab);
  writeValue(params, 'view', state.view);
  if (state.measure !== 'worst') params.set('by', state.measure);
  if (state.order !== 'value') params.set('order', state.order);
  if (state.span !== 'whole') params.set('span', state.span);
  if (state.actions?.length === 0) params.set('w', '');
  writeList(params, 'w', state.actions?.map(writeScenarioStep) ?? []);
  writeComparison(params, state.comparison);
  writeValue(params, 'sel', state.selection);
  writeList(params, 'open', state.openGroups);
  if (state.color !== 'tier') params.set('color', state.color);
  if (state.size !== 'equal') params.set('size', state.size);
  if (state.width !== 'copies') params.set('width', state.width);
  writeList(params, 'x', state.expanded);
  writeList(params, 'hide', state.hidden);
  writePins(params, state.pins);
  writeValue(params, 'hop', state.hop);
  writeValue(params, 't', state.at === null ? null : shortInstant(state.at));
  return params;
}

function readHop(params: URLSearchParams): number | null {
  const hop = readNumber(params, 'hop', 0, 10);
  return hop !== null && Number.isInteger(hop) ? hop : null;
}

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
  const params = new URLSearchParams();
  writeList(params, 'o', origins);
  writeDoubts(params, { suspects, hasCore: null });
  if (windows !== undefined) {
    writeWindow(params, 'core', windows.core);
    writeWindow(params, 'widest', windows.widest);
  }
  return `/blast?${params}`;
}

/** The URL of the blast radius that a question asks for. */
export function radiusHref(question: RadiusQuestion): string {
  const { origins, suspects, hasCore, incident, core, widest, knownAt } = question;
  const asked = { origins, suspects, hasCore, incident, core, widest, knownAt, ...pickRadiusOptions(question) };
  return `/blast?${writeBlastState({ ...parseBlastState(new URLSearchParams()), ...asked })}`;
}

/** The URL of a comparison: the radius of one organization after that of another, over the windows of a question. */
export function compareHref(question: RadiusQuestion, before: string, after: string): string {
  const params = new URLSearchParams();
  writeComparison(params, { ...NO_COMPARISON, isOpen: true, origins: [before] });
  return `${radiusHref({ ...question, incident: null, origins: [after], suspects: null })}&${params}`;
}

export function incidentHref(id: string): string {
  return `/blast?${new URLSearchParams({ incident: id })}`;
}
