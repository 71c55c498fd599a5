import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { askedBeforeCanvas, noteFirstCanvas } from '../support/browser/first-canvas.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { describe, expect, it } from '../support/test.ts';

const root = join(import.meta.dirname, '../..');
const assets = join(root, 'dist/web/assets');
/** Includes the headers. */
const MOST_BYTES = 350_000;

const site = openSite();

describe('the first canvas', () => {
  it('[W240] waits for at most 350 kB of scripts, styles and fonts, also where brotli is not accepted, and not for Cytoscape', async () => {
    const { page, complaints } = await site.browser.open();
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    await noteFirstCanvas(page);
    await page.goto(quillmarkIncident);
    const asked = await askedBeforeCanvas(page);
    const waited = answers.filter(
      (answer) => ['script', 'stylesheet', 'font'].includes(answer.request().resourceType()) && asked.has(answer.url()),
    );
    const bodies = await Promise.all(
      waited.map(async (answer) => ({ answer, body: await answer.body(), sizes: await answer.request().sizes() })),
    );
    const sent = bodies.reduce((sum, { sizes }) => sum + sizes.responseBodySize + sizes.responseHeadersSize, 0);
    const gzipped = bodies.reduce(
      (sum, { body, answer }) => sum + (answer.request().resourceType() === 'font' ? body : gzipSync(body)).length,
      0,
    );
    expect(waited.some((answer) => /inter-.*\.woff2$/.test(answer.url()))).toBe(true);
    expect([sent, sent > 100_000 && sent <= MOST_BYTES]).toEqual([sent, true]);
    expect([gzipped, gzipped <= MOST_BYTES]).toEqual([gzipped, true]);
    for (const { body, answer } of bodies) expect([answer.url(), body.includes('cytoscape')]).toEqual([answer.url(), false]);
    expect(complaints).toEqual([]);
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
