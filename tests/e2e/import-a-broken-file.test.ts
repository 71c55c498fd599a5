import { readFileSync } from 'node:fs';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const header = 'id,artifact,sender,recipient,sent_at,asserted_at,source';
const good = 'T-9001,a-outputs-june,aurelis,quillmark,2026-09-01,2026-09-12,transfer register';
const fixed = [
  'T-9002,a-refusal-r3,aurelis,quillmark,2026-09-02,2026-09-12,transfer register',
  'T-9003,d-pref-v1,dovemoor,quillmark,2026-09-03,2026-09-12,transfer register',
];
const broken = [
  'T-9002,a-refusal-r3,aurelis,quilmark,2026-09-02,2026-09-12,transfer register',
  'T-9003,d-pref-v1,dovemoor,quillmark,31/02/2026,2026-09-12,transfer register',
];

function csv(rows: readonly string[], name = 'transfers.csv') {
  return { name, mimeType: 'text/csv', buffer: Buffer.from([header, ...rows, ''].join('\n')) };
}

describe('importing a broken file', () => {
  it('[W33] shows its errors, commits the fixed file and changes the radius; Undo restores the radius', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);

    // The broken file: each rejected row shows its place, column and reason.
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.getByLabel('CSV files').setInputFiles(csv([good, ...broken]));
    await page.waitForURL(/\/import\/[^/]+\?step=preview/);
    await page.getByText('Dry run of all 3 rows. Nothing has been written yet.').waitFor();
    await page.getByText('Rejected rows 2').click();
    const rejected = page.getByRole('region', { name: 'Rejected rows' });
    await rejected.getByText('transfers.csv:3').waitFor();
    await eventually(async () => {
      const reasons = await rejected.textContent();
      expect(reasons).toMatch(/transfers\.csv:3\s*recipient[\s\S]*quilmark/);
      expect(reasons).toMatch(/transfers\.csv:4\s*sent_at[\s\S]*31\/02\/2026/);
    });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Rejected rows as CSV' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^id,artifact,.*line,reason$/);

    // The import is all or nothing, so nothing is written.
    await eventually(async () => expect(await page.getByRole('radio', { name: 'All or nothing' }).isChecked()).toBe(true));
    await eventually(async () => expect(await page.getByRole('button', { name: /^Commit/ }).isDisabled()).toBe(true));

    // The fixed file replaces the broken one.
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('CSV files').setInputFiles(csv([good, ...fixed]));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Commit 3 changes' }).waitFor();
    await page.getByRole('region', { name: 'Changes' }).getByText('T-9003').first().waitFor();
    await page.getByRole('button', { name: 'Commit 3 changes' }).click();
    await page.locator('main').getByText('Imported: 3 created, 0 updated.').waitFor();
    const committed = page.url();

    // The radius has changed.
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [17, 6, 3]);

    // Undo restores the former radius.
    await page.goto(committed);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('The data is as if this import had never happened.').waitFor();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    expect(complaints).toEqual([]);
  });

  it('[W33] an invalid date of the list is refused before the upload, with the expected form', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    const date = page.getByLabel('Date of the list (optional)');
    await eventually(async () => expect(await date.getAttribute('placeholder')).toBe('YYYY-MM-DD'));
    await date.fill('9/12/2026');
    await page.getByLabel('CSV files').setInputFiles(csv([good]));
    await page.getByText('Date of the list: enter a date as YYYY-MM-DD, such as 2026-09-24.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/import');
  });

  it('[W34] the undo of an import that others depend on is refused with their names, and nothing changes', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('Source (optional)').fill('Late additions');
    const transfer = 'T-9100,a-pref-p4,aurelis,quillmark,2026-09-05,2026-09-12,transfer register';
    await page.getByLabel('CSV files').setInputFiles(csv([transfer]));
    await page.getByRole('button', { name: 'Commit 1 change' }).click();
    await page.locator('main').getByText('Imported: 1 created, 0 updated.').waitFor();

    await page.goto('/import');
    await page.getByRole('button', { name: 'Undo demo world' }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    const refusal = page.getByRole('dialog').getByRole('alert');
    await refusal.waitFor();
    await eventually(async () => expect(await refusal.textContent()).toContain('Late additions'));
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
  });

  it('[W259] an undo is canceled before it begins, and while it runs; nothing changes either way', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByRole('button', { name: 'Undo Late additions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo “Late additions”?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });

    // The undo of so small an import is over at once, so its answer waits here for the request to cancel it, and says what the server says then.
    let cancel = () => {};
    const canceled = new Promise<void>((resolve) => {
      cancel = resolve;
    });
    await page.route('**/graphql', async (route) => {
      const { query } = route.request().postDataJSON() as { readonly query: string };
      if (query.includes('mutation CancelImport(')) {
        cancel();
        return route.fulfill({ json: { data: { cancelImport: { userErrors: [] } } } });
      }
      if (!query.includes('mutation UndoImport(')) return route.continue();
      await canceled;
      const message = 'The undo of the import was canceled. Nothing was changed.';
      return route.fulfill({ json: { data: { undoImport: { import: null, userErrors: [{ code: 'CONFLICT', message, path: null }] } } } });
    });
    await page.getByRole('button', { name: 'Undo Late additions' }).click();
    await dialog.getByRole('button', { name: 'Undo this import' }).click();
    await dialog.getByRole('progressbar', { name: 'Progress' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByTestId('live-region').getByText('The undo was canceled. Nothing was changed.').waitFor();
    await page.locator('main tr', { hasText: 'Late additions' }).getByText('Imported').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W35] a file that is not CSV, is empty or has no rows shows its error and leaves no draft to commit', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    const files = page.getByLabel('CSV files');
    const alert = page.getByRole('region', { name: 'Files to import' }).getByRole('alert');
    await files.setInputFiles({ name: 'transfers.csv', mimeType: 'text/csv', buffer: Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]) });
    await alert.getByText(/transfers\.csv.*name end with \.xlsx/).waitFor();
    await files.setInputFiles({ name: 'transfers.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await alert.getByText(/transfers\.csv.*empty/).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByText('demo world').waitFor();
    await eventually(async () => expect(await page.getByText('Draft', { exact: true }).count()).toBe(0));

    await files.setInputFiles(csv([]));
    await page.getByText('This file has a header and no rows.').waitFor();
    await eventually(async () => expect(await page.getByRole('button', { name: 'Commit' }).isDisabled()).toBe(true));
  });

  it('[W33] a file whose rows are all rejected shows their reasons at once, and never claims that its facts are already recorded', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('CSV files').setInputFiles(csv(broken));
    await page.getByText('Nothing can be imported: 2 rows were rejected for the reasons below.').waitFor();
    const reasons = page.getByRole('region', { name: 'Rejected rows' });
    await reasons.getByText('transfers.csv:2').waitFor();
    await eventually(async () => expect(await reasons.textContent()).toMatch(/quilmark[\s\S]*31\/02\/2026/));
    await eventually(async () => expect(await page.getByText('matches the recorded data').count()).toBe(0));
  });
});
