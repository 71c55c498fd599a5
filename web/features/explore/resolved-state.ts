import type { ExploreState } from '../../shared/url/explore-url.ts';
import { idOf, isOrganization, parseLinkKey } from './node-key.ts';

/**
 * Replaces each merged id in the state by its resolved id, and removes the duplicates that this creates.
 *
 * @param resolvedIds merged id -> resolved id
 */
export function resolveExploreState(state: ExploreState, resolvedIds: ReadonlyMap<string, string>): ExploreState {
  const of = (key: string) => (isOrganization(key) ? `organization:${resolvedIds.get(idOf(key)) ?? idOf(key)}` : key);
  const all = (keys: readonly string[]) => [...new Set(keys.map(of))];
  const any = (key: string) => {
    const link = parseLinkKey(key);
    if (link !== undefined) return JSON.stringify([link.kind, of(link.source), of(link.target)]);
    return key.startsWith(GROUP) ? `${GROUP}${of(key.slice(GROUP.length))}` : of(key);
  };
  const [from, to] = all(state.path ?? []);
  return {
    ...state,
    nodes: all(state.nodes),
    path: from === undefined || to === undefined ? null : [from, to],
    opened: [...new Set(state.opened.map(any))],
    selection: state.selection === null ? null : any(state.selection),
    hidden: all(state.hidden),
    pins: state.pins
      .map((pin) => ({ ...pin, key: of(pin.key) }))
      .filter((pin, place, pins) => pins.findIndex(({ key }) => key === pin.key) === place),
    overlay:
      state.overlay === null
        ? null
        : { ...state.overlay, origins: [...new Set(state.overlay.origins.map((id) => resolvedIds.get(id) ?? id))] },
    groups: state.groups.map((group) => ({ ...group, members: all(group.members) })).filter(({ members }) => members.length > 1),
  };
}

const GROUP = 'group:';
