import { readFileSync } from 'node:fs';
import { formatMoney } from '../../web/shared/format/money.ts';
import { askOf } from '../graphql/ask-of.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

// biome-ignore lint/suspicious/noExplicitAny: the test reads whatever it asks for.
async function ask(query: string): Promise<any> {
  const { data, errors } = await askOf(site.server.url, query, {});
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

describe('finding the riskiest', () => {
  it('[W100] lists organizations as the API ranks them, and a figure leads to its blast radius', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?core=2026-09-24T08:30Z..2026-09-24T11:25Z&widest=2026-09-19T00:00Z..2026-10-01T00:00Z');
    const table = page.getByRole('region', { name: 'Organizations by radius' });
    await table.getByRole('button', { name: 'Worst case' }).click();
    await page.waitForURL(/by=WORST_CASE_LOSS/);
    const { ranking } = await ask(
      `{ ranking(orderBy: WORST_CASE_LOSS, first: 5, core: { from: "2026-09-24T08:30:00Z", to: "2026-09-24T11:25:00Z" },
        widest: { from: "2026-09-19T00:00:00Z", to: "2026-10-01T00:00:00Z" }) { edges { node { organization { name } worstCaseLossUsd dependentCount } } } }`,
    );
    await table.locator('th[aria-sort="descending"]', { hasText: 'Worst case' }).waitFor();
    for (const [place, { node }] of ranking.edges.entries()) {
      const row = table.locator('tbody tr').nth(place);
      await eventually(async () => expect(await row.locator('th strong').textContent()).toBe(node.organization.name));
      await eventually(async () => {
        const cells = await row.locator('td').allInnerTexts();
        expect(cells).toContain(formatMoney(node.worstCaseLossUsd));
        expect(cells).toContain(String(node.dependentCount));
      });
    }
    await table.locator('tbody tr', { hasText: 'Quillmark' }).getByRole('link', { name: '$53.2M' }).click();
    await page.waitForURL(/\/blast\?o=quillmark.*core=2026-09-24/);
    await page.locator('button[data-tier="EXPOSED"]', { hasText: '14' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W100] the scatter and the table share the selection, and the chart can be taken as a file of its own', async () => {
    const { page } = await site.browser.open();
    await page.goto('/rankings');
    await page.getByRole('button', { name: /^Redgum Talent, / }).click();
    await page.waitForURL(/sel=redgum/);
    await eventually(async () => expect(await page.locator('tr[data-selected] th strong').textContent()).toBe('Redgum Talent'));
    await page.getByRole('button', { name: 'Export' }).click();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Chart as SVG' }).click()]);
    expect(saved.suggestedFilename()).toMatch(/^ranking-\d{4}-\d{2}-\d{2}\.svg$/);
    const svg = readFileSync(await saved.path(), 'utf8');
    expect(svg).toContain('Redgum Talent');
    expect(svg.includes('var(')).toBe(false);
    await page.getByRole('button', { name: 'Export' }).click();
    const href = await page.getByRole('menuitem', { name: 'Ask this by GraphQL' }).getAttribute('href');
    expect(new URLSearchParams(href?.split('#')[1]).get('query')).toContain('query Ranking');
  });

  it('[W101] a finding is fixed where it is listed, another accepted with a reason, and the counts follow', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/quality?rule=UNKNOWN_SENT_AT');
    const rule = page.getByRole('link', { name: /^Unknown transfer dates \d+$/ });
    const before = Number(((await rule.textContent()) ?? '').replace(/\D/g, ''));
    const first = page
      .getByRole('region', { name: 'Findings' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'Correct' }) })
      .first();
    const sentence = await first.locator('p').first().textContent();
    await first.getByRole('button', { name: 'Correct' }).click();
    const dialog = page.getByRole('dialog', { name: 'Correct a record' });
    await dialog.getByLabel('Sent', { exact: true }).fill('May 1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Sent: enter a date as YYYY-MM-DD').waitFor();
    await dialog.getByLabel('Sent', { exact: true }).fill('2026-05-01');
    await dialog.getByLabel('Source').fill('Delivery note 17');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(sentence ?? '').waitFor({ state: 'detached' });
    const id = /transfer (T-\d+)/.exec(sentence ?? '')?.[1];
    const { transfer } = await ask(`{ transfer(id: "${id}") { sentAt deletionState provenance { source } } }`);
    expect(transfer).toMatchObject({ sentAt: '2026-05-01T00:00:00Z', provenance: { source: 'Delivery note 17' } });

    await first.getByRole('button', { name: 'Accept' }).click();
    await page.getByLabel('Reason').fill('The vendor no longer exists.');
    await page.getByRole('button', { name: 'Accept this finding' }).click();
    await page.getByRole('link', { name: `Unknown transfer dates ${before - 2}`, exact: true }).waitFor();
    await page.getByText('Accepted 1').click();
    await page.getByText(/The vendor no longer exists\./).waitFor();
    expect(complaints).toEqual([]);
  });
});
