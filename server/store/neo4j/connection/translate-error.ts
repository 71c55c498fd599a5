import { ExposureError } from '../../../domain/errors.ts';
import { Abandoned } from './deadline.ts';

const tooManyLogIns = 'Neo.ClientError.Security.AuthenticationRateLimit';

/** The server was told to commit, and whether it did is not known. */
export class CommitUncertain extends Error {
  override readonly name = 'CommitUncertain';
}

/**
 * What Neo4j or its driver says, as an error that the caller can act on; anything else stays what it is.
 *
 * Goes by `code`: the class of the driver's errors differs between realms, and their messages between versions.
 *
 * @param address the server's, without credentials
 * @param timeoutMs what the request had
 */
export function translateError(error: unknown, address: string, timeoutMs: number): unknown {
  const options = { cause: error };
  const unavailable = (sentence: string) => new ExposureError('STORE_UNAVAILABLE', sentence, options);
  if (error instanceof Abandoned) {
    return unavailable(
      `The database at ${address} did not answer within ${inSeconds(error.waitedMs)}. Check it and the network, then try again.`,
    );
  }
  const code = codeOf(error);
  if (code === undefined) return error;
  if (isUnreachable(code)) {
    return unavailable(
      `The database at ${address} cannot be reached. Check that it runs and that EXPOSURE_STORE names it, then try again.`,
    );
  }
  if (isTimeOver(code)) {
    return new ExposureError(
      'QUERY_TIMEOUT',
      `The database at ${address} needed more than the ${inSeconds(timeoutMs)} that it may take. Ask for less, or try again when it has less to do.`,
      options,
    );
  }
  if (isOutOfMemory(code)) {
    return unavailable(
      `The database at ${address} has not enough memory for this transaction, and did nothing. Raise dbms.memory.transaction.total.max or db.memory.transaction.max there, or try again when it has less to do.`,
    );
  }
  if (isReadOnlyCode(code)) {
    return unavailable(`The database at ${address} is read-only, or its member that was asked is. Make it writable, then try again.`);
  }
  if (code === tooManyLogIns) {
    return unavailable(
      `The database at ${address} takes no password of this user for some seconds, as wrong ones were tried too often. Try again then.`,
    );
  }
  if (code.startsWith('Neo.ClientError.Security.')) {
    return unavailable(
      `The database at ${address} no longer accepts NEO4J_USERNAME and NEO4J_PASSWORD for this (${code}). Check both, and what this user may do.`,
    );
  }
  if (code.startsWith('Neo.TransientError.')) {
    return unavailable(`The database at ${address} could not do this now (${code}). Try again.`);
  }
  if (code.startsWith('Neo.DatabaseError.') || code.startsWith('Neo.ClientError.Database.')) {
    return unavailable(`The database at ${address} failed (${code}). Its own log says why.`);
  }
  return error;
}

/** Whether the same request may succeed a little later. */
export function isRetriable(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined || isOutOfMemory(code) || isTimeOver(code)) return false;
  return isUnreachable(code) || code.startsWith('Neo.TransientError.') || code === 'Neo.ClientError.Security.AuthorizationExpired';
}

/** Whether a commit that failed so did certainly not happen. */
export function isCertainlyRefused(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return (
    code.startsWith('Neo.ClientError.') || code.startsWith('Neo.TransientError.Transaction.') || isOutOfMemory(code) || isTimeOver(code)
  );
}

/** Whether nobody can write where this was to be written; of the driver's errors and of what they were translated to. */
export function isReadOnly(error: unknown): boolean {
  return isReadOnlyCode(codeOf(error) ?? codeOf((error as { cause?: unknown } | null)?.cause) ?? '');
}

/** Whether the server refused who asks: the same user and password will not do later either. */
export function isUnauthenticated(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return (
    code === 'Neo.ClientError.Security.Unauthorized' ||
    code === 'Neo.ClientError.Security.CredentialsExpired' ||
    code === 'Neo.ClientError.Security.TokenExpired'
  );
}

/** Whether a server that answers so, or not at all, is worth waiting for. */
export function mayComeBack(error: unknown): boolean {
  return error instanceof Abandoned || isRetriable(error) || codeOf(error) === tooManyLogIns;
}

/** Of an error that the driver made; 'N/A' where it had none of its own, such as for a pool without a free connection. */
export function codeOf(error: unknown): string | undefined {
  const { code, gqlStatus } = (error ?? {}) as { code?: unknown; gqlStatus?: unknown };
  return typeof code === 'string' && typeof gqlStatus === 'string' ? code : undefined;
}

function isUnreachable(code: string): boolean {
  return code === 'ServiceUnavailable' || code === 'SessionExpired' || code === 'ProtocolError' || code === 'N/A';
}

function isTimeOver(code: string): boolean {
  return code.startsWith('Neo.ClientError.Transaction.TransactionTimedOut');
}

function isOutOfMemory(code: string): boolean {
  return code.endsWith('OutOfMemoryError');
}

function isReadOnlyCode(code: string): boolean {
  return (
    code === 'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase' ||
    code === 'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase' ||
    code === 'Neo.ClientError.Cluster.NotALeader'
  );
}

function inSeconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
