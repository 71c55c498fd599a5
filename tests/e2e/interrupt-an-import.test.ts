import type { Page } from 'playwright-core';
import { makeWorkbook } from '../import/look-alikes/workbook-for-tests.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { TcpProxy } from '../support/servers/tcp-proxy.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

let proxy: TcpProxy;
const servers: RunningServer[] = [];
let browser: Browser;
beforeAll(async () => {
  servers.push(await startServer({ isDemo: false }));
  proxy = await TcpProxy.open(portOf(servers[0] as RunningServer));
  browser = await shareChromium(`http://127.0.0.1:${proxy.port}`);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  for (const server of servers.reverse()) await server.stop();
});

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);

/** Kills the server as in a power cut. */
async function kill(): Promise<void> {
  await servers.at(-1)?.kill();
  await proxy.refuse();
}

/** Starts another server over the store and the drafts of the first, at the address that the page knows. */
async function startAgain(): Promise<void> {
  const { folder } = servers[0] as RunningServer;
  const environment = { EXPOSURE_STORE: `sqlite:${folder}/exposure.db`, EXPOSURE_DATA: folder };
  const server = await startServer({ isDemo: false, environment });
  servers.push(server);
  proxy.serverPort = portOf(server);
  await proxy.listen();
}

const count = 2500;
const inWords = (rows: number) => rows.toLocaleString('en-US');
/** So many rows that a commit is under way for long enough to be interrupted. */
const register = (companies: number) =>
  makeWorkbook({
    Companies: [['ref_id', 'name', 'Country'], ...Array.from({ length: companies }, (_, i) => [`E-${i}`, `Company ${i} Works`, 'Germany'])],
    Contracts: [
      ['Contract number', 'Client', 'Provider', 'Description'],
      ...Array.from({ length: companies - 1 }, (_, i) => [`C-${i}`, 'E-0', `E-${i + 1}`, `Service ${i % 7}`]),
    ],
  });

async function upload(page: Page, companies: number): Promise<void> {
  await page.goto('/import');
  await page.getByLabel('Source (optional)').fill('Register');
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.getByLabel('CSV files').setInputFiles({ name: 'register.xlsx', mimeType, buffer: register(companies) });
}

/** Commits, and kills the server once the page shows that the commit is under way. */
async function commitAndKill(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: words }).click({ timeout: 60_000 });
  // Looks in each frame: the commit takes about a second.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main *')].some(({ textContent }) => /^(Reading the files|Writing)/.test(textContent ?? '')),
  );
  await kill();
  await page.getByRole('alert').filter({ hasText: 'The import goes on when the server is back.' }).waitFor();
}

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${proxy.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

describe('an import whose server is killed while it commits', () => {
  it('[W328] goes on and is shown without a click once a server is back, also over a reload and for the next edition of a workbook, each once', async () => {
    const { page } = await browser.open();
    page.setDefaultTimeout(60_000);
    await upload(page, count);
    await commitAndKill(page, `Commit ${inWords(2 * count - 1)} changes`);
    await startAgain();
    const outcome = page.getByRole('main').getByText(/^Imported: /);
    await outcome.waitFor();
    await eventually(async () => expect(await outcome.textContent()).toBe(`Imported: ${inWords(2 * count - 1)} created, 0 updated.`));

    await upload(page, count - 10);
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await commitAndKill(page, 'Commit 10 changes');
    await startAgain();
    await page.reload();
    await outcome.waitFor();
    await eventually(async () =>
      expect(await outcome.textContent()).toBe(`Imported: 0 created, 10 updated, ${inWords(2 * count - 21)} unchanged.`),
    );
    const found = await ask<unknown>('{ imports(first: 5) { edges { node { state report { created updated } } } } }');
    expect(found).toMatchObject({
      imports: {
        edges: [
          { node: { state: 'COMMITTED', report: { created: 0, updated: 10 } } },
          { node: { state: 'COMMITTED', report: { created: 2 * count - 1, updated: 0 } } },
        ],
      },
    });
    await page.goto('/import');
    await page.getByRole('cell', { name: 'Imported', exact: true }).nth(1).waitFor();
    await eventually(async () => expect(await page.getByRole('cell', { name: 'Imported', exact: true }).count()).toBe(2));
  }, 300_000);
});
