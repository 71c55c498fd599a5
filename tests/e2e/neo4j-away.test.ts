import { formatInstantUtc } from '../../web/shared/format/instant.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { type Neo4jServer, startNeo4j } from '../support/neo4j/neo4j-server.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { TcpProxy } from '../support/servers/tcp-proxy.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

/** The page checks every ten seconds how current the facts are, and reports a failure after two equal checks. */
const waiting = { timeout: 120_000 };

let neo4j: Neo4jServer;
let proxy: TcpProxy;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  neo4j = await startNeo4j();
  proxy = await TcpProxy.open(neo4j.port);
  server = await startServer({ environment: { EXPOSURE_STORE: `bolt://127.0.0.1:${proxy.port}` } });
  browser = await shareChromium(server.url);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await proxy?.close();
  await neo4j?.stop();
});

async function readCurrentAt(): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ about { currentAt } }' }),
  });
  return ((await response.json()) as { data: { about: { currentAt: string } } }).data.about.currentAt;
}

describe('a database that is away', () => {
  it('[W91] shows a notice with the time of the facts until it is back; the radius stays, and others can be opened', async () => {
    const pages = await Promise.all((['light', 'dark'] as const).map((colorScheme) => browser.open({ colorScheme })));
    for (const { page } of pages) {
      await page.goto(quillmarkIncident);
      await waitForTierCounts(page, [14, 6, 5]);
    }
    await proxy.refuse();
    for (const { page, complaints } of pages) {
      const notice = page.getByRole('status').filter({ hasText: 'The database cannot be reached.' });
      await notice.waitFor(waiting);
      await eventually(async () =>
        expect(await notice.textContent()).toBe(
          `The database cannot be reached. Showing data from ${formatInstantUtc(await readCurrentAt())}.`,
        ),
      );
      await waitForTierCounts(page, [14, 6, 5]);
      expect(await findViolations(page)).toEqual([]);
      await page.goto('/blast?o=larkhill&core=2026-09-24T00:00Z..2026-09-25T00:00Z');
      await page.locator('main').getByText('Unknown: no record says what Larkhill').first().waitFor(waiting);
      await notice.waitFor(waiting);
      await page.getByRole('complementary', { name: 'Demo data' }).waitFor();
      expect(complaints).toEqual([]);
    }
    await proxy.listen();
    for (const { page } of pages) {
      await page
        .getByRole('status')
        .filter({ hasText: 'cannot be reached' })
        .waitFor({ ...waiting, state: 'detached' });
    }
  }, 600_000);
});
