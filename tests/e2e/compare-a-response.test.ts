import type { Page } from 'playwright-core';
import { formatCount } from '../../web/shared/format/count.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import { askOf } from '../graphql/ask-of.ts';
import { findViolations } from '../support/browser/axe.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const fields = ['exposedCount', 'possibleCount', 'containedCount', 'affectedLabCount', 'worstCaseLossUsd', 'weightedLossUsd'] as const;
type Summary = Readonly<Record<(typeof fields)[number], number>>;
const figures = 'summary { exposedCount possibleCount containedCount affectedLabCount worstCaseLossUsd weightedLossUsd }';

/** The band's figures as `14 → 4`, in their order. */
async function readPairs(page: Page): Promise<string[]> {
  const texts = await page.locator('main header dl').locator('dd:first-of-type').allInnerTexts();
  return texts.map((text) => text.replace('becomes', '').replace(/\s+/g, ' ').trim());
}

/** Waits until the band shows both sides of the API. Fails with the figures that it showed last. */
async function expectPairs(page: Page, before: Summary, after: Summary): Promise<void> {
  const expected = fields.map((field) => {
    const format = field.endsWith('Usd') ? formatMoney : formatCount;
    return `${format(before[field])} → ${format(after[field])}`;
  });
  await eventually(async () => expect(await readPairs(page)).toEqual(expected));
}

