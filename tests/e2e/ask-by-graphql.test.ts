import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('asking by GraphQL', () => {
  it('[W90] the console asks its first question, knows the schema, and asks no other host', async () => {
    const { page, complaints } = await browser.open();
    await page.goto('/graphiql');
    await page.waitForLoadState('networkidle');
    await page.getByText('FirstLook').first().waitFor();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window', { hasText: '"totalCount"' }).waitFor();
    expect(await page.locator('.result-window').textContent()).toContain('"currentAt"');
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.getByRole('link', { name: 'BlastRadiusInput' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W90] the page does not load the console', async () => {
    const { page } = await browser.open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /graphiql|codemirror/.test(url))).toEqual([]);
  });
});
