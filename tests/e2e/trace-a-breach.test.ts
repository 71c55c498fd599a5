import { readFileSync } from 'node:fs';
import { formatMoney } from '../../web/shared/format/money.ts';
import { askOf } from '../graphql/ask-of.ts';
import { openSite } from '../support/browser/open-site.ts';
import { waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('tracing a breach', () => {
  it('[W30] [W171] [W172] leads from a search to the radius of an organization, the reason for an artifact, and the list as CSV', async () => {
    const { page, complaints } = await site.browser.open();

    // Search and select with the keyboard alone.
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('/');
    await page.keyboard.type('quillm');
    await page
      .getByRole('option', { name: /Quillmark/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/explore\?.*organization%3Aquillmark/);

    // Its blast radius with the windows of the incident.
    await page
      .getByRole('link', { name: 'Show blast radius' })
      .or(page.getByRole('button', { name: 'Show blast radius' }))
      .first()
      .click();
    await page.waitForURL(/\/blast\?.*o=quillmark/);

    // The question needs a time before it is answered.
    await page.getByRole('heading', { name: 'When was Quillmark compromised?' }).waitFor();
    await page.getByLabel('When, in UTC').fill('Sep 19 - Oct 1, 2026');
    await page.keyboard.press('Enter');
    await page.waitForURL(/core=2026-09-19T00%3A00Z\.\.2026-10-01T23%3A59%3A59/);
    await page.getByRole('button', { name: 'Edit dates' }).click();
    await page.getByLabel('Core start').fill('2026-09-24 08:30');
    await page.getByLabel('Core end').fill('2026-09-24 11:25');
    await page.getByLabel('Widest start').fill('2026-09-19');
    await page.getByLabel('Widest end').fill('2026-10-01 00:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await waitForTierCounts(page, [14, 6, 5]);
    const band = page.locator('main header').first();
    await eventually(async () => expect(await band.textContent()).toMatch(/4 of 5[\s\S]*\$53\.2M/));

    // The reason: two pieces at Quillmark, one at Bluefinch, passed on by Harrowell.
    await page.getByRole('button', { name: /^Agent eval suite A2/ }).click();
    const table = page.getByRole('table', { name: 'Affected artifacts' });
    await table.getByText('Yes, jointly').waitFor();
    const parts = [/75%/, /Pieces 1, 2 and 3 of 4 together/, /Aurelis Labs[\s\S]*Quillmark/, /Harrowell[\s\S]*Bluefinch/, /transfers\.csv/];
    for (const part of parts) await eventually(async () => expect(await table.textContent()).toMatch(part));

    // The list as CSV has the same rows.
    await page.getByRole('button', { name: 'Hand over' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'List as CSV' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines[0]).toMatch(/^artifact,name,type,owner,tier,basis,portion_low/);
    expect(lines).toHaveLength(1 + 25);
    expect(lines.filter((line) => line.includes(',EXPOSED,'))).toHaveLength(14);
    expect(lines.find((line) => line.startsWith('a-eval-a2,'))).toMatch(/,EXPOSED,HELD,0\.75,0\.75,0\.5,0\.5,true,/);

    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Hand over' }).waitFor({ state: 'detached' });

    // The loss: the API's range, the share of runs at an amount, and what the figures leave out.
    await page.getByRole('tab', { name: 'Loss' }).click();
    const loss = page.getByRole('region', { name: 'Loss', exact: true });
    const { data } = await askOf(
      site.server.url,
      `{ blastRadius(input: { origins: ["quillmark"], core: { from: "2026-09-24T08:30:00Z", to: "2026-09-24T11:25:00Z" }
        widest: { from: "2026-09-19T00:00:00Z", to: "2026-10-01T00:00:00Z" } }) {
        simulation { p5Usd p95Usd meanUsd exceedance { lossUsd probability } } findings { totalCount } } }`,
    );
    const { simulation, findings } = data.blastRadius;
    await loss
      .getByText(`${formatMoney(simulation.p5Usd)} to ${formatMoney(simulation.p95Usd)}`)
      .first()
      .waitFor();
    await loss.getByText(`Mean ${formatMoney(simulation.meanUsd)}`).waitFor();
    await loss.getByRole('slider').focus();
    await page.keyboard.press('End');
    await loss.getByText('of runs', { exact: false }).first().waitFor();
    const share = () => loss.getByRole('slider').getAttribute('aria-valuetext');
    await eventually(async () => expect(await share()).toMatch(/: 0% of runs$/));
    await page.keyboard.press('Home');
    await eventually(async () => expect(await share()).toBe('$0: 100% of runs'));
    await loss.getByRole('heading', { name: `${findings.totalCount} records make it less certain` }).waitFor();

    // A term opens its card by keyboard, and Escape closes it.
    await loss.getByRole('button', { name: 'What is the simulated loss?' }).focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'the simulated loss' });
    await eventually(async () => expect(await card.getByRole('link').getAttribute('href')).toBe('/concepts#how-likely-simulated-loss'));
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });

    expect(complaints).toEqual([]);
  });
});
