import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode, GraphQLScalarType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { buildSchema, getVariableValues, isAbstractType, isObjectType, Kind } from 'graphql';
import type { Logger } from 'pino';
import { packageRoot } from '../configuration/package-root.ts';
import type { Context } from './context.ts';
import { auditReadsPlugin } from './context.ts';
import { dateTime } from './date-time.ts';
import { formatError } from './format-error.ts';
import { limits, limitsPlugin } from './limits.ts';
import { readProperty } from './page.ts';
import { repeatPlugin } from './repeat-plugin.ts';
import { resolvers } from './resolvers/resolvers.ts';

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
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

/** Counts answers for `/metrics`. */
interface Meter {
  countOperation(field: string, seconds: number): void;
  countError(code: string): void;
}

/** Measures each GraphQL request under its first root field, of which the schema has a few dozen. */
function meterPlugin(meter: Meter): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const begun = performance.now();
      return {
        async willSendResponse({ operation, schema }) {
          const [first] = operation?.selectionSet.selections ?? [];
          const root = operation && schema.getRootType(operation.operation);
          const name = first?.kind === Kind.FIELD ? first.name.value : undefined;
          const isKnown = name !== undefined && root?.getFields()[name] !== undefined;
          meter.countOperation(isKnown ? name : 'other', (performance.now() - begun) / 1000);
        },
      };
    },
  };
}

/** The most errors in one answer. */
const maxErrors = 10;
/** An error message quotes at most this many characters of a text, and this many fields of an object. */
const maxQuotedLength = 80;
const maxQuotedFields = 50;

/**
 * Keeps errors small. graphql-js quotes whole values in each error about a variable, so a small compressed body could make an
 * answer of hundreds of megabytes. Invalid variables are therefore clipped before execution, and an answer has at most 10 errors.
 */
const boundErrorsPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request, schema }) {
        if (operation && request.variables) request.variables = clipIfInvalid(schema, operation, request.variables);
      },
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        if (singleResult.errors && singleResult.errors.length > maxErrors) singleResult.errors = singleResult.errors.slice(0, maxErrors);
      },
    };
  },
};

type Variables = Record<string, unknown>;

/** Returns valid variables unchanged. Shortens long texts and large objects in invalid ones, which stay invalid. */
function clipIfInvalid(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Variables): Variables {
  const clipped = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, clip(value)]));
  if (Object.entries(clipped).every(([name, value]) => value === variables[name])) return variables;
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], clipped, { maxErrors: 1 });
  return errors === undefined ? variables : clipped;
}

/** Returns the same value if nothing in it is too long. guard-requests.ts bounds the depth of the body, and so the recursion. */
function clip(value: unknown): unknown {
  if (typeof value === 'string') return clipText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(clip);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const entries = Object.entries(value);
  // No input type has this many fields, so the object is invalid even after most of its fields are dropped.
  const kept = entries.slice(0, maxQuotedFields).map(([name, field]) => [clipText(name), clip(field)] as const);
  const isSame = kept.length === entries.length && kept.every(([name, field], i) => name === entries[i]?.[0] && field === entries[i]?.[1]);
  return isSame ? value : Object.fromEntries(kept);
}

/** The ellipsis keeps a clipped date, enum or field name invalid. */
function clipText(text: string): string {
  return text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength)}…` : text;
}

/**
 * Builds the executable schema from schema.graphql and the resolvers.
 *
 * It sets the resolvers on the types that graphql-js builds. Schema tools would copy each type instead, which doubles the
 * time, at each start. Throws if a resolver names a type or field that the schema does not have.
 */
export function buildExecutableSchema(): GraphQLSchema {
  // The build and the tests validate schema.graphql.
  const schema = buildSchema(readFileSync(join(packageRoot(), 'schema.graphql'), 'utf8'), { assumeValidSDL: true });
  for (const [typeName, resolversOfType] of Object.entries(resolvers)) {
    if (resolversOfType !== undefined) addResolvers(schema, typeName, resolversOfType);
  }
  Object.assign(schema.getType('DateTime') as GraphQLScalarType, dateTime);
  return schema;
}

function addResolvers(schema: GraphQLSchema, typeName: string, resolversOfType: object): void {
  const type = schema.getType(typeName);
  for (const [name, resolver] of Object.entries(resolversOfType)) {
    if (name === '__resolveType' && isAbstractType(type)) type.resolveType = resolver;
    else {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (field === undefined) throw new Error(`schema.graphql has no field ${typeName}.${name}, for which there is a resolver.`);
      field.resolve = resolver;
    }
  }
}
