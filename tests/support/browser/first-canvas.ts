import type { Page } from 'playwright-core';

/** A moment that a reader waits for: the first row of the list, which needs no canvas, or the canvas. */
export type FirstMoment = 'first-row' | 'first-canvas';

/** Notes the moments at which the first row of the list and the lanes are in the page. Call it before the page is opened. */
export async function noteFirstMoments(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // Files that the page fetches while it is idle are not waited for. A slow machine would fetch them in between.
    window.requestIdleCallback = () => 0;
    const awaited = new Map([
      ['first-row', '[aria-label="Affected artifacts"] [data-row]'],
      ['first-canvas', '[data-testid="lanes"][data-drawn]'],
    ]);
    new MutationObserver((_, observer) => {
      for (const [moment, selector] of awaited) {
        if (document.querySelector(selector) === null) continue;
        awaited.delete(moment);
        performance.mark(moment);
      }
      if (awaited.size === 0) observer.disconnect();
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
}

/** The addresses of everything that was asked for before a moment. */
export async function askedBefore(page: Page, moment: FirstMoment): Promise<ReadonlySet<string>> {
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, moment);
  return new Set(
    await page.evaluate(async (name) => {
      // A file is listed once it has come.
      await document.fonts.ready;
      const at = performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
      return performance.getEntriesByType('resource').flatMap((entry) => (entry.startTime <= at ? [entry.name] : []));
    }, moment),
  );
}
