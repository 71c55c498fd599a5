import type { Locator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { expect } from '../test.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place of an element in the window, in CSS pixels, once the element is visible and two frames in a row show it at the same place. */
export async function boxAtRest(element: Locator): Promise<Box> {
  await element.waitFor();
  return element.evaluate(async (one) => {
    const read = () => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x, y, width, height };
    };
    for (let before = ''; ; ) {
      const box = read();
      if (JSON.stringify(box) === before) return box;
      before = JSON.stringify(box);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
}

/** Presses the button that leads to what is below the foot of a picture, until nothing is. The picture takes the button away when it comes to its end. */
export async function scrollBelow(button: Locator): Promise<void> {
  await eventually(async () => {
    if ((await button.count()) > 0) await button.first().click({ timeout: 1000 });
    expect(await button.count()).toBe(0);
  });
}
