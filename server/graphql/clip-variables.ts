import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql';
import type { Context } from './context.ts';

/** The most errors in one answer. */
const maxErrors = 10;
/** An error message quotes at most this many characters of a text, and this many fields of an object. */
const maxQuotedLength = 80;
const maxQuotedFields = 50;

/**
 * Keeps errors small. graphql-js quotes whole values in each error about a variable, so a small compressed body could make an
 * answer of hundreds of megabytes. Invalid variables are therefore clipped before execution, and an answer has at most 10 errors.
 */
export const boundErrorsPlugin: ApolloServerPlugin<Context> = {
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

/** Returns the same value if nothing in it is too long. guard-json.ts bounds the depth of the body, and so the recursion. */
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
