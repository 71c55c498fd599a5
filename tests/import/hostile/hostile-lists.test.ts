import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';
import { hostileLists, writings } from './hostile-lists.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const client = { name: 'Acme AI', role: 'LAB' as const, isToBeCreated: true };
const decisions = { ...noDecisions, files: [{ name: '*', client, createMissing: true }], mergeExact: true };

async function countFacts(): Promise<number> {
  let count = 0;
  for await (const { facts } of bench.store.readFacts()) count += facts.length;
  return count;
}

async function listOrganizations(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { kind, facts } of bench.store.readFacts()) if (kind === 'ORGANIZATION') ids.push(...facts.map(({ key }) => key));
  return ids.filter((id) => id !== client.name);
}

const cases = hostileLists.flatMap((one) => writings.map(([writing, write]) => [one.what, writing, one, write] as const));

describe('a list that', () => {
  it.each(cases)('[I32] %s, in %s, is rejected clearly or taken whole', async (_, __, { text, code, organizations }, write) => {
    const outcome = await bench.import({ 'vendor list.csv': write(text) }, 'ALL_OR_NOTHING', { decisions });
    expect([...new Set(outcome.rejections.map((rejection) => rejection.code))]).toEqual(code === null ? [] : [code]);
    expect(outcome.isWritten).toBe(code === null);
    if (code === null) expect(await listOrganizations()).toHaveLength(organizations ?? 0);
    else {
      expect(await countFacts()).toBe(0);
      for (const { message, line } of outcome.rejections)
        expect([line > 0, message]).toEqual([true, expect.stringMatching(/^(?!.*\s--[a-z])[A-Z].+\.$/s)]);
    }
    const { read, used, repeated, leftOut, rejected } = outcome.account;
    expect(used + repeated + leftOut + rejected).toBe(read);
    if (code === null) {
      expect((await bench.store.undoImport(outcome.id, 'tester', Date.UTC(2026, 0, 3))).outcome).not.toBe('refused');
      expect(await countFacts()).toBe(0);
    }
  });
});
