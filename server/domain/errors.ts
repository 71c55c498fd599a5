/**
 * The catalog of error codes that a caller can act on. GraphQL, HTTP and the command line translate these codes and add none
 * of their own.
 */
const errorCodes = {
  BAD_USER_INPUT: 'A value has the wrong type or is out of its range.',
  NOT_FOUND: 'No record has this id.',
  CONFLICT: 'A record changed since the caller last read it.',
  LIMIT_EXCEEDED: 'The question asks for more work than the limits allow.',
  UNAUTHENTICATED: 'The caller is not authenticated.',
  FORBIDDEN: 'The caller may not do this.',
  RATE_LIMITED: 'The caller sent too many requests in a short time.',
  PAYLOAD_TOO_LARGE: 'The request body is larger than the limit.',
  STORE_UNAVAILABLE: 'The database cannot be reached or written to.',
  QUERY_TIMEOUT: 'The answer took longer than its time limit.',
  STORE_TOO_NEW: 'The store was written by a newer version of this program.',
  STORE_IN_USE: 'Another server has this embedded store open.',
  STORE_DAMAGED: 'The content of the store is not what this program wrote.',
  BACKUP_DAMAGED: 'The file is not a backup, or was changed after it was written.',
  BATCH_DAMAGED: 'A file of a pack or of its results is missing, or is not what was written.',
  HAS_DEPENDENTS: 'A remaining fact depends on a fact that would be removed.',
  BAD_CONFIGURATION: 'An environment variable or a flag has an invalid value.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that the caller can act on. Its message names the faulty value and the way out. */
export class ExposureError extends Error {
  override readonly name = 'ExposureError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
