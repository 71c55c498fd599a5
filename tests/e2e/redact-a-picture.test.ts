import { readFileSync } from 'node:fs';
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

describe('what every view shares', () => {
  it('[W108] hides names on the page, in its address, in a picture and in an export, and shows them again', async () => {
    const { page, complaints } = await browser.open();
    await page.goto('/rankings?sel=quillmark');
    await page.getByRole('heading', { name: 'Quillmark' }).waitFor();
    await page.getByRole('button', { name: /^Now/ }).click();
    await page.getByRole('switch', { name: 'Hide names for sharing' }).click();
    await page.waitForURL(/redact=names/);
    expect(page.url()).toMatch(/sel=hidden-vendor-\d+/);
    await page.getByRole('heading', { name: /^Vendor \d+$/ }).waitFor();
    await page.keyboard.press('Escape');
    const isNamed = async () => /Quillmark|Proxyline|Aurelis/.test((await page.locator('main').textContent()) ?? '');
    expect(await isNamed()).toBe(false);

    await page.getByRole('button', { name: 'Take away' }).click();
    const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Chart as SVG' }).click()]);
    const svg = readFileSync(await picture.path(), 'utf8');
    expect(/Vendor \d+/.test(svg)).toBe(true);
    expect(/quillmark|proxyline/i.test(svg)).toBe(false);
    await page.getByRole('button', { name: 'Take away' }).click();
    const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Whole list as CSV' }).click()]);
    const csv = readFileSync(await list.path(), 'utf8');
    expect(csv).toContain('hidden-vendor-');
    expect(/quillmark|proxyline/i.test(csv)).toBe(false);

    // Another view, opened from here, hides names too.
    await page.getByRole('link', { name: 'Show blast radius' }).click();
    await page.waitForURL(/\/blast\?.*redact=names/);
    await page.locator('button[data-tier]').first().waitFor();
    expect(await isNamed()).toBe(false);
    await page.getByRole('button', { name: 'Show names' }).click();
    await page.waitForURL((url) => !url.searchParams.has('redact'));
    await page.locator('main').getByText('Quillmark').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W107] shows a view as known at an earlier instant, carries that to other views, and leads back to now', async () => {
    const before = new Date().toISOString();
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision } }',
        variables: { input: { organizations: [{ id: 'newcomer', name: 'Newcomer', roles: ['VENDOR'] }] } },
      }),
    });
    const { page, complaints } = await browser.open();
    await page.goto('/');
    await page.getByText('33 organizations').waitFor();
    await page.goto(`/?knownAt=${before}`);
    await page.getByText('32 organizations').waitFor();
    await page.getByText(/^As known at /).waitFor();
    await page.getByRole('link', { name: 'All rankings' }).click();
    await page.waitForURL(/\/rankings\?knownAt=/);
    await page.getByRole('region', { name: 'Organizations by radius' }).getByText('Proxyline').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.waitForURL((url) => !url.searchParams.has('knownAt'));
    await page.getByText(/^As known at /).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
