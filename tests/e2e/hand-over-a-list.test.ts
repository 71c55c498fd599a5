import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { findViolationsEverywhere } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

async function take(page: Page, control: Locator): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

describe('handing over a list', () => {
  it('[W246] shows the filtered list before it leaves as CSV or JSON; file names say what, of whom and when; one switch hides the names everywhere', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&tier=EXPOSED`);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.getByRole('button', { name: 'Hand over' }).click();
    const drawer = page.getByRole('dialog', { name: 'Hand over' });
    await drawer.getByText('14 artifacts, filtered as on the page').waitFor();
    await drawer.getByText('and 9 more').waitFor();
    await eventually(async () =>
      expect(await drawer.getByRole('link', { name: /^Packs of / }).getAttribute('href')).toMatch(/^\/incidents\/INC-02.*packs/),
    );
    expect(await findViolationsEverywhere(page, '[role="dialog"]')).toEqual([]);

    const csv = await take(page, drawer.getByRole('link', { name: 'List as CSV' }));
    expect(csv.name).toMatch(/^INC-02_\d{4}-\d\d-\d\d_blast-radius\.csv$/);
    const [header, ...rows] = csv.text.trim().split(/\r?\n/);
    expect(header).toContain('worst_case');
    expect(rows).toHaveLength(14);
    const json = await take(page, drawer.getByRole('link', { name: 'List as JSON' }));
    expect(json.name).toMatch(/^INC-02_\d{4}-\d\d-\d\d_blast-radius\.json$/);
    expect(JSON.parse(json.text)).toHaveLength(14);
    expect(json.text).toContain('Aurelis');

    await drawer.getByRole('switch', { name: 'Hide names' }).click();
    await page.waitForURL(/redact=names/);
    await page.getByRole('heading', { level: 1, name: /^Vendor \d+$/ }).waitFor({ state: 'attached' });
    await drawer.getByText('14 artifacts, filtered as on the page').waitFor();
    const files = [
      await take(page, drawer.getByRole('link', { name: 'List as CSV' })),
      await take(page, drawer.getByRole('button', { name: 'SVG' })),
    ];
    for (const { name, text } of files) {
      expect(name).toMatch(/^(\d{4}-\d\d-\d\d_blast-radius\.csv|blast-radius-.*-\d{4}-\d\d-\d\d\.svg)$/);
      expect(text.length).toBeGreaterThan(1000);
      expect(/quillmark|aurelis|eval suite/i.test(name + text)).toBe(false);
    }
    expect(complaints).toEqual([]);
  });

  it('[W247] prints the answer without bars and controls, with every row, and a list of some organizations is named after them', async () => {
    const { page } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('navigation', { name: 'Views' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'What if' }).waitFor({ state: 'hidden' });
    await page.getByRole('heading', { level: 1, name: 'Quillmark' }).waitFor();
    // Terms with a help card are words of the text.
    for (const words of ['Worst-case loss', '2 hops', 'At least this much.']) await page.locator('main').getByText(words).first().waitFor();
    const last = page.locator('#page [data-row]').last();
    await last.waitFor();
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect([pages, pages > 0 && pages <= 4]).toEqual([pages, true]);

    const days = 'coreFrom=2026-09-01&coreTo=2026-10-01&widestFrom=2026-09-01&widestTo=2026-10-01';
    const { headers } = await fetch(`${site.server.url}/api/blast-radius.csv?origins=quillmark&origins=bluefinch&${days}`);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="quillmark-bluefinch_\d{4}-\d\d-\d\d_blast-radius\.csv"$/);
    const ranking = await fetch(`${site.server.url}/api/ranking.json`);
    expect(ranking.headers.get('content-disposition')).toMatch(/filename="\d{4}-\d\d-\d\d_ranking\.json"$/);
  });

  it('[W308] the graph of a radius leaves as GraphML: each listed artifact, each holder and lab, and links between them alone', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await page.getByRole('button', { name: 'Hand over' }).click();
    const graph = await take(page, page.getByRole('dialog').getByRole('button', { name: 'GraphML' }));
    expect(graph.name).toMatch(/^inc-02-blast-radius-quillmark-\d{4}-\d\d-\d\d\.graphml$/);
    const ids = new Set([...graph.text.matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id));
    expect([...ids].filter((id) => id?.startsWith('artifact:'))).toHaveLength(25);
    for (const id of ['quillmark', 'bluefinch', 'eastmere', 'corvale', 'aurelis', 'dovemoor']) expect(ids).toContain(`organization:${id}`);
    const ends = [...graph.text.matchAll(/ source="([^"]+)" target="([^"]+)"/g)].flatMap(([, source, target]) => [source, target]);
    expect(ends.length).toBeGreaterThan(100);
    expect(ends.filter((id) => !ids.has(id))).toEqual([]);
    const declared = new Set([...graph.text.matchAll(/<key id="([^"]+)"/g)].map(([, key]) => key));
    expect([...graph.text.matchAll(/<data key="([^"]+)"/g)].filter(([, key]) => !declared.has(key))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
