import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';

const AnnounceContext = createContext<(sentence: string) => void>(() => {});

/** Announces a sentence to screen readers. Of several in quick succession, only the last is announced. */
export function useAnnounce(): (sentence: string) => void {
  return useContext(AnnounceContext);
}

/** The only live region of the page. Waits 400 ms, so that a burst of changes gives one announcement. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [sentence, setSentence] = useState('');
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const announce = useCallback((next: string) => {
    if (pending.current !== null) clearTimeout(pending.current);
    pending.current = setTimeout(() => setSentence(next), 400);
  }, []);
  useEffect(() => () => clearTimeout(pending.current ?? undefined), []);
  const region = useMemo(
    () => (
      <div className="visually-hidden" role="status" aria-live="polite" data-testid="live-region">
        {sentence}
      </div>
    ),
    [sentence],
  );
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      {region}
    </AnnounceContext.Provider>
  );
}
