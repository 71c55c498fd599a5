import type { Page } from 'playwright-core';
import { findViolations, findViolationsEverywhere } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const poisoned = 'pkg:pypi/proxyline-gateway';

/** A list of one organization as its tool writes it: without a supplier, so that nobody but a person knows whose it is. */
function bom(version: number, timestamp: string | null, names: string): string {
  const components = [
    { type: 'library', name: 'proxyline-gateway', version: names, purl: `${poisoned}@${names}` },
    { type: 'library', name: 'requests', version: `2.32.${version}`, purl: `pkg:pypi/requests@2.32.${version}` },
  ];
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79', version },
    metadata: {
      ...(timestamp === null ? {} : { timestamp }),
      component: { type: 'application', name: 'gateway', version: `1.${version}.0` },
    },
    components,
  });
}

const record = JSON.stringify({
  ...{ schema_version: '1.7.0', id: 'MAL-2026-9031', modified: '2026-09-24T12:40:00Z', published: '2026-09-24T12:40:00Z' },
  ...{ aliases: ['GHSA-7q3v-demo-0001'], summary: 'Poisoned release of the Proxyline gateway' },
  affected: [{ package: { ecosystem: 'PyPI', name: 'proxyline-gateway' }, versions: ['4.7.2', '4.7.2.post1'] }],
});

async function upload(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.goto('/import');
  const list = Object.entries(files).map(([name, text]) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) }));
  await page.getByLabel('CSV files').setInputFiles(list);
}

async function commit(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Commit/ }).click();
  await page
    .locator('main')
    .getByText(/^Imported: /)
    .waitFor();
}

