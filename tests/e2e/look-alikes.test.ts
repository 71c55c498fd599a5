import type { Page } from 'playwright-core';
import type { LookAlike } from '../import/look-alikes/list-parts.ts';
import { lookAlikes } from '../import/look-alikes/look-alikes.ts';
import { separateReadings } from '../import/look-alikes/separate-readings.ts';
import type { OpenedPage } from '../support/browser/chromium.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });
let opened: OpenedPage;
beforeAll(async () => {
  opened = await site.browser.open();
});

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

function flagValue({ flags }: LookAlike, flag: string): string | undefined {
  const at = flags.indexOf(flag);
  return at < 0 ? undefined : flags[at + 1];
}

const ROLES: Readonly<Record<string, string>> = { LAB: 'lab', VENDOR: 'vendor' };

/** Names the owner of a list, or the role of the clients that its rows name, if the page asks for it. @returns the number of decisions */
async function answerOwner(page: Page, list: LookAlike): Promise<number> {
  const owner = page.getByRole('combobox', { name: 'Whose list is it?' }).or(page.getByLabel('Whose list is it?')).first();
  const role = page.getByRole('combobox', { name: 'Role of the client' });
  if ((await owner.count()) > 0) {
    await owner.fill(flagValue(list, '--client') as string);
    await page.keyboard.press('Tab');
  } else if ((await role.count()) === 0) return 0;
  await role.click();
  await page.getByRole('option', { name: ROLES[flagValue(list, '--client-role') ?? 'LAB'] as string, exact: true }).click();
  return 1;
}

/** Answers every question of the step. Proposals stay, and a date without one has the month first. @returns the number of decisions */
async function answerQuestions(page: Page): Promise<number> {
  const groups = page.getByRole('main').getByRole('radiogroup');
  for (const group of await groups.all()) {
    if ((await group.getByRole('radio', { checked: true }).count()) === 0) await group.getByRole('radio', { name: 'Month first' }).click();
  }
  return groups.count();
}

/** Goes from the upload to the report. @returns the number of decisions besides merges */
async function answerAll(page: Page, list: LookAlike): Promise<number> {
  let decisions = 0;
  let before = '';
  for (;;) {
    const heading = page.locator('main h2[tabindex="-1"]').filter({ hasNotText: before === '' ? 'History' : before });
    await heading.waitFor();
    // A step has its fields once it is not busy.
    await page.locator('main footer button[data-loading]').waitFor({ state: 'detached' });
    before = (await heading.textContent()) ?? '';
    if (before === 'Preview') return decisions;
    if (before.startsWith('What')) decisions += await answerOwner(page, list);
    if (before === 'Questions') decisions += await answerQuestions(page);
    await page.getByRole('button', { name: /^Continue/ }).click();
  }
}

describe('a realistic list in the import wizard', () => {
  it.each(lookAlikes.map((one) => [one.title, one] as const))(
    '[W133] %s is imported with the decisions that the test states and at most three, merges aside, and gives the figures of a separate reading',
    async (_, list) => {
      const { page, complaints } = opened;
      const { file, content, others = {}, questions } = list;
      const expected = separateReadings[file]?.(content, others);
      await page.goto('/import');
      const files = Object.entries({ [file]: content, ...others });
      await page
        .getByLabel('CSV files')
        .setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })));
      const decisions = await answerAll(page, list);
      expect([decisions, decisions <= 3]).toEqual([questions.length, true]);

      const main = page.getByRole('main');
      const { rows = 0, repeated = 0, leftOut = 0 } = expected ?? {};
      const [read, used, twice, out] = [rows, rows - repeated - leftOut, repeated, leftOut].map((count) => count.toLocaleString('en-US'));
      await main.getByText(`Rows: ${read} read = ${used} used + ${twice} repeated + ${out} left out + 0 rejected.`).waitFor();
      await eventually(async () => expect(await main.textContent()).not.toMatch(/(^|\s)--[a-z]/));
      await page.getByRole('button', { name: /^Commit/ }).click();
      await page
        .locator('main')
        .getByText(/^Imported: [\d,]+ created, 0 updated/)
        .waitFor();
      const { counts, imports } = await ask(
        '{ counts { organizations engagements controls } imports(first: 1) { edges { node { id report { rejected } } } } }',
      );
      const { organizations, engagements, controls } = expected ?? {};
      expect(counts).toEqual({ organizations, engagements, controls });
      const [{ node }] = imports.edges;
      expect(node.report.rejected).toBe(0);
      const undo = 'mutation($id: ID!) { undoImport(input: { id: $id }) { userErrors { message } } }';
      expect((await ask(undo, { id: node.id })).undoImport.userErrors).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
