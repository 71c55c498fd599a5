import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../domain/errors.ts';
import { ExposureError } from '../domain/errors.ts';
import { redactSecrets } from '../domain/text/secrets.ts';

/** The last error of a list that graphql-js cuts off. */
const tooManyErrors = /^Too many errors processing variables/;

/** The message of every internal error; it reveals no details. */
export const internalMessage = 'Something went wrong on the server; see its log.';

/** Codes that the API returns unchanged. */
const apiCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'LIMIT_EXCEEDED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'PAYLOAD_TOO_LARGE',
  'STORE_UNAVAILABLE',
  'QUERY_TIMEOUT',
]);
const apolloCodes: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'LIMIT_EXCEEDED',
]);

/** The API's code and message for an error that the caller can act on. */
export function translateError(error: ExposureError): { code: string; message: string } {
  if (apiCodes.has(error.code)) return { code: error.code, message: error.message };
  if (error.code.startsWith('STORE_')) return { code: 'STORE_UNAVAILABLE', message: error.message };
  return { code: 'BAD_USER_INPUT', message: error.message };
}

/**
 * Masks internal errors and secrets, and gives every other error its code.
 *
 * @param report called with each internal error, for the log
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown, report: (error: unknown) => void): GraphQLFormattedError {
  const { message: full, ...rest } = translate(formatted, error, report);
  const message = redactSecrets(full.slice(0, 2 * maxMessageLength));
  return { message: message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message, ...rest };
}

/** The most characters of a message. graphql-js quotes whole values in its own messages. */
const maxMessageLength = 1000;

function translate(formatted: GraphQLFormattedError, error: unknown, report: (error: unknown) => void): GraphQLFormattedError {
  const original = unwrapAll(error);
  const { path, locations } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (original instanceof ExposureError) {
    const { code, message } = translateError(original);
    return { message, ...place, extensions: { code } };
  }
  const code = formatted.extensions?.code;
  if (code === 'GRAPHQL_PARSE_FAILED' && /more tha[nt] \d+ tokens|call stack/.test(formatted.message)) {
    return {
      message: 'The query is too long or nested too deep; split it, or pass values as variables.',
      ...place,
      extensions: { code: 'LIMIT_EXCEEDED' },
    };
  }
  if (/introspection is not allowed/i.test(formatted.message)) {
    return {
      message:
        'Introspection is off on this server. The schema is in docs/api.md and schema.graphql; EXPOSURE_INTROSPECTION=true turns it on.',
      ...place,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    };
  }
  if (typeof code === 'string' && apolloCodes.has(code)) return { message: formatted.message, ...place, extensions: { code } };
  if (code === 'PERSISTED_QUERY_NOT_SUPPORTED') {
    return {
      message: 'This server does not support persisted queries; send the full query.',
      ...place,
      extensions: { code: 'BAD_REQUEST' },
    };
  }
  if (code === 'OPERATION_RESOLUTION_FAILURE') return { message: formatted.message, ...place, extensions: { code: 'BAD_REQUEST' } };
  if (tooManyErrors.test(formatted.message)) {
    return {
      message: 'The variables have too many errors; correct those that are listed.',
      ...place,
      extensions: { code: 'BAD_USER_INPUT' },
    };
  }
  if (isCoercionError(original)) return { message: original.message, ...place, extensions: { code: 'BAD_USER_INPUT' } };
  report(original);
  return { message: internalMessage, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function unwrapAll(error: unknown): unknown {
  let inner = unwrapResolverError(error);
  while (inner instanceof GraphQLError && inner.originalError) inner = inner.originalError;
  return inner;
}

/**
 * Matches an argument that fails only at execution, such as a null variable in a oneOf input. graphql-js raises this error with the
 * argument's location and without a code. A scalar's error about a result has no location.
 */
function isCoercionError(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && (error.nodes?.length ?? 0) > 0;
}
