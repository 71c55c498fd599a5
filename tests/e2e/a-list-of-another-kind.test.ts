import { makeWorkbook } from '../import/look-alikes/workbook-for-tests.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const sites = 'Name,Website,Notes\nOkta,okta.example,a\nGlobex,globex.example,b\nInitech,initech.example,c\n';
const risks = makeWorkbook({
  'Risk Register': [
    ['Risk ID', 'Risk Title', 'Likelihood', 'Impact'],
    ['R-1', 'Vendor lock-in', 3, 4],
    ['R-2', 'Loss of data', 2, 5],
    ['R-3', 'Outage', 2, 2],
  ],
  Scoring: [
    ['Likelihood', 'Impact', 'Score'],
    [1, 1, 1],
    [2, 2, 4],
  ],
});
const focused = 'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent';

describe('a list whose kind is not clear', () => {
  it('[W262] [W263] asks for its kind, then for its owner and its day, and the focus follows each answer', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('CSV files').setInputFiles({ name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(sites) });
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();

    // The owner is asked in the same step, which opens anew.
    await page.getByLabel('Whose list is it?').first().waitFor();
    await page.locator('main footer button[data-loading]').waitFor({ state: 'detached' });
    await eventually(async () => expect(await page.evaluate(focused)).toBe('What is this?'));
    await page.getByLabel('Whose list is it?').first().fill('Vega');

    // While the server reads, the step is inert. Then the focus is where it was.
    await page.getByRole('combobox', { name: 'Meaning of Notes' }).click();
    await page.getByRole('option', { name: 'Leave out' }).click();
    await page.getByText('decided by a person').waitFor();
    await page.locator('main footer button[data-loading]').waitFor({ state: 'detached' });
    await eventually(async () => expect(await page.evaluate(focused)).toBe('Meaning of Notes'));

    // A wrong day is refused at once, and a right one survives a reload and dates the facts.
    await page.getByLabel('As of').fill('2026-02-30');
    await page.getByText('Enter the day of the list sites.csv.').waitFor();
    await eventually(async () => expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true));
    await page.getByLabel('As of').fill('2026-01-31');
    await page.reload();
    await page.getByLabel('As of').waitFor();
    await eventually(async () => expect(await page.getByLabel('As of').inputValue()).toBe('2026-01-31'));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page
      .locator('main')
      .getByText(/^Imported: /)
      .waitFor();
    const response = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ engagement(id: "Vega > Okta") { provenance { assertedAt } } }' }),
    });
    expect(await response.json()).toEqual({ data: { engagement: { provenance: { assertedAt: '2026-01-31T00:00:00Z' } } } });
    expect(complaints).toEqual([]);
  });

  it('[I756] of vendors reads what they get as artifacts once a person says so, and asks what these are', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const buffer = Buffer.from('Vendor,Service,Data shared\nOkta,Hosting,Guide v3; Prompts\nGlobex,Labels,Guide v3\n');
    await page.getByLabel('CSV files').setInputFiles({ name: 'shared.csv', mimeType: 'text/csv', buffer });
    await page.getByLabel('Whose list is it?').first().fill('Vega');
    await page.getByText('"Data shared" may name artifacts that the vendors get').first().waitFor();
    await page.getByRole('combobox', { name: 'Meaning of Data shared' }).click();
    await page.getByRole('option', { name: 'Artifacts that the vendors get' }).click();
    await page.getByRole('cell', { name: 'decided by a person' }).waitFor();
    await page.locator('main footer button[data-loading]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page
      .getByText(/^2 artifacts of shared.csv are new/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('[S1088] shows the words of each question of the list step, and asks about a column of clients there', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const upload = async (name: string, text: string) =>
      page.getByLabel('CSV files').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await upload('handed.csv', 'Artifact,Sent to,Date sent\nRubric,Okta,2025-03-04\nSuite,Globex,2025-03-05\n');
    await page.getByText('Who sent these? Name the owner of the list handed.csv, and its role if it is not a lab.').first().waitFor();

    await page.goto('/import');
    await upload('clients.csv', 'Client,Vendor,Service\nAmber Labs,Okta,Hosting\nBirch AI,Globex,Labels\nBirch AI,Okta,Labels\n');
    await page.getByText('What are the 2 new clients of clients.csv').first().waitFor();
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) as string);
    const query = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    const response = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: { import: id, file: 'clients.csv', clientName: 'Vega', clientRole: 'LAB' } } }),
    });
    expect(await response.json()).toEqual({ data: { mapImportFile: { userErrors: [] } } });
    await page.reload();
    await page
      .getByText(/^Whose vendors are these\? You named Vega, and "Client" \(clients.csv\) names other clients, such as Amber Labs/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await page.getByText('Choose what the column of clients in clients.csv means.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Clients in “Client”' }).click();
    await page.getByRole('option', { name: 'Each row names its client' }).click();
    await page.getByRole('combobox', { name: 'Clients in “Client”' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('[W261] is called no inventory if it is none, offers no rows to correct or to skip, and shows its columns once a person names its kind', async () => {
    const { page, complaints } = await site.browser.open({ colorScheme: 'dark' });
    await page.goto('/import');
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.getByLabel('CSV files').setInputFiles({ name: 'risks.xlsx', mimeType, buffer: risks });
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page
      .getByText(/No column names an organization/)
      .first()
      .waitFor();
    await eventually(async () => expect(await page.locator('main').textContent()).not.toMatch(/0 columns|comma/));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Nothing can be imported: 2 sheets are not an inventory, or empty.').waitFor();
    await eventually(async () => expect(await page.getByRole('radio', { name: 'Rejected rows 2' }).isChecked()).toBe(true));
    await eventually(async () =>
      expect(await page.locator('main').textContent()).not.toMatch(/Correct the cells|Valid rows only|Rejected rows as CSV/),
    );
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('combobox', { name: 'Kind of list' }).first().click();
    await page.getByRole('option', { name: 'Vendors of one client' }).click();
    await page.getByRole('combobox', { name: 'Meaning of Risk Title' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
