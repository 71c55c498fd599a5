import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { tabTo } from '../support/browser/tab-to.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** Waits until an element has the focus. */
async function focused(page: Page, selector: string): Promise<void> {
  await page.locator(`${selector}:focus`).waitFor();
}

/** The sentence that the last key made the page say. */
async function heard(page: Page, words: RegExp): Promise<void> {
  await page.getByTestId('live-region').getByText(words).first().waitFor();
}

async function search(page: Page, text: string, option: RegExp): Promise<void> {
  await page.keyboard.press('/');
  await focused(page, '[role="banner"] input, header input');
  await page.keyboard.type(text);
  await page.getByRole('option', { name: option }).first().waitFor();
  await page.keyboard.press('Enter');
}

describe('the page without a mouse', () => {
  it('[W243] [W244] a search gives the focus to its result, and nodes are reached, marked, grouped, opened and ungrouped on the canvas', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settle();
    await search(page, 'quillm', /Quillmark/);
    await focused(page, '[data-result="organization:quillmark"]');

    await tabTo(page, /^Graph of organizations and artifacts$/, 'Shift+Tab');
    const rows = page.locator('[data-twin] tbody tr');
    await rows.nth(9).waitFor();
    await page.keyboard.press('ArrowRight');
    await heard(page, /, (vendor|subcontractor|lab|tool provider)/);
    await page.keyboard.press('Space');
    await page.getByRole('toolbar', { name: 'Marked nodes' }).getByText('1 node marked').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('toolbar', { name: 'Marked nodes' }).getByText('2 nodes marked').waitFor();
    await tabTo(page, /^Group$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/[?&]group=/);
    const canvas = '[data-testid="graph"]';
    await focused(page, canvas);
    const panel = page.getByRole('complementary', { name: 'Group' });
    await eventually(async () => expect(await panel.getByRole('listitem').count()).toBe(2));
    // The table keeps the members, because only the canvas folds.
    await rows.nth(9).waitFor();
    expect(await findViolations(page)).toEqual([]);

    await page.reload();
    const groups = page.getByRole('complementary', { name: 'Legend and filter' }).getByRole('button', { expanded: false });
    await groups.first().waitFor();
    await panel.waitFor();
    await tabTo(page, /^Graph of organizations and artifacts$/);
    await page.keyboard.press('e');
    await page.waitForURL(/[?&]openGroup=/);
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.waitForURL(/[?&]group=/);
    await tabTo(page, /^Ungroup 2/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.search.includes('roup='));
    expect(complaints).toEqual([]);
  });

  it('[W245] [W248] from a search to the reason for an artifact: the question of when, the lanes, the list, the shortcuts', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/explore');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settle();
    await search(page, 'quillm', /Quillmark/);
    await focused(page, '[data-result="organization:quillmark"]');
    await tabTo(page, /^Show blast radius$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'When was Quillmark compromised?' }).waitFor();
    await focused(page, 'input');
    await page.keyboard.type('Sep 19 - Oct 1, 2026');
    await page.keyboard.press('Enter');
    await page.locator('[data-row]').first().waitFor();

    await tabTo(page, /^Blast radius of Quillmark$/);
    for (const [key, words] of [
      ['Home', /, (vendor|subcontractor), /],
      ['ArrowRight', / of .*, (exposed|possible|contained)/],
      ['ArrowDown', / of .*, (exposed|possible|contained)/],
      ['ArrowRight', /worst case, \d+ exposed/],
      ['ArrowLeft', / of .*, (exposed|possible|contained)/],
    ] as const) {
      await page.keyboard.press(key);
      await heard(page, words);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/sel=artifact/);
    await page.getByText('Portion').first().waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('sel'));
    await page.keyboard.press('t');
    await page.waitForURL(/view=table/);

    await page.keyboard.press('?');
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.waitFor();
    expect(await findViolations(page)).toEqual([]);
    for (const words of ['Search', 'Go to Rankings', 'Undo or redo a change of the canvas'])
      await shortcuts.getByText(words, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'detached' });
    const asked = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ findingCounts { open } }' }),
    });
    const { data } = (await asked.json()) as { data: { findingCounts: readonly { open: number }[] } };
    const open = data.findingCounts.reduce((sum, count) => sum + count.open, 0);
    await page.getByRole('link', { name: `Data quality , ${open} open findings` }).waitFor();

    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(/\/rankings/);
    expect(complaints).toEqual([]);
  });

  it('[W965] the focus never falls to the page: after Path to, its end and its close, and after T', async () => {
    const { page, complaints } = await site.browser.open();
    const isLost = () => page.evaluate(() => document.activeElement === null || document.activeElement === document.body);
    await page.goto('/explore?n=organization:quillmark&n=organization:aurelis&sel=organization:quillmark');
    const more = page.getByRole('button', { name: 'More actions for Quillmark' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Path to …' }).press('Enter');
    // The panel takes the place of the inspector, and its field has the focus.
    await focused(page, '[aria-label="Paths"] input');
    await page.keyboard.type('Bluefinch');
    await page.getByRole('option', { name: /^Bluefinch/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/p=organization%3Aquillmark&p=organization%3Abluefinch/);
    await page.getByRole('article').first().waitFor();
    await eventually(async () => expect(await isLost()).toBe(false));
    await page.getByRole('button', { name: 'Close paths' }).press('Enter');
    await focused(page, '[data-testid="graph"]');

    await page.goto('/blast?incident=INC-02&view=lanes');
    await page.locator('[data-testid="lanes"][data-drawn]').focus();
    await page.keyboard.press('t');
    await page.waitForURL(/view=table/);
    await focused(page, '[role="tab"][aria-selected="true"]');
    await page.keyboard.press('t');
    await page.waitForURL(/view=lanes/);
    await eventually(async () => expect(await isLost()).toBe(false));
    expect(complaints).toEqual([]);
  });

  it('[W1041] [W1042] the focus follows a link, a search for a record and a comparison; a week ago and a suspension ahead are one press', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/');
    // The link leaves the page with the view that it was in.
    await page.getByRole('link', { name: 'Notices, plan and packs' }).first().press('Enter');
    await page.getByRole('navigation', { name: 'Work on the incident' }).waitFor();
    await focused(page, '#page');

    await search(page, 'T-0124', /^Transfer T-0124/);
    await focused(page, '[data-result="transfer:T-0124"]');
    await page.keyboard.press('Tab');
    await focused(page, 'button');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Correct a record' }).getByText('T-0124').waitFor();
    await page.keyboard.press('Escape');

    await page.goto('/blast?incident=INC-02');
    await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
    await focused(page, 'h2');
    await tabTo(page, /^As known a week ago$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/vsKnownAt=/);
    const known = Date.parse(new URL(page.url()).searchParams.get('vsKnownAt') ?? '');
    expect(Math.abs(Date.now() - 7 * 24 * 60 * 60 * 1000 - known)).toBeLessThan(5 * 60_000);
    await focused(page, 'h2');
    await page.getByRole('button', { name: 'Close the comparison' }).press('Enter');

    await page.getByRole('button', { name: 'What if', exact: true }).press('Enter');
    await tabTo(page, /^Suspend Quillmark from .*, with a compromise on /);
    await page.keyboard.press('Enter');
    await page.waitForURL(/core=.*w=SUSPEND/);
    await page.getByRole('heading', { name: /left the radius$/ }).waitFor();
    await page.getByRole('region', { name: 'Actions' }).getByText('Suspend Quillmark', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W307] the focus stays with the work: after the question of when, in a what-if, among its actions, and back', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?o=quillmark');
    await focused(page, 'input');
    await page.keyboard.type('Sep 19 2026 - Oct 1 2026');
    await page.keyboard.press('Enter');
    await focused(page, '[data-result="organization:quillmark"]');

    const whatIf = page.getByRole('button', { name: 'What if', exact: true });
    await whatIf.press('Enter');
    const actions = page.getByRole('region', { name: 'Actions' });
    await focused(page, '[data-result="what-if:actions"]');
    await actions.getByRole('button', { name: 'Add', exact: true }).first().press('Enter');
    await actions.getByText(/^Alone: /).waitFor();
    await focused(page, '[data-result="what-if:actions"]');
    await actions.getByRole('button', { name: /^Remove: / }).press('Enter');
    await focused(page, '[data-result="what-if:actions"]');
    await page.getByRole('button', { name: 'Close the what-if' }).press('Enter');
    await focused(page, '[data-result="what-if:open"]');
    expect(complaints).toEqual([]);
  });

  it('[W969] Shift-G groups what is marked and M shows and hides the mini map, each spoken and among the shortcuts', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/explore?n=organization:quillmark');
    const canvas = page.getByTestId('graph');
    await page.locator('[data-testid="graph"][data-drawn]').focus();
    await page.locator('[data-twin] tbody tr').nth(9).waitFor();
    // Home and End lead to two nodes, whichever way the graph lies.
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+G');
    await heard(page, /^Mark two or more nodes to group them\.$/);
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+G');
    await page.waitForURL(/[?&]group=/);
    await heard(page, /^Grouped 2 nodes\.$/);
    await focused(page, '[data-testid="graph"]');

    // All is in view, or not: M turns what is so into the other.
    await settle();
    const map = page.locator('[data-minimap]');
    const isShown = (await map.count()) === 1;
    await page.keyboard.press('m');
    await heard(page, isShown ? /^Mini map hidden\.$/ : /^Mini map shown\.$/);
    await map.waitFor({ state: isShown ? 'detached' : 'attached' });
    await page.keyboard.press('m');
    await map.waitFor({ state: isShown ? 'attached' : 'detached' });
    await canvas.press('?');
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const words of ['On the canvas: show or hide the mini map', 'On the canvas of Explore: group what is marked'])
      await shortcuts.getByText(words, { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W966] the focus waits for an answer that comes late, and the reader may take it elsewhere meanwhile', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?o=quillmark');
    await focused(page, 'input');
    let letGo = () => {};
    const late = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/graphql*', async (route) => {
      await late;
      await route.continue();
    });
    await page.keyboard.type('Sep 19 2026 - Oct 1 2026');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Loading the blast radius' }).waitFor();
    // Longer than the time after which a focus that is lost goes to the list.
    await page.waitForTimeout(500);
    letGo();
    await focused(page, '[data-result="organization:quillmark"]');
    await page.unroute('**/graphql*');

    await page.goto('/blast?o=quillmark');
    await focused(page, 'input');
    let answer = () => {};
    const later = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql*', async (route) => {
      await later;
      await route.continue();
    });
    await page.keyboard.type('Sep 19 2026 - Oct 1 2026');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Loading the blast radius' }).waitFor();
    await page.keyboard.press('/');
    await focused(page, 'input');
    answer();
    await page.locator('[data-row]').first().waitFor();
    await focused(page, 'input');
    expect(complaints).toEqual([]);
  });
});
