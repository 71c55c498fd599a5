import type { Page } from 'playwright-core';
import { openSite } from '../support/browser/open-site.ts';
import { tabTo } from '../support/browser/tab-to.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** Waits until the focus is on an element whose name begins with these words. */
async function waitForFocus(page: Page, words: string): Promise<void> {
  const named = `[document.activeElement?.getAttribute('aria-label'), document.activeElement?.textContent].join(' ').trim()`;
  await eventually(async () => expect(await page.evaluate(named)).toMatch(new RegExp(`^${words}`)));
}

/** Uploads a file and goes back to the Upload step of its draft. */
async function openUploadStep() {
  const opened = await site.browser.open();
  const { page } = opened;
  await page.goto('/import');
  const list = 'id,name,roles\nzeta,Zeta Cloud,VENDOR\n';
  await page.getByLabel('CSV files').setInputFiles({ name: 'organizations.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Commit 1 change' }).waitFor();
  await tabTo(page, /Upload/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  return opened;
}

/** Discards a draft as another client would. */
async function discardByOther(id: string): Promise<void> {
  const query = 'mutation($id: ID!) { discardImport(input: { id: $id }) { userErrors { message } } }';
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { id } }),
  });
  expect(await response.json()).toEqual({ data: { discardImport: { userErrors: [] } } });
}

describe('the focus of somebody without a mouse', () => {
  it.each([
    ['/import', 'Remove demo data'],
    ['/import', 'Keyboard shortcuts'],
    [quillmarkIncident, 'Hand over'],
  ])('[W329] at %s, it is back on "%s" after Escape closes what that opened', async (address, words) => {
    const { page, settle } = await site.browser.open();
    await page.goto(address);
    await page.getByRole('button', { name: words, exact: true }).waitFor();
    await settle();
    await tabTo(page, new RegExp(`^${words}$`));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await waitForFocus(page, words);
  });

  it('[W329] stays on the import when its buttons leave the page: after Escape from a new name, a commit, an undo and a discard', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const list = 'id,name,roles\nzeta,Zeta Cloud,VENDOR\n';
    await page.getByLabel('CSV files').setInputFiles({ name: 'organizations.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await page.getByRole('button', { name: 'Commit 1 change' }).waitFor();
    await tabTo(page, /^Rename/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name of the import').waitFor();
    await page.keyboard.press('Escape');
    await waitForFocus(page, 'Rename');
    await tabTo(page, /^Commit 1 change/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('main')
      .getByText(/^Imported: /)
      .waitFor();
    await waitForFocus(page, 'organizations.csv');
    await tabTo(page, /^Undo$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /Undo this import/);
    await page.keyboard.press('Enter');
    await page.getByText(/^Undone on/).waitFor();
    await waitForFocus(page, 'organizations.csv');

    await fetch(`${site.server.url}/api/imports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'Draft of Ada' }),
    });
    await page.goto('/import');
    await page.getByRole('button', { name: 'Discard Draft of Ada' }).waitFor();
    await tabTo(page, /^Discard Draft of Ada/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Discard Draft of Ada' }).waitFor({ state: 'detached' });
    await waitForFocus(page, 'History');
    expect(complaints).toEqual([]);
  });

  it('[W329] is back on a wrong cell after Escape, and stays on the import when a file is removed', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page
      .getByLabel('CSV files')
      .setInputFiles([
        file('organizations.csv', 'id,name,roles\nzeta,Zeta Cloud,VENDOR\nvega,Vega,LAB\n'),
        file('engagements.csv', 'id,client,provider,notice_hours\nE-1,vega,zeta,soon\n'),
      ]);
    await page.getByText('Rejected rows 1').click();
    await page.getByRole('button', { name: /^Correct notice_hours/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel(/^New text of notice_hours/).waitFor();
    await page.keyboard.press('Escape');
    await waitForFocus(page, 'Correct notice_hours');
    await tabTo(page, /Upload/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove engagements.csv' }).waitFor();
    await tabTo(page, /^Remove engagements.csv/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove engagements.csv' }).waitFor({ state: 'detached' });
    await waitForFocus(page, 'organizations.csv');
    expect(complaints).toEqual([]);
  });

  it('[W350] is on the heading of the Import page after a draft is discarded at its Upload step', async () => {
    const { page, complaints } = await openUploadStep();
    await page.getByRole('button', { name: 'Discard draft' }).waitFor();
    await tabTo(page, /^Discard draft/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
    await waitForFocus(page, 'Import$');
    await page.getByTestId('live-region').getByText('Discarded: organizations.csv.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W351] stays on the button that removes a file where the server refuses it, and the refusal is shown', async () => {
    const { page } = await openUploadStep();
    await page.getByRole('button', { name: 'Remove organizations.csv' }).waitFor();
    await tabTo(page, /^Remove organizations/);
    const [, id] = /\/import\/([^/?]+)/.exec(page.url()) as RegExpExecArray;
    await discardByOther(id as string);
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(id as string)
      .waitFor();
    await waitForFocus(page, 'Remove organizations.csv');
  });
});
