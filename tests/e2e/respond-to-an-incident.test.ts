import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { readPdf } from '../support/answers/pdf-text.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** Waits until a figure of the incident is shown. */
const waitForFigure = (page: Page, label: string, figure: string) =>
  page.getByLabel('Totals of the radius').locator('div').filter({ hasText: label }).getByText(figure, { exact: true }).waitFor();

const openTab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Work on the incident' }).getByText(name).click();

describe('responding to an incident', () => {
  it('[W190] [W821] [W1045] from the news about a vendor to the closed case: scope, windows, findings, notices, a pack, an older certificate', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=organization%3Aquillmark&sel=organization%3Aquillmark');
    await page.getByRole('button', { name: 'Mark as compromised' }).click();
    await page.getByLabel('Discovered, in UTC').fill('2026-10-02 16:15');
    await page.getByLabel('Core window').fill('2026-09-24 08:30 - 2026-09-24 11:25');
    await page.getByLabel('Widest window').fill('2026-09-19 - 2026-09-25');
    await page.getByRole('button', { name: 'Open incident' }).click();
    await waitForFigure(page, 'Exposed', '14');

    // The vendor claims that one project was touched; the windows widen.
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('button', { name: 'Limit Quillmark to a scope' }).click();
    await page.getByRole('combobox', { name: 'Engagements' }).click();
    await page.getByRole('option', { name: /E-01/ }).click();
    await page.getByLabel('Widest end').fill('2026-10-01');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/At Quillmark, only/).waitFor();
    await page.getByText('Sep 19 – Oct 1, 2026').first().waitFor();
    await page.getByLabel('Note').fill('They claim that one project alone was touched.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('They claim that one project alone was touched.').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('button', { name: 'Remove this scope' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await waitForFigure(page, 'Exposed', '14');

    await openTab(page, 'Artifacts');
    await page.getByLabel('Select Preference scheme P4').check();
    await page.getByLabel('Select Reward spec RM-7').check();
    await page.getByLabel('Finding').selectOption('NOT_DISCLOSED');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('NOT_DISCLOSED needs a reason').waitFor();
    await page.getByLabel('Reason (needed)').fill('The storage logs show no read.');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('The inventory contradicts this').first().waitFor();

    await openTab(page, 'Notices');
    await page.getByRole('button', { name: /^Aurelis Labs/ }).click();
    const aurelis = page.getByRole('row').filter({ hasText: 'Aurelis Labs' }).first();
    await aurelis.getByRole('button', { name: 'To tell' }).click();
    await page.getByLabel('Notice to Aurelis Labs').getByLabel('Note').fill('By phone.');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await aurelis.getByText('By phone.').waitFor();

    await openTab(page, 'Packs');
    const preview = page.getByRole('region', { name: 'Pack for Aurelis Labs' });
    await preview.getByRole('heading', { name: 'Quillmark compromised: what concerns Aurelis Labs' }).waitFor();
    await preview.getByRole('table').getByText('Preference scheme P4').first().waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF', exact: true }).click()]);
    const pack = readPdf(readFileSync(await download.path())).pages.join('');
    expect(pack).toContain('Quillmarkcompromised:whatconcernsAurelisLabs');
    expect(pack).toContain('Thestoragelogsshownoread.');
    expect(pack).not.toMatch(/Brightfen|Cindral|Everholt/);

    // The way back to the notices leads to those of this lab.
    await page.getByRole('link', { name: 'record that the lab is told' }).click();
    await page.locator('[data-result="notices:aurelis"][aria-expanded="true"]:focus').waitFor();

    await openTab(page, 'Plan');
    await page.getByText('Suspending does not claw data back.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'By lab' }).click();
    await page.getByRole('button', { name: /^Aurelis Labs\s*\d+ open step/ }).click();
    await page
      .getByRole('list', { name: 'Open steps: Aurelis Labs' })
      .getByText('Recall the copies of Aurelis Labs from Quillmark')
      .waitFor();
    await page.getByRole('button', { name: 'Flat' }).click();
    await page.getByRole('button', { name: 'Tick off: Recall the copies of Aurelis Labs from Quillmark' }).click();
    await page.getByLabel('Done on, in UTC').fill('2026-06-30');
    await page.getByLabel('Evidence').fill('certificate 88');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('main').getByText('This radius changed: 14 exposed').waitFor();
    await waitForFigure(page, 'Exposed', '8');
    await page.getByRole('heading', { name: '1 step is done' }).waitFor();

    await openTab(page, 'Summary');
    await page.getByText(/^Exposed 14 → 8/).waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('State').selectOption('CLOSED');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('main').getByText('State: OPEN → CLOSED.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.goto('/incidents');
    await page.getByRole('row').filter({ hasText: 'Quillmark compromised' }).getByText('Closed').waitFor();
    expect(complaints).toEqual([]);
  });
});
