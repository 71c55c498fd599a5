import type { OrganizationRole, RankingOrder } from '../generated/operations.ts';
import {
  type IdMap,
  ids,
  inRest,
  knownAt,
  minSensitivity,
  readState,
  type StateOf,
  texts,
  value,
  word,
  words,
  writeState,
} from './address-table.ts';
import { ARTIFACT_TYPES, parseBlastState, writeBlastState } from './blast-radius-url.ts';
import { OPTIONS, pickRadiusOptions, WINDOWS } from './radius-options-url.ts';

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
export const RANKINGS = {
  tab: word('tab', RANKING_TABS, 'organizations'),
  /** Of the organizations' table. */
  orderBy: inRest(word('by', RANKING_ORDERS, 'WEIGHTED_LOSS'), 'orderBy'),
  /** Of the other tables; null: the server's order. */
  sort: value<Sort>('sort', { read: parseSort, write: writeSort }),
  /** Only organizations of these roles. An empty list means all. */
  roles: inRest(words('kinds', RANKED_ROLES), 'roles'),
  /** Only artifacts of these labs. An empty list means all. */
  labs: inRest(ids('lab', 'organization'), 'labs'),
  /** Only organizations with access to artifacts of this sensitivity or a higher one; null: any. */
  minSensitivity,
  /** Only organizations with access to artifacts of these types. An empty list means all. */
  types: inRest(words('type', ARTIFACT_TYPES), 'types'),
  /** Only organizations that lack one of these controls. An empty list means all. */
  controls: inRest(texts('control'), 'controls'),
  /** Evidence of these issuers does not count. */
  withoutIssuers: inRest(ids('without', 'organization'), 'withoutIssuers'),
  ...WINDOWS,
  ...OPTIONS,
  knownAt,
  /** The id of the selected organization, artifact or lab. */
  selection: value<string>('sel', {
    read: (id) => id || null,
    mapIds: (id: string, map: IdMap, { tab }) => map(id, tab === 'artifacts' ? 'artifact' : 'organization'),
  }),
};

export type RankingsState = StateOf<typeof RANKINGS>;

export const parseRankingsState = (params: URLSearchParams): RankingsState => readState(RANKINGS, params);

/** Leaves out defaults, so that one state has one short URL. */
export const writeRankingsState = (state: RankingsState): URLSearchParams => writeState(RANKINGS, state);

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
function parseSort(text: string): Sort | null {
  const [, minus, key] = /^(-?)([a-z]{1,20})$/i.exec(text) ?? [];
  return key === undefined ? null : { key, isDescending: minus === '-' };
}

function writeSort({ key, isDescending }: Sort): string {
  return `${isDescending ? '-' : ''}${key}`;
}
