import type { Page } from 'playwright-core';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** The sentences of the notice about the address. */
async function noticeOf(page: Page): Promise<string[]> {
  const notice = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Remove from the address' }) });
  await notice.waitFor();
  return notice.getByRole('listitem').allTextContents();
}

describe('a link with values that cannot be read', () => {
  it('[W327] names each value and what is used instead, in both themes, until the reader removes it', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&hops=99&core=last%20week&w=SUSPND%3Aquillmark%402026-09-18`);
    await eventually(async () =>
      expect(await noticeOf(page)).toEqual([
        'The core window “last week” of this link cannot be read: expected two times, the earlier first, such as 2026-09-01..2026-09-24. The incident’s own is used instead.',
        'The number of hops “99” of this link cannot be read: expected a whole number from 0 to 10. The incident’s own is used instead.',
        'The action “SUSPND:quillmark@2026-09-18” of this link cannot be read: expected an action, an id and a time, such as SUSPEND:quillmark@2026-09-18. It is left out.',
      ]),
    );
    await page.getByRole('heading', { name: /Quillmark/, level: 1 }).waitFor();
    await settle();
    expect(await findViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    expect(await findViolations(page, { colorsOnly: true })).toEqual([]);
    await page.getByRole('button', { name: 'Remove from the address' }).click();
    await page.getByRole('button', { name: 'Remove from the address' }).waitFor({ state: 'detached' });
    await page.waitForURL((url) => url.search === '?incident=INC-02');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['/blast?o=quillmark&widest=2026-08-01..2026-09-01&core=2026-09-01..2026-08-01', /core window .* The widest window is used instead\.$/],
    ['/blast?o=quillmark&core=2026-08-01', /core window .* It is left out\.$/],
    ['/blast?o=quillmark&core=2026-08-01..2026-09-01&hops=2.5', /“2\.5” .* 3 is used instead\.$/],
    ['/blast?o=quillmark&core=2026-08-01..2026-09-01&minDegree=5%25', /minimum reveal “5%” .* 0\.05 is used instead\.$/],
    [`${quillmarkIncident}&vs=&vsCore=soon`, /core window of “before” “soon” .* That of the view is used instead\.$/],
    ['/rankings?tl=high', /transfer likelihood “high” .* 0 is used instead\.$/],
    ['/explore?n=organization%3Aquillmark&knownAt=yesterday', /“known at” “yesterday” .* The latest records are used instead\.$/],
    ['/quality?knownAt=2026-13-01', /“2026-13-01” .* The latest records are used instead\.$/],
  ])('[W327] says so at %s', async (address, sentence) => {
    const { page } = await site.browser.open({ width: 390 });
    await page.goto(address);
    await eventually(async () => expect(await noticeOf(page)).toEqual([expect.stringMatching(sentence)]));
    await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390));
  });

  it('[W327] is silent about values that can be read, and about those that change no question', async () => {
    const { page, settle } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&hops=2&tl=0.5&core=&tab=nowhere&w=&knownAt=`);
    await settle();
    await eventually(async () => expect(await page.getByRole('button', { name: 'Remove from the address' }).count()).toBe(0));
  });
});
