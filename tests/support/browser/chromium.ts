import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, type Browser as Chromium, chromium, type Page, type Request } from 'playwright-core';

/** Names under which Chromium is installed, Debian's first. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of the first Chromium on PATH, or undefined. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

export interface Browser {
  /** A page of its own. `complaints` collects the errors that it logs or throws. */
  open(options?: OpenOptions): Promise<OpenedPage>;
  /** How many pages are open. */
  countPages(): number;
  /** Closes the pages that were opened after the first `keptCount`. */
  closePages(keptCount: number): Promise<void>;
  /** Closes all pages. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Nobody used this browser before: the program opens with its first radius, if it has the demo world. */
  readonly isFirstVisit?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Resolves when every request is answered, the page has nothing left to do, and that led to no other request. */
  readonly settle: () => Promise<void>;
}

/** The longest wait for a page, in ms. */
const limitMs = 30_000;

/** A real, headless Chromium. Throws if there is none on PATH. */
export async function startChromium(baseUrl: string): Promise<Browser> {
  const chromium = await launchChromium();
  const pages = pagesOf(chromium, baseUrl);
  return {
    ...pages,
    async close() {
      await pages.close();
      await chromium.close();
    },
  };
}

let shared: Promise<Chromium> | undefined;

/** As `startChromium`, but all test files of this process share the Chromium. It ends once no file is left for the process. */
export async function shareChromium(baseUrl: string): Promise<Browser> {
  shared ??= launchShared();
  return pagesOf(await shared, baseUrl);
}

/** Jest's message to a worker for which no file is left. A worker ends when it has nothing open, and a Chromium is open. */
const noFileLeft = 2;

function launchShared(): Promise<Chromium> {
  const launched = launchChromium();
  const onMessage = ([kind]: readonly unknown[]) => {
    if (kind !== noFileLeft) return;
    process.off('message', onMessage);
    void launched.then((browser) => browser.close());
  };
  process.on('message', onMessage);
  return launched;
}

/** Each page has a profile of its own, and so its own cache and storage. */
function pagesOf(chromium: Chromium, baseUrl: string): Browser {
  const contexts: BrowserContext[] = [];
  const closePages = async (keptCount: number) => {
    for (const context of contexts.splice(keptCount)) await context.close();
  };
  return {
    async open({ colorScheme = 'light', width = 1440, height = 900, isFirstVisit = false } = {}) {
      const context = await chromium.newContext({
        baseURL: baseUrl,
        colorScheme,
        viewport: { width, height },
        reducedMotion: 'reduce',
        acceptDownloads: true,
      });
      contexts.push(context);
      // tsx compiles functions that run in the page, too, and names those inside of them by this.
      await context.addInitScript('globalThis.__name ??= (named) => named;');
      if (!isFirstVisit)
        await context.addInitScript(
          "localStorage.getItem('exposure-first-visit') ?? localStorage.setItem('exposure-first-visit', 'over');",
        );
      const page = await context.newPage();
      page.setDefaultTimeout(limitMs);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('request', (request) => {
        const isOurs = request.url().startsWith(baseUrl) || /^(data|blob|about):/.test(request.url());
        if (!isOurs) complaints.push(`asked another host: ${request.url()}`);
      });
      return { page, complaints, settle: settlerOf(page) };
    },
    countPages: () => contexts.length,
    closePages,
    close: () => closePages(0),
  };
}

/**
 * Features that Chromium runs without. Only the last such list counts, so this one repeats Playwright's (`chromiumSwitches`). Each window would load
 * two pages for its address bar, which nobody sees here, and each navigation would start a process for the next: together a quarter of the processor time.
 */
const disabledFeatures = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
  ...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

async function launchChromium(): Promise<Chromium> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium on the PATH (Debian: apt-get install chromium).');
  const folder = mkdtempSync(join(tmpdir(), 'exposure-chromium-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${disabledFeatures.join(',')}`,
      `--crash-dumps-dir=${folder}`,
    ],
  });
}

/** Playwright's `networkidle` waits for half a second without a request, on every page. */
function settlerOf(page: Page): () => Promise<void> {
  const pending = new Set<Request>();
  let askedCount = 0;
  page.on('request', (request) => {
    pending.add(request);
    askedCount++;
  });
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  return async () => {
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      if (pending.size > 0) {
        await sleep(10);
        continue;
      }
      const before = askedCount;
      await page.evaluate(untilIdle);
      if (pending.size === 0 && askedCount === before) return;
    }
    throw new Error(`The page still asks after ${limitMs / 1000} s: ${[...pending].map((request) => request.url()).join(', ')}`);
  };
}

/** An answer may wait behind other work, and lead to another request only after it is drawn. */
const untilIdle = `new Promise((done) => {
  const rest = (turns) => (turns === 0 ? done() : requestAnimationFrame(() => requestIdleCallback(() => rest(turns - 1), { timeout: 1000 })));
  rest(3);
})`;