describe('comparing a response', () => {
  it('[W93] a best cut, a suspension and what they leave are those of the API, and are saved with the incident', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    await page.getByRole('button', { name: 'What if' }).click();
    await page.waitForURL(/[?&]w=/);
    const cuts = page.getByRole('region', { name: 'Best cuts' });
    await cuts.getByRole('button', { name: 'Add' }).first().click();
    await page.waitForURL(/w=ENCRYPT/);
    await page.getByLabel('Action', { exact: true }).selectOption('SUSPEND');
    await page.getByLabel('When, in UTC').fill('2026-11-01');
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.waitForURL(/w=SUSPEND/);

    // Each action says what it does alone, and a suspension what it does not.
    await page.getByText('Changes nothing in this radius.', { exact: true }).waitFor();
    await page.getByText('Suspending does not claw data back.').waitFor();
    await page.getByText('This is after both windows, so it changes nothing in this radius.').waitFor();
    await page.getByText(/^Alone: /).waitFor();

    // Both sides are the API's.
    const { data } = await askOf(
      site.server.url,
      `query ($input: BlastRadiusInput!) {
        bestCuts(input: $input) { action { kind organization { id } at } }
        incident(id: "INC-02") { version blastRadius { revision } }
      }`,
      { input: { incident: 'INC-02' } },
    );
    const [cut] = data.bestCuts;
    expect(cut.action.kind).toBe('ENCRYPT');
    const actions = [
      { encrypt: { holder: cut.action.organization.id, at: cut.action.at } },
      { suspend: { organization: 'quillmark', at: '2026-11-01T00:00:00Z' } },
    ];
    const asked = await askOf(
      site.server.url,
      `query ($input: BlastRadiusInput!, $actions: [ActionInput!]!) {
        whatIf(input: $input, actions: $actions) {
          baseline { ${figures} } scenario { ${figures} } changeCounts { kind count } limits stopped { totalCount edges { node { id } } }
        }
      }`,
      { input: { incident: 'INC-02' }, actions },
    );
    const { baseline, scenario, changeCounts, limits } = asked.data.whatIf;
    await expectPairs(page, baseline.summary, scenario.summary);
    const changes = page.getByRole('region', { name: 'What changed' });
    for (const { kind, count } of changeCounts) {
      const word = kind === 'LEFT' ? 'left the radius' : kind.toLowerCase();
      await changes.getByRole('heading', { name: `${formatCount(count)} ${word}` }).waitFor();
    }
    for (const limit of limits) await page.getByText(limit).waitFor();
    await page.getByRole('heading', { name: 'What stops' }).waitFor();

    // Nothing was written until it is saved, and then the incident opens it again.
    const edited = page.getByRole('region', { name: 'Unsaved changes' });
    await edited.getByText(/other values: what-if/).waitFor();
    const untouched = await askOf(site.server.url, '{ incident(id: "INC-02") { version scenario { kind } blastRadius { revision } } }');
    expect(untouched.data.incident).toEqual({ version: data.incident.version, scenario: [], blastRadius: data.incident.blastRadius });
    await edited.getByRole('button', { name: 'Save', exact: true }).click();
    await edited.waitFor({ state: 'detached' });
    const saved = await askOf(site.server.url, '{ incident(id: "INC-02") { scenario { kind } } }');
    expect(saved.data.incident.scenario).toEqual([{ kind: 'ENCRYPT' }, { kind: 'SUSPEND' }]);
    const other = await site.browser.open();
    await other.page.goto(quillmarkIncident);
    await other.page.getByTitle('Opens the 2 actions saved with the incident.').click();
    await other.page.waitForURL(/w=ENCRYPT.*w=SUSPEND/);
    await other.page.getByText('Suspending does not claw data back.').waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('[W170] two scenarios, two windows and two moments are compared, with the facts that made the difference', async () => {
    const compare = async (was: object, is: object, wasActions: object[] = [], isActions: object[] = []) => {
      const { data } = await askOf(
        site.server.url,
        `query ($was: BlastRadiusInput!, $is: BlastRadiusInput!, $wasActions: [ActionInput!], $isActions: [ActionInput!]) {
          compareRadius(before: $was, after: $is, beforeActions: $wasActions, afterActions: $isActions) {
            before { ${figures} } after { ${figures} } changeCounts { kind count }
            factChanges { edges { node { factId factKind } } }
          }
        }`,
        { was, is, wasActions, isActions },
      );
      return data.compareRadius;
    };
    const incident = { incident: 'INC-02' };
    const recall = { recall: { holder: 'quillmark', owner: 'aurelis', at: '2026-09-18T00:00:00Z' } };
    const encrypt = { encrypt: { holder: 'quillmark', at: '2026-09-01T00:00:00Z' } };
    const { page, complaints } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&w=RECALL:quillmark/aurelis@2026-09-18`);

    // Two scenarios: one is kept, then changed.
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('button', { name: /^Remove: Recall/ }).click();
    await page.getByLabel('Action', { exact: true }).selectOption('ENCRYPT');
    await page.getByLabel('When, in UTC').fill('2026-09-01');
    await page.getByRole('button', { name: 'Add action' }).click();
    await page.waitForURL(/w=ENCRYPT/);
    await page.getByRole('button', { name: 'Compare with kept' }).click();
    const scenarios = await compare(incident, incident, [recall], [encrypt]);
    await expectPairs(page, scenarios.before.summary, scenarios.after.summary);
    await page.getByText('Both sides use the same records; the actions made the difference.').waitFor();

    // Two windows, in the address and with both sides swapped.
    await page.getByRole('button', { name: 'Close the comparison' }).click();
    await page.getByRole('button', { name: 'Close the what-if' }).click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Both sides are the same question').waitFor();
    await page.getByLabel('Widest start').fill('2026-01-01');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.waitForURL(/vsWidest=2026-01-01/);
    const wide = { ...incident, widest: { from: '2026-01-01T00:00:00Z', to: '2026-10-01T00:00:00Z' } };
    const windows = await compare(wide, incident);
    await expectPairs(page, windows.before.summary, windows.after.summary);
    for (const { kind, count } of windows.changeCounts) {
      const word = kind === 'LEFT' ? 'left the radius' : kind.toLowerCase();
      await page.getByRole('heading', { name: `${formatCount(count)} ${word}` }).waitFor();
    }
    await page.getByRole('button', { name: 'Swap sides' }).click();
    await expectPairs(page, windows.after.summary, windows.before.summary);

    // Two moments: a deletion was recorded in between.
    const then = (await askOf(site.server.url, '{ blastRadius(input: { incident: "INC-02" }) { answeredAt } }')).data.blastRadius
      .answeredAt;
    const transfer = 'id artifact { id } sender { id } recipient { id } sentAt portion fragments form channel engagement { id } confidence';
    const { data } = await askOf(site.server.url, `{ transfer(id: "T-0014") { ${transfer} } }`);
    const { artifact, sender, recipient, engagement, ...own } = data.transfer;
    const fact = { ...own, artifact: artifact.id, sender: sender.id, recipient: recipient.id, engagement: engagement?.id ?? null };
    const deleted = { ...fact, deletionState: 'VERIFIED', deletedAt: '2026-06-01T00:00:00Z', source: 'certificate 7' };
    await page.waitForTimeout(5);
    const put = await askOf(
      site.server.url,
      'mutation ($t: TransferInput!) { putFacts(input: { transfers: [$t] }) { updated userErrors { message } } }',
      { t: deleted },
    );
    expect(put.data.putFacts).toEqual({ updated: 1, userErrors: [] });
    await page.goto(`${quillmarkIncident}&vs=&vsKnownAt=${then}`);
    const moments = await compare({ ...incident, knownAt: then }, incident);
    await expectPairs(page, moments.before.summary, moments.after.summary);
    expect(moments.factChanges.edges).toEqual([{ node: { factId: 'T-0014', factKind: 'TRANSFER' } }]);
    const facts = page.getByRole('region', { name: 'Facts that made the difference' });
    await facts.getByText('Transfer T-0014').waitFor();
    await facts.getByText('deletion: none → verified').waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W1014] two marked organizations, or one and the origin, are compared as origins over the same windows', async () => {
    const { data } = await askOf(
      site.server.url,
      '{ blastRadius(input: { incident: "INC-02" }) { core { from to } widest { from to } maxHops transferLikelihood minDegree } }',
    );
    const { core, widest, ...options } = data.blastRadius;
    const expectSides = async (page: Page, before: string, after: string) => {
      const query = `query ($was: BlastRadiusInput!, $is: BlastRadiusInput!) {
        compareRadius(before: $was, after: $is) { before { ${figures} } after { ${figures} } }
      }`;
      const [was, is] = [before, after].map((id) => ({ origins: [id], core, widest, options }));
      const sides = (await askOf(site.server.url, query, { was, is })).data.compareRadius;
      await expectPairs(page, sides.before.summary, sides.after.summary);
    };
    const { page, complaints } = await site.browser.open();
    await page.goto(quillmarkIncident);
    const lanes = page.getByTestId('lanes');
    const pointAt = async (canvas: typeof lanes, name: string) => {
      const { box } = await drawnNode(canvas, name);
      return [box.x + box.width / 2, box.y + 18] as const;
    };
    await page.keyboard.down('Shift');
    const bar = page.getByRole('toolbar', { name: 'Marked nodes' });
    for (const [before, name] of ['Bluefinch', 'Eastmere'].entries()) {
      await page.mouse.click(...(await pointAt(lanes, name)));
      await eventually(async () =>
        expect((await readScene(lanes)).filter(({ classes }) => classes.includes('chosen'))).toHaveLength(before + 1),
      );
    }
    await page.keyboard.up('Shift');
    await bar.getByRole('button', { name: 'Compare' }).click();
    await expectSides(page, 'bluefinch', 'eastmere');
    await page.getByText(/^from Bluefinch · Core/).waitFor();
    await page.getByRole('button', { name: 'Swap sides' }).click();
    await expectSides(page, 'eastmere', 'bluefinch');
    expect(await findViolations(page)).toEqual([]);

    await page.goto(quillmarkIncident);
    await page.mouse.click(...(await pointAt(lanes, 'Eastmere')), { button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare with Quillmark' }).click();
    await expectSides(page, 'eastmere', 'quillmark');

    // Explore has no window of its own, so the address has none, and the page asks for one.
    await page.goto('/explore?n=organization:harrowell&n=organization:palefield');
    const graph = page.getByTestId('graph');
    await drawnNode(graph, 'Palefield');
    await page.getByRole('checkbox', { name: /Palefield/ }).check();
    await page.mouse.click(...(await pointAt(graph, 'Harrowell')), { button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare with Palefield' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: /Harrowell/ }).check();
    await bar.getByRole('button', { name: 'Compare' }).click();
    await page.waitForURL((url) => url.searchParams.get('o') === 'palefield' && url.searchParams.get('vsO') === 'harrowell');
    expect(complaints).toEqual([]);
  });
});
