import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

interface View {
  readonly text: string;
  readonly pressed: readonly (string | null)[];
  readonly expanded: readonly string[];
}

/** The visible state of a view: its text, the active filters, the open row. */
async function readView(page: Page): Promise<View> {
  await page.getByText('Yes, jointly').waitFor();
  await page.getByText('At least this much.').waitFor();
  // The legend comes after the picture.
  await page.locator('main', { hasText: /Access \d+\s*Reveals \d/ }).waitFor();
  await page.locator('[data-legend-tier]', { hasText: /Exposed \d/ }).waitFor();
  return {
    text: (await page.locator('main').textContent()) ?? '',
    pressed: await page.locator('button[data-tier]').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed'))),
    expanded: await page.locator('[role="table"] button[aria-expanded="true"]').allInnerTexts(),
  };
}

describe('sharing a view', () => {
  it('[W31] another person who opens the address sees the same view, and Back undoes its last step', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.locator('button[data-tier="EXPOSED"]').click();
    await page.waitForURL(/tier=EXPOSED/);
    await page.getByRole('columnheader', { name: 'Artifact' }).getByRole('button').click();
    await page.waitForURL(/sort=NAME/);
    await page.getByRole('button', { name: /^Agent eval suite A2/ }).click();
    await page.waitForURL(/sel=artifact/);
    await settle();
    const seen = await readView(page);
    expect(seen.pressed).toEqual(['true', 'false', 'false']);
    expect(seen.expanded).toHaveLength(1);

    const other = await site.browser.open();
    await other.page.goto(page.url());
    await waitForTierCounts(other.page, [14, 6, 5]);
    await eventually(async () => expect(await readView(other.page)).toEqual(seen));

    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('sel'));
    await page.getByText('Yes, jointly').waitFor({ state: 'detached' });
    await page.goForward();
    await eventually(async () => expect(await readView(page)).toEqual(seen));
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('[W1017] the legend does not count what it does not know yet', async () => {
    const { page, complaints } = await site.browser.open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query RadiusSums(')) await held;
      await route.continue();
    });
    await page.goto(`${quillmarkIncident}&tier=EXPOSED`);
    const legend = page.locator('[data-legend-tier]');
    await legend.nth(2).waitFor();
    await eventually(async () => expect(await legend.allTextContents()).toEqual(['Exposed –', 'Possible –', 'Contained –']));
    release();
    await page.locator('[data-legend-tier]', { hasText: 'Exposed 14' }).waitFor();
    await eventually(async () => expect(await legend.allTextContents()).toEqual(['Exposed 14', 'Possible 6', 'Contained 5']));
    await page.unroute('**/graphql');
    expect(complaints).toEqual([]);
  });

  it('[W152] a view is saved under a name, opened by a link that names no record, and deleted', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=organization:quillmark&n=organization:aurelis&layout=rings');
    await page.getByRole('button', { name: 'Saved views' }).click();
    const dialog = page.getByRole('dialog', { name: 'Saved views' });
    await dialog.getByLabel('Save what the page shows now as').fill('Two of them');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    const link = dialog.getByRole('link', { name: 'Two of them' });
    expect(await findViolations(page)).toEqual([]);
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).toMatch(/^\/\?view=[\w-]+$/);

    const other = await site.browser.open();
    await other.page.goto(href);
    await other.page.waitForURL(/\/explore\?n=organization%3Aquillmark&n=organization%3Aaurelis&layout=rings$/);
    await other.page.locator('[data-twin] tbody tr').nth(1).waitFor();
    await dialog.getByRole('button', { name: 'Delete Two of them' }).click();
    await dialog.getByText('No view is saved yet.').waitFor();
    await other.page.goto(href);
    await other.page.getByRole('heading', { name: 'This saved view no longer exists' }).waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('[W323] a link whose core window lies outside of its widest one says so, and leads to other dates', async () => {
    const { page } = await site.browser.open();
    await page.goto('/blast?o=quillmark&core=2026-09-01T00:00Z..2026-09-24T11:25Z&widest=2026-09-19T00:00Z..2026-10-01T00:00Z');
    await page.getByText(/core window \(Sep 1, 2026.* lies outside the widest/).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Enter other dates' }).click();
    await page.getByRole('heading', { name: 'When was Quillmark compromised?' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'This blast radius cannot be shown' }).waitFor();
  });

  it('[W32] a link to records that do not exist still opens, with a notice', async () => {
    const { page } = await site.browser.open();
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
