import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** A failed question as a sentence that says what a person can do. The server's own sentences are passed on: they are written for people. */
export function errorSentence(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const code = first?.extensions?.code;
    if (code === 'QUERY_TIMEOUT') return 'The answer took longer than 10 seconds. Reduce the hops or the window, or try again.';
    if (code === 'STORE_UNAVAILABLE') return 'The database cannot be reached. Try again in a moment.';
    if (code === 'INTERNAL_SERVER_ERROR' || first === undefined) return 'The server could not answer. Try again; its log says more.';
    return first.message;
  }
  if (error instanceof DOMException && error.name === 'AbortError') return 'You called the question off.';
  return 'The server cannot be reached. Check that it is running, then try again.';
}

/** The catalogue's code of a failed question, where it has one. */
export function errorCode(error: unknown): string | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const code = error.errors[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}
