import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { packageRoot } from '../package-root.ts';
import { dateTime } from './date-time.ts';
import { resolvers } from './resolvers.ts';

/** schema.graphql, word for word, with a resolver behind every field that needs one. */
export function buildExecutableSchema(): GraphQLSchema {
  const typeDefs = readFileSync(join(packageRoot(), 'schema.graphql'), 'utf8');
  const schema = makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversToMatchSchema: 'error' } });
  // Given as a resolver, a scalar would lose its description and its specification.
  Object.assign(schema.getType('DateTime') as GraphQLScalarType, dateTime);
  return schema;
}
