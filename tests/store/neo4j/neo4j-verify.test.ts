import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { runExposure } from '../../cli/run-exposure.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it, setTestTimeout } from '../../support/test.ts';
import { artifact, edit, importOf, retract, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';

setTestTimeout(600_000);

let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await neo4j?.stop();
});

async function openWorld(): Promise<FactStore> {
  await neo4j.emptyStore();
  const store = await openStore(neo4j.url(), patient);
  await store.commit(
    importOf('i1', [...smallWorld, artifact('set', 'vega'), say('REVEALS', { artifact: 'rubric', reveals: 'set', degree: 1 })]),
  );
  await store.commit(edit([vendor('quill', { country: 'NL' }), vendor('sable'), transfer('t2', 'rubric', 'vega', 'sable')]));
  await store.commit(edit([retract('TRANSFER', 't2')]));
  return store;
}

describe('verify', () => {
  it.each([
    ['a value', 'MATCH (t:Transfer {id: "t1"}) SET t.portion = 0.5', 'Transfer t1 differs from what its assertions in the log make it.'],
    [
      'what a fact names',
      'MATCH (:Transfer {id: "t1"})-[r:TO]->() DELETE r',
      'Transfer t1 differs from what its assertions in the log make it.',
    ],
    [
      'a fact that is gone',
      'MATCH (t:Transfer {id: "t1"}) DETACH DELETE t',
      'The log has 3 assertions of kind TRANSFER, and the graph counts 2.',
    ],
    ['a fact from elsewhere', 'CREATE (:Organization {id: "new"})', 'The graph holds 1 Organization that this program did not write'],
    [
      'a relationship from elsewhere',
      'MATCH (a:Artifact {id: "set"}), (b:Artifact {id: "rubric"}) CREATE (a)-[:REVEALS]->(b)',
      'The graph holds 1 REVEALS that this program did not write',
    ],
    [
      'the event that last stated it',
      'MATCH (o:Organization {id: "quill"}) SET o.touched = 3',
      'Organization quill was last stated by event 2, and the graph says 3.',
    ],
    [
      'a chunk of the log',
      'MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) DELETE c',
      'Write 1 of ada states 0/6/0/0 assertions',
    ],
    [
      'the bytes of a chunk [G322]',
      'MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) REMOVE c.packed',
      'Log chunk 0 of write 1 for kind TRANSFER is damaged (it has no bytes).',
    ],
    [
      'bytes that are a text [G322]',
      'MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) SET c.packed = "no bytes"',
      'Log chunk 0 of write 1 for kind TRANSFER is damaged (it has no bytes).',
    ],
    [
      'the first key of a chunk [G322]',
      'MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) REMOVE c.first',
      'Log chunk 0 of write 1 for kind TRANSFER does not match its head.',
    ],
    [
      'the kind of a chunk [G331]',
      'MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) SET c.kind = "CONTROL"',
      'Log chunk 0 of write 1 for kind CONTROL is damaged (it holds facts of another kind).',
    ],
    ['a former fact', 'MATCH (f:ExposureFormer) DELETE f', 'The log has 3 assertions of kind TRANSFER, and the graph counts 1.'],
    ['the head', 'MATCH (m:ExposureStore {id: 1}) SET m.revision = 7', 'The head is at revision 7, and the writes lead to revision 3.'],
    ['leftover rows', 'CREATE (:ExposureWrite {seq: 9})', 'There are 1 events and 0 log chunks after event 3'],
    ['the store', 'MATCH (m:ExposureStore {id: 1}) DELETE m', 'The database no longer holds a store'],
  ])('[S83] detects tampering: %s', async (_, query, sentence) => {
    const store = await openWorld();
    expect(await store.verify()).toEqual([]);
    await neo4j.run(query);
    expect((await store.verify()).join('\n')).toContain(sentence);
    await store.close();
  });
  it.each([
    ['no bytes', 'REMOVE c.packed', 'has no bytes'],
    ['no first key', 'REMOVE c.first', 'does not match its head'],
    ['gone', 'DELETE c', 'states 0/6/0/0'],
  ])('[S460] a command refuses a store with a chunk of the log that has %s, and gives out nothing', async (_, change, part) => {
    const store = await openWorld();
    expect(await store.verify('content')).toEqual([]);
    await neo4j.run(`MATCH (c:ExposureAssertions {write: 1, kind: "TRANSFER"}) ${change}`);
    const folder = mkdtempSync(join(tmpdir(), 'exposure-neo4j-damaged-'));
    for (const command of [
      ['radius', 'quill'],
      ['export', join(folder, 'out')],
      ['backup', join(folder, 'made.backup')],
    ]) {
      const { code, out, err } = await runExposure(folder, command, { EXPOSURE_STORE: neo4j.url() });
      expect([...command, code, out]).toEqual([...command, 1, '']);
      expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(`The store ${neo4j.url()} is damaged.`)]);
      expect(err).toContain(part);
      expect(err).toMatch(/exposure restore FILE/);
    }
    rmSync(folder, { recursive: true });
    await store.close();
  });
});
