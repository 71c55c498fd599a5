import { readFileSync } from 'node:fs';
import { formatCount } from '../../web/shared/format/count.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import { askOf } from '../graphql/ask-of.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { type LargeRadiusServer, serveLargeRadius } from '../support/servers/large-radius-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { largeOrigin, largeRadius } from '../support/worlds/large-radius-world.ts';

interface Row {
  readonly holder: { readonly organization: { readonly id: string; readonly name: string } };
  readonly lab: { readonly name: string } | null;
  readonly definiteCounts: readonly number[];
  readonly possibleCounts: readonly number[];
  readonly worstCaseUsd: readonly number[];
  readonly receivedInWindowCount: number;
  readonly deletedInWindowCount: number;
}

let served: LargeRadiusServer;
let browser: Browser;
beforeAll(async () => {
  served = await serveLargeRadius({ artifacts: 2300, holders: 20, labs: 12 });
  browser = await shareChromium(served.server.url);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.server.stop();
});

/** The rows of the API with the index of the bucket at the end of the core window. */
async function askRows(argument = ''): Promise<{ rows: readonly Row[]; atCore: number }> {
  const { holderTimeline, core } = await served.askRadius(
    `core { to } holderTimeline(first: 500, buckets: 90${argument}) { instants edges { node {
      holder { organization { id name } } lab { name } definiteCounts possibleCounts worstCaseUsd receivedInWindowCount deletedInWindowCount } } }`,
  );
  const atCore = holderTimeline.instants.findLastIndex((instant: string) => Date.parse(instant) <= Date.parse(core.to));
  return { rows: holderTimeline.edges.map(({ node }: { node: Row }) => node), atCore };
}

