import type { Page } from 'playwright-core';
import { waitForCanvasRows } from '../support/browser/canvas-rows.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** Holds the requests of one operation back until the returned function is called. */
async function hold(page: Page, operation: string, isHeld: (variables: Variables) => boolean = () => true): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON() as {
      readonly operationName: string;
      readonly variables: Variables;
    };
    if (operationName === operation && isHeld(variables)) await released;
    // A request that the page canceled meanwhile takes no answer.
    await route.continue().catch(() => undefined);
  });
  return release;
}

type Variables = Readonly<Record<string, unknown>>;

/** An expansion asks for more nodes than any drawing. */
const isExpansion = ({ maxNodes }: Variables) => Number(maxNodes) > 500;
const two = '/explore?n=organization:corvale&n=organization:mossbridge&sel=organization:corvale';

describe('a later question', () => {
  it.each([
    ['copies', 'OtherCopies', 'Other copies'],
    ['integrity', 'Integrity', 'Integrity'],
  ])('[W336] on the tab %s, rows of the earlier question do not stand below the figures of the later one', async (tab, operation, list) => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&tab=${tab}`);
    const rows = page.getByRole('region', { name: list, exact: true }).getByRole('listitem');
    await rows.first().waitFor();
    const release = await hold(page, operation);
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByRole('textbox', { name: 'Hops' }).fill('0');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('0 hops').first().waitFor();
    await rows.first().waitFor({ state: 'detached' });
    release();
    await rows.first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W339] Enter in a search takes the first result of what is typed, not one of an earlier text', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore');
    const search = page.getByRole('banner').getByRole('textbox');
    await search.fill('Aurelis');
    await page.getByRole('option', { name: /^Aurelis Labs/ }).waitFor();
    const release = await hold(page, 'Search');
    const isAsked = page.waitForRequest((request) => request.postData()?.includes('Harrowell') === true);
    await search.fill('Harrowell');
    await search.press('Enter');
    await isAsked;
    expect(new URL(page.url()).search).toBe('');
    release();
    await page.getByRole('complementary', { name: 'Details of Harrowell' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W340] two expansions that are under way at once both stay on the canvas', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(two);
    await waitForCanvasRows(page, 2);
    const release = await hold(page, 'Neighborhood', isExpansion);
    for (const [name, next] of [
      ['Corvale', 'Mossbridge'],
      ['Mossbridge', null],
    ] as const) {
      await page
        .getByRole('complementary', { name: new RegExp(`^Details of ${name}`) })
        .getByRole('button', { name: 'Expand' })
        .click();
      if (next !== null) await page.locator('[data-twin] tbody').getByText(next).first().click();
    }
    release();
    await waitForCanvasRows(page, 5);
    expect(complaints).toEqual([]);
  });

  it('[W340] an expansion that is answered after the reader has left Explore does not lead back there', async () => {
    const { page, settle, complaints } = await site.browser.open();
    await page.goto(two);
    await waitForCanvasRows(page, 2);
    const release = await hold(page, 'Neighborhood', isExpansion);
    await page
      .getByRole('complementary', { name: /^Details of Corvale/ })
      .getByRole('button', { name: 'Expand' })
      .click();
    await page.getByRole('link', { name: 'Rankings', exact: true }).click();
    await page.getByRole('region', { name: 'Organizations by radius' }).waitFor();
    release();
    await settle();
    expect(new URL(page.url()).pathname).toBe('/rankings');
    expect(complaints).toEqual([]);
  });
});
