import { resolveExploreState } from '../../features/explore/resolved-state.ts';
import { type BlastState, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { parseExploreState, writeExploreState } from '../../shared/url/explore-url.ts';
import { hrefOf, type PageLocation } from '../../shared/url/location.ts';
import { parseRankingsState, writeRankingsState } from '../../shared/url/rankings-url.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';

/**
 * Replaces merged ids in the address by resolved ids. So a link or a saved view made before a merge selects, filters and names the same rows
 * as a new one. Null if the address names no merged organization.
 *
 * @param resolvedIds merged id -> resolved id
 */
export function findResolvedAddress({ path, params }: PageLocation, resolvedIds: ReadonlyMap<string, string>): string | null {
  if (resolvedIds.size === 0) return null;
  const written = writeMeaning(path, params, resolvedIds);
  if (written === null) return null;
  // An address may write its state in another way than the page does. Only a changed meaning is worth a change.
  const [now, was] = [hrefOf(path, written), hrefOf(path, writeMeaning(path, params, new Map()) ?? params)];
  return now === was ? null : now;
}

function writeMeaning(path: string, params: URLSearchParams, resolvedIds: ReadonlyMap<string, string>): URLSearchParams | null {
  const of = (id: string) => resolvedIds.get(id) ?? id;
  const all = (ids: readonly string[]) => [...new Set(ids.map(of))];
  switch (path) {
    case '/explore':
      return writeExploreState(resolveExploreState(parseExploreState(params), resolvedIds));
    case '/blast':
      return writeBlastState(resolveBlastState(parseBlastState(params), of));
    case '/rankings': {
      const state = parseRankingsState(params);
      const selection = state.selection === null || state.tab === 'artifacts' ? state.selection : of(state.selection);
      return writeRankingsState({ ...state, selection, labs: all(state.labs), withoutIssuers: all(state.withoutIssuers) });
    }
    default:
      return null;
  }
}

function resolveBlastState(state: BlastState, of: (id: string) => string): BlastState {
  const all = (ids: readonly string[]) => [...new Set(ids.map(of))];
  const key = (text: string) => (text.startsWith(ORGANIZATION) ? `${ORGANIZATION}${of(text.slice(ORGANIZATION.length))}` : text);
  const step = (action: ScenarioStep): ScenarioStep => ({
    ...action,
    id: action.kind === 'REVOKE_ACCESS' ? action.id : of(action.id),
    owner: action.owner === null ? null : of(action.owner),
  });
  return {
    ...state,
    origins: all(state.origins),
    suspects: state.suspects?.map((suspect) => ({ ...suspect, id: of(suspect.id) })) ?? null,
    labs: all(state.labs),
    holders: all(state.holders),
    selection: state.selection === null ? null : key(state.selection),
    openGroups: [...new Set(state.openGroups.map(key))],
    actions: state.actions?.map(step) ?? null,
    comparison: { ...state.comparison, actions: state.comparison.actions?.map(step) ?? null },
  };
}

const ORGANIZATION = 'organization:';
