import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('the demo world, a week ago and now', () => {
  it('[W1050] a comparison shows what became exposed, joined and left in a week, and the corrected date with who corrected it', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 900 });
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('button', { name: 'As known a week ago' }).click();
    for (const change of ['1 left the radius', '1 strengthened', '1 joined']) await page.getByRole('heading', { name: change }).waitFor();
    const facts = page.getByRole('region', { name: 'Changed facts' });
    const corrected = facts.getByRole('row').filter({ hasText: 'T-0124' });
    await corrected.getByText('Demo analyst').waitFor();
    expect(await corrected.textContent()).toContain('Oct 4, 2026, 09:20 → May 4, 2026, 09:20');
    expect(await findViolations(page)).toEqual([]);
    const then = new URL(page.url()).searchParams.get('vsKnownAt') ?? '';
    await page.goto(`${quillmarkIncident}&knownAt=${then}`);
    await waitForTierCounts(page, [13, 7, 5]);
    expect(complaints).toEqual([]);
  });

  it('[W1050] the imports show the history, and one act removes all of it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const history = page.getByRole('region', { name: 'Imports' });
    await history.getByText('demo world').waitFor();
    expect(await history.getByText('Imported', { exact: true }).count()).toBe(3);
    expect(await history.getByText('Undone', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Remove demo data' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo “demo world”?' });
    await dialog.getByText('The later imports of the demo and its corrected date go with it.').waitFor();
    await dialog.getByRole('button', { name: 'Undo this import' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('complementary', { name: 'Demo data' }).waitFor({ state: 'detached' });
    await page.goto('/');
    await page.getByRole('heading', { name: 'No data is recorded yet' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
