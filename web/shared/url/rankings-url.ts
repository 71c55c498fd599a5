import type { ArtifactType, OrganizationRole, RankingOrder } from '../generated/operations.ts';
import { ARTIFACT_TYPES, parseBlastState, writeBlastState } from './blast-radius-url.ts';
import {
  readInstant,
  readList,
  readSensitivity,
  readWindow,
  readWord,
  readWords,
  shortInstant,
  type TimeWindow,
  writeList,
  writeValue,
  writeWindow,
} from './params.ts';
import { pickRadiusOptions, type RadiusOptionValues, readRadiusOptions, writeRadiusOptions } from './radius-options-url.ts';

export const RANKING_TABS = ['organizations', 'artifacts', 'concentration', 'shared', 'controls', 'labs'] as const;
export type RankingTab = (typeof RANKING_TABS)[number];

const RANKING_ORDERS = [
  'WEIGHTED_LOSS',
  'WORST_CASE_LOSS',
  'ARTIFACTS',
  'LABS',
  'REACH',
  'DEPENDENTS',
] as const satisfies readonly RankingOrder[];

const RANKED_ROLES = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'] as const satisfies readonly OrganizationRole[];

/** The column that orders a table. */
export interface Sort {
  readonly key: string;
  readonly isDescending: boolean;
}

/** The whole state of a Rankings view. Null means the server's default. */
export interface RankingsState extends RadiusOptionValues {
  readonly tab: RankingTab;
  /** Of the organizations' table. */
  readonly orderBy: RankingOrder;
  /** Of the other tables; null: the server's order. */
  readonly sort: Sort | null;
  /** Only organizations of these roles. An empty list means all. */
  readonly roles: readonly OrganizationRole[];
  /** Only artifacts of these labs. An empty list means all. */
  readonly labs: readonly string[];
  /** Only organizations with access to artifacts of this sensitivity or a higher one; null: any. */
  readonly minSensitivity: number | null;
  /** Only organizations with access to artifacts of these types. An empty list means all. */
  readonly types: readonly ArtifactType[];
  /** Only organizations that lack one of these controls. An empty list means all. */
  readonly controls: readonly string[];
  /** Evidence of these issuers does not count. */
  readonly withoutIssuers: readonly string[];
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  readonly knownAt: string | null;
  /** The id of the selected organization, artifact or lab. */
  readonly selection: string | null;
}

export function parseRankingsState(params: URLSearchParams): RankingsState {
  return {
    tab: readWord(params, 'tab', RANKING_TABS) ?? 'organizations',
    orderBy: readWord(params, 'by', RANKING_ORDERS) ?? 'WEIGHTED_LOSS',
    sort: parseSort(params.get('sort')),
    roles: readWords(params, 'kinds', RANKED_ROLES),
    labs: readList(params, 'lab'),
    minSensitivity: readSensitivity(params),
    types: readWords(params, 'type', ARTIFACT_TYPES),
    controls: readList(params, 'control'),
    withoutIssuers: readList(params, 'without'),
    core: readWindow(params, 'core'),
    widest: readWindow(params, 'widest'),
    ...readRadiusOptions(params),
    knownAt: readInstant(params.get('knownAt')),
    selection: params.get('sel'),
  };
}

/** Leaves out defaults, so that one state has one short URL. */
export function writeRankingsState(state: RankingsState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.tab !== 'organizations') params.set('tab', state.tab);
  if (state.orderBy !== 'WEIGHTED_LOSS') params.set('by', state.orderBy);
  writeValue(params, 'sort', state.sort === null ? null : writeSort(state.sort));
  writeList(params, 'kinds', state.roles);
  writeList(params, 'lab', state.labs);
  writeValue(params, 'minSensitivity', state.minSensitivity);
  writeList(params, 'type', state.types);
  writeList(params, 'control', state.controls);
  writeList(params, 'without', state.withoutIssuers);
  writeWindow(params, 'core', state.core);
  writeWindow(params, 'widest', state.widest);
  writeRadiusOptions(params, state);
  writeValue(params, 'knownAt', state.knownAt === null ? null : shortInstant(state.knownAt));
  writeValue(params, 'sel', state.selection);
  return params;
}

export function rankingsHref(patch: Partial<RankingsState> = {}): string {
  const params = writeRankingsState({ ...parseRankingsState(new URLSearchParams()), ...patch });
  return params.size === 0 ? '/rankings' : `/rankings?${params}`;
}

type RadiusPart = 'affected' | 'labs' | 'ask';

/** The URL of the blast radius of one organization under the windows and options of a ranking. */
export function radiusHref(state: RankingsState, origin: string, tab: RadiusPart = 'affected', selection: string | null = null): string {
  const { knownAt } = state;
  // A ranking without windows looks at the instant of asking, and the blast radius must not ask again.
  const now = knownAt ?? new Date().toISOString();
  const [core, widest] =
    state.core === null && state.widest === null
      ? [
          { from: now, to: now },
          { from: now, to: now },
        ]
      : [state.core, state.widest];
  const blank = parseBlastState(new URLSearchParams());
  const question = { core, widest, ...pickRadiusOptions(state), knownAt };
  return `/blast?${writeBlastState({ ...blank, ...question, origins: [origin], tab, selection })}`;
}

/** `name` ascending, `-name` descending. */
function parseSort(text: string | null): Sort | null {
  const [, minus, key] = /^(-?)([a-z]{1,20})$/i.exec(text ?? '') ?? [];
  return key === undefined ? null : { key, isDescending: minus === '-' };
}

function writeSort({ key, isDescending }: Sort): string {
  return `${isDescending ? '-' : ''}${key}`;
}
