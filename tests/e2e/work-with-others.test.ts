import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const deletion = `mutation {
  putFacts(input: { transfers: [{ id: "T-0106", artifact: "a-pref-p4", sender: "aurelis", recipient: "quillmark", sentAt: "2026-03-09T00:00:00Z",
    deletionState: VERIFIED, deletedAt: "2026-04-01T00:00:00Z" }] }) { updated userErrors { message } }
}`;

describe('working with others', () => {
  it('[W91] shows the writes of others without a reload, and a notice when the server is gone', async () => {
    const { page, settle } = await site.browser.open();
    // The page asks every ten seconds what has changed: its clock is moved on instead of waiting.
    await page.clock.install();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await settle();
    const response = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: deletion }),
    });
    expect(await response.json()).toEqual({ data: { putFacts: { updated: 1, userErrors: [] } } });
    await page.clock.fastForward(11_000);
    await waitForTierCounts(page, [12, 6, 5]);
    await eventually(async () => expect(await page.getByRole('status').filter({ hasText: 'cannot be reached' }).count()).toBe(0));
    await site.server.stop();
    await page.clock.fastForward(11_000);
    await page.getByText('The server cannot be reached. Showing data from').waitFor();
  });
});
