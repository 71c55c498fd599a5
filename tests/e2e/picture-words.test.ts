import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Download, Page, Route } from 'playwright-core';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const QUESTION = 'Core Sep 24, 2026, 08:30–11:25 UTC, widest Sep 19 – Oct 1, 2026, 00:00 UTC, up to 2 hops.';

describe('a saved picture', () => {
  it.each([
    ['lanes', 'Exposed copy'],
    ['flows', null],
    ['matrix', null],
    ['time', 'Not readable'],
  ])('[W309] of the radius as %s has its title, its question and answer, its day and its legend', async (view, word) => {
    const { page, complaints } = await site.browser.open();
    const days = daysFromNow();
    await page.goto(`/blast?incident=INC-02&view=${view}`);
    const texts = await textsOf(page, 'Save the canvas', 'Canvas as SVG');
    expect(texts.slice(0, 3)).toEqual([
      'Blast radius of Quillmark',
      '25 artifacts in reach: 14 exposed, 6 possible, 5 contained.',
      QUESTION,
    ]);
    expect(days().map((day) => `The records as known on ${day}.`)).toContain(texts[3]);
    if (word !== null) expect(texts.slice(-6)).toContain(word);
    expect(complaints).toEqual([]);
  });

  it('[W309] says that it is filtered and that names are hidden', async () => {
    const { page } = await site.browser.open();
    const days = daysFromNow();
    await page.goto('/blast?incident=INC-02&view=lanes&tier=EXPOSED&redact=names');
    const texts = await textsOf(page, 'Save the canvas', 'Canvas as SVG');
    expect(texts[0]).toMatch(/^Blast radius of Vendor \d+$/);
    expect(texts[3]).toBe('The picture is filtered.');
    expect(days().map((day) => `The records as known on ${day}. Names are hidden.`)).toContain(texts[4]);
  });

  it('[W309] says nothing of a filter that it does not follow', async () => {
    const { page } = await site.browser.open();
    const days = daysFromNow();
    await page.goto('/blast?incident=INC-02&view=matrix&tier=CONTAINED');
    const texts = await textsOf(page, 'Save the canvas', 'Canvas as SVG');
    expect(days().map((day) => `The records as known on ${day}.`)).toContain(texts[3]);
  });

  it('[W309] of a what-if has its actions, of a comparison both sides with their moments', async () => {
    const { page } = await site.browser.open();
    const days = daysFromNow();
    await page.goto('/blast?incident=INC-02&vs=&vsWidest=2026-01-01T00:00Z..2026-10-01T00:00Z');
    await page.locator('main').getByText('By holder and lab').waitFor();
    const compared = await textsOf(page, 'Export', 'Canvas as SVG');
    // A long line of a picture goes on in the next.
    const sides = (was: string, is: string) =>
      `Before and after, Quillmark Before: core Sep 24, 2026, 08:30–11:25 UTC, widest Jan 1 – Oct 1, 2026, 00:00 UTC, as known on ${was}. ` +
      `After: core Sep 24, 2026, 08:30–11:25 UTC, widest Sep 19 – Oct 1, 2026, 00:00 UTC, as known on ${is}.`;
    const possible = days().flatMap((was) => days().map((is) => sides(was, is)));
    expect(possible.filter((text) => compared.join(' ').includes(text))).not.toEqual([]);
    await page.goto(`/blast?incident=INC-02&w=${encodeURIComponent('RECALL:quillmark/aurelis@2026-09-18T00:00Z')}`);
    await page.getByRole('heading', { name: 'What this cannot undo' }).waitFor();
    const after = await textsOf(page, 'Export', 'Canvas as SVG');
    expect(after[0]).toBe('Blast radius of Quillmark, after the actions');
    expect(after.join(' ')).toContain(' After 1 action: Recall the copies of Aurelis Labs. Nothing is written.');
    await page.goto('/blast?incident=INC-02&w=');
    await page.getByRole('heading', { name: /Baseline/ }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await eventually(async () => expect(await page.getByRole('menuitem', { name: 'Canvas as SVG' }).count()).toBe(0));
  });

  it('[W310] is saved once the page shows the answer that its address asks for, and so not with names that should be hidden', async () => {
    const { page } = await site.browser.open();
    await page.goto('/blast?incident=INC-02&view=lanes');
    await textsOf(page, 'Save the canvas', 'Canvas as SVG');
    const saved: Download[] = [];
    page.on('download', (download) => saved.push(download));
    const held: Route[] = [];
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query BlastRadius(')) held.push(route);
      else await route.continue();
    });
    const hideNames = (value: string) =>
      page.evaluate((redact) => {
        history.pushState(null, '', `/blast?incident=INC-02&view=lanes${redact}`);
        dispatchEvent(new PopStateEvent('popstate'));
      }, value);
    await hideNames('&redact=names');
    await page.getByRole('button', { name: 'Show names' }).waitFor();
    await eventually(() => expect(held).toHaveLength(1));
    await page.getByRole('button', { name: 'Save the canvas' }).click();
    await page.getByRole('menuitem', { name: 'Canvas as SVG' }).click();
    // Long enough for a picture that does not wait.
    await sleep(500);
    expect(saved).toHaveLength(0);
    await held[0]?.continue();
    await eventually(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.suggestedFilename()).toMatch(/^blast-radius-vendor-\d+/i);
    const texts = textsIn(readFileSync((await saved[0]?.path()) as string, 'utf8'));
    expect(texts[0]).toMatch(/^Blast radius of Vendor \d+$/);
    expect(texts.some((text) => /Quillmark|Aurelis/.test(text))).toBe(false);

    await hideNames('');
    await page.getByRole('button', { name: 'Show names' }).waitFor({ state: 'detached' });
    await eventually(() => expect(held).toHaveLength(2));
    await page.getByRole('button', { name: 'Save the canvas' }).click();
    await page.getByRole('menuitem', { name: 'Canvas as SVG' }).click();
    await held[1]?.fulfill({ status: 500, body: '' });
    await page
      .getByText('The page still shows an earlier answer. Save the picture once the new one is there.')
      .first()
      .waitFor({ state: 'attached' });
    expect(saved).toHaveLength(1);
  });

  it('[W309] of Explore has a legend of the kinds that are drawn, and of no other', async () => {
    const { page } = await site.browser.open();
    await page.goto('/explore?n=organization:quillmark');
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    const texts = await textsOf(page, 'Export', 'Canvas as SVG');
    expect(texts[0]).toBe('Graph of organizations and artifacts');
    expect(texts).toContain('Transfer, readable');
    await page.getByRole('button', { name: /^Engagement/ }).click();
    expect(texts).toContain('Engagement');
    await eventually(async () => expect(await textsOf(page, 'Export', 'Canvas as SVG')).not.toContain('Engagement'));
  });

  it('[W309] of the simulated loss has the figures of its runs', async () => {
    const { page } = await site.browser.open();
    await page.goto('/blast?incident=INC-02&tab=loss');
    const texts = await textsOf(page, 'Export', 'Chart as SVG');
    expect(texts[0]).toBe('Loss if Quillmark is compromised');
    expect(texts[1]).toMatch(/^10,000 simulated runs: \$[\d.]+M in the mean, \$[\d.]+M to \$[\d.]+M in nine of ten\.$/);
    expect(texts).not.toContain('Exposed copy');
  });
});

/** @returns lists today, and yesterday if midnight has passed since `daysFromNow` was called */
function daysFromNow(): () => readonly string[] {
  const today = () => new Date().toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' });
  const first = today();
  return () => [...new Set([first, today()])];
}

/** The texts of the picture that a menu saves. The page saves it once it shows the whole answer (W310). */
async function textsOf(page: Page, button: string, item: string): Promise<readonly string[]> {
  await page.getByRole('button', { name: button }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return textsIn(readFileSync(await saved.path(), 'utf8'));
}

/** The texts of an SVG file, in their order. */
function textsIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}
