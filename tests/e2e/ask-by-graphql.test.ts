import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('asking by GraphQL', () => {
  it('[W90] the console asks its first question, knows the schema, and asks no other host', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/graphiql');
    // The tab has its name before the editor holds the question, and a click before that asks nothing.
    await page.locator('.graphiql-query-editor .CodeMirror-code, .graphiql-query-editor .view-lines', { hasText: 'FirstLook' }).waitFor();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window', { hasText: '"totalCount"' }).waitFor({ timeout: 60_000 });
    await eventually(async () => expect(await page.locator('.result-window').textContent()).toContain('"currentAt"'));
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.getByRole('link', { name: 'BlastRadiusInput' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W90] the page does not load the console', async () => {
    const { page } = await site.browser.open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /graphiql|codemirror/.test(url))).toEqual([]);
  });

  it('[W287] what-ifs, comparisons, incidents and the audit trail offer their question, and the API answers it', async () => {
    const { page, complaints } = await site.browser.open();
    const radius = '/blast?incident=INC-02';
    for (const path of [
      `${radius}&w=SUSPEND:quillmark@2026-09-20`,
      `${radius}&vs=&vsCore=2026-09-23T00:00Z..2026-09-24T00:00Z`,
      '/incidents',
      '/incidents/INC-02',
      '/audit',
    ]) {
      await page.goto(path);
      await page.getByRole('button', { name: 'Export' }).first().click();
      const href = (await page.getByRole('menuitem', { name: 'Ask this by GraphQL' }).getAttribute('href')) as string;
      const { query, variables } = Object.fromEntries(new URLSearchParams(href.slice('/graphiql#'.length)));
      const asked = await fetch(`${site.server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: JSON.parse(variables as string) }),
      });
      expect([path, await asked.json()]).toEqual([path, { data: expect.any(Object) }]);
    }
    expect(complaints).toEqual([]);
  });

  it('[W302] the list of incidents can be exported with the figures that it shows, and an incident with its artifacts', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/incidents');
    await page
      .getByRole('row', { name: /Quillmark: credentials/ })
      .getByText('14', { exact: true })
      .waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Shown rows as CSV' }).click()]);
    const rows = parse(readFileSync(await list.path(), 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.find(({ id }) => id === 'INC-02')).toMatchObject({ origins: 'quillmark', exposed: '14', possible: '6', labs: '4' });
    await page.goto('/incidents/INC-02');
    await page.getByRole('button', { name: 'Export' }).click();
    const [artifacts] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Artifacts in reach as CSV' }).click(),
    ]);
    expect(parse(readFileSync(await artifacts.path(), 'utf8'), { columns: true, bom: true })).toHaveLength(25);
    expect(complaints).toEqual([]);
  });
});
