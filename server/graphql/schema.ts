import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { packageRoot } from '../package-root.ts';
import { dateTime } from './date-time.ts';
import { resolvers } from './resolvers.ts';

/** Builds the executable schema from schema.graphql and the resolvers. */
export function buildExecutableSchema(): GraphQLSchema {
  const typeDefs = readFileSync(join(packageRoot(), 'schema.graphql'), 'utf8');
  const schema = makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversToMatchSchema: 'error' } });
  // makeExecutableSchema drops the description and specification URL of a scalar that is also a resolver.
  Object.assign(schema.getType('DateTime') as GraphQLScalarType, dateTime);
  return schema;
}
