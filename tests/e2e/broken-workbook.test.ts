import { makeWorkbook } from '../import/look-alikes/workbook-for-tests.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const workbook = makeWorkbook({
  Companies: [
    ['id', 'name', 'roles'],
    ['acme', 'Acme', 'LAB'],
    ['okta', 'Okta', 'VENDOR'],
  ],
  Contracts: [
    ['id', 'client', 'provider', 'notice_hours'],
    ['E-1', 'acme', 'okta', 'soon'],
    ['E-2', 'acme', 'okta', 72],
  ],
});

describe('a workbook with a wrong cell', () => {
  it('[W121] names the sheet, the line and the column, is corrected in place, and is then imported whole', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.getByLabel('CSV files').setInputFiles({ name: 'register.xlsx', mimeType, buffer: workbook });
    await page.getByRole('button', { name: 'Commit', exact: false }).last().waitFor();
    await page.getByText('Rejected rows 1').click();
    const rejected = page.getByRole('region', { name: 'Rejected rows' });
    await rejected.getByText('register.xlsx#Contracts:2').waitFor();
    await eventually(async () => expect(await rejected.textContent()).toContain('"soon"'));
    await eventually(async () => expect(await page.getByRole('button', { name: /^Commit/ }).isDisabled()).toBe(true));

    await page.getByRole('button', { name: 'Correct notice_hours, register.xlsx#Contracts:2' }).click();
    await page.getByLabel('New text of notice_hours, register.xlsx#Contracts:2').fill('48');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Commit 4 changes' }).click();
    await page
      .locator('main')
      .getByText(/^Imported: 4 created/)
      .waitFor();

    const response = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ engagement(id: "E-1") { noticeHours } }' }),
    });
    expect(await response.json()).toEqual({ data: { engagement: { noticeHours: 48 } } });
    expect(complaints).toEqual([]);
  });
});
