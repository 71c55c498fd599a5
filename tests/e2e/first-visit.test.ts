import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('a first visit', () => {
  it('[W1090] to the demo world opens a radius with three sentences, whose figures are the page’s, until they are closed', async () => {
    const { page, complaints } = await site.browser.open({ isFirstVisit: true });
    await page.goto('/');
    await waitForTierCounts(page, [14, 6, 5]);
    expect(new URL(page.url()).search).toBe('?incident=INC-02');
    const sentences = page.getByRole('region', { name: 'Three sentences on this page' });
    await sentences.waitFor();
    await eventually(async () => expect(await sentences.getByRole('listitem').count()).toBe(3));
    await eventually(async () => {
      const first = await sentences.getByRole('listitem').first().textContent();
      expect(first?.replaceAll(/\s+/g, ' ')).toBe(
        'Quillmark was compromised. 14 artifacts of 4 labs could be read, 6 more cannot be ruled out, and 5 were held but not readable.',
      );
    });
    expect(await findViolations(page)).toEqual([]);
    // They stay while a person works in the picture, and after a reload.
    await page.getByRole('row', { name: /Preference scheme P4/ }).click();
    await page.reload();
    await sentences.waitFor();
    await sentences.getByRole('button', { name: 'Close these sentences' }).click();
    await sentences.waitFor({ state: 'detached' });
    await page.goto('/');
    await page.getByRole('heading', { name: 'Search for an organization or an artifact to begin' }).waitFor();
    await page.goto('/blast?incident=INC-02');
    await waitForTierCounts(page, [14, 6, 5]);
    await eventually(async () => expect(await sentences.count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W1090] to another address shows what the address says', async () => {
    const { page } = await site.browser.open({ isFirstVisit: true });
    await page.goto('/rankings');
    await page.getByRole('heading', { name: 'Rankings' }).first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/rankings');
    await page.goto('/blast?incident=INC-02');
    await waitForTierCounts(page, [14, 6, 5]);
    await eventually(async () => expect(await page.getByRole('region', { name: 'Three sentences on this page' }).count()).toBe(0));
  });
});
