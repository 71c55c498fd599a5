import { readList } from './params.ts';

/** The most organizations that one view compares. */
export const MAX_COMPARED = 20;

export interface MergeState {
  /** The ids of the compared organizations. */
  readonly ids: readonly string[];
  /** Whether they are chosen as the same at first. Organizations that were only found by their names are not. */
  readonly isChosen: boolean;
}

export function parseMergeState(params: URLSearchParams): MergeState {
  return { ids: readList(params, 'n').slice(0, MAX_COMPARED), isChosen: params.get('same') === 'yes' };
}

/** The view that merges and unmerges organizations. */
export function mergeHref(ids: readonly string[], isChosen = false): string {
  const params = new URLSearchParams();
  for (const id of ids) params.append('n', id);
  if (isChosen) params.set('same', 'yes');
  return params.size === 0 ? '/quality/merge' : `/quality/merge?${params}`;
}

export function isMergePath(path: string): boolean {
  return path === '/quality/merge';
}
