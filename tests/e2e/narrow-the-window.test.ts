import type { Core } from 'cytoscape';
import { parseBlastState } from '../../web/shared/url/blast-radius-url.ts';
import { inputOf } from '../../web/shared/url/radius-options-url.ts';
import { askOf } from '../graphql/ask-of.ts';
import { boxAtRest } from '../support/browser/at-rest.ts';
import { readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** The counts that the API gives for the address of a page. */
async function countsFor(address: string): Promise<readonly [number, number, number]> {
  const { data } = await askOf(
    site.server.url,
    'query ($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { exposedCount possibleCount containedCount } } }',
    { input: inputOf(parseBlastState(new URL(address).searchParams)) },
  );
  const { exposedCount, possibleCount, containedCount } = data.blastRadius.summary;
  return [exposedCount, possibleCount, containedCount];
}

describe('narrowing the window', () => {
  it('[W1123] the plot of the time begins with the weeks around the windows, and zooms out to all of it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    const edge = (name: string) => boxAtRest(page.getByRole('slider', { name }));
    const widthOf = async () => (await edge('End of the widest window')).x - (await edge('Start of the widest window')).x;
    const near = await widthOf();
    expect(near).toBeGreaterThan(40);
    const out = page.getByRole('button', { name: 'Zoom out' }).last();
    while (await out.isEnabled()) await out.click();
    expect(await widthOf()).toBeLessThan(near / 2);
    expect(complaints).toEqual([]);
  });

  it('[W1151] the handles range over all of the time, of which the plot shows a part', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    const start = page.getByRole('slider', { name: 'Start of the widest window' });
    const numberOf = async (name: string) => Number(await start.getAttribute(name));
    await start.waitFor();
    const near = [await numberOf('aria-valuemin'), await numberOf('aria-valuemax')];
    const out = page.getByRole('button', { name: 'Zoom out' }).last();
    // The plot begins with the weeks around the windows.
    expect(await out.isEnabled()).toBe(true);
    await start.focus();
    await page.keyboard.press('Home');
    await eventually(async () => expect(await numberOf('aria-valuenow')).toBe(near[0]));
    while (await out.isEnabled()) await out.click();
    expect([await numberOf('aria-valuemin'), await numberOf('aria-valuemax')]).toEqual(near);
    expect(complaints).toEqual([]);
  });

  it('[W289] a move whose answer has the same artifacts draws neither the lanes nor the list again, and dims nothing', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/blast?o=quillmark&core=2026-05-22T00:00Z..2026-06-03T00:00Z&widest=2026-03-24T00:00Z..2026-09-24T00:00Z');
    await readScene(page.getByTestId('lanes'));
    await page.waitForLoadState('networkidle');
    await settle();
    const asked = page.locator('main header p').first();
    const before = await asked.textContent();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const watch = (of: string, selector: string) => {
        const options = { subtree: true, childList: true, attributes: true, characterData: true };
        const element = document.querySelector(selector);
        if (element === null) throw new Error(`The page has no ${selector}.`);
        new MutationObserver((changes) =>
          seen.push(...changes.map(({ type, attributeName }) => `${of}: ${attributeName ?? type}`)),
        ).observe(element, options);
      };
      watch('lanes', '[data-testid="lanes"]');
      const { cy } = (document.querySelector('[data-testid="lanes"]') as unknown as { readonly _cyreg: { readonly cy: Core } })._cyreg;
      cy.on('add remove data position style', ({ type }) => seen.push(`lanes: ${type}`));
      watch('list', '[aria-label="Affected artifacts"]');
    });
    const end = page.getByRole('slider', { name: 'End of the widest window' });
    await end.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/2026-09-25/);
    await eventually(async () => expect(await asked.textContent()).not.toBe(before));
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);

    // A move that changes the artifacts is drawn.
    await page.getByLabel('Date range, in UTC').fill('May 8 - Jun 24, 2026');
    await page.keyboard.press('Enter');
    await eventually(async () =>
      expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain('lanes: remove'),
    );
    expect(complaints).toEqual([]);
  });

  it('[W96] by field, by handle and by a stroke, every answer is that of its window; the incident is marked edited until reverted', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    await settle();
    const edited = page.getByRole('region', { name: 'Unsaved changes' });
    await eventually(async () => expect(await edited.count()).toBe(0));
    const picture = await boxAtRest(page.getByTestId('lanes'));

    // One field.
    await page.getByLabel('Date range, in UTC').fill('May 8 - Jun 24, 2026');
    await page.keyboard.press('Enter');
    await page.waitForURL(/widest=2026-05-08/);
    await waitForTierCounts(page, await countsFor(page.url()));
    await edited.getByText(/core window and widest window/).waitFor();
    await eventually(async () => expect(await page.getByTestId('lanes').boundingBox()).toEqual(picture));

    // A text that is no range is answered by what to enter.
    await page.getByLabel('Date range, in UTC').fill('last spring');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/enter two dates, such as May 8 - Sep 24/)
      .waitFor();

    // A handle, by keyboard.
    const start = page.getByRole('slider', { name: 'Start of the core window' });
    await start.focus();
    await page.keyboard.press('PageUp');
    await page.waitForURL(/core=2026-05-15/);
    await waitForTierCounts(page, await countsFor(page.url()));

    // A stroke on the strip, zoomed in.
    await page.getByRole('button', { name: 'Zoom in on the windows' }).click();
    const before = page.url();
    const strip = await boxAtRest(page.getByRole('region', { name: 'Time window' }).locator('svg').last());
    await page.mouse.move(strip.x + strip.width * 0.2, strip.y + strip.height - 4);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * 0.5, strip.y + strip.height - 4, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL((url) => url.toString() !== before);
    await waitForTierCounts(page, await countsFor(page.url()));

    // As a new incident, and back to the saved one.
    await edited.getByRole('button', { name: 'Save as new' }).click();
    await edited.getByLabel('Name of the new incident').fill('Quillmark, spring');
    await edited.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('incident') !== 'INC-02');
    await edited.waitFor({ state: 'detached' });
    await page.goto(`${quillmarkIncident}&hops=0`);
    await edited.getByText(/other values: hops/).waitFor();
    await edited.getByRole('button', { name: 'Revert' }).click();
    await waitForTierCounts(page, [14, 6, 5]);
    await page.waitForURL((url) => url.search === '?incident=INC-02');
    expect(complaints).toEqual([]);
  });
});