describe('the holders over time', () => {
  it('[W251] the picture has a row for each holder with the figures of the API, in both measures, and opens by lab', async () => {
    const { page, complaints } = await browser.open();
    await page.goto(`${largeRadius}&view=flows`);
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.waitForURL(/view=time/);
    const picture = page.getByTestId('time');
    const textsOf = () =>
      picture
        .locator('[data-target]')
        .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('text')].map((text) => text.textContent)));
    await picture.locator('[data-target]').first().waitFor();
    const { rows, atCore } = await askRows();
    const changeOf = ({ receivedInWindowCount, deletedInWindowCount }: Row) =>
      [
        receivedInWindowCount > 0 ? `+${formatCount(receivedInWindowCount)}` : '',
        deletedInWindowCount > 0 ? `−${formatCount(deletedInWindowCount)}` : '',
      ]
        .filter((part) => part !== '')
        .join(' ');
    await eventually(async () => {
      const worst = await textsOf();
      expect(worst).toHaveLength(rows.length);
      for (const [i, row] of rows.entries()) {
        expect(worst[i]?.[0]).toBe(row.holder.organization.name);
        expect(worst[i]).toContain(formatMoney(row.worstCaseUsd[atCore] as number));
        expect(worst[i]).toContain(`${changeOf(row)} in the window`);
      }
    });
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await page.waitForURL(/by=count/);
    await eventually(async () => {
      const [counted] = await textsOf();
      expect(counted).toContain(formatCount((rows[0]?.definiteCounts[atCore] as number) + (rows[0]?.possibleCounts[atCore] as number)));
    });

    await picture.locator(`[data-open="${largeOrigin}"]`).click();
    await page.waitForURL((url) => url.searchParams.get('open') === `organization:${largeOrigin}`);
    const byLab = await askRows(`, holders: ["${largeOrigin}"], byLab: true`);
    await picture
      .locator('[data-target]')
      .nth(rows.length + byLab.rows.length - 1)
      .waitFor({ state: 'attached' });
    await eventually(async () => {
      const opened = (await textsOf()).slice(1, byLab.rows.length + 1);
      expect(opened.map(([name]) => name)).toEqual(byLab.rows.map(({ lab }) => lab?.name));
      for (const [i, row] of byLab.rows.entries()) {
        const count = (row.definiteCounts[byLab.atCore] as number) + (row.possibleCounts[byLab.atCore] as number);
        expect(opened[i]).toContain(formatCount(count));
      }
    });
    expect(complaints).toEqual([]);
  });

  it('[W251] keys walk over rows and dates, Enter filters the list, and the pointer dims the others; the address holds all of it', async () => {
    const { page, complaints } = await browser.open({ colorScheme: 'dark' });
    await page.goto(`${largeRadius}&view=time&span=near`);
    const picture = page.getByTestId('time');
    await picture.locator('[data-target]').first().waitFor();
    await eventually(async () =>
      expect(await page.getByRole('button', { name: 'Near the windows' }).getAttribute('aria-pressed')).toBe('true'),
    );
    await picture.focus();
    await page.keyboard.press('ArrowDown');
    const { rows } = await askRows();
    const second = rows[1]?.holder.organization as Row['holder']['organization'];
    await page.getByText(`${second.name}, hop 1`, { exact: false }).first().waitFor();
    await page.keyboard.press('ArrowRight');
    await page
      .getByText(new RegExp(`^${second.name}, [A-Z][a-z]{2} \\d+.*: .*certain`))
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`holder=${second.id}`));
    const held = await served.listEveryRow(`, holders: ["${second.id}"]`);
    await page
      .getByText(`${formatCount(held.length)} of`, { exact: false })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('holder'));
    const shown = async () =>
      picture
        .locator('[data-target]')
        .evaluateAll((all) => all.filter((row) => ![...row.children].some((part) => getComputedStyle(part).opacity === '0.34')).length);
    await picture.locator('[data-target]').nth(2).hover();
    await eventually(async () => expect(await shown()).toBe(1));
    await page.mouse.move(5, 5);
    await eventually(async () => expect(await shown()).toBe(rows.length));

    await page.getByRole('button', { name: 'Save the canvas' }).click();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Canvas as SVG' }).click()]);
    const svg = readFileSync(await saved.path(), 'utf8');
    for (const { holder } of rows) expect(svg).toContain(holder.organization.name);
    expect(complaints).toEqual([]);
  });

  it('[W254] a what-if of a large radius lists each kind of change with its count, and more on request', async () => {
    const { page, complaints } = await browser.open();
    await page.goto(`${largeRadius}&w=RECALL:${largeOrigin}/lab-000@2026-01-01`);
    const panel = page.getByRole('region', { name: 'What changed' });
    const { data } = await askOf(
      served.server.url,
      `query ($input: BlastRadiusInput!, $actions: [ActionInput!]!) { whatIf(input: $input, actions: $actions) { changeCounts { kind count } } }`,
      { input: served.input, actions: [{ recall: { holder: largeOrigin, owner: 'lab-000', at: '2026-01-01T00:00:00Z' } }] },
    );
    const stayed = data.whatIf.changeCounts.find(({ kind }: { kind: string }) => kind === 'STAYED').count;
    const column = panel.getByRole('region', { name: 'stayed' });
    await column.getByRole('heading', { name: `${formatCount(stayed)} stayed` }).waitFor();
    await column.getByText(`Showing 100 of ${formatCount(stayed)} artifacts.`).waitFor();
    await column.getByRole('button', { name: 'Show more' }).click();
    await column.getByText(`Showing 600 of ${formatCount(stayed)} artifacts.`).waitFor();
    await eventually(async () => expect(await column.getByRole('listitem').count()).toBe(600));
    const changed = page.getByTestId('matrix').locator('td[aria-label*="afterward"]');
    await eventually(async () => expect(await changed.count()).toBeGreaterThan(0));
    await eventually(async () => {
      for (const text of await changed.allTextContents()) expect(text).toContain('→');
    });
    expect(complaints).toEqual([]);
  });

  it('[W267] two windows of a large radius are compared for the whole answer: kinds, matrix, labs; and equal sides are equal', async () => {
    const { page, complaints } = await browser.open();
    await page.goto(`${largeRadius}&vs=&vsWidest=2026-05-01T00:00Z..2026-08-01T00:00Z`);
    const was = { ...served.input, widest: { from: '2026-05-01T00:00:00Z', to: '2026-08-01T00:00:00Z' } };
    const flows =
      'flows { holder { organization { id } } lab { id } exposedCount possibleCount containedCount worstCaseLossUsd exposedWorstCaseLossUsd }';
    const { data } = await askOf(
      served.server.url,
      `query ($was: BlastRadiusInput!, $is: BlastRadiusInput!) {
        compareRadius(before: $was, after: $is) { changeCounts { kind count } before { ${flows} } after { ${flows} } }
      }`,
      { was, is: served.input },
    );
    const { changeCounts, before, after } = data.compareRadius;
    const panel = page.getByRole('region', { name: 'What changed' });
    const headings = panel.getByRole('heading');
    await headings.first().waitFor();
    const order = ['LEFT', 'WEAKENED', 'STRENGTHENED', 'JOINED', 'STAYED'];
    const expected = order.flatMap((kind) => {
      const count = changeCounts.find((each: { kind: string }) => each.kind === kind)?.count;
      return count === undefined ? [] : [`${formatCount(count)} ${kind.toLowerCase()}`];
    });
    await eventually(async () => expect(await headings.allTextContents()).toEqual(expected));
    expect(expected.some((text) => text.endsWith('joined'))).toBe(true);
    // Artifacts that joined are listed, although more stayed than one page holds.
    await eventually(async () => expect(await panel.getByRole('region', { name: 'joined' }).getByRole('listitem').count()).toBe(100));

    interface Flow {
      readonly holder: { readonly organization: { readonly id: string } } | null;
      readonly lab: { readonly id: string };
    }
    const keyOf = ({ holder, lab }: Flow) => `${holder?.organization.id} ${lab.id}`;
    const textsOf = (flows: readonly Flow[]) => new Map(flows.map((flow) => [keyOf(flow), JSON.stringify(flow)]));
    const [texts, textsAfter] = [textsOf(before.flows), textsOf(after.flows)];
    const keys = [...new Set([...texts.keys(), ...textsAfter.keys()])];
    const changed = keys.filter((key) => texts.get(key) !== textsAfter.get(key)).length;
    const matrix = page.getByTestId('matrix');
    await matrix.waitFor();
    await eventually(async () => expect(Number(await matrix.getAttribute('aria-rowcount'))).toBe(20 + 4 + 2 + 1));
    await matrix.evaluate((table) => table.parentElement?.parentElement?.parentElement?.style.setProperty('max-height', 'none'));
    await eventually(async () => expect(await matrix.locator('td[aria-label*="afterward"]').count()).toBe(changed));
    await eventually(async () => expect(await matrix.locator('td[role="gridcell"]').filter({ hasNotText: '·' }).count()).toBe(keys.length));

    await page.goto(`${largeRadius}&vs=`);
    const rows = await served.listEveryRow();
    await page.getByText(`No artifact has changed: both radii have the same ${formatCount(rows.length)} artifacts`).waitFor();
    await eventually(async () => expect(await page.getByText('Showing').count()).toBe(0));
    expect(complaints).toEqual([]);
  });
});
