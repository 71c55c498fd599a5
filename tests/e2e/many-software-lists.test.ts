import type { Page } from 'playwright-core';
import { type OwnServer, serveFiles } from '../bench/own-server.ts';
import { askOf } from '../graphql/ask-of.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { listedCount, manyLists, manyListsAdvisory, unlistedCount } from '../support/worlds/many-lists.ts';

let server: OwnServer;
let browser: Browser;
beforeAll(async () => {
  server = await serveFiles(manyLists(2));
  browser = await shareChromium(server.url);
});
afterAll(async () => {
  await browser?.close();
  server?.stop();
});

const sidewaysOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('300 organizations with 1,000 software lists', () => {
  it.each([
    ['light', 1440],
    ['dark', 375],
  ] as const)(
    '[W992] stand by grade, 50 rows of each at first, in the %s theme at %i px',
    async (colorScheme, width) => {
      const { page, complaints } = await browser.open({ colorScheme, width });
      const { data } = await askOf(
        server.url,
        `{ proposeIncident(input: { advisory: "${manyListsAdvisory}" }) { withoutPackageCount ruledOut: matches(grades: [RULED_OUT_BY_LISTS]) { totalCount } all: matches { totalCount } } }`,
      );
      const proposed = data as {
        proposeIncident: { withoutPackageCount: number; ruledOut: { totalCount: number }; all: { totalCount: number } };
      };
      const { withoutPackageCount, ruledOut, all } = proposed.proposeIncident;
      expect(ruledOut.totalCount).toBeGreaterThan(50);
      expect(all.totalCount + withoutPackageCount).toBe(listedCount + unlistedCount);

      await page.goto(`/incidents/from-advisory?advisory=${manyListsAdvisory}&sel=vendor-0`);
      await page
        .getByText(`${all.totalCount - unlistedCount} organizations name the package · ${unlistedCount} without a list`, { exact: true })
        .waitFor();
      await page.getByRole('button', { name: /^Record what Vendor 0 / }).click();
      await page.getByRole('textbox', { name: 'Where it says so' }).waitFor();
      const ruledOutRows = page.getByRole('region', { name: 'Not proposed' }).getByRole('checkbox');
      await eventually(async () => expect(await ruledOutRows.count()).toBe(50));
      await page.getByRole('region', { name: 'Not proposed' }).getByRole('button', { name: 'Show more' }).click();
      await eventually(async () => expect(await ruledOutRows.count()).toBe(ruledOut.totalCount));
      await page.getByRole('button', { name: `Ask all ${unlistedCount}` }).click();
      await page.getByText(`No address is recorded for ${unlistedCount} of ${unlistedCount}.`).waitFor();
      await eventually(async () => expect(await sidewaysOf(page)).toBe(0));
      expect(await findViolations(page, { colorsOnly: true })).toEqual([]);

      await page.goto('/quality/software');
      await page.getByRole('heading', { name: 'Software lists' }).waitFor();
      await eventually(async () => expect(await page.getByRole('row', { name: /none/ }).count()).toBeGreaterThan(unlistedCount));
      await eventually(async () => expect(await sidewaysOf(page)).toBe(0));
      expect(complaints).toEqual([]);
    },
    180_000,
  );
});
