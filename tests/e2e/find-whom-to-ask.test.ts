import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOf } from '../graphql/ask-of.ts';
import { type Browser, startChromium } from '../support/browser/chromium.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  browser = await startChromium(server.url);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('whom to ask', () => {
  it('[W109] names whom to ask where no record says what an organization holds', async () => {
    const { page } = await browser.open();
    await page.goto('/blast?incident=INC-02&tab=ask');
    const list = page.locator('main');
    await list.getByText('Everholt AI').first().waitFor();
    await list
      .getByText(/Harrowell/)
      .first()
      .waitFor();
    await page.goto('/rankings?by=DEPENDENTS');
    const first = page.getByRole('region', { name: 'Organizations by radius' }).locator('tbody tr').first();
    const { data } = await askOf(
      server.url,
      '{ ranking(orderBy: DEPENDENTS, first: 1) { edges { node { dependentCount organization { id name } } } } }',
      {},
    );
    const top = data.ranking.edges[0].node;
    expect(await first.locator('th strong').textContent()).toBe(top.organization.name);
    await first
      .getByRole('link', { name: String(top.dependentCount), exact: true })
      .first()
      .click();
    await page.waitForURL(/\/blast\?.*tab=ask/);
    await page.getByRole('tab', { name: /^Whom to ask/, selected: true }).waitFor();
    const asked = await askOf(
      server.url,
      'query($o: ID!) { blastRadius(input: { origins: [$o] }) { dependents(first: 50) { totalCount edges { node { organization { name } } } } } }',
      { o: top.organization.id },
    );
    const { dependents } = asked.data.blastRadius;
    expect(dependents.totalCount).toBe(top.dependentCount);
    for (const { node } of dependents.edges) await list.getByText(node.organization.name).first().waitFor();
  });
});
