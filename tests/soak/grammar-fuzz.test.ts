import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { root } from '../cli/run-exposure.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import type { GrammarRequest } from '../support/graphql-grammar.ts';
import { GraphqlGrammar } from '../support/graphql-grammar.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

const count = process.env.SOAK_SCALE === undefined ? 500 : rounds(100_000);
const inFlight = 4;
/** One sender may send 6,000 requests a minute. */
const senders = 20;
const serving = new Serving();
let tokens: string[];

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  const wanted = { role: 'ADMIN', canExport: true, labs: null, expiresAt: null } as const;
  tokens = [];
  for (let i = 0; i < senders; i++) tokens.push(await new Tokens(store).create({ ...wanted, name: `sender ${i}` }, Date.now()));
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
});
afterAll(() => serving.stopAndDelete());

async function send({ query, variables }: GrammarRequest, sender: number): Promise<{ status: number; text: string }> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[sender % senders]}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}

describe('queries from the grammar of the schema', () => {
  it('[S166] are answered with JSON below 500, and never with an internal error', async () => {
    const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    const ids = Object.values(smallWorld).flatMap((facts) => facts.flatMap((fact) => ('id' in fact ? fact.id : [])));
    const grammar = new GraphqlGrammar(schema, ids, randomFrom(seed));
    const statuses = new Map<string, number>();
    const faults: unknown[] = [];
    const countOne = counting('queries', count);
    let sent = 0;
    const work = async () => {
      while (sent < count && faults.length < 5) {
        const number = sent++;
        const request = grammar.next();
        const { status, text } = await send(request, number);
        const answer = JSON.parse(text) as { data?: unknown; errors?: { extensions?: { code?: string } }[] };
        const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code);
        const isFault = status >= 500 || codes.some((code) => code === undefined || code === 'INTERNAL_SERVER_ERROR');
        if (isFault) {
          faults.push({ seed, number, status, text: text.slice(0, 500), request });
          // A long run may be stopped before its end.
          process.stderr.write(`${JSON.stringify(faults.at(-1))}\n`);
        }
        const outcome = answer.data !== undefined && answer.data !== null ? 'answered' : `${status} ${codes[0]}`;
        statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
        countOne();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, work));
    process.stderr.write(`${count} queries (seed ${seed}): ${JSON.stringify(Object.fromEntries([...statuses].sort()))}\n`);
    expect(faults).toEqual([]);
    // Most of a grammar that breaks every query would find nothing.
    expect(statuses.get('answered') ?? 0).toBeGreaterThan(count / 5);
  });
});
