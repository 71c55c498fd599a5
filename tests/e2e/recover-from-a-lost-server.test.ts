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
    const { page } = await browser.open();
    // The page checks the server every ten seconds: its clock is moved on instead of waiting.
    await page.clock.install();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    await banner.waitFor();

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
});
