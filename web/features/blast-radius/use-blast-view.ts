import { useMemo, useState } from 'react';
import { type BlastState, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { currentLocation, hrefOf, navigate, useLocation } from '../../shared/url/location.ts';

export type ChangeBlast = (change: Partial<BlastState>, how?: 'push' | 'replace') => void;

export interface BlastView {
  readonly state: BlastState;
  readonly change: ChangeBlast;
  /** The text filter. Free text stays out of the URL, which people share. */
  readonly text: string;
  readonly setText: (text: string) => void;
}

/** The state of the view. It is stored in the URL only: a change navigates, and the new URL gives the new state. */
export function useBlastView(): BlastView {
  const { params } = useLocation();
  const [text, setText] = useState('');
  const state = useMemo(() => parseBlastState(params), [params]);
  return useMemo(() => ({ state, change: changeBlast, text, setText }), [state, text]);
}

/** Changes the state that the URL holds at this moment, so that two changes of one moment add up. Does nothing once the reader has left the view. */
const changeBlast: ChangeBlast = (patch, how = 'push') => {
  const { path, params } = currentLocation();
  if (path !== '/blast') return;
  // Another filter by lab or holder takes the place of the focus.
  const left = 'labs' in patch || 'holders' in patch ? { focus: null } : {};
  navigate(hrefOf(path, writeBlastState({ ...parseBlastState(params), ...left, ...patch })), how, true);
};
