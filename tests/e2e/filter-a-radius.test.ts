import { findViolations } from '../support/browser/axe.ts';
import { readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const ask = async (query: string) =>
  (
    await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
  ).json();

describe('a radius and control gaps, narrowed', () => {
  it('[W824] sums by type, sensitivity, country and channel lead to their artifacts; filters are chips and in the address', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?incident=INC-02&tab=sums');
    const sums = page.getByRole('region', { name: 'Sums of the radius' });
    await sums.getByRole('listitem').first().waitFor();
    for (const by of ['SENSITIVITY', 'WORST_CASE', 'COUNTRY', 'CHANNEL', 'TYPE']) {
      await sums.getByLabel('Sum by').selectOption(by);
      await sums.getByRole('listitem').first().waitFor();
    }
    expect(await findViolations(page)).toEqual([]);
    await sums.getByRole('listitem').filter({ hasText: 'preference scheme' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Remove the filter preference scheme' }).waitFor();
    await page.waitForURL(/type=PREFERENCE_SCHEME/);
    await page.goto('/blast?incident=INC-02&tab=sums');
    await sums.getByLabel('Sum by').selectOption('CHANNEL');
    await sums.getByText('Channel not known, or only revealed').waitFor();
    const ofChannel = sums
      .getByRole('listitem')
      .filter({ has: page.getByRole('button') })
      .first();
    const channel = (await ofChannel.locator('strong').first().textContent()) ?? '';
    const before = page.url();
    await ofChannel.getByRole('button').click();
    await page.getByRole('button', { name: `Remove the filter Through ${channel}` }).waitFor();
    const { data } = await ask(
      `{ blastRadius(input: { incident: "INC-02" }) { totals(channels: [${JSON.stringify(channel)}]) { exposedCount possibleCount containedCount } } }`,
    );
    const { exposedCount, possibleCount, containedCount } = data.blastRadius.totals;
    const rows = page.getByRole('table', { name: 'Affected artifacts' }).getByRole('row');
    await eventually(async () => expect(await rows.count()).toBe(1 + exposedCount + possibleCount + containedCount));
    // Free text stays out of the address, which people share.
    expect(page.url().length).toBeLessThanOrEqual(before.length);
    // Where names are hidden, channels are, too: nobody can ask for one, or read it on a chip.
    await page.getByRole('button', { name: /^Now/ }).click();
    await page.getByRole('switch', { name: 'Hide names for sharing' }).click();
    await page.waitForURL(/redact=names/);
    await page.getByRole('button', { name: /^Remove the filter/ }).waitFor({ state: 'detached' });
    await page.goto('/blast?incident=INC-02&minSensitivity=5');
    await page.getByRole('button', { name: 'Remove the filter Sensitivity from 5' }).click();
    await page.getByRole('button', { name: /^Remove the filter/ }).waitFor({ state: 'detached' });
    await page.waitForURL((url) => !url.searchParams.has('minSensitivity'));
    expect(complaints).toEqual([]);
  });

  it('[W1192] under a filter, each holder of the lanes counts the artifacts that the list leaves, as the labs do, at fewer hops too', async () => {
    const { page, complaints } = await site.browser.open();
    const lanes = page.locator('[data-testid="lanes"]');
    const heldIn = async (options: string, filter: string) => {
      const input = `{ incident: "INC-02"${options} }`;
      const reached = await ask(`{ blastRadius(input: ${input}) { reached { edges { node { organization { id } } } } } }`);
      // The origin, which comes first, has no figures beside its mark.
      const [, ...others] = reached.data.blastRadius.reached.edges;
      const ids: string[] = others.map(({ node }: { node: { organization: { id: string } } }) => node.organization.id);
      const { data } = await ask(
        `{ blastRadius(input: ${input}) { ${ids.map((id, i) => `h${i}: artifacts(${filter}holders: ["${id}"]) { totalCount }`).join(' ')} } }`,
      );
      return Object.values<{ totalCount: number }>(data.blastRadius).map(({ totalCount }) => totalCount);
    };
    const drawn = async () => (await readScene(lanes)).flatMap(({ label }) => /^holds (\d+)/.exec(label)?.slice(1).map(Number) ?? []);
    const sorted = (counts: readonly number[]) => counts.toSorted((a, b) => a - b);
    const all = sorted(await heldIn('', ''));
    for (const [address, filter] of [
      ['minSensitivity=5', 'minSensitivity: 5, '],
      ['tier=POSSIBLE', 'tiers: [POSSIBLE], '],
    ] as const) {
      const left = sorted(await heldIn('', filter));
      expect(left).not.toEqual(all);
      await page.goto(`/blast?incident=INC-02&${address}`);
      await eventually(async () => expect(sorted(await drawn())).toEqual(left));
      await page.goto(`/blast?incident=INC-02&${address}&hop=1`);
      const within = sorted(await heldIn(', options: { maxHops: 1 }', filter));
      expect(within.length).toBeLessThan(left.length);
      // Whoever is not reached keeps its place, without a count.
      await eventually(async () => expect(sorted(await drawn())).toEqual(within));
    }
    expect(complaints).toEqual([]);
  });

  it('[W825] control gaps are narrowed by sensitivity and type, and a control', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?tab=controls');
    const rows = page.getByRole('region', { name: 'Control gaps' }).getByRole('row');
    await rows.nth(1).waitFor();
    const all = await rows.count();
    await page.goto('/rankings?tab=controls&minSensitivity=5&type=REWARD_MODEL_SPEC&control=MFA');
    await rows.nth(1).or(page.getByText('No organization fits these filters.')).waitFor();
    await eventually(async () => expect(await rows.count()).toBeLessThan(all));
    expect(complaints).toEqual([]);
  });

  it('[W1132] each control gap has the worst case of its organization, that of the ranking', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?tab=controls');
    const rows = page.getByRole('region', { name: 'Control gaps' }).locator('tbody tr');
    const worst = rows.filter({ hasText: 'Proxyline' }).locator('td').last().getByRole('link');
    const { data } = (await ask('{ ranking(organizations: ["proxyline"]) { edges { node { worstCaseLossUsd } } } }')) as {
      data: { ranking: { edges: { node: { worstCaseLossUsd: number } }[] } };
    };
    const millions = (data.ranking.edges[0]?.node.worstCaseLossUsd as number) / 1e6;
    await eventually(async () => expect(await worst.textContent()).toBe(`$${millions.toFixed(1)}M`));
    await eventually(async () => expect(await rows.filter({ hasText: '…' }).count()).toBe(0));
    await worst.click();
    await page.waitForURL(/\/blast\?o=proxyline/);
    expect(complaints).toEqual([]);
  });

  it('[W823] [W826] a saved radius asks for its discovery; a view is found by its note', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?o=bluefinch&core=2026-09-24T08:30Z..2026-09-24T11:25Z');
    await page.getByRole('button', { name: 'Incident', exact: true }).click();
    await page.getByLabel('Discovered, in UTC').fill('2026-10-02 16:15');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/incident=/);
    const id = new URL(page.url()).searchParams.get('incident');
    expect(await ask(`{ incident(id: "${id}") { discoveredAt } }`)).toEqual({
      data: { incident: { discoveredAt: '2026-10-02T16:15:00Z' } },
    });
    await ask('mutation { saveView(input: { name: "Board", url: "/rankings?tab=controls", note: "For the auditors" }) { view { id } } }');
    await page.getByLabel('Search organizations, artifacts, incidents').first().fill('auditors');
    await page.getByRole('option', { name: /Board/ }).click();
    await page.waitForURL(/rankings\?tab=controls/);
    await page.getByLabel('Search organizations, artifacts, incidents').first().fill('MAL-2026-990924');
    await page.getByRole('option', { name: /^MAL-2026-990924/ }).click();
    await page.waitForURL(/incidents\/from-advisory\?advisory=MAL-2026-990924/);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['a holder', 'bluefinch', 'holder'],
    ['a lab', 'aurelis', 'lab'],
  ])(
    '[W1150] %s that the address selects is highlighted in the flows and the matrix as its filter highlights it',
    async (_, id, filter) => {
      const { page, complaints } = await site.browser.open();
      const open = async (view: string, query: string) => {
        await page.goto(`/blast?incident=INC-02&view=${view}${query}`);
        await page.getByTestId(view).waitFor();
      };
      const readBands = async () => {
        const bands = page.getByTestId('flows').locator('[data-highlighted]');
        await bands.first().waitFor();
        return bands.evaluateAll((all) => all.map((band) => band.getAttribute('data-key')).toSorted());
      };
      const readDimCells = () =>
        page
          .getByTestId('matrix')
          .evaluate((matrix) => [...matrix.querySelectorAll('td[data-dim]')].map((cell) => cell.getAttribute('aria-label')));
      for (const [view, read] of [
        ['flows', readBands],
        ['matrix', readDimCells],
      ] as const) {
        await open(view, '');
        const without = await read();
        await open(view, `&${filter}=${id}`);
        await eventually(async () => expect(await read()).not.toEqual(without));
        const byFilter = await read();
        await open(view, `&sel=organization:${id}`);
        await eventually(async () => expect(await read()).toEqual(byFilter));
      }
      expect(complaints).toEqual([]);
    },
  );
});
