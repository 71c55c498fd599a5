import { readFileSync } from 'node:fs';
import { readPdf } from '../support/answers/pdf-text.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function importAnswer(respondent: string, file: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${site.server.url}/api/imports`, { method: 'POST', headers, body: JSON.stringify({ respondent }) });
  const { id } = (await created.json()) as { id: string };
  await fetch(`${site.server.url}/api/imports/${id}/files/holdings.csv`, { method: 'PUT', body: file });
  const settle = async (state: string) => {
    await eventually(
      async () => {
        const { import: found } = await ask('query($id: ID!) { import(id: $id) { state report { rows } } }', { id });
        expect(found).toMatchObject({ state, report: { rows: expect.any(Number) } });
      },
      { timeoutMs: 60_000 },
    );
  };
  await settle('DRAFT');
  const { commitImport } = await ask('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
  expect(commitImport.userErrors).toEqual([]);
  await settle('COMMITTED');
}

describe('asking a vendor', () => {
  it('[W192] [W221] a questionnaire goes out from the plan, its answer comes in, and the page follows', async () => {
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/incidents/INC-02?tab=plan');
    const step = page.getByRole('listitem').filter({ hasText: 'Ask Quillmark what it holds' });
    const [toPrint] = await Promise.all([page.waitForEvent('download'), step.getByRole('link', { name: 'To print (PDF)' }).click()]);
    expect(readPdf(readFileSync(await toPrint.path())).pages.join('')).toContain('QuestionstoQuillmark:whatyouhold');
    const [sent] = await Promise.all([page.waitForEvent('download'), step.getByRole('link', { name: 'Questionnaire (CSV)' }).click()]);
    const [header = '', ...rows] = readFileSync(await sent.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const columns = header.split(',');
    const answered = rows.map((row) => {
      const cells = row.split(',');
      if (cells[columns.indexOf('artifact')] !== 'a-pref-p4') return row;
      cells[columns.indexOf('deletion_state')] = 'VERIFIED';
      cells[columns.indexOf('deleted_at')] = '2026-05-31';
      return cells.join(',');
    });
    expect(answered).not.toEqual(rows);

    // The way in for the answer names who answers. It is on the plan and among those to ask.
    await page.getByRole('navigation', { name: 'Work on the incident' }).getByText('Notices').click();
    const asked = page.getByRole('region', { name: 'Whom to ask' }).getByRole('listitem').filter({ hasText: 'Quillmark' });
    // Lists above the link may still come, and move it.
    await settle();
    await asked.getByRole('link', { name: 'Import their answer: Quillmark' }).click();
    await eventually(async () => expect(await page.getByLabel('Answer of (optional)').inputValue()).toBe('Quillmark'));
    await page.goBack();
    await page.getByRole('navigation', { name: 'Work on the incident' }).getByText('Plan').click();

    await importAnswer('quillmark', `${[header, ...answered].join('\n')}\n`);
    const { copies } = await ask(
      '{ copies(holder: "quillmark", artifact: "a-pref-p4", first: 5) { edges { node { transfer { deletionState provenance { source } } } } } }',
    );
    expect(copies.edges.map(({ node }: { node: { transfer: { deletionState: string } } }) => node.transfer.deletionState)).toContain(
      'ATTESTED',
    );

    await step.getByRole('button', { name: /^Tick off: Ask Quillmark/ }).click();
    await page.getByLabel('Done on, in UTC').fill('2026-10-05');
    await page.getByLabel('Evidence').fill('Their answer of October 5.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('main').getByText('Done: Oct 5, 2026. Evidence: Their answer of October 5.').waitFor();
    await page.getByRole('navigation', { name: 'Work on the incident' }).getByText('Summary').click();
    await page.locator('main').getByText('Ask Quillmark what it holds and what was touched.', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });
});
