/**
 * What a caller can act on. Every code that this program answers with is in this catalogue; the edges (GraphQL, HTTP,
 * command line) translate a code, none invents one.
 */
export const errorCodes = {
  BAD_USER_INPUT: 'A value is out of its stated range or not of its kind.',
  NOT_FOUND: 'No record has this id.',
  CONFLICT: 'Something changed since the caller last looked.',
  LIMIT_EXCEEDED: 'More work than a question may ask for.',
  UNAUTHENTICATED: 'Who asks is not known.',
  FORBIDDEN: 'Who asks may not do this.',
  RATE_LIMITED: 'Too many questions in a short time.',
  PAYLOAD_TOO_LARGE: 'The body is larger than is taken.',
  STORE_UNAVAILABLE: 'The database cannot be reached or written to.',
  QUERY_TIMEOUT: 'The answer took longer than it may.',
  STORE_TOO_NEW: 'The store was written by a newer version of this program.',
  STORE_IN_USE: 'Another server has this embedded store open.',
  STORE_DAMAGED: 'The store is not what this program wrote.',
  BACKUP_DAMAGED: 'The file is no backup, or not what was written.',
  HAS_DEPENDENTS: 'Something that stays stands on what would go.',
  BAD_CONFIGURATION: 'An environment variable or a flag has a value that cannot be used.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that the caller can act on: its message is a sentence that names the value and the way out. */
export class ExposureError extends Error {
  override readonly name = 'ExposureError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
