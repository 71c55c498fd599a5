import { useSyncExternalStore } from 'react';
import { ViewerDocument } from '../generated/operations.ts';
import { client, onUnauthenticated } from '../graphql/client.ts';
import { factsChanged } from '../graphql/facts-epoch.ts';
import { currentViewer } from './viewer.ts';

let isEnded = false;
const listeners = new Set<() => void>();

/** Fields that the reader typed in or chose from. */
const used = new Set<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>();

/**
 * Sends the reader to the log-in page once the server refuses a request because the session has ended. A page that holds text stays, so that
 * the text is not lost. Called once, before the page is shown.
 */
export function watchSession(): void {
  document.addEventListener('input', ({ target }) => {
    for (const field of used) if (!field.isConnected) used.delete(field);
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
    if (isField && !target.matches('[role="combobox"], [type="search"]')) used.add(target);
  });
  onUnauthenticated(() => {
    if ([...used].some((field) => field.isConnected && field.value.trim() !== '')) setEnded(true);
    else window.location.assign(logInHref());
  });
}

/** Whether the session has ended while the page holds text. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isEnded,
  );
}

/** Continues after the reader has logged in in another tab. For another person, the page loads again. */
export async function continueSession(): Promise<void> {
  const answer = await client.query({ query: ViewerDocument }).catch(() => null);
  if (answer?.data === undefined) return;
  if (JSON.stringify(answer.data.viewer) !== JSON.stringify(currentViewer())) return window.location.reload();
  setEnded(false);
  factsChanged();
}

/** Logs in, and returns to the same view, which the address holds. */
export function logInHref(): string {
  const { pathname, search } = window.location;
  return `/auth/login?to=${encodeURIComponent(pathname + search)}`;
}

function setEnded(next: boolean): void {
  isEnded = next;
  for (const listener of listeners) listener();
}
