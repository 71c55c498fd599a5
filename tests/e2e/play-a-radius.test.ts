import type { Page } from 'playwright-core';
import { boxAtRest } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

interface Answer {
  readonly summary: { readonly exposedCount: number; readonly possibleCount: number; readonly containedCount: number };
  readonly flows: readonly {
    readonly holder: { readonly organization: { readonly id: string } } | null;
    readonly exposedCount: number;
    readonly possibleCount: number;
  }[];
}

async function askRadius(input: object): Promise<Answer> {
  const query = `query ($input: BlastRadiusInput!) {
    blastRadius(input: $input) {
      summary { exposedCount possibleCount containedCount }
      flows { holder { organization { id } } exposedCount possibleCount }
    }
  }`;
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return ((await response.json()) as { readonly data: { readonly blastRadius: Answer } }).data.blastRadius;
}

const countsAt = async (maxHops: number): Promise<[number, number, number]> => {
  const { summary } = await askRadius({ incident: 'INC-02', options: { maxHops } });
  return [summary.exposedCount, summary.possibleCount, summary.containedCount];
};
const foot = (page: Page) => page.getByRole('region', { name: 'Spread and time' });
const placesOf = async (page: Page) =>
  (await readScene(page.getByTestId('lanes'))).flatMap(({ id, classes, box }) =>
    // The focused origin has a ring.
    (classes.includes('holder') && !classes.includes('origin')) || classes.includes('row')
      ? [`${id} ${Math.round(box.x)} ${Math.round(box.y)}`]
      : [],
  );
const hopOf = (page: Page) => new URL(page.url()).searchParams.get('hop');

describe('playing a radius', () => {
  it('[W805] [W1171] hops: band, list and lanes follow the answer for them, every place stays, and keys step them', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    const lanes = page.getByTestId('lanes');
    await foot(page).getByRole('slider', { name: 'Hops shown' }).waitFor();
    await settle();
    const before = await placesOf(page);
    const [all, one, none] = [await countsAt(2), await countsAt(1), await countsAt(0)];
    await waitForTierCounts(page, all);
    const accessLines = (count: string) =>
      eventually(async () =>
        expect(await page.locator('[data-legend="Access"]').textContent()).toMatch(new RegExp(`^Access\\s+${count}$`)),
      );
    await accessLines('3');
    const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    await foot(page)
      .getByText(`+${totalOf(all) - totalOf(one)}`)
      .waitFor();

    await lanes.focus();
    await page.keyboard.press('[');
    await waitForTierCounts(page, one);
    // Of the three accesses, two begin at Quillmark.
    await accessLines('2');
    await eventually(() => expect(hopOf(page)).toBe('1'));
    await page.getByRole('tab', { name: new RegExp(`^Affected\\s*${totalOf(one)}$`) }).waitFor();
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).toContain('gone'));
    await eventually(async () => expect((await drawnNode(lanes, 'Bluefinch')).classes).not.toContain('gone'));
    await eventually(async () => expect(await placesOf(page)).toEqual(before));
    await page.keyboard.press('[');
    await waitForTierCounts(page, none);
    await accessLines('0');
    expect(await findViolations(page)).toEqual([]);

    // An address opens at its hop.
    await page.goto(`${quillmarkIncident}&hop=1`);
    await waitForTierCounts(page, one);
    await eventually(async () => expect(await placesOf(page)).toEqual(before));
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).toContain('gone'));
    await lanes.focus();
    await page.keyboard.press(']');
    await waitForTierCounts(page, all);
    await eventually(() => expect(hopOf(page)).toBeNull());
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).not.toContain('gone'));
    expect(complaints).toEqual([]);
  });

  it('[W806] play goes through the hops and ends at the last; without motion there is none, and Back and Next step', async () => {
    const { page, complaints } = await site.browser.open();
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    // A test that looks now and then may miss a hop.
    await page.addInitScript(() => {
      const hops: (string | null)[] = [];
      Object.assign(window, { hops });
      for (const name of ['pushState', 'replaceState'] as const) {
        const change = history[name];
        history[name] = (...args) => {
          change.apply(history, args);
          hops.push(new URL(location.href).searchParams.get('hop'));
        };
      }
    });
    await page.goto(quillmarkIncident);
    await foot(page).getByRole('button', { name: 'Play the spread' }).click();
    await eventually(async () => {
      const hops = await page.evaluate(() => (window as unknown as { readonly hops: readonly (string | null)[] }).hops);
      expect(hops.slice(hops.indexOf('0'))).toEqual(['0', '1', null]);
    });
    await foot(page).getByRole('button', { name: 'Play the spread' }).waitFor();
    await waitForTierCounts(page, await countsAt(2));

    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await foot(page).getByRole('button', { name: 'Back, the time' }).click();
    await page.waitForURL(/[?&]t=/);
    await eventually(async () => expect(await foot(page).getByRole('button', { name: /^Play/ }).count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W807] at an instant the caption and the lanes say what was there, as the server answers for it', async () => {
    const { page, complaints, settle } = await site.browser.open();
    // Before its last transfers to Quillmark.
    const at = '2026-09-19T00:00:00.000Z';
    await page.goto(`${quillmarkIncident}&t=2026-09-19T00:00Z`);
    const { flows } = await askRadius({
      origins: ['quillmark'],
      core: { from: at, to: at },
      widest: { from: at, to: at },
      options: { maxHops: 0 },
    });
    const own = flows.filter(({ holder }) => holder?.organization.id === 'quillmark');
    const held = own.reduce((sum, { exposedCount }) => sum + exposedCount, 0);
    const possible = own.reduce((sum, { possibleCount }) => sum + possibleCount, 0);
    expect(held).toBeGreaterThan(0);
    await foot(page)
      .getByText(`${held} held by Quillmark${possible === 0 ? '' : `, ${possible} more possibly`}.`, { exact: false })
      .waitFor();
    await waitForTierCounts(page, await countsAt(2));
    await settle();
    expect(await findViolations(page)).toEqual([]);
    await page.getByTestId('lanes').focus();
    await page.keyboard.press('.');
    await page.waitForURL((url) => !/t=2026-09-19T00/.test(url.search) && /[?&]t=/.test(url.search));
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('t'));
    expect(complaints).toEqual([]);
  });

  it('[W808] 1024 x 768 shows the origin, and a picture of half of the window', async () => {
    const { page, complaints, settle } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto(quillmarkIncident);
    const lanes = page.getByTestId('lanes');
    await drawnNode(lanes, 'Quillmark');
    await settle();
    await eventually(async () => {
      const [canvas, { box }] = [await boxAtRest(lanes), await drawnNode(lanes, 'Quillmark')];
      expect(canvas.height).toBeGreaterThanOrEqual(768 / 2);
      expect(box.y).toBeGreaterThanOrEqual(canvas.y);
      expect(box.y + box.height).toBeLessThanOrEqual(canvas.y + canvas.height);
    });
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show list' }).click();
    await page.getByRole('row', { name: /Preference scheme P4/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
