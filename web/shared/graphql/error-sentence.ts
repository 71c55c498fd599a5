import { formatInstantUtc } from '../format/instant.ts';

/** Describes a failed request and what the reader can do. Passes on the server's own messages, which state the limit and the way out. */
export function errorSentence(error: unknown): string {
  if (error instanceof AnswerError) {
    const first = error.errors[0];
    const code = first?.extensions?.code;
    if (code === 'QUERY_TIMEOUT') return 'The answer took too long. Use fewer hops or a narrower window, or try again.';
    if (code === 'STORE_UNAVAILABLE') return 'The database cannot be reached. Try again in a moment.';
    if (code === 'INTERNAL_SERVER_ERROR' || first === undefined)
      return 'The server failed to answer. Try again, or look in the server log for the cause.';
    return instantsInWords(first.message);
  }
  if (error instanceof UnansweredChange)
    return 'The server did not answer, so this may be saved or not. Once the server can be reached, check before you try again.';
  if (error instanceof DOMException && error.name === 'AbortError') return 'You canceled this request.';
  return 'The server cannot be reached. Check that it is running, then try again.';
}

/** The sentence of an error with its instants as the page shows them: `2026-11-29T11:18:04Z` is `Nov 29, 2026, 11:18 UTC`. */
export function instantsInWords(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z\b/g, (instant) =>
    Number.isNaN(Date.parse(instant)) ? instant : formatInstantUtc(instant),
  );
}

/** No answer came, because the server cannot be reached. */
export function isUnanswered(error: unknown): boolean {
  return !(
    error instanceof AnswerError ||
    error instanceof UnansweredChange ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}

/** The error code of a failed request; null if the server gave none. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof AnswerError)) return null;
  const code = error.errors[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}

export interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown };
}

/** The server answered with errors. */
export class AnswerError extends Error {
  readonly errors: readonly GraphqlError[];

  constructor(errors: readonly GraphqlError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.name = 'AnswerError';
    this.errors = errors;
  }
}

/** A change that the server did not answer, so that it may be saved or not. */
export class UnansweredChange extends Error {
  constructor(cause: unknown) {
    super('The server did not answer the change.', { cause });
    this.name = 'UnansweredChange';
  }
}
