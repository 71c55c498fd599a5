import { useCallback, useMemo, useState } from 'react';
import { type BlastState, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { hrefOf, navigate, useLocation } from '../../shared/url/location.ts';

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
  const { path, params } = useLocation();
  const [text, setText] = useState('');
  const state = useMemo(() => parseBlastState(params), [params]);
  const change = useCallback<ChangeBlast>(
    (patch, how = 'push') => navigate(hrefOf(path, writeBlastState({ ...state, ...patch })), how, true),
    [path, state],
  );
  return { state, change, text, setText };
}
