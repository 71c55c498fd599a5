import { useCallback, useMemo } from 'react';
import type { RadiusOptions, WindowInput } from '../../shared/generated/operations.ts';
import { nextSort } from '../../shared/lists/data-table.tsx';
import { hrefOf, navigate, useLocation } from '../../shared/url/location.ts';
import { parseRankingsState, type RankingsState, writeRankingsState } from '../../shared/url/rankings-url.ts';

export interface RankingsView {
  readonly state: RankingsState;
  readonly change: (patch: Partial<RankingsState>) => void;
  readonly select: (id: string) => void;
  /** Sorts a table by a column, or reverses its order. */
  readonly sortBy: (key: string, isNumber: boolean) => void;
  /** Windows and options as the server takes them. */
  readonly settings: Settings;
  /** The instant of the tables that use one; null: the time of the request. */
  readonly asOf: string | null;
}

interface Settings {
  readonly core: WindowInput | null;
  readonly widest: WindowInput | null;
  readonly options: RadiusOptions | null;
}

/** The state of the Rankings page. It is stored in the URL only. */
export function useRankings(): RankingsView {
  const { params } = useLocation();
  const state = useMemo(() => parseRankingsState(params), [params]);
  const change = useCallback(
    (patch: Partial<RankingsState>) => navigate(hrefOf('/rankings', writeRankingsState({ ...state, ...patch })), 'push', true),
    [state],
  );
  const { core, widest, maxHops, transferLikelihood, minDegree } = state;
  return {
    state,
    change,
    select: (id) => change({ selection: id === state.selection ? null : id }),
    sortBy: (key, isNumber) => change({ sort: nextSort(state.sort, key, isNumber) }),
    settings: {
      core,
      widest,
      options: maxHops === null && transferLikelihood === null && minDegree === null ? null : { maxHops, transferLikelihood, minDegree },
    },
    asOf: widest?.to ?? core?.to ?? null,
  };
}
