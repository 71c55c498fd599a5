import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { tabTo } from '../support/browser/tab-to.ts';
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
  await page.keyboard.type(text);
  await page.getByRole('option', { name: option }).first().waitFor();
  await page.keyboard.press('Enter');
}

describe('the page without a mouse', () => {
  it('[W243] [W244] a search gives the focus to its result, and nodes are reached, marked, grouped, opened and ungrouped on the canvas', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
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
    expect(await panel.getByRole('listitem').count()).toBe(2);
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
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
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
});
