import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const syllables = [
  'bel',
  'cor',
  'dan',
  'fin',
  'gal',
  'hol',
  'jas',
  'kel',
  'lor',
  'mar',
  'nor',
  'pel',
  'quin',
  'ros',
  'sal',
  'tor',
  'vel',
  'wes',
];
const services = ['Hosting', 'Analytics', 'Support', 'Payments', 'Labeling'];

/** A realistic vendor register: a title, semicolons, M/D/YYYY dates, glued addresses, a phone column, two spellings of AWS, a footer. */
function makeRegister(): string {
  const name = (index: number) => {
    const [a, b, c] = [syllables[index % 18], syllables[Math.floor(index / 18) % 18], syllables[Math.floor(index / 324) + 5]];
    return `${a}${b}${c}`.replace(/^./, (first) => first.toUpperCase());
  };
  const vendors = ['Amazon Web Services', 'Okta', ...Array.from({ length: 398 }, (_, index) => `${name(index)} Data`)];
  const rows = vendors.map((vendor, index) => {
    const address = index % 50 === 7 ? `${index} Main Street, Springfield, IL 62701` : '';
    const start = `${(index % 12) + 1}/${(index % 11) + 1}/2024`;
    return `V-${index};${vendor}${address};${services[index % 5]};${start};${(index % 9) + 1}/28/2025;Active;${index % 3 === 0 ? 'Yes' : 'No'};+1 555 010 ${1000 + index}`;
  });
  const again = 'V-900;AMAZON WEB SERVICES, INC.;Hosting;3/4/2024;5/6/2025;Active;Yes;+1 555 010 0000';
  return [
    'Orbital Health - vendor register;;;;;;;',
    'As of 9/30/2026;;;;;;;',
    ';;;;;;;',
    'Vendor No.;Supplier;Purpose;Contract start;Next review;Status;SOC 2;Phone',
    ...rows,
    again,
    `Total: ${rows.length + 1} vendors;;;;;;;`,
    '',
  ].join('\n');
}

/** The expected figures, read from the text without the program's code. */
function readRegister(text: string) {
  const rows = text
    .split('\n')
    .filter((line) => /^V-\d+;/.test(line))
    .map((line) => line.split(';'));
  const plain = (supplier: string) =>
    supplier
      .replace(/\d.*$/, '')
      .toLowerCase()
      .replace(/,? inc\.?$/, '')
      .trim();
  const vendors = new Set(rows.map(([, supplier]) => plain(supplier ?? '')));
  const withEvidence = new Set(rows.filter((cells) => cells[6] === 'Yes').map(([, supplier]) => plain(supplier ?? '')));
  // The client, each vendor, an engagement with each, and evidence for each "yes".
  return { rowCount: rows.length, vendorCount: vendors.size, created: 1 + 2 * vendors.size + withEvidence.size };
}

const formatted = new Intl.NumberFormat('en-US');

/** A reload must come back to the same step. */
async function reloadAt(page: Page, heading: string): Promise<void> {
  await page.reload();
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
}

async function countsOf(): Promise<{ organizations: number; engagements: number; controls: number }> {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ counts { organizations engagements controls } }' }),
  });
  const { data } = (await response.json()) as { data: { counts: { organizations: number; engagements: number; controls: number } } };
  return data.counts;
}

