import type { Locator, Page } from 'playwright-core';
import { joinNames } from '../../web/shared/format/count.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type DrawnNode, drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

interface Summary {
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
}

async function askSummary(input: object): Promise<Summary> {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'query ($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { exposedCount possibleCount containedCount worstCaseLossUsd } } }',
      variables: { input },
    }),
  });
  const { data } = (await response.json()) as { readonly data: { readonly blastRadius: { readonly summary: Summary } } };
  return data.blastRadius.summary;
}

const banner = (page: Page) => page.getByRole('region', { name: 'Radius over the graph' });
const countsIn = async (page: Page) =>
  (await banner(page).locator('h2 [data-count]').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
const wordsOf = ({ exposedCount, possibleCount, containedCount }: Summary) => [
  `Exposed ${exposedCount}`,
  `Possible ${possibleCount}`,
  `Contained ${containedCount}`,
];
/** The terms of a list with their descriptions. */
const termsIn = (list: Locator): Promise<Record<string, string>> =>
  list
    .locator('dt')
    .evaluateAll((terms) => Object.fromEntries(terms.map((term) => [term.textContent, term.nextElementSibling?.textContent ?? ''])));

/** The labs that an organization must tell of the incident, as the page joins them. */
async function mustTell(notifier: string): Promise<string> {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($notifier: ID!) { incident(id: "INC-02") { notices(notifier: $notifier) { edges { node { lab { name } } } } } }',
      variables: { notifier },
    }),
  });
  const { data } = (await response.json()) as {
    readonly data: {
      readonly incident: {
        readonly notices: { readonly edges: readonly { readonly node: { readonly lab: { readonly name: string } } }[] };
      };
    };
  };
  return joinNames(data.incident.notices.edges.map(({ node }) => node.lab.name));
}

const middle = ({ box }: DrawnNode) => ({ x: box.x + box.width / 2, y: box.y + 24 });

describe('a radius over the graph', () => {
  it('[W803] [W1165] "Show in Explore" lays the radius over the graph: its incident, windows, figures and parts stay', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await page.getByRole('link', { name: 'Show in Explore' }).first().click();
    await page.waitForURL(/\/explore\?overlay=INC-02/);
    await banner(page).getByText('INC-02').waitFor();
    const incident = await askSummary({ incident: 'INC-02' });
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(incident)));
    await banner(page)
      .getByText(`${formatMoney(incident.worstCaseLossUsd)} worst case`)
      .waitFor();
    const graph = page.getByTestId('graph');
    await eventually(async () => expect((await drawnNode(graph, 'Quillmark')).classes).toContain('origin'));
    await settle();
    await eventually(async () => expect((await drawnNode(graph, 'Bluefinch')).classes).toContain('reached'));
    await eventually(async () => expect((await drawnNode(graph, 'Aurelis Labs')).classes).toContain('affected'));
    await eventually(async () => expect((await drawnNode(graph, 'Harrowell')).classes).toContain('rest'));
    await eventually(async () => expect((await readScene(graph)).map(({ label }) => label)).toContain('holds 6 · 60%'));
    expect(await findViolations(page)).toEqual([]);

    // The panel of a selected node says its part, and what its compromise would add, before anything is changed.
    const { x, y } = middle(await drawnNode(graph, 'Harrowell'));
    await page.mouse.click(x, y);
    const both = await askSummary({ incident: 'INC-02', origins: ['quillmark', 'harrowell'] });
    const part = page.getByRole('complementary', { name: 'Details of Harrowell' }).getByRole('region', { name: 'In this incident' });
    await part.getByText(`${formatMoney(incident.worstCaseLossUsd)} → ${formatMoney(both.worstCaseLossUsd)}`).waitFor();
    await part.getByText('Not reached, must tell its customers').waitFor();
    expect(await termsIn(part)).toMatchObject({ 'Passed on': '2 artifacts in reach', 'Must tell': await mustTell('harrowell') });
    await part.getByRole('button', { name: 'Mark as compromised too' }).click();
    await page.waitForURL(/o=harrowell/);
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(both)));
    await page.goBack();
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(incident)));

    // The same question, on its own page.
    await banner(page).getByRole('link', { name: 'Open the radius' }).click();
    await page.waitForURL(/\/blast\?incident=INC-02/);
    expect(complaints).toEqual([]);
  });

  it('[W804] [W977] Explore asks for the radius of what is marked, at a time that is typed once, and keeps the canvas when it leaves', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/explore?n=organization:harrowell&n=organization:inkwater&n=organization:everholt&n=organization:palefield');
    const graph = page.getByTestId('graph');
    await readScene(graph);
    await settle();
    const { x, y } = middle(await drawnNode(graph, 'Harrowell'));
    await page.mouse.click(x, y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Radius of this, over the graph' }).click();
    const when = banner(page).getByRole('textbox', { name: 'When, in UTC' });
    await when.fill('2026-09-24');
    await page.keyboard.press('Enter');
    const day = { from: '2026-09-24T00:00:00.000Z', to: '2026-09-24T23:59:59.999Z' };
    const alone = await askSummary({ origins: ['harrowell'], core: day, widest: day });
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(alone)));
    expect(new URL(page.url()).searchParams.getAll('n')).toHaveLength(4);
    await eventually(async () => expect((await drawnNode(graph, 'Palefield')).classes).toContain('rest'));

    // Another selection keeps the windows.
    await page.getByRole('checkbox', { name: /Palefield/ }).check();
    await page.getByRole('button', { name: 'Radius of these' }).click();
    const other = await askSummary({ origins: ['palefield'], core: day, widest: day });
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(other)));

    // A further mark joins the origins.
    await page.getByRole('checkbox', { name: /Harrowell/ }).check();
    await page.getByRole('toolbar', { name: 'Marked nodes' }).getByRole('button', { name: 'Mark as compromised too' }).click();
    const joined = await askSummary({ origins: ['palefield', 'harrowell'], core: day, widest: day });
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(joined)));
    await page.goBack();
    await eventually(async () => expect(await countsIn(page)).toEqual(wordsOf(other)));

    await banner(page).getByRole('button', { name: 'Hide' }).click();
    await page.waitForURL(/rest=hide/);
    await eventually(async () => expect((await readScene(graph)).map(({ label }) => label)).not.toContain('Harrowell'));
    await banner(page).getByRole('button', { name: 'Leave the overlay' }).click();
    await eventually(async () => expect((await drawnNode(graph, 'Harrowell')).classes).toContain('organization'));
    await page.waitForURL((url) => !url.searchParams.has('o'));
    expect(complaints).toEqual([]);
  });
});
