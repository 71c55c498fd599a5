import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import { formatInstant, maxInstant, parseInstant } from '../domain/instants.ts';

/** Requires a time and an offset. A plain date does not match. */
const withOffset = /[Tt].*([Zz]|[+-]\d{2}:\d{2})$/;

/** The scalar DateTime: epoch milliseconds in the server, RFC 3339 in UTC in the API. */
export const dateTime: Pick<GraphQLScalarType<number, string>, 'serialize' | 'parseValue' | 'parseLiteral'> = {
  // The last bucket of a chart may end a millisecond after the last instant that RFC 3339 can express.
  serialize: (value) => formatInstant(Math.min(value as number, maxInstant)),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
};

function parse(value: unknown): number {
  const instant = typeof value === 'string' && withOffset.test(value) ? parseInstant(value) : undefined;
  if (instant === undefined) {
    throw new GraphQLError(`${JSON.stringify(value) ?? 'This'} is not an instant; expected RFC 3339, such as 2026-03-24T08:30:00Z.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return instant;
}

/** An instant of a projection as an API value: NaN and ±Infinity become null. */
export function toInstant(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
