import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { tabTo } from '../support/browser/tab-to.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

/** Asks for the owner, the order of dates, and two names that may be one. */
const register = [
  'Vendor;Service;Contract start;Risk tier',
  'Okta;Login;3/4/2024;High',
  'OKTA, Inc.;Support;5/6/2024;Low',
  'Globex | Initech Data;Hosting;7/8/2024;Low',
  'Initech Data;Hosting;7/8/2024;Low',
  '',
].join('\n');

async function press(page: Page, name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** A step: its heading has the focus and is announced, axe finds nothing, and a reload comes back to it. */
async function checkStep(page: Page, title: string): Promise<void> {
  const heading = page.getByRole('heading', { name: title, exact: true });
  await heading.waitFor();
  await page.getByTestId('live-region').getByText(`Step: ${title}`).waitFor();
  await page.reload();
  await heading.waitFor();
  // The step is ready when its button is: while the server reads, it turns, and the step cannot have the focus.
  await page.locator('main footer button[data-loading]').waitFor({ state: 'detached' });
  await eventually(async () => expect(await page.evaluate('document.activeElement?.textContent')).toBe(title));
  await checkBothThemes(page);
}

/** The themes differ in their colors alone. */
async function checkBothThemes(page: Page): Promise<void> {
  expect(await findViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  expect(await findViolations(page, { colorsOnly: true })).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
}

describe('the import wizard without a mouse', () => {
  it('[W135] leads by keyboard from the file to the commit and its undo, survives a reload at every step, and axe finds nothing', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await checkBothThemes(page);
    // Chromium takes a moment to hand its file dialog over, so the wait begins before the keys.
    const chooser = page.waitForEvent('filechooser');
    await press(page, /^Choose files$/);
    await (await chooser).setFiles({ name: 'vendors.csv', mimeType: 'text/csv', buffer: Buffer.from(register) });

    await checkStep(page, 'What is this?');
    await press(page, /Rename/);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Register, June');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Register, June' }).waitFor();
    await tabTo(page, /Whose list is it/);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Acme');
    await page.keyboard.press('Escape');
    await press(page, /^Continue/);

    await checkStep(page, 'Questions');
    await press(page, /Day first/, 'Space');
    await press(page, /^Continue/);

    await checkStep(page, 'Who is who?');
    await press(page, /^Continue with 1 name/);

    await checkStep(page, 'Preview');
    await page.getByText(/^Rows: 4 read = 4 used/).waitFor();
    await press(page, /^Commit \d+ changes/);
    await page
      .getByTestId('live-region')
      .getByText(/^Imported: \d+ created/)
      .waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Who depends on …' }).waitFor();
    await checkBothThemes(page);

    await press(page, /^Undo$/);
    // A dialog gets its name a moment after it opens.
    await page.getByRole('dialog', { name: 'Undo “Register, June”?' }).waitFor();
    await checkBothThemes(page);
    await press(page, /Undo this import/);
    await page.getByTestId('live-region').getByText('Undone: Register, June.').waitFor();
    await page.goto('/import');
    await page.getByRole('link', { name: 'Register, June' }).waitFor();
    await checkBothThemes(page);
    expect(complaints).toEqual([]);
  });
});
