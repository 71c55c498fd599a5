import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, readTierCounts, waitForTierCounts } from '../support/browser/tier-counts.ts';
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
  it('[W805] hops: band, list and lanes follow the answer for them, every place stays, and keys step them', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    const lanes = page.getByTestId('lanes');
    await foot(page).getByRole('slider', { name: 'Hops shown' }).waitFor();
    await settle();
    const before = await placesOf(page);
    const [all, one, none] = [await countsAt(2), await countsAt(1), await countsAt(0)];
    expect(await readTierCounts(page)).toEqual(all);
    const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    await foot(page)
      .getByText(`+${totalOf(all) - totalOf(one)}`)
      .waitFor();

    await lanes.focus();
    await page.keyboard.press('[');
    await waitForTierCounts(page, one);
    expect(hopOf(page)).toBe('1');
    await page.getByRole('tab', { name: new RegExp(`^Affected\\s*${totalOf(one)}$`) }).waitFor();
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).toContain('gone'));
    expect((await drawnNode(lanes, 'Bluefinch')).classes).not.toContain('gone');
    expect(await placesOf(page)).toEqual(before);
    await page.keyboard.press('[');
    await waitForTierCounts(page, none);
    expect(await findViolations(page)).toEqual([]);

    // An address opens at its hop.
    await page.goto(`${quillmarkIncident}&hop=1`);
    await waitForTierCounts(page, one);
    await eventually(async () => expect(await placesOf(page)).toEqual(before));
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).toContain('gone'));
    await lanes.focus();
    await page.keyboard.press(']');
    await waitForTierCounts(page, all);
    expect(hopOf(page)).toBeNull();
    await eventually(async () => expect((await drawnNode(lanes, 'Eastmere')).classes).not.toContain('gone'));
    expect(complaints).toEqual([]);
  });

  it('[W806] play goes through the hops and ends at the last; without motion there is none, and Back and Next step', async () => {
    const { page, complaints } = await site.browser.open();
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.goto(quillmarkIncident);
    const seen = new Set<string | null>();
    await foot(page).getByRole('button', { name: 'Play the spread' }).click();
    await eventually(async () => {
      seen.add(hopOf(page));
      expect([...seen]).toEqual(expect.arrayContaining(['0', '1', null]));
    });
    await foot(page).getByRole('button', { name: 'Play the spread' }).waitFor();
    await waitForTierCounts(page, await countsAt(2));

    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await foot(page).getByRole('button', { name: 'Back, the time' }).click();
    await page.waitForURL(/[?&]t=/);
    expect(await foot(page).getByRole('button', { name: /^Play/ }).count()).toBe(0);
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
    const origin = await drawnNode(lanes, 'Quillmark');
    await settle();
    const canvas = await lanes.boundingBox();
    expect(canvas?.height).toBeGreaterThanOrEqual(768 / 2);
    expect(origin.box.y).toBeGreaterThanOrEqual(canvas?.y ?? 0);
    expect(origin.box.y + origin.box.height).toBeLessThanOrEqual((canvas?.y ?? 0) + (canvas?.height ?? 0));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show list' }).click();
    await page.getByRole('row', { name: /Preference scheme P4/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
