import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
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
    await eventually(async () => expect(await corrected.textContent()).toContain('Oct 4, 2026, 09:20 → May 4, 2026, 09:20'));
    await corrected.getByText('Aurelis Labs, transfer register 2026-07').waitFor();
    expect(await findViolations(page)).toEqual([]);
    const then = new URL(page.url()).searchParams.get('vsKnownAt') ?? '';
    await page.goto(`${quillmarkIncident}&knownAt=${then}`);
    await waitForTierCounts(page, [13, 7, 5]);
    expect(complaints).toEqual([]);
  });

  it('[W1082] the inspector of a connection has the history of each record: both values, by whom, and the reason', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 900 });
    const link = JSON.stringify(['TRANSFER', 'organization:aurelis', 'organization:quillmark']);
    const ends = ['organization:aurelis', 'organization:quillmark'].map((end) => ['n', end]);
    await page.goto(`/explore?${new URLSearchParams([...ends, ['sel', link]])}`);
    await page.getByRole('tab', { name: 'History' }).click();
    // The first record is open, the others are closed.
    const recordOf = (id: string) => page.locator('details').filter({ hasText: id });
    await recordOf('T-0009').getByText('Recorded').waitFor();
    await eventually(async () => expect(await recordOf('T-0124').getByRole('listitem').count()).toBe(0));
    await page.getByText('T-0124 Agent eval suite A2').click();
    const changes = recordOf('T-0124').getByRole('listitem');
    await changes.first().waitFor();
    const [correction, import_] = await Promise.all(
      ['Changed', 'Recorded'].map((verb) => changes.filter({ has: page.locator('strong', { hasText: verb }) }).textContent()),
    );
    expect(correction).toContain('Oct 4, 2026, 09:20 → May 4, 2026, 09:20');
    expect(correction).toContain('Demo analyst');
    expect(correction).toContain('Aurelis Labs, transfer register 2026-07');
    expect(import_).toMatch(/date sent: Oct 4, 2026, 09:20[\s\S]*transfers\.csv, line \d+/);
    expect(await findViolations(page)).toEqual([]);

    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('other names: Quillmark Inc, QM').waitFor();
    await page.getByText('roles: vendor').waitFor();
    await page.getByText('lists_subcontractors: yes').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1083] the menu of the moment has yesterday, a week ago and the discovery of the incident that is shown', async () => {
    const { page, complaints } = await site.browser.open();
    const open = () => page.getByRole('button', { name: /the records as known/ }).click();
    const field = page.getByRole('textbox', { name: 'As known at (UTC)' });
    const knownAt = () => Date.parse(new URL(page.url()).searchParams.get('knownAt') ?? '');
    await page.goto('/explore?n=organization:quillmark');
    await open();
    await field.waitFor();
    await eventually(async () => expect(await field.evaluate((element) => element === document.activeElement)).toBe(true));
    expect(await findViolations(page)).toEqual([]);
    await eventually(async () => expect(await page.getByRole('button', { name: /^At the discovery/ }).count()).toBe(0));
    for (const [name, days] of [
      ['Yesterday', 1],
      ['A week ago', 7],
    ] as const) {
      if (!(await field.isVisible())) await open();
      await page.getByRole('button', { name }).click();
      await eventually(() => expect(Math.abs(Date.now() - knownAt() - days * 86_400_000)).toBeLessThan(600_000));
      await page.getByText('Later records are left out.').waitFor();
    }
    await page.goto(quillmarkIncident);
    await open();
    await page.getByRole('button', { name: 'At the discovery of INC-02' }).click();
    await page.waitForURL((url) => url.searchParams.get('knownAt')?.startsWith('2026-10-02T16:15') === true);
    // An id is any text, also one that is no part of an address.
    for (const address of ['/incidents/50%25', '/blast?incident=50%25']) {
      await page.goto(address);
      await open();
      await field.waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it('[W1050] the imports show the history, and one act removes all of it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    const history = page.getByRole('region', { name: 'Imports' });
    await history.getByText('demo world').waitFor();
    await eventually(async () => expect(await history.getByText('Imported', { exact: true }).count()).toBe(3));
    await eventually(async () => expect(await history.getByText('Undone', { exact: true }).count()).toBe(1));
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
