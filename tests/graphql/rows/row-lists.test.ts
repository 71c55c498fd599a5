import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GraphQLObjectType } from 'graphql';
import { buildSchema, execute, type GraphQLSchema, parse } from 'graphql';
import { guardResolvers } from '../../../server/graphql/guard-resolvers.ts';
import { readProperty } from '../../../server/graphql/list-in-turns.ts';
import { addRowLists, planLists } from '../../../server/graphql/rows/row-lists.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const count = 1000;
const resolvers = guardResolvers({
  Item: {
    id: (item: { at: number }) => `${item.at}`,
    half: (item: { at: number }, { of }: { of: number }) => (item.at + of) / 2,
    later: async (item: { at: number }) => item.at,
    asked: (item: { at: number }, _: object, { hasPast }: { hasPast: boolean }) => `${item.at} ${hasPast}`,
  },
});

function schemaOfItems(): GraphQLSchema {
  const schema = buildSchema(`type Query { list: List! } type List { items: [Item!]! }
    type Item { id: ID! half(of: Int!): Float! later: Int! asked: String! name: String! place: Place! } type Place { x: Int! y: Int }`);
  const fields = (schema.getType('Item') as GraphQLObjectType).getFields();
  for (const [name, resolve] of Object.entries(resolvers.Item)) Object.assign(fields[name] as object, { resolve });
  addRowLists(schema);
  return schema;
}

const schema = schemaOfItems();
const items = Array.from({ length: count }, (_, at) => ({ at, name: `item ${at}`, place: { x: at, y: at % 2 === 0 ? null : at } }));

async function answer(query: string, turn: (act: () => unknown) => unknown) {
  const document = planLists(schema, parse(query));
  if (document === undefined) throw new Error('No list of the query has a plan.');
  const contextValue = { hasPast: false, turn };
  return execute({ schema, document, rootValue: { list: { items } }, contextValue, fieldResolver: readProperty as never });
}

const query = '{ list { items { id h: half(of: 1) name ...P __typename } } } fragment P on Item { name place { y x } }';
const expected = {
  list: {
    items: items.map(({ at, name, place }) => ({
      id: `${at}`,
      h: (at + 1) / 2,
      name,
      place: { y: place.y, x: place.x },
      __typename: 'Item',
    })),
  },
};

describe('a list with a plan', () => {
  it('[G340] is one value for graphql-js: its rows, with 64 objects to a turn, each field in the order of the query', async () => {
    let turns = 0;
    const { data } = await answer(query, (act) => {
      turns++;
      return act();
    });
    expect(JSON.stringify(data)).toBe(JSON.stringify(expected));
    expect(turns).toBe(Math.ceil(count / 32));
  });

  it('[G340] gives way to other requests where the slice is used up', async () => {
    let waits = 0;
    const { data } = await answer(query, (act) => {
      waits++;
      return nextTurn().then(act);
    });
    expect(JSON.stringify(data)).toBe(JSON.stringify(expected));
    expect(waits).toBe(Math.ceil(count / 32));
  });

  it('[G340] fails when the time is over, at once or while rows wait', async () => {
    for (const isLater of [false, true]) {
      let turns = 0;
      const { errors } = await answer(query, (act) => {
        if (++turns < 20) return act();
        if (!isLater) throw new Error('time is over');
        return nextTurn().then(() => Promise.reject(new Error('time is over')));
      });
      expect(errors?.map(({ message }) => message)).toEqual(['time is over']);
    }
  });

  it('[G341] has only fields that read their parent alone: none that waits, asks a question, or stands under a directive', () => {
    const fields = [
      'later',
      'asked',
      'name @include(if: true)',
      '... @skip(if: false) { name }',
      '__proto__: name',
      'place { x } place { y }',
    ];
    for (const field of fields) expect([field, planLists(schema, parse(`{ list { items { id ${field} } } }`))]).toEqual([field, undefined]);
    expect(planLists(schema, parse('{ list { items { id id } } }'))).toBeDefined();
  });

  it('[G342] is told by no listing of fields', () => {
    expect(Object.keys((schema.getType('List') as GraphQLObjectType).getFields())).toEqual(['items']);
  });
});

describe('a server', () => {
  const serving = new Serving();
  beforeAll(async () => {
    await serving.start();
    await serving.put(smallWorld);
  });
  afterAll(() => serving.stopAndDelete());

  const artifacts = (fields: string) => `{ blastRadius(input: { origins: ["vendor"] }) { artifacts { ${fields} } } }`;

  it('[G343] tells an error in a row with its place', async () => {
    const { data, errors } = await serving.ask(artifacts('edges { node { ways(first: 1000) { because } } }'));
    expect(data).toEqual({ blastRadius: null });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ['blastRadius', 'artifacts', 'edges', 0, 'node', 'ways'],
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('[G344] merges two selections of one list', async () => {
    const { blastRadius } = await serving.get(artifacts('edges { node { tier } } ... { edges { node { artifact { id } } } }'));
    expect(blastRadius.artifacts.edges[0]).toEqual({ node: { tier: expect.any(String), artifact: { id: expect.any(String) } } });
  });

  it('[G345] records an answer that shows an artifact of the highest sensitivity in rows, once', async () => {
    const trail = '{ auditEntries { edges { node { action subject } } } }';
    const before = (await serving.get(trail)).auditEntries.edges.length;
    await serving.get(artifacts('edges { node { artifact { __typename } } }'));
    await serving.get(artifacts('edges { node { artifact { name } } }'));
    const { edges } = (await serving.get(trail)).auditEntries;
    expect(edges.slice(0, edges.length - before)).toEqual([{ node: { action: 'read', subject: 'guide' } }]);
  });
});
