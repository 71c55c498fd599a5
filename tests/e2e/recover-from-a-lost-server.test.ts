import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { TcpProxy } from '../support/servers/tcp-proxy.ts';

let proxy: TcpProxy;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  proxy = await TcpProxy.open(Number(new URL(server.url).port));
  browser = await shareChromium(`http://127.0.0.1:${proxy.port}`);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

describe('a server that is away', () => {
  it('[W136] leaves the radius and the demo banner on the page with their time, and is asked again without a reload when it is back', async () => {
    const { page, settle } = await browser.open();
    // The page checks the server every ten seconds: its clock is moved on instead of waiting.
    await page.clock.install();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    await banner.waitFor();
    // The code of the other tabs loads once the page is at rest.
    await settle();

    await proxy.refuse();
    await page.clock.fastForward(11_000);
    const notice = page.getByRole('status').filter({ hasText: 'The server cannot be reached. Showing data from' });
    await notice.waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    expect(await banner.isVisible()).toBe(true);
    expect(await findViolations(page)).toEqual([]);

    // A further question fails with a sentence and a way to ask again.
    await page.getByRole('tab', { name: 'Integrity' }).click();
    const retry = page.getByRole('button', { name: 'Retry' }).first();
    await retry.waitFor();
    await page
      .getByRole('alert')
      .filter({ hasText: /server/i })
      .first()
      .waitFor();

    await proxy.listen();
    await page.clock.fastForward(11_000);
    await notice.waitFor({ state: 'detached' });
    await retry.click();
    await retry.waitFor({ state: 'detached' });
    await waitForTierCounts(page, [14, 6, 5]);
    expect(await banner.isVisible()).toBe(true);
  });

  it('[W352] keeps the rest of the page where the code of a tab or of a page cannot be loaded, with ways to try again', async () => {
    const { page } = await browser.open();
    const codeOf = /\/assets\/(integrity-tab|rankings-page)[^/]*\.js$/;
    await page.route(codeOf, (route) => route.abort());
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const failure = page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded.' });

    await page.getByRole('tab', { name: 'Integrity' }).click();
    await failure.waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Loss' }).click();
    await failure.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Integrity' }).click();
    await failure.getByRole('button', { name: 'Retry' }).click();
    await failure.waitFor();

    await page.getByRole('link', { name: 'Rankings' }).click();
    await failure.waitFor();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await page.goBack();
    await waitForTierCounts(page, [14, 6, 5]);

    await page.unroute(codeOf);
    await failure.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('region', { name: 'Integrity' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Integrity' }).getAttribute('aria-selected')).toBe('true');
  });
});
