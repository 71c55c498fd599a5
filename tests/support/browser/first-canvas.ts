import type { Page } from 'playwright-core';

/** Notes the moment at which the first row of the lanes is in the page. Call it before the page is opened. */
export async function noteFirstCanvas(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-testid="lanes"] svg [data-row]') === null) return;
      observer.disconnect();
      performance.mark('first-canvas');
    }).observe(document, { childList: true, subtree: true });
  });
}

/**
 * The addresses of everything that was asked for before that moment. What the page fetches afterwards, while the browser is idle, is not
 * waited for.
 */
export async function askedBeforeCanvas(page: Page): Promise<ReadonlySet<string>> {
  await page.getByTestId('lanes').locator('svg [data-row]').first().waitFor();
  return new Set(
    await page.evaluate(() => {
      const moment = performance.getEntriesByName('first-canvas')[0]?.startTime ?? Number.NaN;
      return performance.getEntriesByType('resource').flatMap(({ name, startTime }) => (startTime <= moment ? [name] : []));
    }),
  );
}
