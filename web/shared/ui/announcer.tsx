import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';

const AnnounceContext = createContext<(sentence: string) => void>(() => {});

/** Says a sentence to a screen reader; of several within a second, the last. */
export function useAnnounce(): (sentence: string) => void {
  return useContext(AnnounceContext);
}

/** The page's one polite live region (design §3.10): at most one sentence a second. */
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
