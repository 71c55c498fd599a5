import { ViewerDocument, type ViewerQuery } from '../generated/operations.ts';
import { client } from '../graphql/client.ts';

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
