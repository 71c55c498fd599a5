import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
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
