import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { type Browser, startChromium } from '../../support/browser/chromium.ts';
import { askedBefore, noteFirstMoments } from '../../support/browser/first-canvas.ts';
import { quillmarkIncident } from '../../support/browser/tier-counts.ts';
import { startServer } from '../../support/servers/running-server.ts';
import { largeRadius, largeRadiusFiles } from '../../support/worlds/large-radius-world.ts';
import type { WorldSize } from '../large-world.ts';
import { importInto, serveFiles, startOwnServer } from '../own-server.ts';
import { milliseconds, type Report, summarizeTimes } from '../report.ts';
import { writeWorldFiles } from '../world-files.ts';
import type { LayoutTimes } from './layouts.ts';

interface PageSize {
  readonly world: WorldSize;
  /** Runs of fcose, which takes up to minutes. */
  readonly fcoseRounds: number;
  readonly drags: number;
}

/** Measures the page in Chromium: layouts, the way to the first canvas, and moves of the time window. */
export async function benchPage({ world, fcoseRounds, drags }: PageSize, report: Report): Promise<void> {
  const demo = await startServer();
  const browser = await startChromium(demo.url);
  try {
    await benchLayouts(browser, fcoseRounds, report);
    await benchFrames(browser, report);
    await benchFirstCanvas(browser, `${demo.url}${quillmarkIncident}`, report);
    await benchDrag(browser, `${demo.url}${quillmarkIncident}`, 'the demo world', drags, report);
    await benchLargeDrag(browser, world, drags, report);
    await benchLargeRadius(browser, drags, report);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

const ENTRIES = {
  layouts: new URL('./layouts.ts', import.meta.url),
  panning: new URL('./panning.ts', import.meta.url),
};

/** Builds a module of this folder for the browser, under a global name. */
async function openWith(browser: Browser, name: keyof typeof ENTRIES): Promise<Page> {
  const entry = fileURLToPath(ENTRIES[name]);
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing.');
  const { page } = await browser.open();
  await page.addScriptTag({ content: output.output[0].code });
  return page;
}

/** Frame times while a canvas is panned and a node of it is dragged, beside a bare Cytoscape with equal elements. */
async function benchFrames(browser: Browser, report: Report): Promise<void> {
  const page = await openWith(browser, 'panning');
  page.on('pageerror', (error) => {
    throw error;
  });
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The page has no browser.');
  const frames = 120;
  for (const [what, shape, nodes, links] of [
    ['500 nodes and 1500 links', 'mesh', 500, 1500],
    ['a hub of 300 neighbors', 'hub', 301, 300],
    ['a radius of 2208 artifacts', 'radius', 2208, 3000],
  ] as const) {
    const measure = async (whose: 'own' | 'bare', gesture: 'pan' | 'drag') => {
      await page.evaluate(`panning.openCanvas('${whose}', '${shape}', ${nodes}, ${links})`);
      const before = await cpuMs(session);
      const times = await page.evaluate<number[]>(`panning.moveCanvas('${gesture}', ${frames})`);
      return { ...summarizeTimes(times), cpu: ((await cpuMs(session)) - before) / frames };
    };
    for (const gesture of ['pan', 'drag'] as const) {
      const [mine, theirs] = [await measure('own', gesture), await measure('bare', gesture)];
      const words = ({ median, p95, cpu }: typeof mine) =>
        `median ${milliseconds(median)}, p95 ${milliseconds(p95)}, ${milliseconds(cpu)} of CPU`;
      report.line(
        `a frame, ${gesture} of ${what}: ${words(mine)}; bare Cytoscape ${words(theirs)}: ${(mine.cpu / theirs.cpu).toFixed(2)}x the CPU`,
      );
    }
  }
  await page.close();
}

/** The processor time, in ms, that all processes of Chromium took until now. */
async function cpuMs(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

async function benchLayouts(browser: Browser, fcoseRounds: number, report: Report): Promise<void> {
  const page = await openWith(browser, 'layouts');
  const nodes = 1000;
  const links = 3000;
  const times = (await page.evaluate(`layouts.measureLayouts(${nodes}, ${links}, 21, ${fcoseRounds})`)) as LayoutTimes;
  for (const name of ['lanes', 'flows', 'matrix'] as const) {
    report.ratio(
      `${name} of ${nodes} nodes and ${links} links, beside fcose`,
      summarizeTimes(times[name]),
      summarizeTimes(times.fcoseDefault),
    );
    report.ratio(`  beside fcose in draft quality`, summarizeTimes(times[name]), summarizeTimes(times.fcoseDraft));
  }
  await page.close();
}

/** Bytes as sent, and the time until the lanes are drawn, without anything in the cache. */
async function benchFirstCanvas(browser: Browser, url: string, report: Report): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 5; round++) {
    const { page } = await browser.open();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const files = new Map<string, string>();
    const sizes = new Map<string, number>();
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (['Script', 'Stylesheet', 'Font'].includes(type)) files.set(requestId, response.url);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const file = files.get(requestId);
      if (file !== undefined) sizes.set(file, encodedDataLength);
    });
    await noteFirstMoments(page);
    const start = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('[data-testid="lanes"][data-drawn]').waitFor();
    times.push(performance.now() - start);
    const asked = await askedBefore(page, 'first-canvas');
    bytes = [...sizes].reduce((sum, [file, size]) => sum + (asked.has(file) ? size : 0), 0);
    await page.close();
  }
  report.line(
    `first canvas of the demo world, cold: ${milliseconds(summarizeTimes(times).median)}; ${Math.round(bytes / 1000)} kB of scripts, styles and fonts as sent`,
  );
}

