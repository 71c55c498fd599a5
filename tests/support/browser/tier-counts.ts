import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { expect } from '../test.ts';

/** The figures of the summary band: exposed, possible, contained. */
export async function readTierCounts(page: Page): Promise<number[]> {
  const buttons = page.locator('button[data-tier]');
  await buttons.first().waitFor();
  const texts = await buttons.allInnerTexts();
  return texts.map((text) => Number(/\n?(\d[\d,]*)\n/.exec(text)?.[1]?.replaceAll(',', '')));
}

/** Waits until the summary band shows these figures. Throws with the figures that it showed last. */
export async function waitForTierCounts(
  page: Page,
  expected: readonly [exposed: number, possible: number, contained: number],
): Promise<void> {
  await eventually(async () => expect(await readTierCounts(page)).toEqual(expected));
}

/** The address of the demo world's incident at Quillmark. */
export const quillmarkIncident = '/blast?incident=INC-02';
