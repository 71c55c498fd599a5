import { ExposureError } from '../../../domain/errors.ts';

const tooManyLogIns = 'Neo.ClientError.Security.AuthenticationRateLimit';

/** Thrown if a commit was sent, and it is unknown whether the server did it. */
export class CommitUncertain extends Error {
  override readonly name = 'CommitUncertain';
}

/**
 * Translates an error of Neo4j or its driver into one that the caller can act on. Other errors are returned as they are.
 *
 * Goes by `code`: the class of a driver error differs between realms, and its message between versions.
 *
 * @param address of the server, without credentials
 * @param timeoutMs of the request
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
      `The database at ${address} needed more than the ${inSeconds(timeoutMs)} that this request may take. Ask for less, or try again when the database is less busy.`,
      options,
    );
  }
  if (isOutOfMemory(code)) {
    return unavailable(
      `The database at ${address} has not enough memory for this transaction, and rolled it back. Raise dbms.memory.transaction.total.max or db.memory.transaction.max there, or try again when the database is less busy.`,
    );
  }
  if (isReadOnlyCode(code)) {
    return unavailable(
      `The database at ${address} is read-only, or the cluster member that answered is. Make it writable, then try again.`,
    );
  }
  if (code === tooManyLogIns) {
    return unavailable(
      `The database at ${address} locked this user out for some seconds after too many wrong passwords. Correct NEO4J_PASSWORD, then try again.`,
    );
  }
  if (code.startsWith('Neo.ClientError.Security.')) {
    return unavailable(
      `The database at ${address} no longer accepts NEO4J_USERNAME and NEO4J_PASSWORD for this request (${code}). Check both, and the user's privileges.`,
    );
  }
  if (code.startsWith('Neo.TransientError.')) {
    return unavailable(`The database at ${address} could not do this now (${code}). Try again.`);
  }
  if (code.startsWith('Neo.DatabaseError.') || code.startsWith('Neo.ClientError.Database.')) {
    return unavailable(`The database at ${address} failed (${code}). Look into the log of the database for the cause.`);
  }
  return error;
}

/** Whether a retry may succeed. */
export function isRetriable(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined || isOutOfMemory(code) || isTimeOver(code)) return false;
  return isUnreachable(code) || code.startsWith('Neo.TransientError.') || code === 'Neo.ClientError.Security.AuthorizationExpired';
}

/** Whether this error of a commit proves that nothing was committed. */
export function isCertainlyRefused(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return (
    code.startsWith('Neo.ClientError.') || code.startsWith('Neo.TransientError.Transaction.') || isOutOfMemory(code) || isTimeOver(code)
  );
}

/** Whether the database or member is read-only; for errors of the driver and their translations. */
export function isReadOnly(error: unknown): boolean {
  return isReadOnlyCode(codeOf(error) ?? codeOf((error as { cause?: unknown } | null)?.cause) ?? '');
}

/** Whether the server refused user or password: a retry would be refused too. */
export function isUnauthenticated(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return (
    code === 'Neo.ClientError.Security.Unauthorized' ||
    code === 'Neo.ClientError.Security.CredentialsExpired' ||
    code === 'Neo.ClientError.Security.TokenExpired'
  );
}

/** Whether it is worth waiting for a server that answers with this error, or not at all. */
export function mayComeBack(error: unknown): boolean {
  return error instanceof Abandoned || isRetriable(error) || codeOf(error) === tooManyLogIns;
}

/** The code of a driver error; 'N/A' for one without a code, such as a pool without a free connection. Undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  const { code, gqlStatus } = (error ?? {}) as { code?: unknown; gqlStatus?: unknown };
  return typeof code === 'string' && typeof gqlStatus === 'string' ? code : undefined;
}

function isUnreachable(code: string): boolean {
  return code === 'ServiceUnavailable' || code === 'SessionExpired' || code === 'ProtocolError' || code === 'N/A';
}

/** Whether the server ended a transaction at its timeout. */
export function isTimeOver(code: string | undefined): boolean {
  return code?.startsWith('Neo.ClientError.Transaction.TransactionTimedOut') === true;
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

/** `20 seconds`, `1 second`, `0.3 seconds`. */
export function inSeconds(milliseconds: number): string {
  const seconds = Number((milliseconds / 1000).toFixed(1));
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}

/** The deadline passed, or the server was silent for too long: the request was abandoned. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
  /** How long the request waited. */
  readonly waitedMs: number;

  constructor(waitedMs: number) {
    super(`The database did not answer within ${Math.round(waitedMs / 1000)} seconds.`);
    this.waitedMs = waitedMs;
  }
}

interface DeadlineOptions {
  readonly timeoutMs: number;
  /** How much longer to wait for an answer after the timeout: the server may be about to report it. */
  readonly graceMs: number;
  /** How long the server may be silent, before the grace, until the request is abandoned early. */
  readonly silenceMs: number;
}

/** A silence is measured in this many checks. A busy process runs them late, so its own pauses do not count as silence. */
const checksPerSilence = 10;

/**
 * The deadline of a request. Its time starts when it is constructed, and ends early if the server falls silent.
 *
 * So a large request gets the time it needs, and a lost network is noticed as fast as in a small request.
 */
export class Deadline {
  readonly timeoutMs: number;
  readonly #options: DeadlineOptions;
  readonly #startedAt = performance.now();
  #signs = 0;
  #mayBeSilent = false;
  #isOver = false;

  constructor(options: DeadlineOptions) {
    this.timeoutMs = options.timeoutMs;
    this.#options = options;
  }

  /** Whether the request was abandoned. */
  get isOver(): boolean {
    return this.#isOver;
  }

  spentMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** At least 1: the driver takes 0 for no limit. */
  leftMs(): number {
    return Math.max(1, Math.ceil(this.timeoutMs - this.spentMs()));
  }

  /** Notes a sign of the server: call it for each record and each end of a statement. */
  noteSign(): void {
    this.#signs++;
  }

  /** From now on silence is no failure: a commit sends nothing until it is done. */
  allowSilence(): void {
    this.#mayBeSilent = true;
  }

  /** Resolves to the result of `work`. Throws Abandoned after the timeout and the grace, or after too long a silence. */
  async bound<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs, graceMs, silenceMs } = this.#options;
    this.#mayBeSilent = false;
    const timers: NodeJS.Timeout[] = [];
    const end = new Promise<never>((_, reject) => {
      const abandon = (waitedMs: number): void => {
        this.#isOver = true;
        reject(new Abandoned(waitedMs));
      };
      timers.push(setTimeout(abandon, Math.max(0, timeoutMs + graceMs - this.spentMs()), timeoutMs));
      if (silenceMs < timeoutMs) timers.push(this.#watch(silenceMs + graceMs, () => abandon(silenceMs)));
    });
    try {
      return await Promise.race([work, end]);
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  #watch(silenceMs: number, onSilence: () => void): NodeJS.Timeout {
    let heard = this.#signs;
    let checks = 0;
    return setInterval(() => {
      checks = this.#signs === heard && !this.#mayBeSilent ? checks + 1 : 0;
      heard = this.#signs;
      if (checks === checksPerSilence) onSilence();
    }, silenceMs / checksPerSilence);
  }
}