async function benchLargeDrag(browser: Browser, world: WorldSize, drags: number, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const files = join(folder, 'world');
    await writeWorldFiles(world, files);
    importInto(folder, files);
    const server = await startOwnServer(folder);
    try {
      const url = `${server.url}/blast?o=org-000150&core=2025-06-01T00:00Z..2025-07-01T00:00Z&widest=2025-01-01T00:00Z..2026-01-01T00:00Z`;
      await benchDrag(browser, url, `${world.transfers} transfers`, drags, report);
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Moves of the window over a radius of 2,208 artifacts at 62 holders, of 56 labs. */
async function benchLargeRadius(browser: Browser, drags: number, report: Report): Promise<void> {
  const server = await serveFiles(largeRadiusFiles({ artifacts: 2208, holders: 62, labs: 56 }));
  try {
    await benchDrag(browser, `${server.url}${largeRadius}`, 'a radius of 2208 artifacts', drags, report);
  } finally {
    server.stop();
  }
}

/** From a key on a handle of the time window to the frame that shows the answer. */
async function benchDrag(browser: Browser, url: string, what: string, drags: number, report: Report): Promise<void> {
  const { page } = await browser.open();
  await page.goto(url);
  await page.locator('button[data-tier]').first().waitFor();
  await page.waitForLoadState('networkidle');
  // The first move leaves the window of the incident, and a band above the picture says so.
  const first = await timeOneMove(page, 'ArrowLeft');
  const times: number[] = [];
  for (let i = 0; i < drags; i++) times.push(await timeOneMove(page, i % 2 === 0 ? 'ArrowLeft' : 'ArrowRight'));
  const { median, p95, max } = summarizeTimes(times);
  report.line(
    `window move on ${what}, key to painted answer: median ${milliseconds(median)}, p95 ${milliseconds(p95)}, most ${milliseconds(max)}, ${drags} moves; the first ${milliseconds(first)}`,
  );
  await page.close();
}

async function timeOneMove(page: Page, key: string): Promise<number> {
  return page.evaluate((pressed) => {
    const handle = document.querySelector<SVGElement>('[role="slider"][aria-label*="idest"]');
    const shown = document.querySelector('main header p');
    if (handle === null || shown === null) throw new Error('The page has no time window.');
    return new Promise<number>((done) => {
      const start = performance.now();
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
      });
      observer.observe(shown, { childList: true, characterData: true, subtree: true });
      handle.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
    });
  }, key);
}
