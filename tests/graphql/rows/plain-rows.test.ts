import { readFileSync } from 'node:fs';
import { type Clock, install } from '@sinonjs/fake-timers';
import { buildSchema, type DocumentNode, Kind, parse, print, visit } from 'graphql';
import { planLists } from '../../../server/graphql/rows/row-lists.ts';
import { buildExecutableSchema } from '../../../server/graphql/schema.ts';
import { loadDemo } from '../../../server/load-demo.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { randomFrom, seed } from '../../soak/scale.ts';
import { everyQuestion } from '../../support/every-question.ts';
import { GraphqlGrammar } from '../../support/graphql-grammar.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { demoSubjects, findIds } from '../../support/worlds/demo-subjects.ts';
import { type Answer, Serving } from '../serving.ts';

const serving = new Serving();
const served = buildSchema(readFileSync('schema.graphql', 'utf8'));
const executable = buildExecutableSchema();
let clock: Clock;
let ids: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  // The instant of asking is part of cursors and of default windows.
  clock = install({ toFake: ['Date'], now: Date.parse('2026-10-01T00:00:00Z') });
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  await loadDemo(store, Date.now());
  const author = { by: 'ada', at: 0 };
  await store.saveDocument('note', 'n', JSON.stringify({ on: { kind: 'organization', id: 'quillmark' }, text: 'A note', ...author }));
  await store.saveDocument('view', 'v', JSON.stringify({ name: 'Saved', url: '/', ...author }));
  ids = await findIds(store);
  await store.close();
  await serving.start();
});
afterAll(async () => {
  await serving.stopAndDelete();
  clock.uninstall();
});

/** The same query, with a directive that changes nothing in each selection: a list with one has no plan, so graphql-js answers all of it. */
function withoutPlans(document: DocumentNode): DocumentNode {
  const always = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'include' }, arguments: [argument('if', true)] } as const;
  return visit(document, {
    SelectionSet(set) {
      const at = set.selections.findIndex(({ kind }) => kind === Kind.FIELD);
      const selections = set.selections.map((each, i) => (i === at ? { ...each, directives: [...(each.directives ?? []), always] } : each));
      const isDouble = set.selections[at]?.directives?.some(({ name }) => name.value === 'include');
      return at < 0 || isDouble ? undefined : { ...set, selections };
    },
  });
}

function argument(name: string, value: boolean) {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: { kind: Kind.BOOLEAN, value } } as const;
}

async function textOf(document: DocumentNode, variables: object): Promise<string> {
  const answer = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await answer.json()) as Answer;
  // Any of several fields that fail at the same time may be the first, and the only one that is told.
  return JSON.stringify({ data, hasErrors: errors !== undefined, isTooLong: errors?.some(({ message }) => message.includes('token')) });
}

/** Whether plans answer lists of the query. Throws unless the answer is the same, byte for byte, without plans. */
async function compare(query: string, variables: object = {}): Promise<boolean> {
  const document = parse(query);
  if (planLists(executable, document) === undefined) return false;
  const other = withoutPlans(document);
  expect(planLists(executable, other)).toBeUndefined();
  const [rows, plain] = [await textOf(document, variables), await textOf(other, variables)];
  if (plain.includes('"isTooLong":true')) return false;
  if (rows !== plain) expect([print(document), rows]).toEqual([print(document), plain]);
  return rows.includes('"hasErrors":false');
}

describe('[G339] rows of a plan are what graphql-js answers, byte for byte', () => {
  it('for every list of every question', async () => {
    let planned = 0;
    for (const { queries } of everyQuestion(served, demoSubjects(ids))) if (await compare(queries[0] as string, { after: null })) planned++;
    expect(planned).toBeGreaterThan(20);
  });

  it('for generated queries with aliases, fragments, directives and errors', async () => {
    const grammar = new GraphqlGrammar(served, [...ids.values()].flat(), randomFrom(seed));
    let planned = 0;
    for (let i = 0; i < 800; i++) {
      const { query, variables } = grammar.next();
      try {
        parse(query);
      } catch {
        continue;
      }
      if (!/^\s*mutation|currentAt|answeredAt|auditEntries/.test(query) && (await compare(query, variables))) planned++;
    }
    expect(planned).toBeGreaterThan(20);
  });
});
