import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { readTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { expect, it } from '../support/test.ts';

const site = openSite();

it('[W902] an organization is suspected with a likelihood, the core is taken away, and the incident keeps both', async () => {
  const { page, complaints } = await site.browser.open();
  await page.goto('/blast?o=quillmark&core=2026-09-24T00:00Z..2026-09-25T00:00Z&widest=2026-09-19T00:00Z..2026-10-01T00:00Z');
  await page.getByRole('button', { name: 'Origins' }).click();
  const form = page.getByRole('dialog', { name: 'Origins' });
  await form.getByRole('textbox', { name: 'Likelihood, in percent' }).fill('40');
  await form.getByRole('textbox', { name: 'Add a suspected organization' }).fill('bluefinch');
  await page
    .getByRole('option', { name: /Bluefinch/ })
    .first()
    .click();
  await page.waitForURL(/suspected=bluefinch%3A0\.4/);
  await form.getByText('Bluefinch · 40%').waitFor();
  await form.getByRole('checkbox', { name: /There is a core/ }).click();
  await page.waitForURL(/hasCore=false/);
  await eventually(async () => expect((await readTierCounts(page))[0]).toBe(0));
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Quillmark and Bluefinch (suspected)' }).waitFor();
  const canvas = page.getByTestId('lanes');
  await readScene(canvas);
  await eventually(async () =>
    expect((await drawnNode(canvas, 'Bluefinch')).classes).toEqual(expect.arrayContaining(['origin', 'suspected'])),
  );
  await eventually(async () => expect((await drawnNode(canvas, 'Quillmark')).classes).not.toContain('suspected'));

  await page.getByRole('button', { name: 'Incident', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Poisoned package');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/blast\?incident=/);
  await page.getByText('No core', { exact: false }).first().waitFor();
  await eventually(async () => expect((await readTierCounts(page))[0]).toBe(0));
  expect(complaints).toEqual([]);
});
