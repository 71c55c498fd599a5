import type { Page } from 'playwright-core';

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
  const deadline = Date.now() + 15_000;
  for (;;) {
    const counts = await readTierCounts(page);
    if (counts.length === 3 && counts.every((count, tier) => count === expected[tier])) return;
    if (Date.now() > deadline) throw new Error(`The band shows ${counts.join(', ')}; expected ${expected.join(', ')}.`);
    await page.waitForTimeout(100);
  }
}

/** The address of the demo world's incident at Quillmark. */
export const quillmarkIncident = '/blast?incident=INC-02';
