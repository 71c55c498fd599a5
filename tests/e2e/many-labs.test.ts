import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite({ isDemo: false });

const labCount = 260;
/** Their notices are due first, and they fill the first page of the notices. */
const noticedCount = 101;
const place = (i: number) => String(i).padStart(3, '0');
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
  readonly [field: string]: any;
}

async function ask(query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  expect(errors).toBeUndefined();
  for (const payload of Object.values(data)) expect(payload?.userErrors ?? []).toEqual([]);
  return data;
}

const putFacts = (input: object) =>
  ask('mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }', { input });

const artifact = (i: number) => ({
  id: `a-${place(i)}`,
  name: `Guide ${place(i)}`,
  type: 'ANNOTATION_GUIDELINES',
  owner: `lab-${place(i)}`,
  sensitivity: 3,
  valueLowUsd: 1000 * (i + 1),
  valueHighUsd: 1000 * (i + 1),
});

let incident = '';

/** One vendor that serves 260 labs, holds a guide of each, and lets 60 tools into its systems. */
beforeAll(async () => {
  const labs = numbers(labCount);
  const tools = numbers(60);
  await putFacts({
    organizations: [
      { id: 'hub', name: 'Hub', roles: ['VENDOR'] },
      ...labs.map((i) => ({ id: `lab-${place(i)}`, name: `Laboratory ${place(i)}`, roles: ['LAB'] })),
      ...tools.map((i) => ({ id: `tool-${i}`, name: `Tool ${i}`, roles: ['TOOL_PROVIDER'] })),
    ],
    artifacts: labs.map((i) => artifact(i)),
    transfers: labs.map((i) => ({
      id: `t-${place(i)}`,
      artifact: `a-${place(i)}`,
      sender: `lab-${place(i)}`,
      recipient: 'hub',
      sentAt: '2026-01-01T00:00:00Z',
    })),
    access: tools.map((i) => ({ id: `x-${i}`, grantee: `tool-${i}`, grantor: 'hub' })),
    engagements: numbers(noticedCount + 1).map((i) => ({
      id: `e-${place(i)}`,
      client: `lab-${place(i)}`,
      provider: 'hub',
      noticeHours: i < noticedCount ? 24 : 72,
    })),
  });
  const window = { from: '2026-09-19T00:00:00Z', to: '2026-09-20T00:00:00Z' };
  const saved = await ask(
    'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } userErrors { message } } }',
    {
      input: {
        name: 'Hub is compromised',
        state: 'OPEN',
        discoveredAt: '2026-10-01T00:00:00Z',
        origins: ['hub'],
        core: window,
        widest: window,
      },
    },
  );
  incident = saved.saveIncident.incident.id;
});

