import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const table =
  '<table><tr><th>Sub-processor</th><th>Purpose</th></tr><tr><td rowspan="2">Zeta Cloud, Inc.</td><td>Hosting</td></tr><tr><td>E-mail</td></tr></table>';

describe('a table in the clipboard', () => {
  it('[I996] [W980] is imported as a list: typed text by a button, the table of a page as it is pasted', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByRole('button', { name: 'Paste a table' }).click();
    const field = page.getByRole('textbox', { name: 'Table' });
    await field.waitFor();
    expect(await findViolations(page)).toEqual([]);
    await field.fill('AI Company\tSub-processor\tPurpose\nAmber Labs\tZeta Cloud\tHosting\nBirch AI\tOmega\tLabels\n');
    await page.getByRole('button', { name: 'Import the table' }).click();
    await page
      .getByText(/pasted table [a-z]+\.csv/)
      .first()
      .waitFor();
    await page.getByText('Sub-processor').first().waitFor();

    // The rows name their clients, so the page asks what these are, and preselects nothing.
    const role = page.getByRole('combobox', { name: 'Role of the client' });
    await eventually(async () => expect(await role.inputValue()).toBe(''));
    expect(await findViolations(page)).toEqual([]);
    await eventually(async () => expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true));
    await page.getByText(/Choose the role of the clients in pasted table/).waitFor();
    await role.click();
    await page.getByRole('option', { name: 'tool provider', exact: true }).click();
    await page.getByRole('combobox', { name: 'Rows of one client and vendor' }).click();
    await page.getByRole('option', { name: 'A contract for each service' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page
      .locator('main')
      .getByText(/^Imported: 6 created/)
      .waitFor();

    await page.goto('/import');
    await page.getByRole('button', { name: 'Paste a table' }).click();
    await field.waitFor();
    await field.evaluate((element, html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', html);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, table);
    await page
      .getByText(/pasted table [a-z]+\.html/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1110] a step is busy until the state after its last change is known, and then goes on', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByRole('button', { name: 'Paste a table' }).click();
    const rows = 'AI Company\tSub-processor\tPurpose\nCobalt Labs\tZeta Cloud\tHosting\nDelta AI\tOmega\tLabels\n';
    await page.getByRole('textbox', { name: 'Table' }).fill(rows);
    await page.getByRole('button', { name: 'Import the table' }).click();
    await page.getByRole('combobox', { name: 'Role of the client' }).click();
    await page.getByRole('option', { name: 'lab', exact: true }).click();
    const held: Route[] = [];
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName: string };
      if (held.length === 0 && operationName === 'ImportDetail') held.push(route);
      else await route.continue();
    });
    await page.getByRole('combobox', { name: 'Rows of one client and vendor' }).click();
    await page.getByRole('option', { name: 'A contract for each service' }).click();
    await eventually(() => expect(held).toHaveLength(1));
    // Long enough for a button that does not wait.
    await sleep(300);
    const next = page.getByRole('button', { name: 'Continue' });
    await eventually(async () => expect(await next.isDisabled()).toBe(true));
    await held[0]?.continue();
    await next.click();
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});
