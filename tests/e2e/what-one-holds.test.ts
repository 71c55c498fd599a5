import { askOf } from '../graphql/ask-of.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('what one holds', () => {
  it('[W110] [W1203] lists every copy of a shared holder with its record, as many as the API counts', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?tab=shared');
    await page
      .getByRole('region', { name: 'Shared holders' })
      .getByRole('button', { name: /^Quillmark/ })
      .click();
    await page.waitForURL(/sel=quillmark/);
    const { data } = await askOf(
      site.server.url,
      'query($at: DateTime!) { copies(holder: "quillmark", possiblyLiveAt: $at, first: 100) { totalCount edges { node { transfer { sentAt } } } } organization(id: "quillmark") { custody { copyCount } } }',
      { at: new Date().toISOString() },
    );
    const panel = page.getByRole('region', { name: 'Copies of the selected holder' });
    await panel.getByRole('heading', { name: `${data.copies.totalCount} copies that may exist at Quillmark` }).waitFor();
    await eventually(async () => expect(await panel.getByRole('listitem').count()).toBe(data.copies.totalCount));
    const undated = data.copies.edges.filter(
      ({ node }: { node: { transfer: { sentAt: string | null } | null } }) => node.transfer?.sentAt === null,
    );
    expect(undated.length).toBeGreaterThan(0);
    expect(await panel.getByRole('listitem').filter({ hasText: 'unknown date' }).count()).toBe(undated.length);
    // Of one a person corrected the date.
    await panel.getByText('entered by Demo analyst').waitFor();
    await eventually(async () =>
      expect(await panel.getByRole('link', { name: /^transfers\.csv, line \d+$/ }).count()).toBe(data.copies.totalCount - 1),
    );

    await panel.getByRole('link', { name: 'Open in Explore' }).click();
    const inspector = page.getByRole('complementary', { name: 'Details of Quillmark' });
    await inspector.getByText('Copies held').waitFor();
    await eventually(async () =>
      expect(await inspector.locator('dl').first().textContent()).toContain(String(data.organization.custody.copyCount)),
    );
    expect(complaints).toEqual([]);
  });
});