describe('a store of many labs', () => {
  it('[W332] packs are offered for every lab to be told, and the pack of a link is that of its lab or none', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/incidents/${incident}?tab=packs&lab=lab-259`);
    const chosen = page.getByRole('combobox', { name: 'Lab' });
    await page.getByRole('region', { name: 'Pack for Laboratory 259' }).getByText('Guide 259').first().waitFor();
    await eventually(async () => expect(await chosen.inputValue()).toBe('lab-259'));
    await eventually(async () =>
      expect(await page.getByRole('link', { name: 'PDF', exact: true }).getAttribute('href')).toContain('lab=lab-259'),
    );
    await eventually(async () => expect(await chosen.locator('option').count()).toBe(labCount));

    await page.goto(`/incidents/${incident}?tab=packs&lab=nobody`);
    await page.getByText('The lab of this link is not to be told of this incident.').waitFor();
    await eventually(async () => expect(await page.getByRole('link', { name: 'PDF', exact: true }).count()).toBe(0));
    await eventually(async () => expect(await page.getByRole('region', { name: /^Pack for/ }).count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W820] [W1133] [W1170] notices are filtered, grouped, told several at once with the time of telling, and put back', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/incidents/${incident}?tab=notices&by=notifier`);
    await page.getByRole('button', { name: /^260 notices/ }).waitFor();
    await page.getByRole('checkbox', { name: 'Select 260 notices: Hub' }).waitFor();
    const tabs = page.getByRole('navigation', { name: 'Work on the incident' });
    for (const tab of ['Artifacts 260', 'Notices 260', 'Packs 260']) await tabs.getByRole('link', { name: tab, exact: true }).waitFor();
    await tabs.getByRole('link', { name: /^Plan [1-9][\d,]*$/ }).waitFor();
    const filter = page.getByLabel('Lab, who must tell, or owner');
    await filter.fill('LAB-007');
    await page.getByRole('checkbox', { name: 'Select 1 notice: Hub' }).waitFor();
    const csv = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href');
    expect(csv).toContain('text=LAB-007');
    await filter.fill('');
    await page.getByRole('checkbox', { name: 'Select 260 notices: Hub' }).waitFor();
    await page.getByRole('button', { name: 'By lab' }).click();
    await page.getByText('Showing 50 of 102 labs.').or(page.getByText('Showing 50 of 260 labs.')).waitFor();
    // The notices of a group are read before it is marked.
    await page.getByRole('checkbox', { name: 'Select 1 notice: Laboratory 000' }).click();
    await page.getByRole('button', { name: /^Laboratory 001/ }).click();
    await page.getByRole('checkbox', { name: 'Select the notice to Laboratory 001 by Hub' }).check();
    const bar = page.getByRole('region', { name: 'Selected notices' });
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'Record …' }).click();
    await bar.getByLabel('Told at, in UTC').fill('2026-10-01 23:00');
    await bar.getByText('Hub to Laboratory 000: In time, 1 h before the term').waitFor();
    await bar.getByLabel('Who sees to it').fill('Mara');
    expect(await findViolations(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Record 2' }).click();
    await page.getByRole('button', { name: /^2 in time/ }).click();
    await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Mara' });
    await page.getByRole('checkbox', { name: 'Select 1 notice: Laboratory 001' }).waitFor();
    await page.getByRole('checkbox', { name: 'Select 1 notice: Laboratory 002' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: /^0 in time/ }).waitFor();
    await page.getByText('No notice fits these filters.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1046] notices are opened, ticked, assigned and told by the keyboard', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/incidents/${incident}?tab=notices&by=lab`);
    const group = page.getByRole('button', { name: /^Laboratory 100/ });
    const tick = page.getByRole('checkbox', { name: 'Select 1 notice: Laboratory 100' });
    for (const shown of [50, 100]) {
      await page.getByText(new RegExp(`^Showing ${shown} of \\d+ labs\\.$`)).waitFor();
      await page.getByRole('button', { name: 'Show more' }).click();
    }
    await group.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('checkbox', { name: 'Select the notice to Laboratory 100 by Hub' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('checkbox', { name: 'Select the notice to Laboratory 100 by Hub' }).waitFor({ state: 'detached' });
    // Without a tick, the keys do nothing.
    await page.keyboard.press('d');
    const bar = page.getByRole('region', { name: 'Selected notices' });
    await eventually(async () => expect(await bar.count()).toBe(0));
    await tick.focus();
    await page.keyboard.press('Space');
    await bar.getByText('1 selected').waitFor();
    await page.keyboard.press('a');
    const owner = bar.getByLabel('Who sees to it');
    await eventually(async () => expect(await owner.evaluate((field) => field === document.activeElement)).toBe(true));
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Ada' });
    await tick.waitFor();
    await tick.focus();
    await page.keyboard.press('Space');
    await bar.getByText('1 selected').waitFor();
    await page.keyboard.press('d');
    const state = bar.getByLabel('State');
    await eventually(async () => expect(await state.evaluate((field) => field === document.activeElement)).toBe(true));
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await tick.evaluate((box) => box === document.activeElement)).toBe(true));
    // A form goes with the last tick, and does not come back with another.
    await page.keyboard.press('d');
    await state.waitFor();
    await tick.click();
    await bar.waitFor({ state: 'detached' });
    await tick.click();
    await bar.getByText('1 selected').waitFor();
    await eventually(async () => expect(await state.count()).toBe(0));
    expect(complaints).toEqual([]);
  });

  it('[W1062] Shift with Space or a click ticks from the last tick to here', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/incidents/${incident}?tab=notices&by=lab`);
    const groups = page.getByRole('list', { name: 'Notices by lab' }).getByRole('checkbox');
    await groups.nth(9).waitFor();
    const bar = page.getByRole('region', { name: 'Selected notices' });
    await groups.nth(1).focus();
    await page.keyboard.press('Space');
    await bar.getByText('1 selected').waitFor();
    await groups.nth(5).focus();
    await page.keyboard.press('Shift+Space');
    await bar.getByText('5 selected').waitFor();
    const ticked = () => groups.evaluateAll((all) => all.flatMap((box, i) => ((box as HTMLInputElement).checked ? [i] : [])));
    await eventually(async () => expect(await ticked()).toEqual([1, 2, 3, 4, 5]));
    await groups.nth(3).click({ modifiers: ['Shift'] });
    await bar.getByText('2 selected').waitFor();
    await eventually(async () => expect(await ticked()).toEqual([1, 2]));

    await page.goto(`/incidents/${incident}?tab=notices&by=flat`);
    const rows = page.getByRole('checkbox', { name: /^Select the notice to/ });
    await rows.nth(9).waitFor();
    await rows.nth(7).focus();
    await page.keyboard.press('Space');
    await rows.nth(4).focus();
    await page.keyboard.press('Shift+Space');
    await bar.getByText('4 selected').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W333] the list of incidents finds the next notice due after a page of those that were sent', async () => {
    const mutations = numbers(noticedCount).map(
      (i) =>
        `n${i}: setNotice(input: { incident: "${incident}", lab: "lab-${place(i)}", notifier: "hub", state: TOLD }) { userErrors { message } }`,
    );
    for (const part of [0, 26, 52, 78]) await ask(`mutation { ${mutations.slice(part, part + 26).join('\n')} }`);
    const { page } = await site.browser.open();
    await page.goto('/incidents');
    await page.getByRole('row').filter({ hasText: 'Hub is compromised' }).getByText('Oct 4, 2026', { exact: false }).waitFor();
  });

  it('[W334] a ranking that the page sorts shows the order of its rows, not that of its address, until all rows are loaded', async () => {
    const { page } = await site.browser.open();
    await page.goto('/rankings?tab=concentration&sort=name');
    const head = page.getByRole('columnheader', { name: 'Lab' });
    await page.getByText('Showing 200 of 260 labs.').waitFor();
    await page.getByText('Other orders are offered once 260 rows are loaded.').waitFor();
    await eventually(async () => expect(await head.getAttribute('aria-sort')).toBeNull());
    await eventually(async () =>
      expect(await page.getByRole('columnheader', { name: /^Index/ }).getAttribute('aria-sort')).toBe('descending'),
    );
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('Showing 200 of 260 labs.').waitFor({ state: 'detached' });
    await eventually(async () => expect(await head.getAttribute('aria-sort')).toBe('ascending'));
  });

  it('[W1127] [W1128] the first graph says how many it shows of all, and a search that it lists no more', async () => {
    const { page } = await site.browser.open();
    await page.goto('/explore?all=1');
    await page.getByText(/^12 of 260 labs and \d+ (of \d+ )?organizations? connected to them$/).waitFor();
    const field = page.getByRole('banner').getByRole('textbox');
    await field.fill('laboratory');
    await page.getByText('At most 20 are listed. Type more to find others.').waitFor();
    await eventually(async () =>
      expect(
        await page
          .getByRole('banner')
          .getByRole('option', { name: /^Laboratory/ })
          .count(),
      ).toBe(20),
    );
    await field.fill('laboratory 259');
    await page.getByText('At most 20 are listed.', { exact: false }).waitFor({ state: 'detached' });
  });

  it('[W335] the details of an organization say how many of its records they list', async () => {
    const { page } = await site.browser.open();
    await page.goto('/explore?n=organization:hub&sel=organization:hub');
    const details = page.getByRole('complementary', { name: 'Details of Hub' });
    await details.getByText('The first 50 of 102 are listed.').waitFor();
    await details.getByText('The first 4 of 60 are listed.').waitFor();
    await details.getByRole('tab', { name: 'Access 60' }).click();
    await details.getByText('The first 50 of 60 are listed.').waitFor();
  });

  it('[W341] where an incident has many origins, the lists of incidents name some and count the others', async () => {
    const origins = numbers(40).map((i) => `tool-${i}`);
    await ask('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { userErrors { message } } }', {
      input: { name: 'Forty tools', state: 'OPEN', origins },
    });
    const { page } = await site.browser.open();
    for (const path of ['/incidents', '/']) {
      await page.goto(path);
      await page.getByText(/Tool 0, Tool 1, Tool \d+ and 37 more$/).waitFor();
    }
  });
});
