import type { Page } from 'playwright-core';
import { chanceOf } from '../../web/features/blast-radius/tabs/exceedance.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import { formatShare } from '../../web/shared/format/share.ts';
import { openSite } from '../support/browser/open-site.ts';
import { openBehind, visitAnotherTab } from '../support/browser/other-tabs.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** Makes an empty draft, as another person does. */
async function makeDraft(source: string): Promise<string> {
  const response = await fetch(`${site.server.url}/api/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** Collects what the page announces from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`(() => {
    window.announced = [];
    const region = document.querySelector('[data-testid="live-region"]');
    new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  })()`);
  return () => page.evaluate('window.announced') as Promise<string[]>;
}

/** Waits until the page announces a sentence. */
async function waitToHear(page: Page, sentence: string): Promise<void> {
  await page.getByTestId('live-region').getByText(sentence, { exact: true }).waitFor();
}

interface Counts {
  readonly changeCounts: readonly { readonly kind: string; readonly count: number }[];
}

const words: Readonly<Record<string, string>> = {
  LEFT: 'left the radius',
  WEAKENED: 'weakened',
  STAYED: 'stayed',
  STRENGTHENED: 'strengthened',
  JOINED: 'joined',
};
const inWords = ({ changeCounts }: Counts) => `${changeCounts.map(({ kind, count }) => `${count} ${words[kind]}`).join(', ')}.`;

const recalled = '/blast?incident=INC-02&w=RECALL%3Aquillmark%402026-08-01T00%3A00Z';
const action = '[{ recall: { holder: "quillmark", at: "2026-08-01T00:00:00Z" } }]';
const whatIf = () =>
  ask<{ whatIf: Counts }>(`{ whatIf(input: { incident: "INC-02" }, actions: ${action}) { changeCounts { kind count } } }`);
const compared = () =>
  ask<{ compareRadius: Counts }>(
    `{ compareRadius(before: { incident: "INC-02" }, after: { incident: "INC-02" }, afterActions: ${action}) { changeCounts { kind count } } }`,
  );

/** The deletion of a copy that the radius counts as exposed. */
const transfer = (day: string) => `mutation {
  putFacts(input: { transfers: [{ id: "T-0106", artifact: "a-pref-p4", sender: "aurelis", recipient: "quillmark", sentAt: "2026-03-09T00:00:00Z",
    deletionState: VERIFIED, deletedAt: "${day}T00:00:00Z" }] }) { userErrors { message } }
}`;

describe('changes by other people', () => {
  it('[W324] shows the drafts of others, and what they changed in one, when the reader comes back to the tab', async () => {
    const { page, complaints } = await site.browser.open();
    for (let i = 0; i < 60; i++) await makeDraft(`Draft ${i}`);
    await page.goto('/import');
    await page.getByText('Showing 50 of 64 imports.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('link', { name: 'Draft 0', exact: true }).waitFor();
    const id = await makeDraft('Register of Ada');
    await visitAnotherTab(page);
    await page.getByRole('link', { name: 'Register of Ada' }).waitFor();
    await eventually(async () => expect(await page.getByRole('link', { name: 'Draft 0', exact: true }).isVisible()).toBe(true));

    await page.getByRole('link', { name: 'Register of Ada' }).click();
    await page.getByRole('heading', { name: 'Register of Ada' }).waitFor();
    await fetch(`${site.server.url}/api/imports/${id}/files/vendors.csv`, {
      method: 'PUT',
      body: 'Vendor,Service\nZeta,Hosting\nOmega,Mail\n',
    });
    await visitAnotherTab(page);
    await page.getByText('vendors.csv').first().waitFor();
    await ask(`mutation { discardImport(input: { id: "${id}" }) { userErrors { message } } }`);
    await visitAnotherTab(page);
    await page.getByRole('heading', { name: 'Import not found' }).or(page.getByText('Discarded')).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W325] keeps the amount that the slider of the losses stands at, and reads it from the curve of the new answer', async () => {
    const { page, settle } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&tab=loss`);
    const slider = page.getByRole('slider', { name: /A loss of at least/ });
    await slider.focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
    await settle();
    const before = (await slider.getAttribute('aria-valuetext')) ?? '';
    await ask(`mutation { putFacts(input: { artifacts: [{ id: "a-pref-p4", name: "Preference scheme P4", type: PREFERENCE_SCHEME, owner: "aurelis",
      sensitivity: 5, valueLowUsd: 90000000, valueHighUsd: 120000000 }] }) { userErrors { message } } }`);
    const range = await page
      .locator('section p')
      .filter({ hasText: / to \$/ })
      .first()
      .textContent();
    await visitAnotherTab(page);
    await page.getByText(range ?? '', { exact: true }).waitFor({ state: 'detached' });
    await settle();
    const { blastRadius } = await ask<{
      blastRadius: { simulation: { exceedance: { lossUsd: number; probability: number }[] } };
    }>('{ blastRadius(input: { incident: "INC-02" }) { simulation { exceedance { lossUsd probability } } } }');
    const { exceedance } = blastRadius.simulation;
    const after = await eventually(async () => {
      const text = (await slider.getAttribute('aria-valuetext')) ?? '';
      expect(text.split(':')[0]).toBe(before.split(':')[0]);
      expect(text).not.toBe(before);
      return text;
    });
    const shown = { $: 1, K: 1e3, M: 1e6, B: 1e9 };
    const [, digits, unit] = /^\$([\d.]+)([KMB]?)/.exec(after) ?? [];
    const amount = Number(digits) * shown[(unit || '$') as keyof typeof shown];
    expect(after).toBe(`${formatMoney(amount)}: ${formatShare(chanceOf(exceedance, amount))} of runs`);

    // Another question has another loss: the slider goes to its middle.
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByRole('textbox', { name: 'Hops' }).fill('0');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('0 hops').first().waitFor();
    await settle();
    const own = await ask<{ blastRadius: { simulation: { p50Usd: number } } }>(
      '{ blastRadius(input: { incident: "INC-02", options: { maxHops: 0 } }) { simulation { p50Usd } } }',
    );
    await eventually(async () =>
      expect(await slider.getAttribute('aria-valuetext')).toMatch(`${formatMoney(own.blastRadius.simulation.p50Usd)}: `),
    );
  });

  it.each([
    ['a what-if', recalled, 'What if', async () => (await whatIf()).whatIf, '2026-04-01'],
    ['a comparison', `${recalled}&vs=&vsW=`, 'Compared', async () => (await compared()).compareRadius, '2026-04-02'],
  ])('[W326] announces in %s what its scenario changes, and never the counts of the baseline', async (_, address, word, read, day) => {
    await ask(transfer('2026-09-30'));
    const { page } = await site.browser.open();
    await page.goto(address);
    const before = `${word}: ${inWords(await read())}`;
    await waitToHear(page, before);
    const heard = await listen(page);
    await ask(transfer(day));
    const after = `${word}: ${inWords(await read())}`;
    expect(after).not.toBe(before);
    await visitAnotherTab(page);
    await waitToHear(page, after);
    // The baseline's own answer has come too by then, or comes within the pause of the announcer.
    await page.waitForTimeout(1000);
    expect(await heard()).toEqual([after]);
  });

  it('[W330] a page that was opened in the background shows the facts of the moment at which the reader comes to it', async () => {
    const { page, settle, complaints } = await site.browser.open();
    const bringToFront = await openBehind(page, '/explore?n=organization:quillmark&sel=organization:quillmark');
    const heading = (name: string) => page.getByRole('complementary').getByRole('heading', { name, exact: true });
    await heading('Quillmark').waitFor();
    await settle();
    await eventually(async () => expect(await page.evaluate('document.hidden')).toBe(true));
    await ask(`mutation { putFacts(input: { organizations: [{ id: "quillmark", name: "Quillmark Works", roles: [VENDOR] }] }) {
      userErrors { message } } }`);
    await bringToFront();
    await heading('Quillmark Works').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W331] what another person does to an incident appears on its page, in the list and on its blast radius', async () => {
    const { page: list } = await site.browser.open();
    await list.goto('/incidents');
    const row = list.getByRole('row').filter({ has: list.locator('a[href="/incidents/INC-02"]') });
    await row.getByText('Open', { exact: true }).waitFor();
    const { page: radius } = await site.browser.open();
    await radius.goto(quillmarkIncident);
    await radius.locator('button[data-tier]').first().waitFor();
    await eventually(async () => expect(await radius.locator('main header').first().textContent()).not.toContain('Oct 9'));
    const { page, complaints, settle } = await site.browser.open();
    await page.goto('/incidents/INC-02?tab=notices&by=flat');
    const states = page.getByRole('region', { name: 'List of notices' }).getByRole('button');
    await states.first().waitFor();
    await settle();

    // A notice changes neither the version of the incident nor the revision of the facts.
    await ask(`mutation { setNotice(input: { incident: "INC-02", lab: "aurelis", notifier: "quillmark", state: TOLD, note: "by phone" }) {
      userErrors { message } } }`);
    await visitAnotherTab(page);
    await page.getByText('by phone', { exact: false }).first().waitFor();

    await ask(`mutation { saveIncident(input: { id: "INC-02", state: CONTAINED,
      widest: { from: "2026-09-19T00:00:00Z", to: "2026-10-09T00:00:00Z" } }) { userErrors { message } } }`);
    await visitAnotherTab(page);
    await page.locator('main header').getByText('Contained', { exact: true }).waitFor();
    await visitAnotherTab(list);
    await row.getByText('Contained', { exact: true }).waitFor();
    await visitAnotherTab(radius);
    await radius.locator('main header').getByText('Oct 9', { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});
