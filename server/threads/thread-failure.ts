import { type ErrorCode, ExposureError } from '../domain/errors.ts';

/** An error as a thread sends it. `code` null: an error of the system, such as ENOENT, or a bug of this program, with its stack as message. */
export interface ThreadFailure {
  readonly code: ErrorCode | null;
  readonly message: string;
}

export function failureOf(error: unknown): ThreadFailure {
  if (error instanceof ExposureError) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { code: null, message: String(error) };
  return { code: null, message: 'syscall' in error ? error.message : (error.stack ?? error.message) };
}

export function errorOf({ code, message }: ThreadFailure): Error {
  return code === null ? new Error(message) : new ExposureError(code, message);
}
