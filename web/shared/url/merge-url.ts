import { flag, ids, type Parameter, readState, type StateOf, writeState } from './address-table.ts';
import { hrefOf } from './location.ts';

/** The most organizations that one view compares. */
export const MAX_COMPARED = 20;

const compared = ids('n', 'organization');

export const MERGE = {
  /** The ids of the compared organizations. */
  ids: { ...compared, read: (params) => compared.read(params).slice(0, MAX_COMPARED) } satisfies Parameter<readonly string[]>,
  /** Whether they are chosen as the same at first. Organizations that were only found by their names are not. */
  isChosen: flag('same', 'yes'),
};

export type MergeState = StateOf<typeof MERGE>;

export const parseMergeState = (params: URLSearchParams): MergeState => readState(MERGE, params);

/** The view that merges and unmerges organizations. */
export const mergeHref = (organizations: readonly string[], isChosen = false): string =>
  hrefOf('/quality/merge', writeState(MERGE, { ids: organizations, isChosen }));

export function isMergePath(path: string): boolean {
  return path === '/quality/merge';
}
