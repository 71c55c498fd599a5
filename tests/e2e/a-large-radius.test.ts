import type { Core } from 'cytoscape';
import type { Page } from 'playwright-core';
import { formatCount } from '../../web/shared/format/count.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import type { Tier } from '../../web/shared/generated/operations.ts';
import { askOf } from '../graphql/ask-of.ts';
import { boxAtRest, scrollBelow } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { readScene } from '../support/browser/drawn-scene.ts';
import { eventually } from '../support/eventually.ts';
import { type LargeRadiusServer, type Row, serveLargeRadius } from '../support/servers/large-radius-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { largeOrigin, largeRadius } from '../support/worlds/large-radius-world.ts';

interface Flow {
  readonly holder: { readonly organization: { readonly id: string; readonly name: string } } | null;
  readonly lab: { readonly id: string; readonly name: string };
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
  readonly exposedWorstCaseLossUsd: number;
}

const tiers = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
let served: LargeRadiusServer;
let browser: Browser;
let everyRow: readonly Row[];

beforeAll(async () => {
  served = await serveLargeRadius({ artifacts: 2300, holders: 20, labs: 12 });
  everyRow = await served.listEveryRow();
  browser = await shareChromium(served.server.url);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.server.stop();
});

const sumOf = (rows: readonly Row[], field: 'worstCaseLossUsd' | 'weightedLossUsd' = 'worstCaseLossUsd') =>
  rows.reduce((sum, row) => sum + row[field], 0);
/** The worst case of a lab's artifacts, by the copies at the origin. */
const lossAt = (flows: readonly Flow[], lab: string) =>
  flows
    .filter((flow) => flow.holder?.organization.id === largeOrigin && flow.lab.id === lab)
    .reduce((sum, { worstCaseLossUsd }) => sum + worstCaseLossUsd, 0);
const countOf = (rows: readonly Row[], tier: Tier) => rows.filter((row) => row.tier === tier).length;
const labsOf = (rows: readonly Row[]) => [...new Map(rows.map(({ artifact }) => [artifact.owner.id, artifact.owner.name]))];

async function open(address: string): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const opened = await browser.open();
  await opened.page.goto(address);
  await opened.page.locator('button[data-tier]').first().waitFor();
  await opened.settle();
  return opened;
}

/** The texts on the cards of the lanes, by lab: its name, its worst case and the counts of its tiers. */
async function readCards(page: Page): Promise<ReadonlyMap<string, readonly string[]>> {
  const nodes = await readScene(page.getByTestId('lanes'));
  const labelOf = new Map(nodes.map(({ id, label }) => [id, label]));
  const labs = nodes.flatMap(({ id }) => (id.startsWith('card:organization:') ? [id.slice('card:organization:'.length)] : []));
  return new Map(
    labs.map((lab) => {
      const ids = [`title:organization:${lab}`, `loss:organization:${lab}`, ...tiers.map((tier) => `group:rows:${tier}:${lab}`)];
      return [lab, ids.flatMap((id) => labelOf.get(id) ?? [])];
    }),
  );
}

const cardOf = (name: string, rows: readonly Row[]) => [
  name,
  formatMoney(sumOf(rows)),
  ...tiers
    .map((tier) => countOf(rows, tier))
    .filter((count) => count > 0)
    .map(formatCount),
];

