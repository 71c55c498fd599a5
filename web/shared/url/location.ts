import { useSyncExternalStore } from 'react';

/** The path and parameters of the page. The object changes only on navigation, so it may be compared by identity. */
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

/** Joins a path and its parameters. Keeps their order, so that one state has one URL. */
export function hrefOf(path: string, params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Parameters that stay when another view opens: the instant as known at, and whether names are hidden. */
const KEPT = ['knownAt', 'redact'] as const;

/** A target with what every view keeps. A target that has a parameter itself, even an empty one, decides it. */
function keepShared(href: string, kept: readonly string[]): string {
  const [path = '', query = ''] = href.split('?', 2);
  const params = new URLSearchParams(query);
  const here = new URLSearchParams(window.location.search);
  for (const name of kept) {
    const value = here.get(name);
    if (value !== null && !params.has(name)) params.set(name, value);
    if (params.get(name) === '') params.delete(name);
  }
  return hrefOf(path, params);
}

/**
 * Navigates to a URL; does nothing if it is the current one.
 *
 * @param how `push` adds a step that Back returns from, such as another view or selection; `replace` is for changes that come many times a
 *   second, such as a dragged handle
 * @param isWhole the target is the whole state of a view, its instant included; else the instant of the present view is kept
 */
export function navigate(target: string, how: 'push' | 'replace' = 'push', isWhole = false): void {
  const href = keepShared(target, isWhole ? ['redact'] : KEPT);
  const here = window.location.pathname + window.location.search;
  if (href === here) return;
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
  announce();
}

/** The location at this moment, for a handler that may run after a later navigation than its render. */
export function currentLocation(): PageLocation {
  return current;
}

/** A part of the location as a plain value. The component renders again only when this part changes. */
export function useLocationPart<T extends string | boolean | null>(read: (location: PageLocation) => T): T {
  return useSyncExternalStore(
    subscribe,
    () => read(current),
    () => read(current),
  );
}

export function useLocation(): PageLocation {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => current,
  );
}
