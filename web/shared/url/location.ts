import { useSyncExternalStore } from 'react';

/** Where the page is: a path and its parameters. Equal addresses give the same object, so that it may be compared by identity. */
export interface PageLocation {
  readonly path: string;
  readonly params: URLSearchParams;
}

let current: PageLocation = readLocation();
const listeners = new Set<() => void>();

function readLocation(): PageLocation {
  if (typeof window === 'undefined') return { path: '/', params: new URLSearchParams() };
  return { path: window.location.pathname, params: new URLSearchParams(window.location.search) };
}

function announce(): void {
  current = readLocation();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', announce);
  };
}

/** The address of a view; parameters keep their order, so that one state has one address. */
export function hrefOf(path: string, params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? path : `${path}?${query}`;
}

/**
 * Goes to an address. `push` makes a step that Back undoes: another view, another origin, another selection; `replace` is for what changes
 * many times a second, such as a dragged handle. An address that is the current one makes no step.
 */
export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  const here = window.location.pathname + window.location.search;
  if (href === here) return;
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
  announce();
}

export function useLocation(): PageLocation {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => current,
  );
}
