import { useCallback, useMemo, useState } from 'react';
import { type BlastState, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { currentLocation, hrefOf, navigate, useLocation } from '../../shared/url/location.ts';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import type { DetailRow } from './lanes-radius.ts';

export type ChangeBlast = (change: Partial<BlastState>, how?: 'push' | 'replace') => void;

export interface BlastView {
  readonly state: BlastState;
  readonly change: ChangeBlast;
  /** The text filter. Free text stays out of the URL, which people share. */
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The selected artifact where no loaded row names it; null: a row does, none is selected, or it is not known yet. */
  readonly apart: DetailRow | null;
  readonly setApart: (apart: DetailRow | null) => void;
}

/** The state of the view. It is stored in the URL, free text aside: a change navigates, and the new URL gives the new state. */
export function useBlastView(): BlastView {
  const { params } = useLocation();
  const [text, setText] = useState('');
  const [apart, setApart] = useState<DetailRow | null>(null);
  const [channels, setChannels] = useState<readonly string[]>([]);
  // Where names are hidden, channels are, too.
  const state = useMemo(() => ({ ...parseBlastState(params), channels: isRedacting() ? [] : channels }), [params, channels]);
  const change: ChangeBlast = useCallback((patch, how) => {
    if (patch.channels !== undefined) setChannels(patch.channels);
    changeBlast(patch, how);
  }, []);
  return useMemo(() => ({ state, change, text, setText, apart, setApart }), [state, change, text, apart]);
}

/** Changes the state that the URL holds at this moment, so that two changes of one moment add up. Does nothing once the reader has left the view. */
const changeBlast: ChangeBlast = (patch, how = 'push') => {
  const { path, params } = currentLocation();
  if (path !== '/blast') return;
  // Another filter by lab or holder takes the place of the focus.
  const left = 'labs' in patch || 'holders' in patch ? { focus: null } : {};
  navigate(hrefOf(path, writeBlastState({ ...parseBlastState(params), ...left, ...patch })), how, true);
};
