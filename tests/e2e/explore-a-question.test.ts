import { readFileSync } from 'node:fs';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('exploring from a question', () => {
  it('[W153] takes the canvas as a picture and as GraphML, with names hidden at the switch', async () => {
    const { page, complaints } = await site.browser.open();
    const take = async (item: string) => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
      expect(download.suggestedFilename()).toMatch(/^explore-(quillmark|vendor-\d+)-\d{4}-\d{2}-\d{2}\.(svg|png|graphml)$/);
      return readFileSync(await download.path());
    };
    // The page's Content-Security-Policy forbids it to parse text, so an empty page does.
    const empty = await page.context().newPage();
    const parsed = (xml: string) =>
      empty.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'application/xml');
        const count = (name: string) => document.getElementsByTagName(name).length;
        return { isBroken: count('parsererror') > 0, nodes: count('node'), edges: count('edge'), paths: count('path') };
      }, xml);

    await page.goto('/explore?n=organization:quillmark');
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    const svg = (await take('Canvas as SVG')).toString();
    for (const name of ['Quillmark', 'Aurelis Labs', 'Proxyline']) expect(svg).toContain(`>${name}</text>`);
    expect((await parsed(svg)).isBroken).toBe(false);
    expect((await take('Canvas as PNG')).subarray(1, 4).toString()).toBe('PNG');
    const graph = (await take('Shown graph as GraphML')).toString();
    const tab = (await page.getByRole('tab', { name: /^Connections\s*\d/ }).textContent()) ?? '';
    const links = Number(/\d+$/.exec(tab)?.[0]);
    expect(await parsed(graph)).toMatchObject({ isBroken: false, nodes: 10, edges: links });

    await page.goto('/explore?n=organization:quillmark&redact=names');
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    for (const item of ['Canvas as SVG', 'Shown graph as GraphML']) {
      const hidden = (await take(item)).toString();
      expect(hidden).toContain('Vendor ');
      expect(/quillmark|aurelis|proxyline/i.test(hidden)).toBe(false);
    }
    expect(complaints).toEqual([]);
  });

  it('[W303] GraphML declares each key that it uses, and each link ends at two of its nodes', async () => {
    const { page } = await site.browser.open();
    await page.goto('/explore?all=1');
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Shown graph as GraphML' }).click(),
    ]);
    const empty = await page.context().newPage();
    const graph = await empty.evaluate(
      (text) => {
        const root = new DOMParser().parseFromString(text, 'application/xml').documentElement;
        const all = (name: string) => [...root.getElementsByTagNameNS('http://graphml.graphdrawing.org/xmlns', name)];
        const read = (element: Element, name: string) => element.getAttribute(name) ?? '';
        const keys = new Map(all('key').map((key) => [read(key, 'id'), { of: read(key, 'for'), type: read(key, 'attr.type') }]));
        const nodes = new Set(all('node').map((node) => read(node, 'id')));
        return {
          root: root.localName,
          direction: all('graph').map((element) => read(element, 'edgedefault')),
          nodeCount: all('node').length,
          nodeIdCount: nodes.size,
          edgeCount: all('edge').length,
          edgeIdCount: new Set(all('edge').map((edge) => read(edge, 'id'))).size,
          loose: all('edge').filter((edge) => !nodes.has(read(edge, 'source')) || !nodes.has(read(edge, 'target'))).length,
          undeclared: all('data').filter((data) => keys.get(read(data, 'key'))?.of !== data.parentElement?.localName).length,
          noNumbers: all('data').filter(
            (data) => /^(int|double)$/.test(keys.get(read(data, 'key'))?.type ?? '') && Number.isNaN(Number(data.textContent)),
          ).length,
        };
      },
      readFileSync(await download.path(), 'utf8'),
    );
    expect(graph).toMatchObject({ root: 'graphml', direction: ['directed'], loose: 0, undeclared: 0, noNumbers: 0 });
    expect(graph.nodeCount).toBeGreaterThan(9);
    expect(graph.nodeIdCount).toBe(graph.nodeCount);
    expect(graph.edgeCount).toBeGreaterThan(9);
    expect(graph.edgeIdCount).toBe(graph.edgeCount);
  });

  it('[W304] [W1178] the main button of an artifact leads to who could expose it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=artifact:a-eval-a2&sel=artifact:a-eval-a2');
    await page.getByRole('button', { name: 'Who could expose it' }).click();
    await page
      .getByRole('region', { name: 'Who could expose the selected artifact' })
      .getByText('7 organizations, 23% of all others: the compromise of one alone puts it in the radius.')
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W154] a time line leaves the links that were valid, a note is kept, and an expansion can be collapsed', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    const rows = page.locator('[data-twin] tbody tr');
    await rows.nth(9).waitFor();
    await page.getByLabel('Valid in this date range, in UTC').fill('2025-07-01 - 2025-07-20');
    await page.keyboard.press('Enter');
    await page.waitForURL(/valid=2025-07-01T00%3A00Z\.\.2025-07-20/);
    await page.getByText('Valid Jul 1, 2025 – Jul 20, 2025').waitFor();
    await rows.nth(9).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Any time' }).click();
    await rows.nth(9).waitFor();

    const inspector = page.getByRole('complementary', { name: 'Details of Quillmark' });
    await inspector.getByRole('tab', { name: 'Notes' }).click();
    await inspector.getByLabel('New note').fill('Asked for the deletion log on Nov 3.');
    await inspector.getByRole('button', { name: 'Add note' }).click();
    await inspector.getByText('Asked for the deletion log on Nov 3.').waitFor();
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'More actions for Quillmark' }).click();
    await page.getByRole('menuitem', { name: 'Artifacts held … 18' }).click();
    await page.getByRole('button', { name: /^Add the first 18/ }).click();
    await rows.nth(27).waitFor();
    await page.getByRole('button', { name: 'More actions for Quillmark' }).click();
    await page.getByRole('menuitem', { name: /^Collapse/ }).click();
    await rows.nth(10).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await rows.nth(27).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W260] the menu of a node stays inside a low window, to its last entry', async () => {
    const height = 420;
    const { page } = await site.browser.open({ width: 1440, height });
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    await page.getByTestId('graph').focus();
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu');
    const last = menu.getByRole('menuitem').last();
    await last.waitFor();
    await page.keyboard.press('End');
    await eventually(async () => {
      for (const part of [menu, last]) {
        const { y, height: high } = (await part.boundingBox()) ?? { y: -1, height: 0 };
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + high).toBeLessThanOrEqual(height);
      }
    });
  });
});
