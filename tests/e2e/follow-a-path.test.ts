import { waitForCanvasRows } from '../support/browser/canvas-rows.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('following a path', () => {
  it('[W104] leads from one organization to another, each step with its records, and onto the canvas and back', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/');
    await page.getByRole('link', { name: 'Proxyline', exact: true }).first().click();
    await page.getByRole('button', { name: 'More actions for Proxyline' }).click();
    await page.getByRole('menuitem', { name: 'Path to …' }).click();
    const panel = page.getByRole('complementary', { name: 'Paths' });
    await panel.getByRole('textbox', { name: 'End of the path' }).fill('Bluefinch');
    await page.getByRole('option', { name: /^Bluefinch/ }).click();
    await page.waitForURL(/p=organization%3Aproxyline&p=organization%3Abluefinch/);
    const first = panel.getByRole('article').first();
    await first.getByText('can act in the systems of').first().waitFor();
    await eventually(async () => expect(await first.textContent()).toMatch(/^\d steps?/));
    await eventually(async () => expect(await panel.getByRole('heading', { level: 3 }).first().textContent()).toMatch(/^Access /));
    await eventually(async () => expect(await first.getByRole('link', { name: /^access\.csv, line \d+$/ }).count()).toBeGreaterThan(0));

    const rows = page.getByRole('region', { name: 'Organizations and artifacts' }).locator('tbody tr');
    await rows.nth(2).waitFor();
    await panel.getByRole('button', { name: 'Reverse' }).click();
    await panel.getByText('Either way', { exact: true }).click();
    await panel.getByRole('heading', { name: 'Path from Bluefinch' }).waitFor();
    await panel.getByText('gives access to').first().waitFor();

    await page.goto('/explore?n=organization:quillmark&n=organization:aurelis&p=organization:aurelis&p=organization:bluefinch');
    await panel.getByRole('button', { name: 'Show on the canvas' }).first().click();
    await page.getByText('Showed a path to Bluefinch').waitFor();
    await waitForCanvasRows(page, 4);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await waitForCanvasRows(page, 2);
    expect(complaints).toEqual([]);
  });

  it('[W105] [W106] many neighbors open as a list to pick from, and marked nodes are hidden together', async () => {
    const { page } = await site.browser.open();
    await page.goto('/explore?n=organization:quillmark&n=organization:aurelis&sel=organization:quillmark');
    await page.getByRole('button', { name: 'More actions for Quillmark' }).click();
    await page.getByRole('menuitem', { name: /^Artifacts held …/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Filter by name').fill('eval suite');
    await dialog.getByRole('checkbox', { name: /Agent eval suite A2/ }).check();
    await dialog.getByRole('button', { name: 'Add 1 picked' }).click();
    const rows = page.getByRole('region', { name: 'Organizations and artifacts' }).locator('tbody tr');
    await rows.filter({ hasText: 'Agent eval suite A2' }).waitFor();
    await waitForCanvasRows(page, 3);

    await page.getByRole('checkbox', { name: 'Mark Aurelis Labs' }).check();
    await page.getByRole('checkbox', { name: 'Mark Agent eval suite A2' }).check();
    await page.getByRole('toolbar', { name: 'Marked nodes' }).getByRole('button', { name: 'Hide', exact: true }).click();
    await page.getByText('2 nodes are hidden').waitFor();
    await waitForCanvasRows(page, 1);
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
    await page.getByText('2 nodes are hidden').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Go back to: Opened 2 nodes' }).or(page.getByTitle('Go back to the beginning')).first().click();
    await waitForCanvasRows(page, 2);
  });
});
