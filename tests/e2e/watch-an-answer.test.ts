import type { Page } from 'playwright-core';
import { findViolationsEverywhere } from '../support/browser/axe.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { tabTo } from '../support/browser/tab-to.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite();
/** The server evaluates within seconds, and the page asks every ten. */
const newsMs = 60_000;

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  expect(errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any shape.
  return data as any;
}

const saveWatch = 'mutation($input: WatchInput!) { saveWatch(input: $input) { watch { id } userErrors { message } } }';
const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision userErrors { message } } }';
const listed =
  '{ events { totalCount unreadCount edges { node { id type watch { kind } } } } watches { edges { node { id name kind isMuted lastRevision settings { on } } } } }';

async function watchByApi(input: object): Promise<string> {
  const { saveWatch: saved } = await ask(saveWatch, { input });
  expect(saved.userErrors).toEqual([]);
  return saved.watch.id;
}

/** Quillmark gets a readable copy of an artifact that is only possible now. */
async function sendToQuillmark(id: string, artifact: string, sender: string): Promise<number> {
  const transfers = [{ id, artifact, sender, recipient: 'quillmark', sentAt: '2026-09-01T00:00:00Z', form: 'PLAINTEXT' }];
  const { putFacts } = await ask(put, { input: { transfers } });
  expect(putFacts.userErrors).toEqual([]);
  return putFacts.revision;
}

/** Ends once every watch has been asked at a revision: no later event comes of it. */
async function evaluated(revision: number): Promise<void> {
  const lastRevisions = async () =>
    (await ask(listed)).watches.edges.map((edge: { node: { lastRevision: number } }) => edge.node.lastRevision);
  await eventually(async () => expect(Math.min(...(await lastRevisions()))).toBeGreaterThanOrEqual(revision), { timeoutMs: newsMs });
}

const bell = (page: Page) => page.getByRole('button', { name: /^Inbox/ });

