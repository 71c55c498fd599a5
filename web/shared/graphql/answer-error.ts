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