describe('a large radius', () => {
  it('[W1194] [W1195] a phone shows the lanes from top to bottom with six rows below, and the share of a lab in focus alone', async () => {
    const { page, complaints } = await browser.open({ width: 375, height: 812 });
    await page.goto(`${largeRadius}&view=lanes`);
    await readScene(page.getByTestId('lanes').first());
    expect(await page.getByRole('button', { name: /more (artifacts?|holders) (above|below)$/i }).count()).toBe(0);
    const end = await boxAtRest(page.getByText(/^Showing 500 of 2,300 artifacts/));
    const whole = await page
      .getByRole('row', { name: /Reward specification/ })
      .evaluateAll((rows, below) => rows.filter((row) => row.getBoundingClientRect().bottom <= below).length, end.y + 1);
    expect(whole).toBeGreaterThanOrEqual(6);

    await page.goto(`${largeRadius}&view=lanes&focus=lab-000`);
    const nodes = await eventually(async () => {
      const all = await readScene(page.getByTestId('lanes').first());
      if (!all.some(({ id }) => id.startsWith('share:'))) throw new Error('No share is drawn.');
      return all;
    });
    const meeting = nodes.filter(
      ({ id, box }) =>
        id.startsWith('share:') &&
        nodes.some((other) => other.id === id.replace('share:', 'note:') && other.box.x + other.box.width > box.x),
    );
    expect(meeting.map(({ id }) => id)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W1131] a name that does not fit the list keeps its last word', async () => {
    const { page, complaints } = await open(largeRadius);
    const list = page.locator('[role="rowgroup"]').last();
    await list.evaluate((element) => Object.assign((element as HTMLElement).style, { maxWidth: '300px' }));
    const rows = await list.locator('button[aria-label^="Reward specification"]').evaluateAll((buttons) =>
      buttons.map((button) => {
        const [start, end] = [...button.children].map((part) => ({
          text: part.textContent,
          isCut: part.scrollWidth > part.clientWidth,
          right: part.getBoundingClientRect().right,
        }));
        const column = button.parentElement?.getBoundingClientRect().right ?? 0;
        return { text: button.textContent, isCut: start?.isCut, end: end?.text, isEndInside: (end?.right ?? 0) <= column };
      }),
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { text, end, isEndInside } of rows) {
      expect(text).toBe(`Reward specification${end}`);
      expect(end).toMatch(/^ \d+$/);
      expect(isEndInside).toBe(true);
    }
    expect(rows.some(({ isCut }) => isCut)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('[W39] the summary, the caveat and the tabs count the whole answer', async () => {
    expect(everyRow.length).toBeGreaterThanOrEqual(2290);
    const { certainty, summary, dependents, otherCopies } = await served.askRadius(
      `certainty { undatedCount attestedCount } summary { blindSpotCount affectedLabCount }
      dependents(first: 1) { totalCount } otherCopies(first: 1) { totalCount }`,
    );
    const { page, complaints } = await open(`${largeRadius}&view=table`);
    const [band] = await page.locator('main header').allInnerTexts();
    for (const tier of tiers) expect(band).toContain(`\n${formatCount(countOf(everyRow, tier))}\n`);
    expect(band).toContain(`${summary.affectedLabCount} of 12`);
    expect(band).toContain(formatMoney(sumOf(everyRow)));
    expect(band).toContain(formatMoney(sumOf(everyRow, 'weightedLossUsd')));

    const tabs = page.getByRole('tab');
    const counts = [everyRow.length, 12, dependents.totalCount, otherCopies.totalCount].map(formatCount);
    await eventually(async () =>
      expect((await tabs.allTextContents()).filter((tab) => tab !== 'Sums').slice(0, 4)).toEqual(
        ['Affected', 'Labs', 'Whom to ask', 'Other copies'].map((tab, i) => `${tab}${counts[i]}`),
      ),
    );

    expect(certainty.undatedCount).toBeGreaterThan(50);
    expect(certainty.attestedCount).toBeGreaterThan(50);
    await page
      .getByText(
        `${formatCount(certainty.undatedCount)} copies have no known date and ${formatCount(certainty.attestedCount)} deletions are attested, not verified.`,
      )
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W39] the list says how much of the answer it shows, and loads the rest', async () => {
    const { page } = await open(`${largeRadius}&view=table`);
    const shown = (count: number) => page.getByText(`Showing ${formatCount(count)} of ${formatCount(everyRow.length)} artifacts.`);
    await shown(500).waitFor();
    for (const count of [1000, 1500, 2000]) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await shown(count).waitFor();
    }
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(/^Showing /).waitFor({ state: 'detached' });
  });

  it('[W342] Hand over says how many artifacts GraphML has, where the list is not loaded as a whole', async () => {
    const { page } = await open(`${largeRadius}&view=table`);
    await page.getByRole('button', { name: 'Hand over' }).click();
    const picture = page.getByRole('region', { name: 'The picture' });
    await picture
      .getByText(`GraphML has the 500 of ${formatCount(everyRow.length)} artifacts that are loaded in the list.`, { exact: false })
      .waitFor();
  });

  it('[W39] cards and groups of the lanes sum all artifacts of a lab, with and without a filter', async () => {
    for (const [address, rows] of [
      [`${largeRadius}&view=lanes`, everyRow],
      [`${largeRadius}&view=lanes&tier=POSSIBLE`, everyRow.filter(({ tier }) => tier === 'POSSIBLE')],
    ] as const) {
      const { page } = await open(address);
      const expected = labsOf(rows).map(([id, name]) => [
        id,
        cardOf(
          name,
          rows.filter(({ artifact }) => artifact.owner.id === id),
        ),
      ]);
      await eventually(async () => expect(Object.fromEntries(await readCards(page))).toEqual(Object.fromEntries(expected)));
    }
  });

  it('[W39] labs, a selected holder and a filter by holder and lab show the sums of the API', async () => {
    const { page } = await open(`${largeRadius}&view=table&tab=labs`);
    const list = page.getByRole('region', { name: 'Affected labs' }).getByRole('listitem');
    await list.nth(11).waitFor();
    const items = await list.allInnerTexts();
    expect(items).toHaveLength(12);
    for (const [id, name] of labsOf(everyRow)) {
      const own = everyRow.filter(({ artifact }) => artifact.owner.id === id);
      const item = items.find((text) => text.startsWith(`${name}\n`))?.replace(/\s+/g, ' ');
      expect(item).toContain(formatMoney(sumOf(own)));
      expect(item).toContain(`${formatMoney(sumOf(own, 'weightedLossUsd'))} weighted`);
      for (const tier of tiers) expect(item).toContain(`${formatCount(countOf(own, tier))} ${tier.toLowerCase()}`);
    }

    const { flows } = await served.askRadius(
      'flows { holder { organization { id } } lab { id } exposedCount possibleCount containedCount worstCaseLossUsd }',
    );
    const atOrigin = flows.filter(
      (flow: { holder: { organization: { id: string } } | null }) => flow.holder?.organization.id === largeOrigin,
    );
    const held = await served.listEveryRow(`, holders: ["${largeOrigin}"]`);
    const loss = atOrigin.reduce((sum: number, flow: { worstCaseLossUsd: number }) => sum + flow.worstCaseLossUsd, 0);
    const selected = await open(`${largeRadius}&view=table&sel=organization:${largeOrigin}`);
    await selected.page.getByText(`Holds ${formatCount(held.length)} artifacts in reach, ${formatMoney(loss)} worst case.`).waitFor();

    const filtered = await open(`${largeRadius}&view=table&holder=${largeOrigin}&lab=lab-000`);
    const both = held.filter(({ artifact }) => artifact.owner.id === 'lab-000');
    await filtered.page
      .getByText(
        `${formatCount(both.length)} of ${formatCount(everyRow.length)} · ${formatMoney(lossAt(flows, 'lab-000'))} in the copies at Contractor 1; ${formatMoney(sumOf(both))} at all holders`,
      )
      .waitFor();
  });

  it('[W810] [W968] the lanes draw a band for each lab, and the lines of a selected holder with the counts of the API', async () => {
    const { page, complaints } = await open(`${largeRadius}&view=lanes`);
    const lanes = page.getByTestId('lanes');
    const holder = (await readScene(lanes)).find(
      ({ classes }) => classes.includes('holder') && !classes.includes('origin') && !classes.includes('group'),
    );
    await page.goto(`${largeRadius}&view=lanes&sel=${holder?.id}`);
    await readScene(lanes);
    const drawn = () =>
      lanes.evaluate((element) => {
        const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: import('cytoscape').Core } })._cyreg;
        const all = cy.edges().map((edge) => edge.id());
        return { bands: all.filter((id) => id.startsWith('band:')).length, single: all.filter((id) => id.startsWith('copy:')) };
      });
    const { flows } = await served.askRadius(
      'flows { holder { organization { id name } } lab { id } exposedCount possibleCount containedCount worstCaseLossUsd exposedWorstCaseLossUsd }',
    );
    const own = flows.filter((flow: Flow) => `organization:${flow.holder?.organization.id}` === holder?.id);
    const cells = own.reduce(
      (sum: number, flow: Flow) => sum + [flow.exposedCount, flow.possibleCount, flow.containedCount].filter((count) => count > 0).length,
      0,
    );
    await eventually(async () => expect((await drawn()).single).toHaveLength(cells));
    const groups = labsOf(everyRow).flatMap(([id]) =>
      ['EXPOSED', 'POSSIBLE'].filter((tier) => everyRow.some((row) => row.artifact.owner.id === id && row.tier === tier)),
    );
    await eventually(async () => expect((await drawn()).bands).toBe(groups.length));
    // Each card says how much of its lab the holder has.
    await eventually(async () => {
      const shares = new Map((await readScene(lanes)).map(({ id, label }) => [id, label]));
      for (const flow of own) {
        const count = formatCount(flow.exposedCount + flow.possibleCount + flow.containedCount);
        expect([flow.lab.id, shares.get(`share:organization:${flow.lab.id}`)?.replace('holds ', '')]).toEqual([flow.lab.id, count]);
      }
    });

    // Wider by the worst case: a lab's strip of a tier, by the sums of the API.
    await page.goto(`${largeRadius}&view=lanes&width=loss&sel=${holder?.id}`);
    await page.getByText('Wider: more worst case').waitFor();
    const widthFor = (usd: number) => Math.max(1.5, 0.62 * (1 + Math.log2(usd / 1e6)));
    const widths = () =>
      lanes.evaluate((element) => {
        const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: import('cytoscape').Core } })._cyreg;
        return cy.edges().map((edge) => [edge.id(), Number(edge.data('width'))] as const);
      });
    const [lab = ''] = labsOf(everyRow)[0] ?? [];
    const possible = everyRow.filter((row) => row.artifact.owner.id === lab && row.tier === 'POSSIBLE');
    await eventually(async () => {
      const width = new Map(await widths());
      expect(width.get(`band:organization:${lab} POSSIBLE`)).toBeCloseTo(widthFor(sumOf(possible)), 5);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1080] [W1081] a click on a lab or a holder filters the list to its rows, by the API, and the graph stays whole', async () => {
    const { page, complaints } = await open(`${largeRadius}&view=lanes`);
    const lanes = page.getByTestId('lanes');
    const list = page.getByRole('table', { name: 'Affected artifacts' });
    const card = (await readScene(lanes)).find(({ id }) => id === 'card:organization:lab-001');
    const wholeGraph = (await readCards(page)).size;
    const press = async (id: string) => {
      const box = (await readScene(lanes)).find((node) => node.id === id)?.box;
      if (box === undefined) throw new Error(`${id} is not drawn`);
      await page.mouse.click(box.x + box.width / 2, box.y + 10);
    };
    const ofLab = everyRow.filter(({ artifact }) => artifact.owner.id === 'lab-001');
    const share = `${formatCount(ofLab.length)} of ${formatCount(everyRow.length)} · ${formatMoney(sumOf(ofLab))} of ${formatMoney(sumOf(everyRow))}`;
    await press(card?.id ?? '');
    await page.waitForURL(/focus=lab-001/);
    await page.getByText(share).waitFor();
    await eventually(async () => expect(await list.getAttribute('aria-rowcount')).toBe(String(ofLab.length + 1)));
    await eventually(async () => expect((await readCards(page)).size).toBe(wholeGraph));
    await eventually(async () => {
      const note = (await readScene(lanes)).find(({ id }) => id === 'focus:organization:lab-001')?.label;
      expect(note).toMatch(/^In focus: \d+ holders/);
    });

    // A row of it opens in place, and the list stays as it is.
    await list.getByRole('button').nth(3).click();
    await page.waitForURL(/sel=artifact/);
    await page.getByText(share).waitFor();
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await eventually(async () => expect(await list.getAttribute('aria-rowcount')).toBe(String(everyRow.length + 1)));
    await page.waitForURL((url) => !/focus|sel=/.test(url.search));

    const holder = (await readScene(lanes)).find(({ classes }) => classes.includes('plate') && !classes.includes('group'));
    const id = holder?.id.slice('organization:'.length) ?? '';
    const held = await served.listEveryRow(`, holders: ["${id}"]`);
    await press(holder?.id ?? '');
    await page.getByText(`${formatCount(held.length)} of ${formatCount(everyRow.length)} · `, { exact: false }).waitFor();
    await eventually(async () => expect(await list.getAttribute('aria-rowcount')).toBe(String(held.length + 1)));
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await list.getAttribute('aria-rowcount')).toBe(String(everyRow.length + 1)));
    // A filter by lab takes the place of the focus.
    await page.goto(`${largeRadius}&view=lanes&focus=${id}`);
    await page.getByRole('button', { name: /^Remove the filter In focus: / }).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Laboratory 2', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('lab') === 'lab-001' && !url.searchParams.has('focus'));
    await page.getByText(share).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1112] an artifact that a link selects and no loaded row shows says why it is in the radius, or that it is not', async () => {
    const [least] = [...everyRow].sort((a, b) => a.worstCaseLossUsd - b.worstCaseLossUsd);
    const { id, owner } = (least as Row).artifact;
    const { page, complaints } = await open(`${largeRadius}&view=lanes&sel=artifact:${id}`);
    const selected = page.getByRole('region', { name: 'Selected artifact' });
    await selected.getByText(`of ${owner.name}, sensitivity`, { exact: false }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await selected.getByRole('button', { name: 'Close' }).click();
    await selected.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('sel')).toBe(false);
    await page.goto(`${largeRadius}&view=lanes&sel=artifact:nothing`);
    await selected.getByText('The artifact “nothing” is not in this radius.').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(['color=sensitivity', 'color=loss', 'color=type', 'tier=POSSIBLE'])(
    '[W967] the legend counts the whole answer where a part of the rows is loaded, and an entry filters list and picture to what it counts: %s',
    async (color) => {
      const { page, complaints } = await open(`${largeRadius}&view=lanes&${color}`);
      const legend = page.getByRole('list', { name: 'Legend' });
      const entries = legend.locator('button[aria-pressed]');
      const counts = async () =>
        (await entries.allTextContents()).map((text) => Number((text.split(' ').at(-1) ?? '').replaceAll(',', '')));
      const all = everyRow.length;
      // The entries part the whole answer: an entry counts what it would show, whatever others are pressed.
      await eventually(async () => expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(all));
      const before = await counts();
      if (color === 'tier=POSSIBLE') expect(before).toEqual(tiers.map((tier) => countOf(everyRow, tier)));
      const count = before[0] ?? 0;
      await entries.first().click();
      const expected = color === 'tier=POSSIBLE' ? count + (before[1] ?? 0) : count;
      await page
        .getByText(`${formatCount(expected)} of ${formatCount(all)} · `, { exact: false })
        .first()
        .waitFor();
      await eventually(async () => {
        const counts = (await readScene(page.getByTestId('lanes'))).filter(({ id }) => id.startsWith('group:rows:'));
        expect(counts.reduce((sum, { label }) => sum + Number(label.replaceAll(',', '')), 0)).toBe(expected);
      });
      // A second entry still says what it would add.
      await eventually(async () => expect(await counts()).toEqual(before));
      expect(complaints).toEqual([]);
    },
  );

  it('[W811] a hub in Explore says how many of all its neighbors are not drawn', async () => {
    const { neighborhood } = (
      await askOf(
        served.server.url,
        `{ neighborhood(of: [{ organization: "${largeOrigin}" }], kinds: [TRANSFER, ACCESS, ENGAGEMENT], maxNodes: 100) { omittedCount nodes { key } } }`,
        {},
      )
    ).data;
    const all = neighborhood.omittedCount + neighborhood.nodes.length - 1;
    expect(all).toBeGreaterThan(12);
    const { page } = await browser.open();
    await page.goto(`/explore?n=organization:${largeOrigin}`);
    await page.getByText(`Contractor 1 and 12 neighbors · ${all - 12} more of all ${all}`, { exact: false }).waitFor();
  });

  it('[W1016] every list of a large radius has its tab in sight beside the canvas', async () => {
    const { page, complaints } = await browser.open();
    await page.goto(largeRadius);
    const tabs = page.getByRole('tablist', { name: 'Blast radius lists' }).getByRole('tab');
    await tabs.filter({ hasText: /^Affected\s*2,300$/ }).waitFor();
    await eventually(async () => {
      const ends = await tabs.evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().right));
      expect(ends).toHaveLength(7);
      expect(Math.max(...ends)).toBeLessThanOrEqual(1440);
    });
    expect(complaints).toEqual([]);
  });

  it('[W292] in a low window the flows say how many organizations are below their foot, and lead there', async () => {
    const { page, complaints } = await browser.open({ width: 1024, height: 630 });
    await page.goto(`${largeRadius}&view=flows`);
    const below = page.getByRole('button', { name: /^\d+ more organizations? below$/ });
    await below.waitFor();
    const counted = Number.parseInt((await below.textContent()) ?? '', 10);
    // 20 holders and 12 labs, of which most are in sight.
    expect([counted, counted > 0 && counted < 16]).toEqual([counted, true]);
    expect(await findViolations(page)).toEqual([]);
    await scrollBelow(below);
    const flows = page.getByTestId('flows');
    const lab = await boxAtRest(flows.locator('text', { hasText: /^Laboratory 12$/ }));
    const canvas = await boxAtRest(flows);
    expect(lab.y + lab.height).toBeLessThanOrEqual(canvas.y + canvas.height);
    expect(complaints).toEqual([]);
  });

  it('[W1117] a selected artifact that no loaded row names is drawn with a line from each of its holders, unless a filter leaves it out', async () => {
    const { page, complaints } = await open(largeRadius);
    const rows = page.getByTestId('lanes');
    const loaded = new Set(everyRow.toSorted((a, b) => b.worstCaseLossUsd - a.worstCaseLossUsd).slice(0, 600));
    const { subgraph } = await served.askRadius('subgraph(maxNodes: 2000) { nodes { node { key } } }');
    const inSubgraph = new Set(subgraph.nodes.map(({ node }: { node: { key: string } }) => node.key));
    const find = (isIn: boolean) => everyRow.find((row) => !loaded.has(row) && inSubgraph.has(`artifact:${row.artifact.id}`) === isIn);
    const [far, beyond] = [find(true), find(false)];
    if (far === undefined || beyond === undefined) throw new Error('Every artifact is loaded, or in the subgraph.');
    const isDrawn = async (id: string) => (await readScene(rows)).some((node) => node.id === `artifact:${id}`);
    const goTo = async (id: string, filter = '') => {
      await page.goto(`${largeRadius}&view=lanes${filter}&sel=artifact:${id}`);
      await page
        .getByRole('region', { name: 'Selected artifact' })
        .getByText(/sensitivity \d of 5/)
        .waitFor();
    };
    for (const { artifact } of [far, beyond]) {
      await goTo(artifact.id);
      await eventually(async () => expect(await isDrawn(artifact.id)).toBe(true));
      const { artifacts } = await served.askRadius(
        `artifacts(ids: ["${artifact.id}"]) { edges { node { holders(first: 100) { totalCount } } } }`,
      );
      const lines = await rows.evaluate((element, key) => {
        const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: Core } })._cyreg;
        return cy.getElementById(key).connectedEdges().length;
      }, `artifact:${artifact.id}`);
      expect([artifact.id, lines]).toEqual([artifact.id, artifacts.edges[0].node.holders.totalCount]);
    }
    const { id, owner } = far.artifact;
    const other = labsOf(everyRow).find(([lab]) => lab !== owner.id)?.[0];
    await goTo(id, `&lab=${other}`);
    await eventually(async () => expect(await isDrawn(id)).toBe(false));
    expect(complaints).toEqual([]);
  });

  it('[W69] [W1116] the graph comes first, and every cell of the matrix has the sums of the API; a click filters the list', async () => {
    const { page, complaints } = await open(largeRadius);
    await page.getByTestId('lanes').waitFor();
    await page.getByRole('button', { name: 'Matrix' }).click();
    await page.waitForURL(/view=matrix/);
    const grid = page.getByTestId('matrix');
    await grid.waitFor();
    const { flows } = await served.askRadius(
      'flows { holder { organization { id name } } lab { id name } exposedCount possibleCount containedCount worstCaseLossUsd }',
    );
    // Rows outside the window are not rendered, so that those that are there are compared.
    const filled = await eventually(async () => {
      const cells = await grid.locator('td[data-column]').evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
      const named = cells.filter((label) => !label.endsWith(': none'));
      expect(named.length).toBeGreaterThan(100);
      return named;
    });
    const expected = new Set(
      flows.map((flow: Flow) => {
        const counts = [flow.exposedCount, flow.possibleCount, flow.containedCount];
        const named = tiers.flatMap((tier, i) => (counts[i] === 0 ? [] : [`${formatCount(counts[i] as number)} ${tier.toLowerCase()}`]));
        const total = counts.reduce((sum, count) => sum + count, 0);
        const figures = [
          `${formatCount(total)} ${total === 1 ? 'artifact' : 'artifacts'}`,
          ...named,
          `${formatMoney(flow.worstCaseLossUsd)} worst case`,
        ];
        const shown = `${formatCount(counts.find((count) => count > 0) ?? 0)} ${formatMoney(flow.worstCaseLossUsd)}`;
        return `${flow.holder?.organization.name ?? 'Only revealed'}, ${flow.lab.name}: ${shown}; ${figures.join(', ')}`;
      }),
    );
    for (const label of filled) expect([...expected]).toContain(label);
    // [W1116] A cell shows the sum of its name.
    const texts = await grid
      .locator('td[data-column]')
      .evaluateAll((all) => all.map((cell) => [cell.getAttribute('aria-label'), cell.textContent]));
    for (const [label, text] of texts) {
      const sum = /, (\S+) worst case$/.exec(label ?? '')?.[1];
      if (sum !== undefined) expect([label, text?.endsWith(sum)]).toEqual([label, true]);
    }

    await grid.getByRole('gridcell', { name: /^Contractor 1, Laboratory 1:/ }).click();
    await page.waitForURL(/holder=holder-000.*|lab=lab-000/);
    const both = await served.listEveryRow(`, holders: ["${largeOrigin}"], owners: ["lab-000"]`);
    const there = `${formatMoney(lossAt(flows, 'lab-000'))} in the copies at Contractor 1; ${formatMoney(sumOf(both))} at all holders`;
    await page.getByText(`${formatCount(both.length)} of ${formatCount(everyRow.length)} · ${there}`).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('holder') && !url.searchParams.has('lab'));
    await page.keyboard.press('ArrowDown');
    await eventually(async () =>
      expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toMatch(/, Laboratory 1: /),
    );
    expect(complaints).toEqual([]);
  });
});
