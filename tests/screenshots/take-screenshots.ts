/**
 * `npm run screenshots [-- --into FOLDER] [--only NAME] [--width N]`: every view as WebP, in both themes, over the demo world and over a large
 * one. The files go to docs/screens unless --into names another folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { serveFiles } from '../bench/own-server.ts';
import { startChromium } from '../support/browser/chromium.ts';
import { startServer } from '../support/servers/running-server.ts';
import { largeRadiusFiles } from '../support/worlds/large-radius-world.ts';
import { demoScreens, largeScreens, type Screen } from './screens.ts';

const { values } = parseArgs({
  options: { into: { type: 'string', default: 'docs/screens' }, only: { type: 'string' }, width: { type: 'string', default: '1440' } },
});
const folder = values.into;
mkdirSync(folder, { recursive: true });

await take('demo', await startServer(), demoScreens);
await take('large', await serveFiles(largeRadiusFiles({ artifacts: 2300, holders: 20, labs: 12 })), largeScreens);

interface Served {
  readonly url: string;
  stop(): void | Promise<void>;
}

async function take(world: string, server: Served, screens: readonly Screen[]): Promise<void> {
  const browser = await startChromium(server.url);
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, settle } = await browser.open({ colorScheme, width: Number(values.width) });
      for (const { name, path, ready, open } of screens.filter((screen) => screen.name.includes(values.only ?? ''))) {
        await page.goto(path);
        await page.locator('main').getByText(ready).first().waitFor();
        await page.waitForLoadState('networkidle');
        // Parts that load when the page is idle come late on a busy machine.
        await settle();
        if (open !== undefined) {
          await page.getByRole('button', { name: open.button }).click();
          await page.getByText(open.ready).first().waitFor();
        }
        const file = `${name}-${world}-${colorScheme}.webp`;
        writeFileSync(join(folder, file), await photograph(page));
        process.stdout.write(`${file}\n`);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The window as WebP. Playwright itself writes only PNG and JPEG, which take several times as much space. */
async function photograph(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await session.detach();
  return Buffer.from(data, 'base64');
}
