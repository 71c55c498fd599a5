import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { askedBefore, noteFirstMoments } from '../support/browser/first-canvas.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const root = join(import.meta.dirname, '../..');
const assets = join(root, 'dist/web/assets');
/** Includes the headers. */
const MOST_BYTES = 350_000;
const MOST_WITH_CANVAS = 430_000;

const site = openSite();

/** Bytes of scripts, styles and fonts: as sent, and as gzip where brotli is not accepted. */
async function weigh(answers: readonly Response[], asked: ReadonlySet<string>) {
  const waited = answers.filter(
    (answer) => ['script', 'stylesheet', 'font'].includes(answer.request().resourceType()) && asked.has(answer.url()),
  );
  let [sent, gzipped] = [0, 0];
  for (const answer of waited) {
    const [body, sizes] = [await answer.body(), await answer.request().sizes()];
    sent += sizes.responseBodySize + sizes.responseHeadersSize;
    gzipped += (answer.request().resourceType() === 'font' ? body : gzipSync(body)).length;
  }
  return { sent, gzipped, names: waited.map((answer) => answer.url()) };
}

describe('the first canvas', () => {
  it('[W240] the first row waits for at most 350 kB of scripts, styles and fonts, also where brotli is not accepted, and not for Cytoscape', async () => {
    const { page, complaints } = await site.browser.open();
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isAsked = false;
    await page.route('**/cytoscape-*.js', async (route) => {
      isAsked = true;
      await held;
      await route.continue();
    });
    await noteFirstMoments(page);
    await page.goto(quillmarkIncident);
    const asked = await askedBefore(page, 'first-row');
    // It is on its way beside the first answer.
    await eventually(() => expect(isAsked).toBe(true));
    const { sent, gzipped, names } = await weigh(answers, asked);
    expect(names.some((url) => /inter-.*\.woff2$/.test(url))).toBe(true);
    expect([sent, sent > 100_000 && sent <= MOST_BYTES]).toEqual([sent, true]);
    expect([gzipped, gzipped <= MOST_BYTES]).toEqual([gzipped, true]);
    expect(names.filter((url) => /cytoscape/.test(url))).toEqual([]);
    expect(await page.locator('[data-drawn]').count()).toBe(0);
    release();
    await page.locator('[data-testid="lanes"][data-drawn]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W600] the canvas waits for at most 430 kB, which load in parallel', async () => {
    const { page, complaints } = await site.browser.open();
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    await noteFirstMoments(page);
    await page.goto(quillmarkIncident);
    const { sent, names } = await weigh(answers, await askedBefore(page, 'first-canvas'));
    expect(names.filter((url) => /cytoscape/.test(url))).toHaveLength(1);
    expect([sent, sent <= MOST_WITH_CANVAS]).toEqual([sent, true]);
    expect(complaints).toEqual([]);
  });

  it('[W601] where Cytoscape does not load, the list stands and the canvas says so', async () => {
    const { page } = await site.browser.open();
    await page.route('**/cytoscape-*.js', (route) => route.abort());
    await page.goto(quillmarkIncident);
    await page.getByRole('alert').getByText('This part of the page could not be loaded.', { exact: false }).waitFor();
    await page.getByRole('row', { name: /Preference scheme P4/ }).waitFor();
    await page.getByRole('button', { name: 'Flows' }).click();
    await page.getByTestId('flows').waitFor();
  });

  it('[W241] the style sheets hold the styles of every part of Mantine that a script names', () => {
    const read = (pattern: RegExp) =>
      readdirSync(assets)
        .filter((name) => pattern.test(name) && !name.startsWith('graphiql'))
        .map((name) => readFileSync(join(assets, name), 'utf8'))
        .join('\n');
    const scripts = new Set(read(/\.js$/).match(/\bm_[0-9a-f]{6,8}\b/g));
    const styles = read(/\.css$/);
    const known = readFileSync(join(root, 'node_modules/@mantine/core/styles.layer.css'), 'utf8');
    const missing = [...scripts].filter((name) => known.includes(`.${name}`) && !styles.includes(`.${name}`));
    expect(scripts.size).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });
});
