import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { Identity } from '../../server/auth/identity.ts';
import { checkMayUndo, checkRight, mutationRights, queryRights } from '../../server/auth/rights.ts';
import { resolvers } from '../../server/graphql/resolvers/resolvers.ts';
import { describe, expect, it } from '../support/test.ts';

const viewer: Identity = { name: 'v', role: 'VIEWER', canExport: false, labs: null };
const analyst: Identity = { name: 'a', role: 'ANALYST', canExport: false, labs: null };
const admin: Identity = { name: 'b', role: 'ADMIN', canExport: false, labs: null };
const exporter: Identity = { name: 'e', role: 'VIEWER', canExport: true, labs: null };
const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

/** Whether the right is checked before anything else happens. */
async function isRefused(type: 'Query' | 'Mutation', field: string, identity: Identity): Promise<boolean> {
  const resolver = (resolvers[type] as Record<string, (...args: unknown[]) => unknown>)[field];
  const outcomes: string[] = [];
  const audit = (_action: string, _subject: string | null, outcome: string) => outcomes.push(outcome);
  const context = { identity, hasPast: false, turn: () => 'reached', audit };
  try {
    expect(await resolver?.(null, {}, context, { path: { key: field } })).toBe('reached');
    expect(outcomes).toEqual(type === 'Mutation' ? ['ok'] : []);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'FORBIDDEN' });
    expect(outcomes).toEqual(['FORBIDDEN']);
    return true;
  }
}

describe('rights', () => {
  it('[U3] every root field of the schema has a row and a resolver that checks it', async () => {
    const queries = Object.keys(schema.getQueryType()?.getFields() ?? {});
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(queries.filter((field) => !(field in queryRights))).toEqual([]);
    expect(mutations.filter((field) => !(field in mutationRights))).toEqual([]);
    for (const field of mutations) {
      const right = mutationRights[field as keyof typeof mutationRights];
      expect({ field, isRefused: await isRefused('Mutation', field, viewer) }).toEqual({ field, isRefused: right !== 'read' });
      const isForAdmins = right === 'admin';
      expect({ field, isRefused: await isRefused('Mutation', field, analyst) }).toEqual({ field, isRefused: isForAdmins });
      expect({ field, isRefused: await isRefused('Mutation', field, admin) }).toEqual({ field, isRefused: false });
    }
    // Whoever reads may watch, and changes no fact.
    expect(mutations.filter((field) => mutationRights[field as keyof typeof mutationRights] === 'read')).toEqual([
      'saveWatch',
      'deleteWatch',
      'readEvents',
    ]);
    for (const field of queries) {
      const right = queryRights[field as keyof typeof queryRights];
      expect({ field, isRefused: await isRefused('Query', field, viewer) }).toEqual({ field, isRefused: right !== 'read' });
    }
  });

  it('[U3] an operation without a row is refused, even to an administrator', () => {
    expect(() => checkRight(admin, undefined, 'something new')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('[U4] export is a right of its own: no role includes it', () => {
    for (const identity of [viewer, analyst, admin]) {
      expect(() => checkRight(identity, 'export', 'GET /api/facts.zip')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
    expect(() => checkRight(exporter, 'export', 'GET /api/facts.zip')).not.toThrow();
    expect(() => checkRight(exporter, 'write', 'putFacts')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('[U5] an analyst undoes its own imports only', () => {
    expect(() => checkMayUndo(analyst, 'a')).not.toThrow();
    expect(() => checkMayUndo(analyst, 'somebody')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(() => checkMayUndo(admin, 'somebody')).not.toThrow();
  });
});
