import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { auditReadsPlugin } from './audit-fields.ts';
import { boundErrorsPlugin } from './clip-variables.ts';
import type { Context } from './context.ts';
import { formatError } from './format-error.ts';
import { limits, limitsPlugin } from './limits.ts';
import { readProperty } from './list-in-turns.ts';
import type { Meter } from './meter-plugin.ts';
import { meterPlugin } from './meter-plugin.ts';
import { repeatPlugin } from './repeat-plugin.ts';
import { rowsPlugin } from './rows/rows-plugin.ts';

/** All parsed queries together take at most so much memory, roughly. */
const parsedBytes = 16 * 1024 ** 2;
/** Measured: a parsed query keeps its text, its tokens and its tree, 50 bytes a character. Blanks and comments take less. */
const bytesPerCharacter = 50;

/**
 * Keeps queries that were parsed and checked, the latest used of them: a page sends the same few. Apollo's own store measures a query by its
 * tree alone, and so kept 130 MB of small queries that differ, or any amount of blanks.
 */
export function parsedQueries(): InMemoryLRUCache<DocumentNode> {
  return new InMemoryLRUCache({
    maxSize: parsedBytes,
    sizeCalculation: ({ loc }) => Math.max(1, (loc?.source.body.length ?? 0) * bytesPerCharacter),
  });
}

/** Starts the GraphQL server. It reports nothing to other hosts, and leaves signals to main.ts. */
export async function startGraphqlServer(options: {
  readonly schema: GraphQLSchema;
  readonly hasIntrospection: boolean;
  readonly log: Logger;
  readonly meter: Meter;
}): Promise<ApolloServer<Context>> {
  const server = new ApolloServer<Context>({
    schema: options.schema,
    fieldResolver: readProperty,
    introspection: options.hasIntrospection,
    // Suggestions ("did you mean") reveal the schema too.
    hideSchemaDetailsFromClientErrors: !options.hasIntrospection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    documentStore: parsedQueries(),
    parseOptions: { maxTokens: limits.maxTokens },
    formatError(formatted, error) {
      const answered = formatError(formatted, error, (inner) => options.log.error({ err: inner }, 'a GraphQL request failed'));
      options.meter.countError(String(answered.extensions?.code));
      return answered;
    },
    logger: options.log,
    plugins: [
      limitsPlugin,
      boundErrorsPlugin,
      auditReadsPlugin,
      meterPlugin(options.meter),
      repeatPlugin(),
      rowsPlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}
