import { type Comparison, parseComparison, writeComparison } from './comparison-url.ts';
import {
  readInstant,
  readList,
  readNumber,
  readWindow,
  readWord,
  readWords,
  shortInstant,
  type TimeWindow,
  writeList,
  writeValue,
  writeWindow,
} from './params.ts';
import { parseScenarioStep, type ScenarioStep, writeScenarioStep } from './scenario-url.ts';

export const TIERS = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
const BLAST_TABS = ['affected', 'labs', 'ask', 'copies', 'integrity', 'loss'] as const;
const CANVAS_VIEWS = ['lanes', 'flows', 'matrix', 'time'] as const;
const BLAST_SORTS = ['WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'] as const;

export type BlastTab = (typeof BLAST_TABS)[number];
export type CanvasView = (typeof CANVAS_VIEWS)[number];
export type BlastSort = (typeof BLAST_SORTS)[number];

/** The whole state of a blast-radius view: the question, the filters, and the layout. Null means the server's default. */
export interface BlastState {
  readonly origins: readonly string[];
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  readonly maxHops: number | null;
  readonly transferLikelihood: number | null;
  readonly minDegree: number | null;
  readonly incident: string | null;
  readonly knownAt: string | null;
  /** Only these tiers. An empty list means all. */
  readonly tiers: readonly (typeof TIERS)[number][];
  /** Only these labs. An empty list means all. */
  readonly labs: readonly string[];
  /** Only artifacts held at these organizations. An empty list means all. */
  readonly holders: readonly string[];
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
}

export function parseBlastState(params: URLSearchParams): BlastState {
  return {
    origins: readList(params, 'o'),
    core: readWindow(params, 'core'),
    widest: readWindow(params, 'widest'),
    maxHops: wholeOrNull(readNumber(params, 'hops', 0, 10)),
    transferLikelihood: readNumber(params, 'tl', 0, 1),
    minDegree: readNumber(params, 'minDegree', 0, 1),
    incident: params.get('incident'),
    knownAt: readInstant(params.get('knownAt')),
    tiers: readWords(params, 'tier', TIERS),
    labs: readList(params, 'lab'),
    holders: readList(params, 'holder'),
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
  };
}

/** Leaves out defaults, so that one state has one short URL. */
export function writeBlastState(state: BlastState): URLSearchParams {
  const params = new URLSearchParams();
  writeList(params, 'o', state.origins);
  writeValue(params, 'incident', state.incident);
  writeWindow(params, 'core', state.core);
  writeWindow(params, 'widest', state.widest);
  writeValue(params, 'hops', state.maxHops);
  writeValue(params, 'tl', state.transferLikelihood);
  writeValue(params, 'minDegree', state.minDegree);
  writeValue(params, 'knownAt', state.knownAt === null ? null : shortInstant(state.knownAt));
  writeList(params, 'tier', state.tiers);
  writeList(params, 'lab', state.labs);
  writeList(params, 'holder', state.holders);
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
  return params;
}

/**
 * The URL of the blast radius of these origins, with defaults for everything else.
 *
 * @param windows the time of the question. Without it, the page asks for one.
 */
export function blastHref(origins: readonly string[], windows?: { readonly core: TimeWindow; readonly widest: TimeWindow }): string {
  const params = new URLSearchParams();
  writeList(params, 'o', origins);
  if (windows !== undefined) {
    writeWindow(params, 'core', windows.core);
    writeWindow(params, 'widest', windows.widest);
  }
  return `/blast?${params}`;
}

export function incidentHref(id: string): string {
  return `/blast?${new URLSearchParams({ incident: id })}`;
}

function wholeOrNull(value: number | null): number | null {
  return value === null || !Number.isInteger(value) ? null : value;
}
