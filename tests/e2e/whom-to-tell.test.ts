import { askOf } from '../graphql/ask-of.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('whom to tell and whom to ask', () => {
  it('[W97] lists blind spots, dependents and notifiers of an incident as the API does', async () => {
    const { data } = await askOf(
      site.server.url,
      `{ blastRadius(input: { incident: "INC-02" }) {
        notifiers(first: 100) { edges { node { name } } }
        dependents(first: 100) { edges { node { organization { name } isBlindSpot rank path { provider { name } } } } }
      } }`,
    );
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?incident=INC-02');
    await page.getByRole('tab', { name: /Whom to ask/ }).click();
    const lists = page.getByRole('region', { name: 'Whom to ask' });
    await lists.getByRole('heading', { name: 'Must notify upstream' }).waitFor();
    for (const { node } of data.blastRadius.notifiers.edges)
      await lists.getByRole('link', { name: node.name, exact: true }).last().waitFor();
    expect(data.blastRadius.notifiers.edges.length).toBeGreaterThan(1);
    for (const { node } of data.blastRadius.dependents.edges) {
      const item = lists
        .getByRole('listitem')
        .filter({ hasText: node.organization.name })
        .filter({ hasText: `Rank ${node.rank}` })
        .first();
      await item.waitFor();
      if (node.isBlindSpot) await item.getByText(`Ask ${node.path[0].provider.name}.`).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  it('[W98] [W301] where no record says what an organization holds, the answer is Unknown, never zero, and names whom to ask', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?o=larkhill');
    await page.getByRole('heading', { name: 'When was Larkhill compromised?' }).waitFor();
    await page.getByRole('button', { name: 'As held today' }).click();
    await page
      .locator('main')
      .getByText(/^Unknown: no record says what Larkhill holds\. \d labs depend on it; ask them\.$/)
      .waitFor();
    await page.getByText(/As held on /).waitFor();
    const first = page.getByRole('region', { name: 'Whom to ask first' });
    await first.getByText('Everholt AI depends on Larkhill through Thistledown.', { exact: false }).first().waitFor();
    await first.getByText('Ask Thistledown.', { exact: false }).first().waitFor();
    // The blind spots stand above the other dependents, and are not listed again among them. The empty canvas says the same.
    await first.getByText('Thistledown depends on Larkhill.').waitFor();
    await eventually(async () => expect(await first.getByText('Everholt AI depends on Larkhill').count()).toBe(1));
    await page.getByRole('region', { name: 'Canvas' }).getByRole('link', { name: 'See in Explore who engages whom' }).waitFor();
    const [shown] = await page.locator('main').allInnerTexts();
    expect(shown).not.toMatch(/\$0|No exposure is recorded|Nothing is in the radius/);
    expect(complaints).toEqual([]);
  });
});
