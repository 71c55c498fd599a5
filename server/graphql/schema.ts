import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { packageRoot } from '../package-root.ts';
import { resolvers } from './resolvers.ts';

/** schema.graphql, word for word, with a resolver behind every field that needs one. */
export function buildExecutableSchema(): GraphQLSchema {
  const typeDefs = readFileSync(join(packageRoot(), 'schema.graphql'), 'utf8');
  return makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversToMatchSchema: 'error' } });
}
