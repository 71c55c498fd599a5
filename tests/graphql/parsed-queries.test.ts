import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'graphql';
import { parsedQueries } from '../../server/graphql/server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const serving = new Serving();
beforeAll(() => serving.start());
afterAll(() => serving.stopAndDelete());

/** MB that stay in the heap after some work. */
async function keptBy(work: () => Promise<unknown>): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  await work();
  collect();
  return (process.memoryUsage().heapUsed - before) / 1024 ** 2;
}

describe('queries that were parsed', () => {
  it('[S466] take little memory, however many differ, and the latest are kept', async () => {
    const kept = parsedQueries();
    const fields = 'summary { exposedCount possibleCount weightedLossUsd } artifacts(first: 50) { edges { node { tier portion } } }';
    const query = (i: number) =>
      `{ blastRadius(input: { origins: ["quillmark"], options: { transferLikelihood: 0.${i} } }) { ${fields} } }`;
    const mb = await keptBy(async () => {
      for (let i = 0; i < 5000; i++) await kept.set(`k${i}`, parse(query(i)));
    });
    expect(mb).toBeLessThan(30);
    expect(await kept.get('k4999')).toBeDefined();
    expect(await kept.get('k0')).toBeUndefined();
  });

  it('[S466] take little memory, however many blanks they have', async () => {
    const blanks = ' '.repeat(95_000);
    const mb = await keptBy(async () => {
      for (let i = 0; i < 500; i++) await serving.get(`{ a${i}: revision }${blanks}`);
    });
    expect(mb).toBeLessThan(30);
  }, 300_000);
});
