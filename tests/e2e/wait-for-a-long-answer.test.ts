import type { Page, Route } from 'playwright-core';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/**
 * Makes one operation take long. The demo world is answered at once, on any machine, so while `isHeld` its answers say what the server's answers to a
 * large store say: so many parts of ten are done.
 */
async function slowDown(page: Page, operation: string, field: string) {
  const state = { isHeld: true, asked: 0, done: 3 };
  await page.route('**/graphql', async (route: Route) => {
    const { query } = route.request().postDataJSON() as { readonly query: string };
    if (!query.includes(`query ${operation}(`)) return route.continue();
    state.asked++;
    if (!state.isHeld) return route.continue();
    const { done } = state;
    await new Promise((passed) => setTimeout(passed, 400));
    const connection = { totalCount: 0, progress: { done, total: 10 }, pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };
    // Canceled meanwhile, the request takes no answer.
    await route.fulfill({ json: { data: { [field]: connection } } }).catch(() => undefined);
  });
  return state;
}

describe('an answer that takes long', () => {
  it.each([
    ['Ranking', 'ranking', '/rankings', 'Computing the radius of every organization', 'Proxyline'],
    ['ArtifactExposures', 'artifactExposures', '/rankings?tab=artifacts', 'Counting who could expose each artifact', 'Clause labels'],
    ['Concentration', 'concentration', '/rankings?tab=concentration', 'Measuring concentration', 'Aurelis Labs'],
    ['ControlGaps', 'controlGaps', '/rankings?tab=controls', 'Comparing access with evidence', 'Not met, and why'],
    ['Findings', 'findings', '/quality', 'Listing findings', 'no transfer shows who sent it'],
  ])('[W258] %s shows its progress, and is canceled and asked again', async (operation, field, path, words, answer) => {
    const { page, complaints, settle } = await site.browser.open();
    const state = await slowDown(page, operation, field);
    await page.goto(path);
    const main = page.locator('main');
    const waiting = main.getByRole('status').filter({ hasText: words });
    await waiting.filter({ hasText: /: \d+ s, 30% done\./ }).waitFor();
    await eventually(async () => expect(await waiting.getByRole('progressbar', { name: words }).getAttribute('value')).toBe('30'));
    state.done = 6;
    await waiting.filter({ hasText: /: \d+ s, 60% done\./ }).waitFor();

    await waiting.getByRole('button', { name: 'Cancel' }).click();
    const canceled = main.getByRole('alert').filter({ hasText: 'You canceled this request.' });
    await canceled.waitFor();
    await settle();
    const { asked } = state;
    // Longer than three rounds of asking.
    await page.waitForTimeout(1500);
    expect(state.asked).toBe(asked);

    state.isHeld = false;
    await canceled.getByRole('button', { name: 'Retry' }).click();
    await main.getByText(answer).first().waitFor();
    await eventually(async () => expect(await canceled.count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W258] a canceled renewal keeps the last answer, and can be asked again', async () => {
    const { page, complaints } = await site.browser.open();
    const state = await slowDown(page, 'Ranking', 'ranking');
    state.isHeld = false;
    await page.goto('/rankings');
    const table = page.getByRole('region', { name: 'Organizations by radius' });
    const first = table.locator('tbody tr').first();
    await first.filter({ hasText: 'Proxyline' }).waitFor();

    state.isHeld = true;
    await table.getByRole('button', { name: 'Worst case' }).click();
    const main = page.locator('main');
    await main.getByRole('status').filter({ hasText: '% done' }).getByRole('button', { name: 'Cancel' }).click();
    const canceled = main.getByRole('status').filter({ hasText: 'Canceled. The last answer is shown.' });
    await canceled.waitFor();
    await eventually(async () => expect(await first.textContent()).toContain('Proxyline'));
    await eventually(async () => expect(await table.locator('table').getAttribute('data-stale')).not.toBeNull());

    state.isHeld = false;
    await canceled.getByRole('button', { name: 'Retry' }).click();
    await table.locator('table:not([data-stale])').waitFor();
    await eventually(async () => expect(await canceled.count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W258] a simulation is canceled: its request ends, and it is asked again', async () => {
    const { page } = await site.browser.open();
    let isHeld = true;
    await page.route('**/graphql', (route) => {
      const { query } = route.request().postDataJSON() as { readonly query: string };
      // Without an answer, the request runs until the page ends it.
      return isHeld && query.includes('query Loss(') ? undefined : route.continue();
    });
    await page.goto('/blast?incident=INC-02&tab=loss');
    const waiting = page.locator('main').getByRole('status').filter({ hasText: 'Simulating 500 runs' });
    await waiting.filter({ hasText: /: \d+ s\./ }).waitFor();
    const [ended] = await Promise.all([page.waitForEvent('requestfailed'), waiting.getByRole('button', { name: 'Cancel' }).click()]);
    expect(ended.postData()).toContain('query Loss(');
    isHeld = false;
    await page.getByRole('tabpanel').getByRole('button', { name: 'Retry' }).click();
    await page.locator('main').getByText('How to read it').waitFor();
  });

  it('[W822] a simulation shows fewer runs first, and says so where more take too long', async () => {
    const { page } = await site.browser.open();
    let isHeld = true;
    await page.route('**/graphql', (route) => {
      const { query, variables } = route.request().postDataJSON() as {
        readonly query: string;
        readonly variables: { readonly runs?: number };
      };
      if (!isHeld || !query.includes('query Loss(') || variables.runs !== 10_000) return route.continue();
      const errors = [{ message: 'The answer took longer than 10 seconds.', extensions: { code: 'QUERY_TIMEOUT' } }];
      return route.fulfill({ contentType: 'application/json', body: JSON.stringify({ data: null, errors }) });
    });
    await page.goto('/blast?incident=INC-02&tab=loss');
    const loss = page.getByRole('region', { name: 'Loss', exact: true });
    await loss.getByText('10,000 runs took too long. The figures are of 500 runs.').waitFor();
    await loss.getByText('in 9 of 10 of 500 runs', { exact: false }).waitFor();
    isHeld = false;
    await loss.getByRole('button', { name: 'Retry' }).click();
    await loss.getByText('in 9 of 10 of 10,000 runs', { exact: false }).waitFor();
  });
});
