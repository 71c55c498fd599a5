import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const organizations = 'id,name,roles\nacme,Acme,LAB\nokta,Okta,VENDOR\nglobex,Globex,SUPPLIER\n';
const engagements = 'id,client,provider\nE-1,acme,okta\nE-2,acme,globex\nE-3,okta,globex\n';

async function upload(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.goto('/import');
  const list = Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }));
  await page.getByLabel('CSV files').setInputFiles(list);
  await page.getByRole('heading', { name: 'Preview' }).waitFor();
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByText('The data is as if this import had never happened.').waitFor();
}

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function countEngagements(): Promise<number> {
  return (await ask('{ counts { engagements } }')).counts.engagements;
}

describe('a list with a wrong cell that other rows depend on', () => {
  it('[W134] is corrected in place, or its rows are skipped with the loss in words, downloaded, corrected and imported as a further file', async () => {
    const { page, complaints } = await site.browser.open({ colorScheme: 'dark' });

    // All or nothing is preselected, and the loss stands there before skipping is chosen.
    await upload(page, { 'organizations.csv': organizations, 'engagements.csv': engagements });
    const loss = 'Skipping loses 1 organization and the 2 engagements under it.';
    await page.getByText(`3 rows are rejected, so nothing would be written. ${loss}`).waitFor();
    await eventually(async () => expect(await page.getByRole('radio', { name: 'All or nothing' }).isChecked()).toBe(true));
    await eventually(async () => expect(await page.getByRole('button', { name: /^Commit/ }).isDisabled()).toBe(true));

    // The first way: one cell is corrected, and its consequences are gone too.
    await page.getByText('Rejected rows 3').click();
    await page.getByRole('button', { name: /^Correct roles/ }).click();
    await page.getByLabel(/^New text of roles/).fill('VENDOR');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Commit 6 changes' }).click();
    await page.locator('main').getByText('Imported: 6 created, 0 updated.').waitFor();
    expect(await countEngagements()).toBe(3);
    await undo(page);
    expect(await countEngagements()).toBe(0);

    // The second way: the valid rows alone.
    await upload(page, { 'organizations.csv': organizations, 'engagements.csv': engagements });
    await page.getByText('Valid rows only').click();
    await page.getByText(`${loss} You can undo this import later.`).waitFor();
    await page.getByRole('button', { name: 'Commit 3 changes' }).click();
    await page.locator('main').getByText('Imported: 3 created, 0 updated, 3 rejected.').waitFor();
    expect(await countEngagements()).toBe(1);

    // The third way: the rejected rows are downloaded, corrected and imported.
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Rejected rows as CSV' }).click()]);
    const rejected = readFileSync(await download.path(), 'utf8');
    await upload(page, { 'rejections.csv': rejected.replace('SUPPLIER', 'VENDOR') });
    await page.getByRole('button', { name: 'Commit 3 changes' }).click();
    await page.locator('main').getByText('Imported: 3 created, 0 updated.').waitFor();
    expect(await countEngagements()).toBe(3);
    expect(complaints).toEqual([]);
  });
});

describe('the own answer of an organization', () => {
  it('[W138] shows the changes that wait for an analyst before they are accepted', async () => {
    const input = {
      organizations: [
        { id: 'vega', name: 'Vega', roles: ['LAB'] },
        { id: 'kite', name: 'Kite', roles: ['VENDOR'] },
      ],
      artifacts: [{ id: 'guide', name: 'Guide', type: 'ANNOTATION_GUIDELINES', owner: 'vega', sensitivity: 3 }],
      transfers: [{ id: 'T-1', artifact: 'guide', sender: 'vega', recipient: 'kite', form: 'PLAINTEXT' }],
    };
    const put = await ask('mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }', { input });
    expect(put.putFacts.userErrors).toEqual([]);
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('Answer of (optional)').fill('Kite');
    const text = 'id,artifact,sender,recipient,form\nT-1,guide,vega,kite,ENCRYPTED_KEY_AT_OWNER\n';
    await page.getByLabel('CSV files').setInputFiles({ name: 'transfers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await page.getByText('T-1: form from Plaintext to Encrypted key at owner').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Commit 1 change' }).click();
    await page.locator('main').getByText('Imported: 0 created, 1 updated.').waitFor();
    expect((await ask('{ transfer(id: "T-1") { form } }')).transfer).toEqual({ form: 'ENCRYPTED_KEY_AT_OWNER' });
    expect(complaints).toEqual([]);
  });
});
