import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

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
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface OpenedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A real, headless Chromium with a profile of its own, which is deleted afterwards. Throws if there is none on PATH. */
export async function startChromium(baseUrl: string): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium on the PATH (Debian: apt-get install chromium).');
  const folder = mkdtempSync(join(tmpdir(), 'exposure-chromium-'));
  const browser = await chromium.launch({
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
      `--crash-dumps-dir=${folder}`,
    ],
  });
  const contexts: BrowserContext[] = [];
  return {
    async open({ colorScheme = 'light', width = 1440, height = 900 } = {}) {
      const context = await browser.newContext({
        baseURL: baseUrl,
        colorScheme,
        viewport: { width, height },
        reducedMotion: 'reduce',
        acceptDownloads: true,
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('request', (request) => {
        const isOurs = request.url().startsWith(baseUrl) || /^(data|blob|about):/.test(request.url());
        if (!isOurs) complaints.push(`asked another host: ${request.url()}`);
      });
      return { page, complaints };
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
