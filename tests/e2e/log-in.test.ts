import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite({ environment: { EXPOSURE_AUTH: 'required' } });
let bound: string;
let admin: string;
beforeAll(async () => {
  const store = await openStore(`sqlite:${site.server.folder}/exposure.db`);
  const make = (name: string, role: 'VIEWER' | 'ADMIN', labs: string[] | null) =>
    new Tokens(store).create({ name, role, canExport: true, labs, expiresAt: null }, Date.now());
  bound = await make('reader', 'VIEWER', ['aurelis']);
  admin = await make('root', 'ADMIN', null);
  await store.close();
});

describe('a person in the browser', () => {
  it('[S137] logs in, sees the pages of its lab without empty tabs, comes back to the address it wanted, and logs out', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings');
    await page.getByLabel('API token').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').getByText('unknown, expired or revoked').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByLabel('API token').fill(bound);
    await page.getByRole('button', { name: 'Log in' }).click();
    const rankings = page.getByRole('navigation', { name: 'Rankings' });
    await rankings.getByRole('link', { name: 'Concentration' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/rankings');
    await eventually(async () => expect(await rankings.getByRole('link').allInnerTexts()).not.toContain('Shared holders'));
    await eventually(async () => {
      const tabs = await page.getByRole('navigation', { name: 'Views' }).getByRole('link').allInnerTexts();
      expect(tabs).toContain('Rankings');
      expect(tabs).not.toContain('Import');
    });
    await page.goto('/blast?incident=INC-02');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByText('You see what Aurelis Labs may be told.').waitFor();
    const [shown] = await page.locator('body').allInnerTexts();
    expect(shown).not.toMatch(/Brightfen|Demo data/);
    await page.goto('/explore?all=1');
    await page.getByRole('cell', { name: 'source withheld' }).first().waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('heading', { name: 'Your sessions' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('API token').waitFor();
    await page.goto('/blast?incident=INC-02');
    await page.getByLabel('API token').waitFor();
    expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
  });

  it('[W1141] opens no page that its role may not use, and reads why', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('API token').fill(bound);
    await page.getByRole('button', { name: 'Log in' }).click();
    for (const path of ['/import', '/audit', '/endpoints']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Your role does not open this page' }).waitFor();
      await page.getByText('You can read. Ask an administrator for another token.').waitFor();
    }
    expect(await findViolations(page)).toEqual([]);
  });

  it('[S138] [W1129] an administrator reads the audit trail, to the second', async () => {
    const { page } = await site.browser.open();
    await page.goto('/audit');
    await page.getByLabel('API token').fill(admin);
    await page.getByRole('button', { name: 'Log in' }).click();
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByRole('row', { name: /\d\d:\d\d:\d\d UTC root login ok/ }).waitFor();
    // The page of a bound person asks nothing that the person may not read.
    await eventually(async () => expect(await entries.getByRole('row', { name: /reader merges/ }).count()).toBe(0));
    await entries
      .getByRole('row', { name: /reader logout ok/ })
      .first()
      .waitFor();
    await entries
      .getByRole('row', { name: /nobody login 401/ })
      .first()
      .waitFor();
    expect(await findViolations(page)).toEqual([]);
    const notices = await (await fetch(`${site.server.url}/third-party-notices.txt`)).text();
    for (const name of ['@mantine/core', 'cytoscape', 'react-dom', '@fontsource-variable/inter'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});
