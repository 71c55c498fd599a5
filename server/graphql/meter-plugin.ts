import type { ApolloServerPlugin } from '@apollo/server';
import { Kind } from 'graphql';
import type { Context } from './context.ts';

/** Counts answers for `/metrics`. */
export interface Meter {
  countOperation(field: string, seconds: number): void;
  countError(code: string): void;
}

/** Measures each GraphQL request under its first root field, of which the schema has a few dozen. */
export function meterPlugin(meter: Meter): ApolloServerPlugin<Context> {
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