describe('a poisoned release', () => {
  it('[W970] [W994] is followed from two files to the organization that had it, and saved as an incident that says what it was proposed from', async () => {
    const { page, complaints } = await site.browser.open();

    // Nothing in the list says whose it is, so a person is asked.
    await upload(page, {
      'one.cdx.json': bom(1, '2026-09-24T08:50:00Z', '4.7.2'),
      'two.cdx.json': bom(2, '2026-09-26T06:00:00Z', '4.7.3'),
    });
    await page.getByRole('heading', { name: 'Questions' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: /Whose software list is one\.cdx\.json/ }).fill('Quillmark');
    await page.getByRole('textbox', { name: /Whose software list is two\.cdx\.json/ }).fill('quillmark');
    await page.getByRole('button', { name: 'Continue' }).click();
    await commit(page);
    await upload(page, { 'MAL-2026-9031.json': record });
    await commit(page);

    await page.goto('/incidents');
    await page.getByRole('button', { name: 'From an advisory' }).click();
    await page.getByRole('textbox', { name: 'Search an advisory' }).fill('proxyline');
    await page.getByRole('link', { name: 'MAL-2026-9031' }).click();
    await page.getByRole('heading', { name: 'MAL-2026-9031' }).waitFor();
    await page.getByRole('img', { name: 'Quillmark, present, 2 dated lists, 1 names 4.7.2' }).waitFor();
    await page.getByText('Nobody says when. So every time counts').waitFor();

    // A claim of this proposal alone.
    await page.getByRole('button', { name: 'Add a claim' }).click();
    await page.getByRole('button', { name: 'Use it here' }).click();
    await page.getByRole('alert').getByText('Name who says so').waitFor();
    await page.getByRole('textbox', { name: 'Who says so' }).fill('Registry notice');
    await page.getByRole('textbox', { name: 'From, UTC' }).fill('2026-09-24 08:30');
    await page.getByRole('textbox', { name: 'Until, UTC' }).fill('2026-09-24 11:25');
    await page.getByRole('button', { name: 'Use it here' }).click();
    await page.getByText('Registry notice · only here').waitFor();
    await page.getByText('The hours of Sep 24 are drawn larger.', { exact: false }).waitFor();

    // The keyboard: a list is spoken, Enter shows it, Space takes the tick away.
    const row = page.getByRole('button', { name: 'Quillmark', exact: true });
    await row.focus();
    await page.keyboard.press('ArrowRight');
    await eventually(async () =>
      expect(await page.getByTestId('live-region').textContent()).toBe('List of Sep 24, 2026, 08:50, names 4.7.2.'),
    );
    await page.keyboard.press('Enter');
    const list = page.getByRole('dialog');
    await list.getByText('2 components', { exact: false }).first().waitFor();
    await list.getByText('proxyline-gateway').waitFor();
    await page.keyboard.press('Escape');
    await row.focus();
    await page.keyboard.press(' ');
    await page.getByText('Nobody is ticked', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Tick as graded' }).click();
    await page.getByRole('checkbox', { name: 'Start at Quillmark' }).and(page.locator(':checked')).waitFor();

    // Two more starts, one of them doubtful. The figures are those of the answer.
    await page.getByRole('button', { name: /^Show \d+/ }).click();
    await page.getByRole('checkbox', { name: 'Bluefinch' }).click();
    await page.waitForURL(/tick=1%3Abluefinch/);
    const { proposeIncident: proposed } = await ask(
      `{ proposeIncident(input: { advisory: "MAL-2026-9031", availabilities: [{ source: "Registry notice", from: "2026-09-24T08:30:00Z", until: "2026-09-24T11:25:00Z" }],
        origins: ["quillmark"], suspectedOrigins: [{ organization: "bluefinch", likelihood: 1 }] }) { bounds blastRadius { summary { exposedCount possibleCount } } } }`,
    );
    const panel = page.getByRole('region', { name: 'Proposal', exact: true });
    await panel.getByText('suspected, 100%').waitFor();
    const { exposedCount, possibleCount } = proposed.blastRadius.summary;
    expect(exposedCount).toBeGreaterThan(0);
    await panel.getByText(new RegExp(`^Exposed${exposedCount}`)).waitFor();
    await panel.getByText(new RegExp(`^Possible${possibleCount}`)).waitFor();
    await panel.getByText(proposed.bounds[0]).waitFor();
    expect(await findViolationsEverywhere(page)).toEqual([]);

    await page.getByRole('button', { name: 'Save as incident' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Poisoned gateway');
    await page.getByRole('textbox', { name: 'Discovered, in UTC' }).fill('2026-09-30');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Poisoned gateway' }).waitFor();
    const kept = page.getByRole('region', { name: 'Proposed from' });
    await kept.getByText('Today’s lists and records give the same grades.').waitFor();
    await kept.getByText('Could be installed, as claimed then: Sep 24, 2026, 08:30 to Sep 24, 2026, 11:25 (Registry notice).').waitFor();
    expect(await findViolations(page)).toEqual([]);
    const { incidents } = await ask(
      '{ incidents { edges { node { name discoveredAt origins { id } suspectedOrigins { organization { id } } advisory { id } } } } }',
    );
    expect(
      incidents.edges.map(({ node }: { node: { name: string } }) => node).find(({ name }: { name: string }) => name === 'Poisoned gateway'),
    ).toEqual({
      name: 'Poisoned gateway',
      discoveredAt: '2026-09-30T00:00:00Z',
      origins: [{ id: 'quillmark' }],
      suspectedOrigins: [{ organization: { id: 'bluefinch' } }],
      advisory: { id: 'MAL-2026-9031' },
    });

    // A pack quotes the list that is ticked, and the address keeps the tick.
    await page.getByRole('link', { name: /^Packs/ }).click();
    const ticks = page.getByRole('group', { name: 'Quote software lists' });
    await ticks.getByRole('combobox', { name: 'Organization' }).selectOption('Quillmark');
    await ticks.getByRole('checkbox', { name: 'Sep 24, 2026, 08:50: gateway 1.1.0' }).click();
    const pack = page.getByRole('region', { name: /^Pack for / });
    const sentence =
      'Quillmark: According to its own software list of Sep 24, 2026, 08:50 UTC, it had proxyline-gateway 4.7.2, which MAL-2026-9031 names.';
    await pack.getByText(sentence).waitFor();
    await page.waitForURL((url) => url.searchParams.getAll('list').length === 1);
    await eventually(async () =>
      expect(await page.getByRole('link', { name: 'PDF', exact: true }).getAttribute('href')).toMatch(/&lists=quillmark/),
    );
    expect(await findViolations(page)).toEqual([]);
    await page.reload();
    await pack.getByText(sentence).waitFor();
    await ticks.getByRole('checkbox', { name: 'Sep 24, 2026, 08:50: gateway 1.1.0' }).click();
    await pack.getByText(sentence).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('[W971] shows the software of an organization with what changed, takes a list back, and says who has no list', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore?n=organization%3Aquillmark&sel=organization%3Aquillmark');
    await page.getByRole('tab', { name: 'Software' }).click();
    const tab = page.getByRole('tabpanel', { name: 'Software' });
    await tab.getByText('2 changed', { exact: false }).waitFor();
    const lists = Number.parseInt((await tab.getByText(/^\d+ software lists?$/).textContent()) as string, 10);
    await tab.getByRole('link', { name: 'MAL-2026-9031' }).waitFor();
    expect(await findViolations(page, { within: '[role=tabpanel]' })).toEqual([]);
    await tab.getByRole('button', { name: 'Sep 26, 2026, 06:00, version 1.2.0' }).click();
    const list = page.getByRole('dialog');
    await list.getByRole('textbox', { name: 'Find a component' }).fill('requests');
    await list.getByRole('cell', { name: '2.32.2' }).waitFor();
    await eventually(async () => expect(await list.getByRole('rowheader').count()).toBe(1));
    expect(await findViolations(page, { within: '[role=dialog]' })).toEqual([]);
    await list.getByRole('button', { name: 'Take this list back' }).click();
    await list.getByRole('button', { name: 'Retract', exact: true }).click();
    const left = lists - 1;
    await tab.getByText(`${left} software list${left === 1 ? '' : 's'}`, { exact: true }).waitFor();

    await page.goto('/quality');
    await page.getByRole('link', { name: 'Software lists' }).click();
    await page.getByRole('heading', { name: 'Software lists' }).waitFor();
    const row = page.getByRole('row', { name: /Quillmark/ });
    await row
      .getByText(/Sep 2[46], 2026/)
      .first()
      .waitFor();
    await eventually(async () => expect(await page.getByRole('row', { name: /none/ }).count()).toBeGreaterThan(5));
    expect(await findViolationsEverywhere(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W993] takes what an organization says of itself beside its grade, which stays, and takes it back', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/incidents/from-advisory?advisory=MAL-2026-990924&sel=quillmark');
    await page.getByRole('button', { name: 'Record what Quillmark says' }).click();
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('alert').getByText('Name where it says so').waitFor();
    await page.getByRole('textbox', { name: 'Where it says so' }).fill('Letter of Sep 25');
    await page.getByRole('textbox', { name: 'Why' }).fill('The proxy was never started.');
    await page.getByRole('textbox', { name: 'When, UTC' }).fill('2026-09-25');
    expect(await findViolations(page)).toEqual([]);
    const before = await gradeOf('quillmark');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page
      .getByText(
        'Quillmark says “not affected”: The proxy was never started. (Letter of Sep 25, Sep 25, 2026). It never lowers the grade.',
        { exact: false },
      )
      .waitFor();
    const statement = { state: 'NOT_AFFECTED', justification: 'The proxy was never started.', source: 'Letter of Sep 25' };
    expect(await gradeOf('quillmark')).toEqual({ grade: before.grade, statements: [...before.statements, statement] });

    await page.getByRole('button', { name: 'Retract what Letter of Sep 25 says' }).click();
    await page.getByText('The proxy was never started.', { exact: false }).waitFor({ state: 'detached' });
    expect(await gradeOf('quillmark')).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('[W991] words one question for all organizations without a list, which names none of them, and says whose address is not recorded', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/incidents/from-advisory?advisory=MAL-2026-990924');
    const { proposeIncident: proposed } = await ask(
      `{ proposeIncident(input: { advisory: "MAL-2026-990924" }) { matches(first: 500, grades: [NO_LIST]) {
        totalCount edges { node { organization { name contactEmail } } } } } }`,
    );
    const { totalCount, edges } = proposed.matches;
    expect(totalCount).toBeGreaterThan(3);
    const asked: { name: string; contactEmail: string | null }[] = edges.map(
      ({ node }: { node: { organization: object } }) => node.organization,
    );
    await page.getByRole('button', { name: `Ask all ${totalCount}` }).click();
    const without = asked.filter(({ contactEmail }) => contactEmail === null).length;
    await page
      .getByText(
        without === 0 ? `An address is recorded for all ${totalCount}.` : `No address is recorded for ${without} of ${totalCount}.`,
      )
      .waitFor();
    const letter = await eventually(async () => {
      const text = await page.getByRole('textbox', { name: 'The question' }).inputValue();
      expect(text).toContain('MAL-2026-990924');
      expect(text).toContain('relaymux 2.4.2');
      return text;
    });
    expect(asked.filter(({ name }) => letter.includes(name))).toEqual([]);
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

async function gradeOf(organization: string): Promise<{ grade: string; statements: object[] }> {
  const { advisoryMatches } = await ask(
    `{ advisoryMatches(advisory: "MAL-2026-990924", first: 500) { edges { node { organization { id } grade statements { state justification source } } } } }`,
  );
  const { node } = advisoryMatches.edges.find(
    ({ node }: { node: { organization: { id: string } } }) => node.organization.id === organization,
  );
  return { grade: node.grade, statements: node.statements };
}

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function ask(query: string): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${site.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
