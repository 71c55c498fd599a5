import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });
const spellings = ['AWS', 'Amazon Web Services', 'AWS, Inc.'];
const pairs = [
  ['Acme', 'AWS'],
  ['Birch', 'AWS'],
  ['Birch', 'Amazon Web Services'],
  ['Cedar', 'AWS, Inc.'],
  ['Delta', 'Amazon Web Services'],
  // Both ends become one organization.
  ['AWS, Inc.', 'AWS'],
] as const;

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function dependentsOf(origin: string): Promise<string[]> {
  const { blastRadius } = await ask(
    'query($origin: ID!) { blastRadius(input: { origins: [$origin] }) { dependents { edges { node { organization { id } } } } } }',
    { origin },
  );
  return blastRadius.dependents.edges.map(({ node }: { node: { organization: { id: string } } }) => node.organization.id).sort();
}

beforeAll(async () => {
  const input = {
    organizations: [
      ...spellings.map((name) => ({ id: name, name, roles: ['VENDOR'] })),
      ...['Acme', 'Birch', 'Cedar', 'Delta'].map((name) => ({ id: name, name, roles: ['LAB'] })),
      ...['Northwind', 'NORTHWIND Ltd'].map((name) => ({ id: name, name, roles: ['VENDOR'] })),
    ],
    engagements: pairs.map(([client, provider]) => ({ id: `${client} ${provider}`, client, provider })),
  };
  await ask('mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }', { input });
});

describe('one organization under several names', () => {
  it('[W130] is found by one name, merged after a list of what the merge hides, and unmerged with everything back', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/quality');
    // The search offers every spelling, also the one that has only these initials. None is chosen.
    await page
      .getByLabel(/^Search organizations/)
      .first()
      .fill('AWS');
    await page.getByRole('option', { name: /^Compare and merge these/ }).click();
    await page.getByRole('heading', { name: 'One organization, several names' }).waitFor();
    await page.getByRole('checkbox', { name: 'AWS, Inc. is one of them' }).waitFor();
    await eventually(async () => expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0));
    await page.getByText('Choose at least two names').waitFor();
    for (const name of spellings) await page.getByRole('checkbox', { name: `${name} is one of them`, exact: true }).check();
    await page.getByRole('radio', { name: 'Keep Amazon Web Services' }).check();

    // The page lists the hidden records before the merge is made.
    const hidden = page.getByRole('list', { name: 'Records that the merge hides' });
    await hidden.getByText('AWS, Inc. engages AWS').waitFor();
    await eventually(async () => expect(await hidden.getByRole('listitem').count()).toBe(1));
    expect(await findViolations(page)).toEqual([]);
    expect(await dependentsOf('Amazon Web Services')).toEqual(['Birch', 'Delta']);
    await page.getByRole('button', { name: 'Merge 2 names into Amazon Web Services' }).click();
    await page.getByText('AWS and AWS, Inc. now mean Amazon Web Services.').first().waitFor();
    expect(await dependentsOf('Amazon Web Services')).toEqual(['Acme', 'Birch', 'Cedar', 'Delta']);
    expect((await ask('{ engagement(id: "AWS, Inc. AWS") { id } }')).engagement).toBeNull();

    // A reload shows the merges with their author, and the history.
    await page.reload();
    await page.getByRole('heading', { name: 'Merged into Amazon Web Services' }).waitFor();
    await page.getByText('AWS, Inc. was merged into Amazon Web Services').waitFor();
    await page.getByRole('button', { name: 'Unmerge AWS, Inc.' }).click();
    await page.getByText('AWS, Inc. means itself again. Its hidden records are back.').first().waitFor();
    await page.getByText('AWS, Inc. was unmerged from Amazon Web Services').waitFor();
    expect(await dependentsOf('Amazon Web Services')).toEqual(['AWS, Inc.', 'Acme', 'Birch', 'Cedar', 'Delta']);
    expect((await ask('{ engagement(id: "AWS, Inc. AWS") { provider { id } } }')).engagement).toEqual({
      provider: { id: 'Amazon Web Services' },
    });

    // Undo merges again; so does unmerging the other way around.
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').first().waitFor();
    expect(await dependentsOf('Amazon Web Services')).toEqual(['Acme', 'Birch', 'Cedar', 'Delta']);
    expect(complaints).toEqual([]);
  });

  it('[W320] a saved view and an address from before a merge show what a new one shows, with the selection, its menu and its names', async () => {
    const merge = (organization: string, into: string) =>
      ask('mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { message } } }', {
        input: { organization, into },
      });
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=organization:Acme&n=organization:AWS&sel=organization:AWS');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByLabel('Save what the page shows now as').fill('Before');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = (await page.getByRole('link', { name: 'Before' }).getAttribute('href')) ?? '';
    await page.keyboard.press('Escape');
    await merge('AWS', 'Amazon Web Services');
    try {
      // The page that is open learns of the merge.
      await page.waitForURL(/sel=organization%3AAmazon/, { timeout: 45_000 });
      const other = await site.browser.open();
      await other.page.goto(saved);
      await other.page.waitForURL(/n=organization%3AAmazon\+Web\+Services&sel=organization%3AAmazon\+Web\+Services$/);
      const details = other.page.getByRole('complementary', { name: 'Details of Amazon Web Services' });
      await details.getByRole('button', { name: 'Expand' }).waitFor();
      await eventually(async () => expect(await other.page.locator('[data-twin] tr[data-selected]').count()).toBe(1));

      await other.page.goto('/blast?o=Acme&w=SUSPEND:AWS@2026-09-18&core=2026-09-24..2026-09-25&widest=2026-09-24..2026-09-25');
      await other.page.getByText('Suspend Amazon Web Services').waitFor();
      await other.page.goto('/rankings?sel=AWS');
      await other.page.waitForURL(/sel=Amazon/);
      expect([...complaints, ...other.complaints]).toEqual([]);
    } finally {
      await ask('mutation($input: UnmergeOrganizationsInput!) { unmergeOrganizations(input: $input) { userErrors { message } } }', {
        input: { organization: 'AWS' },
      });
    }
  });

  it('[W131] leads from a possible duplicate in Data quality to the merge, with both names chosen and Undo', async () => {
    const { page, complaints } = await site.browser.open({ colorScheme: 'dark', width: 390, height: 844 });
    await page.goto('/quality?rule=POSSIBLE_DUPLICATE');
    await page.locator('li', { hasText: 'NORTHWIND Ltd' }).getByRole('link', { name: 'Compare and merge' }).first().click();
    await page.getByRole('checkbox', { name: 'NORTHWIND Ltd is one of them' }).waitFor();
    await eventually(async () => expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2));
    await page.getByText('The merge hides no record.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Keep Northwind', exact: true }).check();
    await page.getByRole('button', { name: 'Merge NORTHWIND Ltd into Northwind' }).click();
    await page.getByText('NORTHWIND Ltd now means Northwind.').first().waitFor();
    expect((await ask('{ organization(id: "NORTHWIND Ltd") { id aliases } }')).organization).toEqual({
      id: 'Northwind',
      aliases: ['NORTHWIND Ltd'],
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').first().waitFor();
    expect((await ask('{ organization(id: "NORTHWIND Ltd") { id } }')).organization).toEqual({ id: 'NORTHWIND Ltd' });
    expect(complaints).toEqual([]);
  });
});
