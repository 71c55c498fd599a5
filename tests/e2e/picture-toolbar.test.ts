import { boxAtRest } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { drawnNode, readLines, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('the toolbar of the picture', () => {
  it('[W1070] is one stop of Tab, with arrows inside; it stays, and so does the focus, when another picture is chosen', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await readScene(page.getByTestId('lanes'));
    await settle();
    const bar = page.getByRole('toolbar', { name: 'Picture' });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    await bar.getByRole('button', { name: 'Size Equal' }).waitFor();
    await bar.getByRole('button', { name: 'Graph' }).focus();
    for (const name of [
      ...['Graph', 'Flows', 'Matrix', 'Time', 'Layout Lanes', 'Color Tier', 'Size Equal', 'Undo', 'Redo', 'Show in Explore'],
      'Save the canvas',
    ]) {
      await eventually(async () => expect(await focused()).toBe(name));
      await page.keyboard.press('ArrowRight');
    }
    await eventually(async () => expect(await focused()).toBe('Graph'));
    await page.keyboard.press('Tab');
    await eventually(async () =>
      expect(await page.getByTestId('lanes').evaluate((canvas) => canvas === document.activeElement)).toBe(true),
    );
    await page.keyboard.press('Shift+Tab');
    await eventually(async () => expect(await focused()).toBe('Save the canvas'));

    await bar.getByRole('button', { name: 'Matrix' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/view=matrix/);
    await bar.getByRole('group', { name: 'Order of rows and columns' }).waitFor();
    await eventually(async () => expect(await focused()).toBe('Matrix'));
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W1071] [W1072] the layout is a choice: rings and free show holders and labs alone, with every line; undo goes back', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await readScene(page.getByTestId('lanes'));
    await settle();
    for (const word of ['Rings', 'Free']) {
      await page.getByRole('button', { name: /^Layout/ }).click();
      await page.getByRole('menuitemradio', { name: word }).click();
      await page.waitForURL(new RegExp(`layout=${word.toLowerCase()}`));
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      const graph = page.getByTestId('graph');
      for (const name of ['Quillmark', 'Bluefinch', 'Corvale Review', 'Eastmere', 'Aurelis Labs', 'Dovemoor']) await drawnNode(graph, name);
      await eventually(async () => expect(await readLines(graph)).toMatchObject({ undrawn: [] }));
      await eventually(async () => expect((await readLines(graph)).count).toBeGreaterThan(8));
      await waitForTierCounts(page, [14, 6, 5]);
      expect(await findViolations(page)).toEqual([]);
    }
    await page.keyboard.press('Control+z');
    await page.waitForURL(/layout=rings/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForURL((url) => !url.searchParams.has('layout'));
    await readScene(page.getByTestId('lanes'));
    expect(complaints).toEqual([]);
  });

  it('[W1072] Explore draws each of its lines, in every layout', async () => {
    const { page, complaints, settle } = await site.browser.open();
    for (const layout of ['rank', 'rings', 'free']) {
      await page.goto(`/explore?overlay=INC-02&layout=${layout}`);
      const graph = page.getByTestId('graph');
      await readScene(graph);
      await settle();
      await eventually(async () => expect(await readLines(graph)).toMatchObject({ undrawn: [] }));
      await eventually(async () => expect((await readLines(graph)).count).toBeGreaterThan(20));
    }
    expect(complaints).toEqual([]);
  });

  it('[W1073] at 1024 pixels the legend is behind a button, and the zoom lies on the canvas', async () => {
    const { page, complaints, settle } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto(quillmarkIncident);
    await readScene(page.getByTestId('lanes'));
    await settle();
    const legend = page.getByRole('list', { name: 'Legend' });
    await eventually(async () => expect(await legend.isVisible()).toBe(false));
    const canvas = await boxAtRest(page.getByTestId('lanes'));
    const zoom = await boxAtRest(page.getByRole('toolbar', { name: 'Canvas view' }));
    expect(zoom.y > canvas.y && zoom.y + zoom.height < canvas.y + canvas.height).toBe(true);
    // The picture has more than half of the window.
    expect(canvas.height).toBeGreaterThan(384);
    await page.getByRole('button', { name: 'Legend' }).click();
    await legend.waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
