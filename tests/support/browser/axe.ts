import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeScope {
  /** Only this part of the page: what a click has opened. */
  readonly within?: string;
  /** Only the contrast of colors: all that a change of the theme can break. */
  readonly colorsOnly?: boolean;
}

/** The axe rules that the page violates in its current state, each with the faulty element. */
export async function findViolations(page: Page, { within, colorsOnly = false }: AxeScope = {}): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(source);
  // Without `resultTypes`, axe describes every element that passes, which takes several times as long.
  const options = { resultTypes: ['violations'], ...(colorsOnly ? { runOnly: ['color-contrast'] } : {}) };
  const scope = within === undefined ? 'document' : JSON.stringify({ include: [[within]] });
  const { violations } = (await page.evaluate(`axe.run(${scope}, ${JSON.stringify(options)})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 800 },
  // As wide as the first at 200% zoom.
  { width: 720, height: 450 },
  { width: 320, height: 800 },
] as const;

/**
 * The violations of the page at each width and in both themes, or of a part of it on the widest and on the narrowest page, each once with where it was seen; also a page that
 * scrolls sideways, or as a whole: only its parts scroll. Leaves the page as it was: 1440 px wide, light.
 */
export async function findViolationsEverywhere(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (where: string, colorsOnly: boolean) => {
    for (const violation of await findViolations(page, { ...(within === undefined ? {} : { within }), colorsOnly })) {
      if (!found.some((known) => known.endsWith(violation))) found.push(`${where}: ${violation}`);
    }
  };
  let theme: 'light' | 'dark' = 'light';
  // A menu or dialog has no layout of its own between the widest and the narrowest page.
  for (const [i, size] of sizes.entries()) {
    if (within !== undefined && size.width < 1440 && size.width > 320) continue;
    if (i > 0) {
      await page.setViewportSize(size);
      await settle(page);
    }
    // A narrow page has other controls: what was open may be gone.
    if (within !== undefined && (await page.locator(within).count()) === 0) break;
    const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    if (isWide) found.push(`${size.width} px: the page scrolls sideways`);
    // A menu or dialog over a page may be higher than a window.
    if (within === undefined && (await page.evaluate('document.documentElement.scrollHeight > window.innerHeight')))
      found.push(`${size.width} px: the page scrolls as a whole, away from its content`);
    if (size.width === 720) continue;
    await look(`${size.width} px, ${theme}`, false);
    theme = theme === 'light' ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    await settle(page);
    await look(`${size.width} px, ${theme}`, true);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  await page.setViewportSize(sizes[0]);
  await settle(page);
  return found;
}

/** Two frames: the layout follows the size, and canvases follow the layout. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
