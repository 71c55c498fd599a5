import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DocumentNode, OperationDefinitionNode, TypeNode } from 'graphql';
import {
  buildSchema,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  Kind,
  parse,
  print,
  typeFromAST,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const root = resolve(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
const documents = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => parse(readFileSync(join(root, 'web', name), 'utf8')));
const definitions = documents.flatMap((document) => document.definitions);
const operations = definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
const questions = operations
  .filter(({ operation }) => operation === 'query')
  .map((operation) => [operation.name?.value ?? '', operation] as const);

const serving = new Serving();
beforeAll(() => serving.start({ demo: true }));
afterAll(() => serving.stopAndDelete());

/** A value of the type that matches a fact of the demo world. For a length, the longest page. */
function answerable(type: GraphQLInputType, name: string): unknown {
  if (type instanceof GraphQLNonNull) {
    const named = type.ofType as GraphQLInputType;
    return 'name' in named && named.name === 'DateTime' ? '2026-09-25T00:00:00Z' : answerable(named, name);
  }
  if (type instanceof GraphQLList) return [answerable(type.ofType, name)];
  if (type instanceof GraphQLEnumType) return type.getValues()[0]?.name;
  if (type instanceof GraphQLInputObjectType) {
    if (type.name === 'NodeRef') return { organization: name === 'to' ? 'proxyline' : 'quillmark' };
    if (type.name === 'FactRef') return { organization: 'quillmark' };
    if (type.name === 'ProposalInput') return { advisory: 'MAL-2026-9031' };
    if (type.name === 'BlastRadiusInput') return { origins: ['quillmark'] };
    if (type.name === 'ActionInput') return { suspend: { organization: 'quillmark', at: '2026-09-25T00:00:00Z' } };
    return undefined;
  }
  if (name === 'minSensitivity' || name === 'sensitivities') return 3;
  if (name === 'worstCaseSteps') return 500_000;
  if (type.name === 'Int') return name === 'maxNodes' ? 2000 : name === 'ways' ? 100 : 500;
  if (type.name === 'DateTime') return undefined;
  if (name === 'after') return null;
  return type.name === 'Boolean' ? false : 'quillmark';
}

describe("the page's questions", () => {
  it('[G51] there are some', () => {
    expect(questions.length).toBeGreaterThan(5);
  });

  it.each(questions)('[G51] %s is answered with pages of 500', async (_, operation) => {
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [operation, ...definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)],
    };
    const variables = Object.fromEntries(
      (operation.variableDefinitions ?? []).map(({ variable, type }) => {
        const input = typeFromAST(schema, type as TypeNode) as GraphQLInputType;
        return [variable.name.value, answerable(input, variable.name.value)];
      }),
    );
    const used = new Set<string>();
    const visitSpreads = (text: string) => {
      for (const [, name] of text.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
        if (used.has(name as string)) continue;
        used.add(name as string);
        const fragment = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
        if (fragment) visitSpreads(print(fragment));
      }
    };
    visitSpreads(print(operation));
    const sent = print({
      ...document,
      definitions: document.definitions.filter((each) => each.kind !== Kind.FRAGMENT_DEFINITION || used.has(each.name.value)),
    });
    const { errors } = await serving.ask(sent, variables);
    const codes = (errors ?? []).map((error) => error.extensions.code);
    expect(codes.filter((code) => code !== 'NOT_FOUND')).toEqual([]);
  });
});