describe('an answer that is watched', () => {
  it('[W940] [W947] [W1125] the bell beside a radius watches it; a change is told without a reload, with its rows and the comparison at both ends', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await page.getByRole('button', { name: 'Watch this: Radius of Quillmark' }).click();
    const dialog = page.getByRole('dialog', { name: 'Watch this' });
    await dialog.getByLabel('Name').fill('Quillmark gets worse');
    await dialog
      .getByText('You are told when an artifact joins the radius, becomes more certain, becomes less certain or leaves the radius.')
      .waitFor();
    await dialog.getByLabel('becomes less certain').uncheck();
    await dialog.getByLabel('leaves the radius').uncheck();
    await dialog.getByText('You are told when an artifact joins the radius or becomes more certain.').waitFor();
    await dialog.getByText('Not when it becomes less certain or leaves the radius.').waitFor();
    await dialog.getByRole('button', { name: 'Watch', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const pressed = page.getByRole('button', { name: 'Watched: Radius of Quillmark' });
    await pressed.waitFor();
    await eventually(async () => expect(await pressed.getAttribute('aria-pressed')).toBe('true'));

    await sendToQuillmark('W-940', 'd-voice-v4', 'dovemoor');
    await page.getByRole('button', { name: 'Inbox, 1 unread' }).waitFor({ timeout: newsMs });
    await bell(page).click();
    const inbox = page.getByRole('dialog', { name: 'Inbox' });
    await inbox.getByRole('link', { name: /^Unread: Quillmark became more certain/ }).click();
    await inbox.waitFor({ state: 'detached' });
    await page.waitForURL(/\/inbox\?event=/);
    const event = page.getByRole('article', { name: 'Quillmark became more certain' });
    await event.getByText('It was possible and is now exposed.', { exact: false }).waitFor();
    await event.getByRole('link', { name: 'Voice guidelines v4' }).waitFor();
    await event.getByText('14 → becomes 15').waitFor();
    await event.getByText('Because of 1 changed fact by this machine.').waitFor();
    const canvas = event.getByRole('application', { name: 'Where it grew: Quillmark became more certain' });
    for (const part of ['Quillmark', 'Voice guidelines v4', 'Dovemoor']) await drawnNode(canvas, part);
    expect((await readScene(canvas)).map(({ label }) => label)).not.toContain('Skills taxonomy K1');
    await page.getByRole('button', { name: 'Inbox', exact: true }).waitFor();
    await eventually(async () => expect((await ask(listed)).events.unreadCount).toBe(0));
    await event.getByRole('button', { name: 'Open in Compare' }).click();
    await page.waitForURL(/\/blast\?incident=INC-02&knownAt=.*&vs=&vsKnownAt=/);
    await page.getByText('1 strengthened', { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['NOTICE', '/incidents/INC-02', /^Watch.*: Radius of Quillmark/, 'Notices of'],
    ['LAB', '/explore?n=organization:aurelis&sel=organization:aurelis', 'Watch this: What Aurelis Labs could lose', null],
    ['ARTIFACT', '/explore?n=artifact:d-accent&sel=artifact:d-accent', 'Watch this: Who could expose', null],
    ['FINDINGS', '/quality?rule=STALE', 'Watch this: Findings:', 'Findings of any kind'],
    ['ADVISORY', '/incidents/from-advisory?advisory=MAL-2026-990924', 'Watch this: Who had what MAL-2026-990924 affects', null],
    ['EDITION', '/import', 'Watch this: The next edition of demo world', null],
    ['RANKING', '/rankings', 'Watch this: The first organizations by weighted loss', null],
    ['RADIUS', '/explore?n=organization:harrowell&sel=organization:harrowell', 'Watch this: Radius of Harrowell', null],
  ] as const)('[W941] a bell saves a watch of kind %s at %s', async (kind, address, name, choice) => {
    const { page, complaints } = await site.browser.open();
    await page.goto(address);
    await page.getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog', { name: /^Watch/ });
    if (choice !== null) await dialog.getByRole('radio', { name: choice }).check();
    await dialog.getByRole('button', { name: 'Watch', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /^Watched: / })
      .first()
      .waitFor();
    await eventually(async () => {
      const { watches } = await ask(listed);
      expect(watches.edges.map((edge: { node: { kind: string } }) => edge.node.kind)).toContain(kind);
    });
    expect(complaints).toEqual([]);
  });
});

describe('the inbox', () => {
  beforeAll(async () => {
    await watchByApi({ name: 'Findings to watch', kind: 'FINDINGS' });
    await watchByApi({ name: 'Aurelis', kind: 'LAB', lab: 'aurelis' });
    await evaluated(await sendToQuillmark('W-942', 'a-reward-rm7', 'aurelis'));
    await eventually(async () => expect((await ask(listed)).events.totalCount).toBeGreaterThanOrEqual(3), { timeoutMs: newsMs });
  });

  it('[W942] is used by the keyboard alone: opened, walked, marked, filtered; its address keeps the filters', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/rankings');
    await page.getByRole('button', { name: /^Inbox, \d+ unread/ }).waitFor();
    await settle();
    await tabTo(page, /^Inbox/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: 'Inbox' })
      .getByRole('link', { name: /^Unread/ })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Inbox' }).waitFor({ state: 'detached' });
    await eventually(async () => expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Inbox/));

    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.waitForURL(/\/inbox$/);
    const list = page.getByRole('region', { name: 'Inbox' });
    await list
      .getByRole('link', { name: /^Unread/ })
      .first()
      .waitFor();
    await settle();
    const focused = () => page.evaluate('document.activeElement.dataset.event') as Promise<string>;
    const ids = await list.locator('a[data-event]').evaluateAll((links) => links.map((link) => link.getAttribute('data-event')));
    await bell(page).click();
    await eventually(async () => expect(await focused()).toBe(ids[0]));
    await page.keyboard.press('ArrowDown');
    await eventually(async () => expect(await focused()).toBe(ids[1]));
    await page.keyboard.press('Home');
    const before = (await ask(listed)).events.unreadCount;
    await page.keyboard.press('u');
    await eventually(async () => expect((await ask(listed)).events.unreadCount).not.toBe(before));
    await page.keyboard.press('u');
    await eventually(async () => expect((await ask(listed)).events.unreadCount).toBe(before));
    // Two presses, the second before the first is answered.
    const marked: boolean[] = [];
    page.on('response', (response) => {
      const { operationName, variables } = response.request().postDataJSON() ?? {};
      if (operationName === 'ReadEvents') marked.push(variables.isRead);
    });
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    await eventually(() => expect(marked).toHaveLength(2));
    expect(marked[0]).not.toBe(marked[1]);
    await eventually(async () => expect((await ask(listed)).events.unreadCount).toBe(before));
    await page.keyboard.press('Enter');
    await page.waitForURL(/event=/);
    await eventually(async () => expect(await page.evaluate('document.activeElement.tagName')).toBe('H1'));
    await list.getByLabel('Events of the kind').selectOption('LAB');
    await page.waitForURL(/kind=LAB/);
    await list
      .getByRole('link', { name: /Aurelis Labs could lose/ })
      .first()
      .waitFor();
    await eventually(async () => expect(await list.getByRole('link', { name: /Findings ·/ }).count()).toBe(0));
    await list.getByLabel('Events of the kind').selectOption('');
    await list.getByRole('button', { name: 'Mark all read' }).click();
    await page.getByRole('button', { name: 'Inbox', exact: true }).waitFor();
    await list.getByText('Unread', { exact: true }).click();
    await page.waitForURL(/unread=/);
    await list.getByText('Nothing is unread.').waitFor();
    await eventually(async () => expect((await ask(listed)).events.unreadCount).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W943] a watch is changed, muted and ended; a value that is none, or can never hold, is said at its field', async () => {
    const id = await watchByApi({ name: 'To change', kind: 'RADIUS', radius: { origins: ['harrowell'] } });
    const { page, complaints } = await site.browser.open();
    await page.goto(`/inbox?watch=${id}`);
    const form = page.getByRole('form', { name: 'Settings of the watch' });
    await form.getByLabel('Worst case, US dollars').fill('much');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('“much” is no number', { exact: false }).waitFor();
    await form.getByLabel('Worst case, US dollars').fill('0');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('expected a number above 0', { exact: false }).waitFor();
    await form.getByLabel('Worst case, US dollars').fill('$50M');
    await form.getByText('You are told when the worst case reaches $50.0M.').waitFor();
    await form.getByLabel('Worst case, US dollars').fill('');
    await form.getByLabel('Name').fill('Changed');
    await form.getByLabel('leaves the radius').uncheck();
    await form.getByRole('switch', { name: 'Mute' }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved', { exact: true }).waitFor();
    const one = async () => (await ask(listed)).watches.edges.find((edge: { node: { id: string } }) => edge.node.id === id)?.node;
    await eventually(async () =>
      expect(await one()).toMatchObject({ name: 'Changed', isMuted: true, settings: { on: ['JOINED', 'STRENGTHENED', 'WEAKENED'] } }),
    );
    await page.goto('/inbox');
    await page.getByRole('button', { name: 'Unmute Changed' }).click();
    await page.getByRole('button', { name: 'Mute Changed' }).waitFor();
    await page.getByRole('button', { name: 'End this watch: Changed' }).click();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'End this watch: Changed' }).click();
    await page.getByRole('button', { name: 'End and delete' }).click();
    await page.getByRole('link', { name: 'Changed', exact: true }).waitFor({ state: 'detached' });
    await eventually(async () => expect(await one()).toBeUndefined());
    expect(complaints).toEqual([]);
  });

  it('[W946] a watch that ends while the list is being read leaves the list', async () => {
    const ids = [await watchByApi({ name: 'Stays', kind: 'RADIUS', radius: { origins: ['harrowell'] } })];
    ids.push(await watchByApi({ name: 'Goes', kind: 'RADIUS', radius: { origins: ['harrowell'] } }));
    const { page, complaints } = await site.browser.open();
    await page.goto('/inbox');
    await page.getByRole('link', { name: 'Goes', exact: true }).waitFor();
    // The answer that the next change asks for is of before the end, and comes after it.
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHeld = false;
    await page.route('**/graphql', async (route) => {
      if (isHeld || !/query Watches\b/.test(route.request().postData() ?? '')) return route.continue();
      isHeld = true;
      const response = await route.fetch();
      await released;
      return route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Mute Stays' }).click();
    await eventually(async () => expect(isHeld).toBe(true));
    await page.getByRole('button', { name: 'End this watch: Goes' }).click();
    const ended = page.waitForResponse((response) => /deleteWatch/.test(response.request().postData() ?? ''));
    await page.getByRole('button', { name: 'End and delete' }).click();
    await ended;
    release();
    await page.getByRole('link', { name: 'Goes', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Unmute Stays' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W944] new events wait above the list, a lost server is dated, a failed list has Retry, and what is gone says so', async () => {
    const { page } = await site.browser.open();
    await page.goto('/inbox');
    const list = page.getByRole('region', { name: 'Inbox' });
    await list.locator('a[data-event]').first().waitFor();
    const first = await list.locator('a[data-event]').first().getAttribute('data-event');
    await watchByApi({ name: 'Another', kind: 'RADIUS', radius: { origins: ['quillmark'] } });
    await sendToQuillmark('W-944', 'e-clause', 'everholt');
    await list.getByRole('button', { name: /^\d+ new$/ }).waitFor({ timeout: newsMs });
    await eventually(async () => expect(await list.locator('a[data-event]').first().getAttribute('data-event')).toBe(first));
    await list.getByRole('button', { name: /^\d+ new$/ }).click();
    await eventually(async () => expect(await list.locator('a[data-event]').first().getAttribute('data-event')).not.toBe(first));

    await page.goto('/inbox?event=unknown');
    await page.getByRole('heading', { name: 'This event is gone' }).waitFor();
    await page.goto('/inbox?watch=unknown');
    await page.getByRole('heading', { name: 'This watch is gone' }).waitFor();

    await page.route('**/graphql', (route) => (/query Inbox/.test(route.request().postData() ?? '') ? route.abort() : route.continue()));
    await page.goto('/inbox');
    await list.getByRole('alert').getByText('cannot be reached', { exact: false }).waitFor();
    await list.getByText('Events may be missing since', { exact: false }).waitFor();
    await page.unroute('**/graphql');
    await list.getByRole('button', { name: 'Retry' }).click();
    await list.locator('a[data-event]').first().waitFor();
    await list.getByText('Events may be missing since', { exact: false }).waitFor({ state: 'detached', timeout: newsMs });
  });

  it.each([
    ['all watches', () => '/inbox', 'Each asks a question again'],
    ['an event', (event: string) => `/inbox?event=${event}`, 'What changed'],
    ['a watch', (_: string, watch: string) => `/inbox?watch=${watch}`, 'What it told'],
  ] as const)('[W945] %s: no accessibility violation at any width or in either theme', async (_, addressOf, ready) => {
    const { page, complaints } = await site.browser.open();
    const { events, watches } = await ask(listed);
    const event = events.edges.find((edge: { node: { watch: { kind: string } } }) => edge.node.watch.kind === 'LAB').node.id;
    await page.goto(addressOf(event, watches.edges[0].node.id));
    await page.getByText(ready).first().waitFor();
    await page.getByRole('region', { name: 'Inbox' }).getByLabel('Events of the kind').waitFor();
    expect(await findViolationsEverywhere(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W945] the inbox beside a page, and the settings in a dialog: no accessibility violation', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings');
    await bell(page).click();
    await page.getByRole('dialog', { name: 'Inbox' }).locator('a[data-event]').first().waitFor();
    expect(await findViolationsEverywhere(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Watch.*: The first/ }).click();
    await page
      .getByRole('dialog', { name: /^Watch/ })
      .getByText('You are told')
      .waitFor();
    expect(await findViolationsEverywhere(page, '[role="dialog"]')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
