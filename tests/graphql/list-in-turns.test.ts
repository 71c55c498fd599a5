import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GraphQLObjectType } from 'graphql';
import { buildSchema, execute, parse } from 'graphql';
import { readProperty } from '../../server/graphql/page.ts';
import { guardResolvers } from '../../server/graphql/resolvers/resolvers.ts';
import { describe, expect, it } from '../support/test.ts';

const count = 1000;
const document = parse('{ items { id name size(unit: 1) } }');

/** Answers a list of 1,000 items. @param turn waits for a turn */
async function answer(turn: (act: () => unknown) => unknown) {
  const schema = buildSchema('type Query { items: [Item!]! } type Item { id: ID! name: String! size(unit: Int): Int! }');
  const { Item } = guardResolvers({
    Item: { id: (i: { at: number }) => `${i.at}`, name: (i: { at: number }) => `item ${i.at}`, size: (i: { at: number }) => i.at },
  });
  const fields = (schema.getType('Item') as GraphQLObjectType).getFields();
  for (const [name, resolve] of Object.entries(Item)) Object.assign(fields[name] as object, { resolve });
  const rootValue = { items: Array.from({ length: count }, (_, at) => ({ at })) };
  return execute({ schema, document, rootValue, contextValue: { hasPast: false, turn }, fieldResolver: readProperty as never });
}

const expected = { items: Array.from({ length: count }, (_, at) => ({ id: `${at}`, name: `item ${at}`, size: at })) };

describe('[S202] a long list gives way to other requests between its objects', () => {
  it('[P231] takes one turn for an object and one for each field that may compute, none for a field that reads a column', async () => {
    let turns = 0;
    const { data } = await answer((act) => {
      turns++;
      return act();
    });
    expect(JSON.stringify(data)).toBe(JSON.stringify({ items: expected.items }));
    expect(turns).toBe(2 * count);
  });

  it('[P231] lets 16 objects wait for one turn when the slice is used up', async () => {
    let waits = 0;
    const { data } = await answer((act) => {
      // The field that may compute takes its turn at once here, and does not count.
      const value = act();
      if (value !== undefined) return value;
      waits++;
      return nextTurn();
    });
    expect(JSON.stringify(data)).toBe(JSON.stringify({ items: expected.items }));
    expect(waits).toBe(Math.ceil(count / 16));
  });

  it('fails when the time is over, at once or while objects wait, and leaves no rejected promise behind', async () => {
    const lost: unknown[] = [];
    const note = (error: unknown) => lost.push(error);
    process.on('unhandledRejection', note);
    try {
      for (const isLater of [false, true]) {
        let turns = 0;
        const { errors } = await answer((act) => {
          if (++turns < 100) return act();
          if (!isLater) throw new Error('time is over');
          return nextTurn().then(() => Promise.reject(new Error('time is over')));
        });
        expect(errors?.[0]?.message).toBe('time is over');
      }
      for (let i = 0; i < 5; i++) await nextTurn();
      expect(lost).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
