import { AnswerError, UnansweredChange } from './answer-error.ts';

/** Describes a failed request and what the reader can do. Passes on the server's own messages, which state the limit and the way out. */
export function errorSentence(error: unknown): string {
  if (error instanceof AnswerError) {
    const first = error.errors[0];
    const code = first?.extensions?.code;
    if (code === 'QUERY_TIMEOUT') return 'The answer took too long. Use fewer hops or a narrower window, or try again.';
    if (code === 'STORE_UNAVAILABLE') return 'The database cannot be reached. Try again in a moment.';
    if (code === 'INTERNAL_SERVER_ERROR' || first === undefined)
      return 'The server failed to answer. Try again, or look in the server log for the cause.';
    return first.message;
  }
  if (error instanceof UnansweredChange)
    return 'The server did not answer, so this may be saved or not. Once the server can be reached, check before you try again.';
  if (error instanceof DOMException && error.name === 'AbortError') return 'You canceled this request.';
  return 'The server cannot be reached. Check that it is running, then try again.';
}

/** The error code of a failed request; null if the server gave none. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof AnswerError)) return null;
  const code = error.errors[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}
