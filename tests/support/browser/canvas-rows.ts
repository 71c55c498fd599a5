import type { Page } from 'playwright-core';

/** Waits until the list beside the canvas has exactly this many rows. */
export async function waitForCanvasRows(page: Page, count: number): Promise<void> {
  const rows = page.locator('[data-twin] tbody tr');
  if (count > 0) await rows.nth(count - 1).waitFor();
  await rows.nth(count).waitFor({ state: 'detached' });
}
