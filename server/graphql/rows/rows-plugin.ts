import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type DocumentNode, execute, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { hasRight, queryRights, type Right } from '../../auth/rights.ts';
import type { Context } from '../context.ts';
import { readProperty } from '../list-in-turns.ts';
import { planLists } from './row-lists.ts';
import { NotPlain } from './row-plan.ts';

/** By document that was validated: the one with rows. Null: graphql-js answers it. */
const known = new WeakMap<DocumentNode, DocumentNode | null>();

/**
 * Answers queries whose lists have plans (row-plan.ts). If a query has an error, graphql-js runs it again and reports the errors, which is safe
 * because a query changes nothing. A query without its right goes to graphql-js from the start, because a refusal is recorded.
 */
export const rowsPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async responseForOperation({ contextValue, document, operation, request, schema }) {
        // Apollo also calls this without an operation.
        if ((operation as OperationDefinitionNode | undefined)?.operation !== 'query' || !isAllowed(operation, contextValue)) return null;
        const changed = withRows(schema, document);
        if (changed === null) return null;
        const { data = null, errors } = await execute({
          schema,
          document: changed,
          contextValue,
          variableValues: request.variables,
          operationName: request.operationName,
          fieldResolver: readProperty,
        });
        if (errors !== undefined) {
          if (errors.some(({ originalError }) => originalError instanceof NotPlain)) known.set(document, null);
          return null;
        }
        return { body: { kind: 'single', singleResult: { data } }, http: { status: 200, headers: new HeaderMap() } };
      },
    };
  },
};

function withRows(schema: GraphQLSchema, document: DocumentNode): DocumentNode | null {
  let changed = known.get(document);
  if (changed === undefined) {
    changed = planLists(schema, document) ?? null;
    known.set(document, changed);
  }
  return changed;
}

const rights: Readonly<Record<string, Right>> = queryRights;

/** Whether the sender has the right to each root field. A fragment may hold any. */
function isAllowed({ selectionSet }: OperationDefinitionNode, { identity }: Context): boolean {
  return selectionSet.selections.every((selection) => {
    const right = selection.kind === Kind.FIELD ? rights[selection.name.value] : undefined;
    return right !== undefined && hasRight(identity, right);
  });
}
