import { FINDING_TITLES } from '../format/finding-titles.ts';
import type { FindingKind } from '../generated/operations.ts';
import { flag, ids, inRest, knownAt, type Parameter, readState, type StateOf, word, writeState } from './address-table.ts';
import { hrefOf } from './location.ts';

/** In the order of the semantics (§9). */
const FINDING_KINDS = Object.keys(FINDING_TITLES) as readonly FindingKind[];

const SHOWN = ['open', 'accepted'] as const;

/** The whole state of a Data quality view. */
export const QUALITY = {
  /** Null: the first kind that has open findings. */
  rule: inRest(word('rule', FINDING_KINDS, null), 'kinds'),
  show: inRest(word('show', SHOWN, 'open'), 'isAccepted', (show) => show === 'accepted'),
  knownAt,
};

export type QualityState = StateOf<typeof QUALITY>;

export const parseQualityState = (params: URLSearchParams): QualityState => readState(QUALITY, params);

/** The page that says who has software lists. */
export const coverageHref = '/quality/software';

export function isCoveragePath(path: string): boolean {
  return path === coverageHref;
}

export const qualityHref = (state: QualityState): string => hrefOf('/quality', writeState(QUALITY, state));

/** The most organizations that one view compares. */
export const MAX_COMPARED = 20;

const compared = ids('n', 'organization');

export const MERGE = {
  /** The ids of the compared organizations. */
  ids: { ...compared, read: (params) => compared.read(params).slice(0, MAX_COMPARED) } satisfies Parameter<readonly string[]>,
  /** Whether they are chosen as the same at first. Organizations that were only found by their names are not. */
  isChosen: flag('same', 'yes'),
};

type MergeState = StateOf<typeof MERGE>;

export const parseMergeState = (params: URLSearchParams): MergeState => readState(MERGE, params);

/** The view that merges and unmerges organizations. */
export const mergeHref = (organizations: readonly string[], isChosen = false): string =>
  hrefOf('/quality/merge', writeState(MERGE, { ids: organizations, isChosen }));

export function isMergePath(path: string): boolean {
  return path === '/quality/merge';
}
