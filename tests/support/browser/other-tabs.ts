import type { Page } from 'playwright-core';

/** Goes to another tab and comes back. Without this, headless Chromium tells every tab that it has the focus. */
export async function visitAnotherTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const other = await page.context().newPage();
  await other.bringToFront();
  await other.close();
  await page.bringToFront();
}

/**
 * Opens an address as a link that opens in a background tab. Headless Chromium calls every tab visible, so the page itself is told that it is
 * hidden.
 *
 * @returns brings the page to the front
 */
export async function openBehind(page: Page, address: string): Promise<() => Promise<void>> {
  await page.addInitScript(`
    let isHidden = true;
    Object.defineProperty(document, 'hidden', { get: () => isHidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
    window.comeToFront = () => {
      isHidden = false;
      document.dispatchEvent(new Event('visibilitychange'));
    };
  `);
  await page.goto(address);
  return () => page.evaluate('window.comeToFront()') as Promise<void>;
}
