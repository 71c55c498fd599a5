import { openSite } from '../support/browser/open-site.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('two people on one incident', () => {
  it('[W191] the later of two saves shows both versions, and nothing of either is lost', async () => {
    const [{ page: ada, complaints }, { page: bob }] = await Promise.all([site.browser.open(), site.browser.open()]);
    for (const page of [ada, bob]) {
      await page.goto('/incidents/INC-02');
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
    }
    await ada.getByLabel('Name').fill('Quillmark, told by Ada');
    await ada.getByLabel('State').selectOption('CONTAINED');
    await ada.getByRole('button', { name: 'Save', exact: true }).click();
    await ada.getByRole('heading', { name: 'Quillmark, told by Ada' }).waitFor();

    await bob.getByLabel('Name').fill('Quillmark, told by Bob');
    await bob.getByLabel('Widest end').fill('2026-10-05');
    await bob.getByRole('button', { name: 'Save', exact: true }).click();
    const versions = bob.getByRole('region', { name: 'Two versions' });
    await versions.waitFor();
    await bob.getByText('The incident is at version 2, not at 1.', { exact: false }).waitFor();
    await versions.getByText('Quillmark, told by Ada').waitFor();
    await versions.getByText('Quillmark, told by Bob').waitFor();
    await versions.getByRole('row').filter({ hasText: 'State' }).getByText('contained').click();
    await bob.getByRole('button', { name: 'Continue with this choice' }).click();
    await bob.getByRole('button', { name: 'Save', exact: true }).click();
    await bob.getByRole('heading', { name: 'Quillmark, told by Bob' }).waitFor();
    await bob.getByText('Sep 19 – Oct 5, 2026').first().waitFor();
    await bob.locator('main header').getByText('Contained', { exact: true }).waitFor();
    await bob.getByText('Name: Quillmark, told by Ada → Quillmark, told by Bob.', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });
});
