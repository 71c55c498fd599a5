import { join } from 'node:path';
import { attachResults } from '../../server/batch/attached-result.ts';
import { batchQuestionNames } from '../../server/batch/batch-questions.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { askOf } from '../graphql/ask-of.ts';
import { edit, say } from '../store/assertions-for-tests.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';

let neo4j: Neo4jForTests;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  server = await startServer({ environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_PROJECTION: 'local' } });
  browser = await shareChromium(server.url);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await neo4j?.stop();
});

/** Answers every question by a batch, attaches the answers, and then changes a fact. */
async function attachThenChange(): Promise<void> {
  const store = await openStore(neo4j.url(), patient);
  try {
    const pack = join(server.folder, 'pack');
    await writePack(store, { folder: pack, knownAt: null, now: Date.now(), policy: defaultPolicy });
    await runBatch({ folder: pack, questions: batchQuestionNames, parameters: {}, threads: 1 }, () => undefined);
    await attachResults(store, server.folder, pack, Date.now());
    await store.commit(edit([say('ORGANIZATION', { id: 'newcomer', name: 'Newcomer' })], { at: Date.now() }));
  } finally {
    await store.close();
  }
}

const tabs = {
  organizations: 'ranking',
  artifacts: 'exposures',
  concentration: 'concentration',
  shared: 'shared-holders',
  controls: 'control-gaps',
  labs: 'safeguards',
};

it('[Q1000] a list of a server that holds a part of the facts comes from an attached result, and says from which, of when and how far behind', async () => {
  await attachThenChange();
  await eventually(async () => {
    const { data } = await askOf(server.url, '{ concentration(first: 1) { batch { behind } } }', {});
    expect(data?.concentration.batch).toEqual({ behind: 1 });
  });
  const { page, complaints } = await browser.open();
  for (const [tab, question] of Object.entries(tabs)) {
    await page.goto(`/rankings?tab=${tab}`);
    const line = page.getByText(new RegExp(`^From the result ${question}-[0-9a-f]{12}, as of .* UTC: 1 revision behind$`));
    await line.waitFor();
    await page.locator('main tbody tr').first().waitFor();
  }
  await page.goto('/quality');
  await page.getByText(/^From the result findings-[0-9a-f]{12}, as of .* UTC: 1 revision behind$/).waitFor();
  await page.getByRole('navigation', { name: 'Kinds of findings' }).getByRole('link').first().waitFor();
  expect(complaints).toEqual([]);
}, 300_000);