describe('the first hour with a vendor list of one’s own', () => {
  it('[W37] leads from the file to the dependents of AWS with three answers, and Undo removes everything', async () => {
    const register = makeRegister();
    const truth = readRegister(register);
    expect(truth).toMatchObject({ rowCount: 401, vendorCount: 400 });
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('CSV files').setInputFiles({ name: 'vendors 2026.csv', mimeType: 'text/csv', buffer: Buffer.from(register) });

    // The kind of list and its client are recognized, and need a confirmation.
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await reloadAt(page, 'What is this?');
    await eventually(async () => expect(await page.evaluate('document.activeElement?.textContent')).toBe('What is this?'));
    await eventually(async () =>
      expect(await page.getByRole('combobox', { name: 'Kind of list' }).inputValue()).toBe('Vendors of one client'),
    );
    await eventually(async () => expect(await page.getByLabel('Whose list is it?').first().inputValue()).toBe('Orbital Health'));
    await eventually(async () => expect(await page.getByLabel('As of').inputValue()).toBe('2026-09-30'));
    await eventually(async () =>
      expect(await page.getByRole('combobox', { name: 'Meaning of Supplier' }).inputValue()).toBe('Organization: name'),
    );
    await eventually(async () => expect(await page.getByRole('combobox', { name: 'Meaning of Phone' }).inputValue()).toBe('Leave out'));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();

    // Only the open questions appear. The meaning and the order of a date are proposed from the other column.
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await reloadAt(page, 'Questions');
    await eventually(async () => expect(await page.getByRole('radiogroup').count()).toBe(2));
    await eventually(async () =>
      expect(await page.getByRole('radio', { name: 'No, it is a reminder' }).getAttribute('aria-checked')).toBe('true'),
    );
    await eventually(async () => expect(await page.getByRole('radio', { name: 'Month first' }).getAttribute('aria-checked')).toBe('true'));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();

    // Two spellings of AWS have two numbers in the list, so nothing is preselected: one click.
    await page.getByRole('heading', { name: 'Who is who?' }).waitFor();
    await reloadAt(page, 'Who is who?');
    const asked = page.getByRole('region', { name: 'Brands, products, parents and former names' });
    const spelling = asked.getByRole('radio', { name: /^Same as amazon web services/i });
    await spelling.waitFor();
    await eventually(async () => expect(await asked.getByRole('radio', { checked: true }).count()).toBe(0));
    expect(await findViolations(page)).toEqual([]);
    await spelling.click();
    await page.getByRole('button', { name: 'Continue' }).click();

    // The report shows the effect of the commit before it is written.
    await page.getByText(`Dry run of all ${truth.rowCount + 1} rows. Nothing has been written yet.`).waitFor();
    await reloadAt(page, 'Preview');
    await page.getByText(`Rows: ${truth.rowCount + 1} read = ${truth.rowCount} used + 0 repeated + 1 left out + 0 rejected.`).waitFor();
    await eventually(async () => expect(await page.locator('main').textContent()).not.toMatch(/--[a-z]/));
    expect((await countsOf()).organizations).toBe(0);
    await page.getByRole('button', { name: `Commit ${formatted.format(truth.created)} changes` }).click();
    await page
      .locator('main')
      .getByText(`Imported: ${formatted.format(truth.created)} created, 0 updated.`)
      .waitFor();
    const committed = page.url();
    expect(await countsOf()).toEqual({
      organizations: truth.vendorCount + 1,
      engagements: truth.vendorCount,
      controls: truth.created - 1 - 2 * truth.vendorCount,
    });

    // The dependents of AWS.
    await page.getByLabel('Organization that others depend on').first().fill('AWS');
    await page.getByRole('option', { name: /^amazon web services/i }).click();
    await page.getByRole('tab', { name: /Whom to ask/ }).click();
    await page.getByText('Depend on a reached organization').waitFor();
    await page.locator('main').getByText('Orbital Health').first().waitFor();

    // Undo.
    await page.goto(committed);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('The data is as if this import had never happened.').waitFor();
    expect(await countsOf()).toEqual({ organizations: 0, engagements: 0, controls: 0 });
    expect(complaints).toEqual([]);
  });

  it('[W37] the server keeps a changed column, a discarded draft and a chosen name', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('Source (optional)').fill('Register of Orbital');
    await page.getByLabel('CSV files').setInputFiles({ name: 'vendors.csv', mimeType: 'text/csv', buffer: Buffer.from(makeRegister()) });
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page.getByRole('heading', { name: 'Register of Orbital' }).waitFor();
    await page.getByRole('combobox', { name: 'Meaning of Phone' }).click();
    await page.getByRole('option', { name: 'Keep as text' }).click();
    await page.getByText('decided by a person').waitFor();
    await reloadAt(page, 'What is this?');
    await eventually(async () => expect(await page.getByRole('combobox', { name: 'Meaning of Phone' }).inputValue()).toBe('Keep as text'));
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Discard draft' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await eventually(async () => expect(await page.getByText('Register of Orbital').count()).toBe(0));
  });
});
