import { useEffect, useRef } from 'react';
import { isTyping } from '../../shared/ui/keys.ts';

interface ViewKeys {
  readonly onToggle: () => void;
  readonly onClear: () => void;
}

/** `T` switches between canvas and table. Esc clears the selection unless an open menu or dialog takes it. */
export function useViewKeys(keys: ViewKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    // The same key press closes a layer before it arrives here, so it is noted on its way down.
    let wasOpen = false;
    const note = () => {
      wasOpen = document.querySelector('[role="dialog"], [role="menu"]') !== null;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (wasOpen) return;
      if (event.key.toLowerCase() === 't') latest.current.onToggle();
      else if (event.key === 'Escape') latest.current.onClear();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', note, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', note, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
