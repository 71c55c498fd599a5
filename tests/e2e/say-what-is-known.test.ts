import { boxAtRest } from '../support/browser/at-rest.ts';
import { drawnNode } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

/** A draft with one file of organizations. */
async function makeDraft(rows: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${site.server.url}/api/imports`, { method: 'POST', headers, body: '{}' });
  const { id } = (await created.json()) as { id: string };
  await fetch(`${site.server.url}/api/imports/${id}/files/organizations.csv`, { method: 'PUT', body: rows });
  return id;
}

describe('a page says what is known', () => {
  it('[W1140] [W1145] a draft has steps, and a phone shows its changes; a finished import has no steps', async () => {
    const id = await makeDraft('id,name,country\nosmere,Osmere Tagging,PH\nhaskwell,Haskwell,DE\n');
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    await page.goto(`/import/${id}?step=preview`);
    const steps = page.getByRole('list', { name: 'Steps of the import' });
    await steps.getByText('Preview').waitFor();
    const [row, commit] = [page.getByRole('row', { name: /Osmere Tagging/ }), page.getByRole('button', { name: /^Commit/ })];
    await eventually(async () => {
      const [change, foot] = [await boxAtRest(row), await boxAtRest(commit)];
      expect(change.height).toBeGreaterThan(20);
      expect(change.y + change.height).toBeLessThanOrEqual(foot.y);
    });
    await commit.click();
    await page
      .locator('main')
      .getByText(/^Imported: 2 created/)
      .waitFor();
    await page.getByText('Imported by this machine.').waitFor();
    expect(await steps.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('[W1142] the number of open findings is that of now, so a view of then has none', async () => {
    const { page, complaints } = await site.browser.open();
    const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Data quality/ });
    await page.goto('/quality');
    await eventually(async () => expect(await tab.textContent()).toMatch(/\d+ open findings/));
    await page.goto('/quality?knownAt=2026-11-15T00:00:00Z');
    await page.getByText('As known at Nov 15, 2026', { exact: false }).waitFor();
    await page.getByText(/^\d+ open findings\./).waitFor();
    await eventually(async () => expect(await tab.textContent()).toBe('Data quality'));
    expect(complaints).toEqual([]);
  });

  it('[W1142] a finding of then cannot be accepted, because an acceptance is of now', async () => {
    const { page, complaints } = await site.browser.open();
    const accept = page.getByRole('button', { name: 'Accept', exact: true });
    await page.goto('/quality?rule=CUSTODY_GAP');
    await accept.first().waitFor();
    await page.goto('/quality?rule=CUSTODY_GAP&knownAt=2026-11-27T00:00:00Z');
    await page.getByText('As known at Nov 27, 2026', { exact: false }).waitFor();
    await page.getByText('An organization sent a copy', { exact: false }).first().waitFor();
    await page.locator('main li p').first().waitFor();
    expect(await accept.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('[W1147] a selected organization that needs no control can be marked as compromised, too', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?sel=larkhill');
    const panel = page.getByRole('region', { name: 'Selected: Larkhill' });
    await panel.getByText('it needs no control.', { exact: false }).waitFor();
    await panel.getByRole('link', { name: 'Mark as compromised' }).click();
    await page.waitForURL(/\/incidents\/new\?o=larkhill/);
    expect(complaints).toEqual([]);
  });

  it('[W1143] a link with missing records counts those that it opened', async () => {
    const { page, complaints } = await site.browser.open();
    const nodes = ['none', 'quillmark', 'aurelis'].map((id) => ['n', `organization:${id}`]);
    await page.goto(`/explore?${new URLSearchParams(nodes)}`);
    await page.getByRole('region', { name: 'Canvas' }).getByText('This link names 1 record that no longer exists').waitFor();
    await page.getByText('Opened 2 nodes', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1144] the history of a record has lists, numbers and its author in words', async () => {
    const { page, complaints } = await site.browser.open();
    const link = JSON.stringify(['TRANSFER', 'organization:aurelis', 'organization:quillmark']);
    const ends = ['organization:aurelis', 'organization:quillmark'].map((end) => ['n', end]);
    await page.goto(`/explore?${new URLSearchParams([...ends, ['sel', link]])}`);
    await page.getByRole('tab', { name: 'History' }).click();
    for (const words of ['bytes: 61,000,000', 'number of items: 48,000', 'by this machine']) await page.getByText(words).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1201] by sensitivity, the lanes show names whole beside their values', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/blast?incident=INC-02&view=lanes&color=sensitivity');
    const lanes = page.getByTestId('lanes').first();
    for (const name of ['Helpfulness guidelines v7', 'Code review guidelines v5', 'Tool-use prompts, set 12']) await drawnNode(lanes, name);
    expect(complaints).toEqual([]);
  });

  it('[W1202] a pack on the page writes controls as words', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/incidents/INC-02?tab=packs');
    const pack = page.getByRole('article');
    await pack.getByText('encryption at rest').first().waitFor();
    expect(await pack.textContent()).not.toMatch(/[A-Z]{3,}_[A-Z]/);
    expect(complaints).toEqual([]);
  });

  it('[W1204] a history and the respondent of an import are names, not ids', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=artifact:a-eval-a2&sel=artifact:a-eval-a2');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('owner: Aurelis Labs').waitFor();
    await page.goto('/import?respondent=quillmark');
    const field = page.getByLabel('Answer of (optional)');
    await eventually(async () => expect(await field.inputValue()).toBe('Quillmark'));
    expect(complaints).toEqual([]);
  });

  it('[W1205] what is missing or equal is said once, and a step without names says so', async () => {
    const { page } = await site.browser.open();
    await page.goto('/incidents/from-advisory?advisory=MAL-0');
    await page.getByRole('heading', { name: 'No advisory MAL-0' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('main').getByText('advisory MAL-0').or(page.locator('main').getByText('advisory "MAL-0"')).count()).toBe(1);
    await page.goto('/blast?incident=INC-02&vs=');
    await page.getByText('Both sides are the same question').waitFor();
    await page.getByRole('heading', { name: 'By lab' }).waitFor();
    expect(await page.getByText(/No artifact has changed|Both sides/).count()).toBe(1);
    const id = await makeDraft('id,name\nquillmark,Quillmark\n');
    await page.goto(`/import/${id}?step=names`);
    await page.getByText('There is nothing to decide here.').waitFor();
  });

  it.each([
    ['/explore?n=organization:quillmark&sel=organization:quillmark', 'Most valuable copies'],
    ['/quality?rule=CUSTODY_GAP', 'An organization sent a copy'],
  ])('[W1146] %s has no button on paper', async (path, ready) => {
    const { page, complaints } = await site.browser.open();
    await page.goto(path);
    await page.getByText(ready, { exact: false }).first().waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 1017 });
    for (const name of [
      'Show blast radius',
      'Expand',
      'Show canvas',
      'Hide table',
      'Close',
      'Correct',
      'Accept',
      'Add the missing transfer',
    ])
      await eventually(async () => expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 0]));
    // The panel is printed below the table.
    const parts = await Promise.all((await page.locator('[data-twin], [data-inspector]').all()).map(boxAtRest));
    const [table, panel] = parts;
    if (table !== undefined && panel !== undefined) expect(panel.y).toBeGreaterThanOrEqual(table.y + table.height - 1);
    expect(complaints).toEqual([]);
  });

  it('[W1161] no advisory is about an organization: only one with a software list has lists that name no package of one', async () => {
    const { page, complaints } = await site.browser.open();
    const sentence = page.getByText('Its lists name no package of a recorded advisory.');
    for (const [id, lists, count] of [
      ['tagboard', '1 software list', 1],
      ['dovemoor', 'No software list', 0],
    ] as const) {
      await page.goto(`/explore?n=organization:${id}&sel=organization:${id}`);
      await page.getByRole('tab', { name: 'Software' }).click();
      await page.getByRole('heading', { name: 'No advisory is known to concern it' }).waitFor();
      await page.getByRole('heading', { name: lists }).waitFor();
      await eventually(async () => expect([id, await sentence.count()]).toEqual([id, count]));
    }
    expect(complaints).toEqual([]);
  });

  it('[W1162] the settings of a watch say the windows and options of its radius', async () => {
    const { page, complaints } = await site.browser.open();
    const windows = 'core=2026-09-24T08:30Z..2026-09-24T11:25Z&widest=2026-09-19..2026-09-30&hops=2';
    await page.goto(`/blast?o=quillmark&${windows}`);
    await page.getByRole('button', { name: 'Watch this: Radius of Quillmark' }).click();
    const asked = page.getByRole('dialog', { name: 'Watch this' }).getByText(/^In UTC: /);
    expect(await asked.textContent()).toBe('In UTC: core Sep 24, 2026, 08:30–11:25, widest Sep 19 – Sep 30, 2026; up to 2 hops.');
    expect(complaints).toEqual([]);
  });
});
