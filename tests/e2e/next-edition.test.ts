import { secondEdition } from '../import/look-alikes/second-edition.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const names = ['Okta', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Vandelay', 'Soylent', 'Stark', 'Wayne', 'Wonka', 'Cyberdyne', 'Tyrell'];
const rowOf = (name: string, costCenter: number) => `${name},Service ${costCenter % 3},CC-${costCenter}`;
const list = (...rows: readonly string[]) => `Vendor,Service,Cost center\n${rows.join('\n')}\n`;
const firstRows = names.map(rowOf);
/** Wonka is gone, and Tyrell has another name. */
const nextRows = [...firstRows.slice(0, 9), firstRows[10] as string, rowOf('Nexus Works', 11)];

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function settle(id: string, state: string): Promise<void> {
  await eventually(
    async () => {
      const { import: found } = await ask('query($id: ID!) { import(id: $id) { state report { rows } failure } }', { id });
      expect(found).toMatchObject({ state, report: { rows: expect.any(Number) } });
    },
    { timeoutMs: 60_000 },
  );
}

async function commitFirstEdition(source: string, file: string, text: string, clientName: string | null): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ source });
  const { id } = (await (await fetch(`${site.server.url}/api/imports`, { method: 'POST', headers, body })).json()) as { id: string };
  await fetch(`${site.server.url}/api/imports/${id}/files/${file}`, { method: 'PUT', body: text });
  await settle(id, 'DRAFT');
  const input = { import: id, file, clientName, clientRole: 'LAB', createMissingOrganizations: true };
  await ask('mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }', { input });
  await settle(id, 'DRAFT');
  await ask('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
  await settle(id, 'COMMITTED');
}

describe('the next edition of a list', () => {
  it('[W120] [W200] asks what became of a vendor that is gone, offers one under a new name, keeps unsent answers over a reload, and Undo restores the edition before', async () => {
    await commitFirstEdition('Register of Acme', 'vendors.csv', list(...firstRows), 'Acme');
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('Source (optional)').fill('Register of Acme');
    await page.getByLabel('CSV files').setInputFiles({ name: 'vendors.csv', mimeType: 'text/csv', buffer: Buffer.from(list(...nextRows)) });
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();

    // A vendor that is gone has a new name: it shares a cost center with the former one.
    await page.getByRole('heading', { name: 'Who is who?' }).waitFor();
    await page.getByText(/the last edition lists it, and this one does not/).waitFor();
    await eventually(async () => expect(await page.getByRole('radio', { name: /Same as Tyrell/ }).isChecked()).toBe(false));
    await page.getByRole('radio', { name: /Same as Tyrell/ }).check();
    await page.reload();
    await page.getByRole('radio', { name: /Same as Tyrell/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();

    // Another vendor and its engagement are gone. They ended on a date.
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await page.getByText(/1 organization and 1 engagement of the last edition/).waitFor();
    await eventually(async () =>
      expect(await page.getByRole('radio', { name: 'Ended on a date' }).getAttribute('aria-checked')).toBe('true'),
    );
    await page.getByText('No longer listed (2)').click();
    await page.getByText('Acme engages Wonka').waitFor();
    await page.getByLabel('Last day').fill('2026-01-31');
    await page.reload();
    await eventually(async () => expect(await page.getByLabel('Last day').inputValue()).toBe('2026-01-31'));
    await eventually(async () => expect(await page.locator('main').textContent()).not.toMatch(/--[a-z]/));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();

    // The report shows the end, and what drifted.
    await page.getByText(/Since the last edition .*: 0 new, 23 listed again, 2 of 25 are no longer listed\./).waitFor();
    await page.getByText('Jan 31, 2026').waitFor();
    await page.getByRole('button', { name: /^Commit 2 changes/ }).click();
    await page
      .locator('main')
      .getByText(/^Imported: 0 created, 2 updated/)
      .waitFor();
    const ends =
      '{ wonka: engagement(id: "Acme > Wonka") { endsAt } tyrell: engagement(id: "Acme > Tyrell") { endsAt } organization(id: "Tyrell") { aliases } }';
    expect(await ask(ends)).toEqual({
      wonka: { endsAt: '2026-02-01T00:00:00Z' },
      tyrell: { endsAt: null },
      organization: { aliases: ['Nexus Works'] },
    });

    // The history has the drift of this edition. The first edition has none.
    const committed = page.url();
    await page.goto('/import');
    const editions = page.getByRole('row', { name: /^Register of Acme/ });
    await editions.getByRole('cell', { name: '0 new, 23 listed again, 2 gone' }).waitFor();
    await eventually(async () => expect(await editions.count()).toBe(2));
    await page.goto(committed);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('The data is as if this import had never happened.').waitFor();
    expect(await ask(ends)).toEqual({ wonka: { endsAt: null }, tyrell: { endsAt: null }, organization: { aliases: [] } });
    expect(complaints).toEqual([]);
  });

  it('[W201] of 470 pairs, with 75 gone and 30 providers renamed, takes one answer, and a choice for each name that may be another', async () => {
    const { source, first, second } = secondEdition;
    await commitFirstEdition(source, 'ai-subprocessors.csv', first, null);
    const { page, complaints } = await site.browser.open();
    await page.goto('/import');
    await page.getByLabel('Source (optional)').fill(source);
    await page.getByLabel('CSV files').setInputFiles({ name: 'ai-subprocessors.csv', mimeType: 'text/csv', buffer: Buffer.from(second) });
    await page.getByRole('heading', { name: 'What is this?' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    // A website or a similar name is no identity: all 30 are asked one by one.
    await page.getByRole('heading', { name: 'Who is who?' }).waitFor();
    const asked = page.getByRole('region', { name: 'Brands, products, parents and former names' });
    await asked.getByRole('heading').waitFor();
    for (const name of await asked.getByRole('radiogroup').all())
      await name
        .getByRole('radio', { name: /^Same as/ })
        .first()
        .check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
    await page.getByText(/75 engagements of the last edition/).waitFor();
    await page.getByRole('radio', { name: 'Ended on a date' }).click();
    await page.getByLabel('Last day').fill('2026-06-30');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(/Since the last edition .* are no longer listed\./).waitFor();
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page
      .locator('main')
      .getByText(/^Imported: 0 created/)
      .waitFor();

    // The separate reading: 470 pairs before, of which every sixth is gone up to 75.
    const rowsOf = (text: string) => text.trim().split('\n').slice(1);
    expect([rowsOf(first).length, rowsOf(first).length - rowsOf(second).length]).toEqual([470, 75]);
    const { engagements } = await ask('{ engagements(first: 500) { edges { node { endsAt client { id } } } } }');
    const ends = engagements.edges.flatMap(({ node }: { node: { endsAt: string | null; client: { id: string } } }) =>
      node.client.id === 'Acme' ? [] : [node.endsAt],
    );
    expect([ends.length, ends.filter((end: string | null) => end === '2026-07-01T00:00:00Z').length]).toEqual([470, 75]);
    expect(complaints).toEqual([]);
  });
});
