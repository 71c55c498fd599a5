import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Browser, startChromium } from '../support/chromium.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/tier-counts.ts';

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

interface View {
  readonly text: string;
  readonly pressed: readonly (string | null)[];
  readonly expanded: readonly string[];
}

/** The visible state of a view: its text, the active filters, the open row. */
async function readView(page: Page): Promise<View> {
  await page.getByText('Yes, jointly').waitFor();
  await page.getByText('At least this much.').waitFor();
  return {
    text: (await page.locator('main').textContent()) ?? '',
    pressed: await page.locator('button[data-tier]').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed'))),
    expanded: await page.locator('[role="table"] button[aria-expanded="true"]').allInnerTexts(),
  };
}

describe('sharing a view', () => {
  it('[W31] another person who opens the address sees the same view, and Back undoes its last step', async () => {
    const { page, complaints } = await browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.locator('button[data-tier="EXPOSED"]').click();
    await page.waitForURL(/tier=EXPOSED/);
    await page.getByRole('columnheader', { name: 'Artifact' }).getByRole('button').click();
    await page.waitForURL(/sort=NAME/);
    await page.getByRole('button', { name: /^Agent eval suite A2/ }).click();
    await page.waitForURL(/sel=artifact/);
    const seen = await readView(page);
    expect(seen.pressed).toEqual(['true', 'false', 'false']);
    expect(seen.expanded).toHaveLength(1);

    const other = await browser.open();
    await other.page.goto(page.url());
    await waitForTierCounts(other.page, [14, 6, 5]);
    expect(await readView(other.page)).toEqual(seen);

    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('sel'));
    await page.getByText('Yes, jointly').waitFor({ state: 'detached' });
    await page.goForward();
    expect(await readView(page)).toEqual(seen);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('[W32] a link to records that do not exist still opens, with a notice', async () => {
    const { page } = await browser.open();
    await page.goto('/blast?o=quillmark&o=no-such-organization');
    await page
      .locator('main')
      .getByText(/no-such-organization|no longer exist/)
      .first()
      .waitFor();
    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  });
});
