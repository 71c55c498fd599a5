import { boxAtRest } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, type OpenedPage, shareChromium } from '../support/browser/chromium.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { eventually } from '../support/eventually.ts';
import { type LargeRadiusServer, serveLargeRadius } from '../support/servers/large-radius-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { largeOrigin, largeRadius } from '../support/worlds/large-radius-world.ts';

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

/** Chooses a size, and waits until the page is laid out for it. */
async function choose({ page, settle }: OpenedPage, percent: number): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('radio', { name: `${percent}%` }).check();
  await page.keyboard.press('Escape');
  await settle();
}

describe('the label size', () => {
  it('[W286] lays each picture of a radius out for larger labels, keeps their targets under the pointer, and outlasts a reload', async () => {
    const opened = await browser.open();
    const { page, complaints } = opened;
    for (const [view, name] of [
      ['flows', '[data-key] text'],
      ['matrix', 'tbody th'],
      ['time', '[data-key] text'],
    ]) {
      await page.goto(`${largeRadius}&view=${view}`);
      const picture = page.getByTestId(view as string);
      const label = picture.locator(name as string).first();
      await choose(opened, 100);
      const [small, width] = [await boxAtRest(label), await picture.evaluate((element) => element.clientWidth)];
      await choose(opened, 150);
      await eventually(async () => {
        const large = await boxAtRest(label);
        expect([view, large.height / small.height]).toEqual([view, expect.closeTo(1.5, 0.1)]);
      });
      // The picture is laid out in two thirds of the width. The matrix scrolls.
      if (view !== 'matrix')
        await eventually(async () => expect(await picture.evaluate((element) => element.clientWidth)).toBeCloseTo(width / 1.5, -1));
    }
    // The middle of the core window, in the first row.
    const time = page.getByTestId('time');
    const [row, june] = [await boxAtRest(time.locator('[data-target]').first()), await boxAtRest(time.locator('[class*=core]').first())];
    await page.mouse.move(june.x + june.width / 2, row.y + row.height / 2);
    await page
      .locator('main')
      .getByText(/Contractor 1\b.*Jun 1[0-9]/)
      .waitFor();
    await page.goto(`${largeRadius}&view=lanes`);
    const lanes = page.getByTestId('lanes');
    // Lanes with larger labels may be wider and higher than their canvas, and are panned by a drag of the ground.
    await readScene(lanes);
    const ground = await boxAtRest(lanes);
    // Between the last hop and the labs, where no plate is dragged.
    const [x, y] = [ground.x + ground.width * 0.84, ground.y + 4];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 100, y + 90, { steps: 4 });
    await page.mouse.move(x - 400, y + 350, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => {
      const { box } = await drawnNode(lanes, 'Laboratory 1');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 2 });
      expect(await lanes.getAttribute('title')).toMatch(/^Laboratory 1,/);
    });

    await page.goto(`/explore?n=organization:${largeOrigin}`);
    await page.getByTestId('graph').waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await eventually(async () => expect(await page.getByRole('radio', { name: '150%' }).isChecked()).toBe(true));
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
