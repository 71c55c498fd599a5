/**
 * `npm run lighthouse [-- NAME]`: Lighthouse 12 (desktop) over the built page and the demo world, view by view: performance, accessibility and
 * best practices of 100. npx fetches Lighthouse when it is first needed; it is no part of CI. NAME selects views by a part of their name.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoScreens } from '../../screenshots/screens.ts';
import { findChromium } from '../../support/browser/chromium.ts';
import { startServer } from '../../support/servers/running-server.ts';

const chromium = findChromium();
if (chromium === undefined) throw new Error('There is no Chromium on the PATH (Debian: apt-get install chromium).');
const wanted = process.argv[2] ?? '';
const server = await startServer();
const folder = mkdtempSync(join(tmpdir(), 'exposure-lighthouse-'));
try {
  for (const { name, path } of demoScreens.filter((screen) => screen.name.includes(wanted))) {
    const output = join(folder, `${name}.json`);
    const flags = ['--preset=desktop', '--quiet', '--output=json', `--output-path=${output}`];
    const categories = '--only-categories=performance,accessibility,best-practices';
    execFileSync(
      'npx',
      ['--yes', 'lighthouse@12.8.2', `${server.url}${path}`, ...flags, categories, '--chrome-flags=--headless --no-sandbox --disable-gpu'],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CHROME_PATH: chromium } },
    );
    const { categories: scores } = JSON.parse(readFileSync(output, 'utf8')) as {
      categories: Record<string, { score: number | null }>;
    };
    const text = Object.entries(scores).map(([id, { score }]) => `${id} ${Math.round((score ?? 0) * 100)}`);
    process.stdout.write(`${name}: ${text.join(', ')}\n`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
