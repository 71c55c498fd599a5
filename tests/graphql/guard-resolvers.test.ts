import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GraphQLObjectType } from 'graphql';
import { buildSchema, execute, parse } from 'graphql';
import { guardResolvers } from '../../server/graphql/resolvers/resolvers.ts';
import { describe, expect, it } from '../support/test.ts';

describe('resolvers of a list', () => {
  it('[S169] leave no promise behind when a later item fails at once, which would end the server', async () => {
    const schema = buildSchema('type Query { items: [Item!] } type Item { value: Int! }');
    const { Item } = guardResolvers({
      Item: {
        value: (place: number) => {
          if (place === 1) throw new Error('at once');
          return nextTurn().then(() => Promise.reject(new Error('later')));
        },
      },
    });
    const item = schema.getType('Item') as GraphQLObjectType;
    Object.assign(item.getFields().value as object, { resolve: Item.value });
    const lost: unknown[] = [];
    const note = (error: unknown) => lost.push(error);
    process.on('unhandledRejection', note);
    try {
      const contextValue = { hasPast: false, turn: (act: () => unknown) => act() };
      const { errors } = await execute({ schema, document: parse('{ items { value } }'), rootValue: { items: [0, 1] }, contextValue });
      expect(errors).toHaveLength(1);
      for (let i = 0; i < 5; i++) await nextTurn();
      expect(lost).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
