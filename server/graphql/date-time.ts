import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import { formatInstant, parseInstant } from '../domain/instants.ts';

/** An instant with its time and offset: a plain date is not one. */
const withOffset = /[Tt].*([Zz]|[+-]\d{2}:\d{2})$/;

/** How the scalar DateTime is read and written: epoch milliseconds inside, RFC 3339 in UTC outside. */
export const dateTime: Pick<GraphQLScalarType<number, string>, 'serialize' | 'parseValue' | 'parseLiteral'> = {
  serialize: (value) => formatInstant(value as number),
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

/** An instant of a projection as the API says it: NaN and the ends of time are null. */
export function toInstant(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
