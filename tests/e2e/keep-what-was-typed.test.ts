import type { Page } from 'playwright-core';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { visitAnotherTab } from '../support/browser/other-tabs.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { TcpProxy } from '../support/servers/tcp-proxy.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '../support/test.ts';

let proxy: TcpProxy;
let server: RunningServer;
let browser: Browser;
let token: string;
beforeAll(async () => {
  server = await startServer({ environment: { EXPOSURE_AUTH: 'required' } });
  proxy = await TcpProxy.open(Number(new URL(server.url).port));
  browser = await shareChromium(`http://127.0.0.1:${proxy.port}`);
  const store = await openStore(`sqlite:${server.folder}/exposure.db`);
  token = await new Tokens(store).create({ name: 'root', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now());
  await store.close();
});
afterEach(async () => {
  // A test that failed half-way leaves no silent server to the next.
  proxy.mode = 'pass';
  await proxy.listen();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}

async function openHistory() {
  const { page, settle } = await browser.open();
  await page.clock.install();
  await page.goto('/incidents/INC-02?tab=history');
  await logIn(page);
  const history = page.getByRole('region', { name: 'History' });
  const note = history.getByLabel('Note');
  await note.waitFor();
  // A browser keeps six connections to a server. While it is silent, questions that wait for an answer hold up the change.
  await settle();
  return { page, note, add: history.getByRole('button', { name: 'Add note' }), entries: history.getByRole('listitem') };
}

/** Puts facts as another person does. */
async function renameOrganization(page: Page, name: string): Promise<void> {
  const query = `mutation { putFacts(input: { organizations: [{ id: "other-writer", name: "${name}", roles: [VENDOR] }] }) { userErrors { message } } }`;
  const response = await page.request.post(`${server.url}/graphql`, {
    headers: { authorization: `Bearer ${token}` },
    data: { query },
  });
  expect(await response.json()).toEqual({ data: { putFacts: { userErrors: [] } } });
}

/** Waits until the server has saved a note exactly once, past the proxy. */
async function waitForNote(page: Page, text: string): Promise<void> {
  const count = async () => {
    const response = await page.request.post(`${server.url}/graphql`, {
      headers: { authorization: `Bearer ${token}` },
      data: { query: '{ incident(id: "INC-02") { entries(first: 50) { edges { node { text } } } } }' },
    });
    return (await response.text()).split(text).length - 1;
  };
  await eventually(async () => expect(await count()).toBe(1));
}

describe('text that somebody typed', () => {
  it('[W357] stays on the page when the session ends, hidden until its reader has logged in again', async () => {
    const { page, note, add, entries } = await openHistory();
    await note.fill('Called the vendor at noon.');
    await page.context().clearCookies();
    await add.click();
    const cover = page.getByRole('dialog', { name: 'Your session has ended' });
    await cover.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await cover.isVisible()).toBe(true));

    const [other] = await Promise.all([page.context().waitForEvent('page'), cover.getByRole('link', { name: 'Log in' }).click()]);
    await logIn(other);
    await other.getByRole('region', { name: 'History' }).waitFor();
    await other.close();
    await visitAnotherTab(page);
    await cover.waitFor({ state: 'detached' });
    await eventually(async () => expect(await note.inputValue()).toBe('Called the vendor at noon.'));
    await add.click();
    await entries.filter({ hasText: 'Called the vendor at noon.' }).waitFor();
    await eventually(async () => expect(await entries.filter({ hasText: 'Called the vendor at noon.' }).count()).toBe(1));

    // A page that holds no text leaves for the log-in page, as ever.
    await eventually(async () => expect(await note.inputValue()).toBe(''));
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Plan' }).click();
    await page.getByLabel('API token').waitFor();
  });

  it('[W358] is told to be saved or not where the answer was lost, and the page shows which; a press during the save sends nothing', async () => {
    const { page, note, add, entries } = await openHistory();
    await note.fill('Isolated the gateway.');
    proxy.mode = 'deaf';
    await add.click();
    await eventually(async () => expect(await add.isDisabled()).toBe(true));
    await add.click({ force: true });
    // The server saves the note, and its answer never arrives.
    await waitForNote(page, 'Isolated the gateway.');
    // A browser sends a request again whose connection ends, but not where nothing listens.
    await proxy.refuse();
    await page.getByRole('alert').filter({ hasText: 'The server did not answer, so this may be saved or not.' }).waitFor();
    proxy.mode = 'pass';
    await proxy.listen();
    await page.clock.fastForward(11_000);
    await entries.filter({ hasText: 'Isolated the gateway.' }).waitFor();
    await eventually(async () => expect(await note.inputValue()).toBe('Isolated the gateway.'));
    // Pressed again, it is not saved twice.
    await add.click();
    await eventually(async () => expect(await note.inputValue()).toBe(''));
    await waitForNote(page, 'Isolated the gateway.');
    await eventually(async () => expect(await entries.filter({ hasText: 'Isolated the gateway.' }).count()).toBe(1));
  });

  it('[W363] is saved once where the connection ends after the save, and the browser sends the change again', async () => {
    const { page, note, add, entries } = await openHistory();
    await note.fill('Blocked the tool.');
    proxy.mode = 'deaf';
    await add.click();
    await waitForNote(page, 'Blocked the tool.');
    const connections = proxy.connectionCount;
    proxy.mode = 'pass';
    proxy.cut();
    await eventually(async () => expect(await note.inputValue()).toBe(''));
    expect(proxy.connectionCount).toBeGreaterThan(connections);
    await entries.filter({ hasText: 'Blocked the tool.' }).waitFor();
    await eventually(async () => expect(await entries.filter({ hasText: 'Blocked the tool.' }).count()).toBe(1));
  });

  it('[W362] stays in the form of a record while other people write', async () => {
    const { page } = await browser.open();
    await page.clock.install();
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    await logIn(page);
    await page.getByRole('tab', { name: 'Sources' }).click();
    await page
      .getByRole('button', { name: /^Correct/ })
      .first()
      .click();
    const source = page.getByLabel('Source of the correction');
    await source.fill('letter of May 3');
    // The page may learn of the change before its clock is moved on, so the wait begins before the change.
    const answered = page.waitForResponse((response) => response.request().postDataJSON()?.operationName === 'FactToCorrect');
    await renameOrganization(page, 'Other Writer');
    await page.clock.fastForward(11_000);
    await (await answered).finished();
    await page.clock.fastForward(100);
    await eventually(async () => expect(await source.inputValue()).toBe('letter of May 3'));
  });
});
