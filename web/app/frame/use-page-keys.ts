import { useEffect, useRef } from 'react';
import { isTyping } from '../../shared/ui/keys.ts';
import { navigate } from '../../shared/url/location.ts';
import { findRoute, tabRoutes } from '../routes.tsx';
import { addressOf } from './last-addresses.ts';

/** Time limit for the second key after `G`, in milliseconds. */
const SECOND_KEY_MS = 1200;

/** Shortcuts of every page: `?`, and `G` followed by a view's letter. Ignored in text fields. */
export function usePageKeys({ onHelp }: { readonly onHelp: () => void }): void {
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const isSecond = Date.now() - pressedG < SECOND_KEY_MS;
      pressedG = 0;
      if (event.key === '?') help.current();
      else if (isSecond) {
        const route = tabRoutes().find((candidate) => candidate.key === event.key.toUpperCase());
        if (route !== undefined) navigate(addressOf(route, findRoute(window.location.pathname) === route));
        else return;
      } else if (event.key.toLowerCase() === 'g') pressedG = Date.now();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
