import { useCallback, useMemo, useState } from 'react';
import { type BlastState, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { hrefOf, navigate, useLocation } from '../../shared/url/location.ts';

export type ChangeBlast = (change: Partial<BlastState>, how?: 'push' | 'replace') => void;

export interface BlastView {
  readonly state: BlastState;
  readonly change: ChangeBlast;
  /** The text filter: free text stays out of the address (design §2). */
  readonly text: string;
  readonly setText: (text: string) => void;
}

/** The view's state, which lives in the address; a change goes there and comes back from there. */
export function useBlastView(): BlastView {
  const { path, params } = useLocation();
  const [text, setText] = useState('');
  const state = useMemo(() => parseBlastState(params), [params]);
  const change = useCallback<ChangeBlast>(
    (patch, how = 'push') => navigate(hrefOf(path, writeBlastState({ ...state, ...patch })), how),
    [path, state],
  );
  return { state, change, text, setText };
}
