import { askOf } from '../graphql/ask-of.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('whom to ask', () => {
  it('[W109] names whom to ask where no record says what an organization holds', async () => {
    const { page } = await site.browser.open();
    await page.goto('/blast?incident=INC-02&tab=ask');
    const list = page.locator('main');
    await list.getByText('Everholt AI').first().waitFor();
    await list
      .getByText(/Harrowell/)
      .first()
      .waitFor();
    await page.goto('/rankings?by=DEPENDENTS');
    const first = page.getByRole('region', { name: 'Organizations by radius' }).locator('tbody tr').first();
    const { data } = await askOf(
      site.server.url,
      '{ ranking(orderBy: DEPENDENTS, first: 1) { edges { node { dependentCount organization { id name } } } } }',
      {},
    );
    const top = data.ranking.edges[0].node;
    await eventually(async () => expect(await first.locator('th strong').textContent()).toBe(top.organization.name));
    await first
      .getByRole('link', { name: String(top.dependentCount), exact: true })
      .first()
      .click();
    await page.waitForURL(/\/blast\?.*tab=ask/);
    await page.getByRole('tab', { name: /^Whom to ask/, selected: true }).waitFor();
    const asked = await askOf(
      site.server.url,
      'query($o: ID!) { blastRadius(input: { origins: [$o] }) { dependents(first: 50) { totalCount edges { node { organization { name } } } } } }',
      { o: top.organization.id },
    );
    const { dependents } = asked.data.blastRadius;
    expect(dependents.totalCount).toBe(top.dependentCount);
    for (const { node } of dependents.edges) await list.getByText(node.organization.name).first().waitFor();
  });

  it('[W1119] the ranking does not say that an unknown organization exposes nothing', async () => {
    const { page } = await site.browser.open();
    await page.goto('/rankings');
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await row('Larkhill').waitFor();
    // Its artifacts, worst case and weighted loss.
    expect(await row('Larkhill').getByText('not known').count()).toBe(3);
    expect(await row('Larkhill').getByText('$0').count()).toBe(0);
    // Nobody depends on a certifier.
    expect(await row('Northgate Assurance').getByText('not known').count()).toBe(0);
  });
});
