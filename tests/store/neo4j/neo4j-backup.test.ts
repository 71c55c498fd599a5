import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import { loadDemo } from '../../../server/import/demo/demo-history.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { Serving } from '../../graphql/serving.ts';
import { everyAnswer } from '../../support/answers/every-answer.ts';
import type { Question } from '../../support/every-question.ts';
import { everyQuestion } from '../../support/every-question.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { demoSubjects, findIds } from '../../support/worlds/demo-subjects.ts';
import { artifact, edit, importOf, retract, say, transfer, vendor } from '../assertions-for-tests.ts';
import { everythingOf } from '../everything-of.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const folder = mkdtempSync(join(tmpdir(), 'exposure-move-'));
const first = `sqlite:${join(folder, 'first.db')}`;
const last = `sqlite:${join(folder, 'last.db')}`;
let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await neo4j.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The demo world with a history: edits, a second inventory, an undone import, a saved incident. */
async function makeHistory(store: FactStore): Promise<void> {
  await loadDemo(store, day('2026-10-01'));
  await store.commit(
    edit([say('ORGANIZATION', { id: 'quillmark', name: 'Quillmark Group', roles: ['VENDOR'] })], { at: day('2026-10-02') }),
  );
  const register = [
    vendor('newcomer', { country: 'NL' }),
    vendor('quillmark', { name: 'Quillmark', website: 'https://quillmark.example' }),
  ];
  await store.commit(
    importOf('register-1', register, { at: day('2026-10-03'), import: { source: 'register', createdAt: day('2026-10-03') } }),
  );
  const mistaken = [
    artifact('mistake', 'aurelis', { valueHighUsd: 5 }),
    transfer('mistaken', 'mistake', 'aurelis', 'quillmark', { sentAt: day('2026-09-20') }),
  ];
  const incidents = new Map([['mistaken', JSON.stringify({ name: 'Mistaken' })]]);
  await store.commit(importOf('wrong', mistaken, { at: day('2026-10-04'), import: { createdAt: day('2026-10-04'), incidents } }));
  await store.undoImport('wrong', 'ada', day('2026-10-05'));
  await store.commit(edit([retract('ORGANIZATION', 'newcomer')], { by: 'bob', at: day('2026-10-06') }));
  const [incident] = await store.listDocuments('incident');
  if (incident !== undefined) {
    const scenario = [{ kind: 'RECALL', organization: 'quillmark', access: null, owner: null, at: day('2026-09-25') }];
    const saved = { ...JSON.parse(incident.json), name: 'Saved', scenario };
    await store.saveDocument('incident', incident.id, JSON.stringify(saved));
  }
  const saved = { by: 'ada', at: day('2026-10-07') };
  await store.saveDocument('note', 'n1', JSON.stringify({ on: { kind: 'organization', id: 'quillmark' }, text: '～ \u{1F600}', ...saved }));
  await store.saveDocument('view', 'v1', JSON.stringify({ name: 'Quillmark', url: '/blast?o=quillmark', ...saved }));
}

async function move(from: string, to: string): Promise<void> {
  const path = join(folder, 'move.backup');
  const source = await openStore(from, patient);
  await writeBackup(source, path, '1.2.3', day('2026-11-01'));
  await source.close();
  const backup = await openBackup(path);
  const target = await openStore(to, patient);
  await target.restore(backup.readRecords());
  await target.close();
  await backup.close();
}

async function answersOf(url: string, questions: readonly Question[]): Promise<Map<string, string>> {
  const serving = await new Serving().start({ environment: { EXPOSURE_STORE: url } });
  try {
    return await everyAnswer(serving, questions);
  } finally {
    await serving.stopAndDelete();
  }
}

describe('a world that moves from SQLite to Neo4j and back', () => {
  it('[S36] keeps its history and gives the same answer to every question', async () => {
    const source = await openStore(first, patient);
    await makeHistory(source);
    const everything = await everythingOf(source);
    const ids = await findIds(source);
    await source.close();
    await move(first, neo4j.url());
    await move(neo4j.url(), last);

    const questions = everyQuestion(buildSchema(readFileSync('schema.graphql', 'utf8')), demoSubjects(ids));
    const asked = await answersOf(first, questions);
    for (const url of [neo4j.url(), last]) {
      const store = await openStore(url, patient);
      expect(await everythingOf(store)).toEqual(everything);
      await store.close();
      const answers = await answersOf(url, questions);
      // Full answers are long, so the test prints only the first that differs.
      for (const [name, answer] of asked) {
        if (answers.get(name) !== answer) expect([name, JSON.parse(answers.get(name) ?? 'null')]).toEqual([name, JSON.parse(answer)]);
      }
    }
  }, 600_000);
});
