import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
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

async function choose(page: Page, percent: number): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('radio', { name: `${percent}%` }).check();
  await page.keyboard.press('Escape');
}

describe('the label size', () => {
  it('[W286] lays each picture of a radius out for larger labels, keeps their targets under the pointer, and outlasts a reload', async () => {
    const { page, complaints } = await browser.open();
    for (const [view, name] of [
      ['flows', '[data-key] text'],
      ['matrix', 'tbody th'],
      ['time', '[data-key] text'],
    ]) {
      await page.goto(`${largeRadius}&view=${view}`);
      const picture = page.getByTestId(view as string);
      const label = picture.locator(name as string).first();
      await choose(page, 100);
      const [small, width] = [await label.boundingBox(), await picture.evaluate((element) => element.clientWidth)];
      await choose(page, 150);
      const large = await label.boundingBox();
      expect([view, (large?.height ?? 0) / (small?.height ?? 1)]).toEqual([view, expect.closeTo(1.5, 0.1)]);
      // The picture is laid out in two thirds of the width. The matrix scrolls.
      if (view !== 'matrix') expect(await picture.evaluate((element) => element.clientWidth)).toBeCloseTo(width / 1.5, -1);
    }
    // The middle of the core window, in the first row.
    const time = page.getByTestId('time');
    const [row, june] = [
      await time.locator('[data-target]').first().boundingBox(),
      await time.locator('[class*=core]').first().boundingBox(),
    ];
    await page.mouse.move((june?.x ?? 0) + (june?.width ?? 0) / 2, (row?.y ?? 0) + (row?.height ?? 0) / 2);
    await page
      .locator('main')
      .getByText(/Contractor 1\b.*Jun 1[0-9]/)
      .waitFor();
    await page.goto(`${largeRadius}&view=lanes`);
    const lanes = page.getByTestId('lanes');
    // Lanes with larger labels may be wider and higher than their canvas, and are panned by a drag of the ground.
    await readScene(lanes);
    const ground = await lanes.boundingBox();
    // Between the last hop and the labs, where no plate is dragged.
    const [x, y] = [(ground?.x ?? 0) + (ground?.width ?? 0) * 0.84, (ground?.y ?? 0) + 4];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 100, y + 90, { steps: 4 });
    await page.mouse.move(x - 400, y + 350, { steps: 4 });
    await page.mouse.up();
    const { box } = await drawnNode(lanes, 'Laboratory 1');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 2 });
    await eventually(async () => expect(await lanes.getAttribute('title')).toMatch(/^Laboratory 1,/));

    await page.goto(`/explore?n=organization:${largeOrigin}`);
    await page.getByTestId('graph').waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    expect(await page.getByRole('radio', { name: '150%' }).isChecked()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
