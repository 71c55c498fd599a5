import type { ViewerQuery } from '../generated/operations.ts';
import { ViewerDocument } from '../generated/operations.ts';
import { client, onUnauthenticated } from '../graphql/client.ts';
import { factsChanged } from '../graphql/facts-epoch.ts';
import { SharedValue, useShared } from '../ui/shared-value.ts';

type Viewer = ViewerQuery['viewer'];

/** The name of everybody on a server without authentication. */
const LOCAL = 'local';
const patienceMs = 5000;

let viewer: Viewer = { name: LOCAL, role: 'ADMIN', canExport: true, labs: null };

/** Asks the server who reads the page. Called once, before the page is shown. Without an answer the page shows everything, and the server refuses. */
export async function readViewer(): Promise<void> {
  try {
    const { data } = await client.query({ query: ViewerDocument, context: { fetchOptions: { signal: AbortSignal.timeout(patienceMs) } } });
    if (data !== undefined) viewer = data.viewer;
  } catch {
    // The notices of the frame say that the server cannot be reached.
  }
}

/** The person who reads the page. */
export function currentViewer(): Viewer {
  return viewer;
}

/** False on a server without authentication, where nobody can log out. */
export function isLoggedIn(): boolean {
  return viewer.name !== LOCAL;
}

export function canWrite(): boolean {
  return viewer.role !== 'VIEWER';
}

export function canExport(): boolean {
  return viewer.canExport;
}

export function isAdmin(): boolean {
  return viewer.role === 'ADMIN';
}

/** Whether the reader sees the view of this many labs at most: lists that compare labs would be empty. */
export function seesOneLabOnly(): boolean {
  return viewer.labs !== null && viewer.labs.length < 2;
}

/** False for a person bound to labs: a software list is a secret of the vendor that gave it (semantics §13.5). */
export function seesSoftware(): boolean {
  return viewer.labs === null;
}

/** False for a person bound to labs, who sees no notes and no saved views (semantics §10). */
export function seesNotes(): boolean {
  return viewer.labs === null;
}

const ended = new SharedValue(false);

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
    if ([...used].some((field) => field.isConnected && field.value.trim() !== '')) ended.set(true);
    else window.location.assign(logInHref());
  });
}

/** Whether the session has ended while the page holds text. */
export const useSessionEnded = (): boolean => useShared(ended);

/** Continues after the reader has logged in in another tab. For another person, the page loads again. */
export async function continueSession(): Promise<void> {
  const answer = await client.query({ query: ViewerDocument }).catch(() => null);
  if (answer?.data === undefined) return;
  if (JSON.stringify(answer.data.viewer) !== JSON.stringify(currentViewer())) return window.location.reload();
  ended.set(false);
  factsChanged();
}

/** Logs in, and returns to the same view, which the address holds. */
export function logInHref(): string {
  const { pathname, search } = window.location;
  return `/auth/login?to=${encodeURIComponent(pathname + search)}`;
}
