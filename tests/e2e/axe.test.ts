import type { Page } from 'playwright-core';
import { findViolationsEverywhere } from '../support/browser/axe.ts';
import type { OpenedPage } from '../support/browser/chromium.ts';
import { openSite } from '../support/browser/open-site.ts';
import { beforeAll, describe, expect, it } from '../support/test.ts';

const site = openSite();
let draft: string;
let committed: string;
beforeAll(async () => {
  // One valid row with a change, and one invalid row.
  draft = await makeDraft('id,name,country\nquillmark,Quillmark,CA\n,No id,FR\n');
  committed = await commit(await makeDraft('id,name,country\nosmere,Osmere Tagging,PH\n'));
});

/** A draft with one file. */
async function makeDraft(rows: string): Promise<string> {
  const created = await fetch(`${site.server.url}/api/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { id } = (await created.json()) as { id: string };
  await fetch(`${site.server.url}/api/imports/${id}/files/organizations.csv`, { method: 'PUT', body: rows });
  return id;
}

async function commit(id: string): Promise<string> {
  await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }',
      variables: { id },
    }),
  });
  return id;
}

const day = '2026-09-24T00:00Z..2026-09-25T00:00Z';
const connection = encodeURIComponent('["TRANSFER","organization:aurelis","organization:quillmark"]');

/** A menu, a dialog, a drawer or a card that a click opens, and Escape closes. */
interface Opens {
  readonly name: string;
  readonly click: (page: Page) => Promise<void>;
  /** The element that opens. */
  readonly within?: string;
}

const OPENED = '[role="dialog"], [role="menu"]';
const button = (name: string | RegExp): Opens => ({
  name: String(name),
  click: (page) =>
    page
      .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
      .first()
      .click(),
});

/** The menu of the selected node, as its keys open it. */
const nodeMenu: Opens = {
  name: 'Shift+F10',
  click: async (page) => {
    await page.getByTestId('graph').focus();
    await page.keyboard.press('Shift+F10');
  },
};
/** A form that a button opens in the page. Escape leaves it open. */
const form = (name: string | RegExp): Opens => ({ ...button(name), within: 'main form' });

/** Each page in each visible state, with the text that must appear before the check, and everything that can be opened there. */
const views: readonly {
  readonly name: string;
  readonly path: () => string;
  readonly ready: string;
  readonly opens?: readonly Opens[];
  /** Errors that the browser reports of a page that is an error by design. */
  readonly reports?: readonly string[];
}[] = [
  {
    name: 'Start',
    path: () => '/',
    ready: 'All rankings',
    opens: [button('Keyboard shortcuts'), button(/^Now/), button('Weighted loss'), button('Account')],
  },
  { name: 'Explore, all labs', path: () => '/explore?all=1', ready: 'Brightfen AI' },
  {
    name: 'Explore',
    path: () => '/explore?n=organization:quillmark&sel=organization:quillmark',
    ready: 'Show blast radius',
    opens: [button(/^More actions/), nodeMenu, button('Expand'), button('Saved views')],
  },
  { name: 'Explore, a connection', path: () => `/explore?n=organization:quillmark&sel=${connection}`, ready: 'Between' },
  {
    name: 'Explore, paths',
    path: () => '/explore?n=organization:quillmark&p=organization:aurelis&p=organization:bluefinch',
    ready: 'Show on the canvas',
  },
  { name: 'Blast radius, nothing asked', path: () => '/blast', ready: 'Choose a compromised organization' },
  {
    name: 'Blast radius, a row open',
    path: () => '/blast?incident=INC-02&sel=artifact:a-eval-a2',
    ready: 'Yes, jointly',
    opens: [
      ...[
        'Portion',
        'rank 1',
        'Origins',
        'Options',
        'Incident',
        'Filter',
        'Edit dates',
        'What is the tier Exposed?',
        'Worst-case loss',
        'Hand over',
      ].map(button),
    ],
  },
  { name: 'Incidents', path: () => '/incidents', ready: 'overdue by', opens: [button('Export')] },
  { name: 'Incident, new', path: () => '/incidents/new?o=quillmark', ready: 'New incident' },
  { name: 'Incident, history', path: () => '/incidents/INC-02', ready: 'An import opened the incident.', opens: [form('Edit')] },
  {
    name: 'Incident, notices',
    path: () => '/incidents/INC-02?tab=notices&by=flat',
    ready: 'security@aurelis.example',
    opens: [form('To tell')],
  },
  { name: 'Incident, plan', path: () => '/incidents/INC-02?tab=plan', ready: 'Loss removed today', opens: [form(/^Tick off/)] },
  { name: 'Blast radius, table', path: () => '/blast?incident=INC-02&view=table', ready: 'At least this much.' },
  { name: 'Blast radius, labs', path: () => '/blast?incident=INC-02&tab=labs', ready: 'Aurelis Labs' },
  { name: 'Blast radius, whom to ask', path: () => '/blast?incident=INC-02&tab=ask', ready: 'Everholt AI' },
  { name: 'Blast radius, other copies', path: () => '/blast?incident=INC-02&tab=copies', ready: 'Harrowell' },
  { name: 'Blast radius, loss', path: () => '/blast?incident=INC-02&tab=loss', ready: 'How to read it', opens: [button('Export')] },
  {
    name: 'Blast radius, compared',
    path: () => '/blast?incident=INC-02&vs=&vsWidest=2026-01-01T00:00Z..2026-10-01T00:00Z',
    ready: 'Facts that made the difference',
    opens: [button('Export')],
  },
  { name: 'Blast radius, integrity', path: () => '/blast?incident=INC-02&tab=integrity', ready: 'Bluefinch' },
  {
    name: 'Rankings, organizations',
    path: () => '/rankings?sel=quillmark',
    ready: 'Furthest above the line',
    opens: [button('Change'), button('All roles'), button('Export'), button('What is weighted loss?')],
  },
  { name: 'Rankings, artifacts', path: () => '/rankings?tab=artifacts&sel=a-pref-p4', ready: 'the compromise of one alone' },
  { name: 'Rankings, concentration', path: () => '/rankings?tab=concentration&sel=aurelis', ready: 'direct holders' },
  { name: 'Rankings, shared holders', path: () => '/rankings?tab=shared&sel=quillmark', ready: 'that may exist' },
  { name: 'Rankings, control gaps', path: () => '/rankings?tab=controls&sel=quillmark', ready: 'Access logging' },
  { name: 'Rankings, safeguards', path: () => '/rankings?tab=labs&sel=aurelis', ready: 'A holder without one' },
  {
    name: 'Data quality',
    path: () => '/quality',
    ready: 'no transfer shows who sent it',
    opens: [button('Correct'), form('Accept')],
  },
  { name: 'Merge', path: () => '/quality/merge?n=quillmark&n=harrowell', ready: 'One organization, several names' },
  { name: 'Audit trail', path: () => '/audit', ready: 'the latest first', opens: [button('Export')] },
  { name: 'Webhooks', path: () => '/endpoints', ready: 'There are no endpoints yet', opens: [] },
  { name: 'Data quality, nothing accepted', path: () => '/quality?show=accepted', ready: 'No finding has been accepted' },
  { name: 'Blast radius, when', path: () => '/blast?o=quillmark', ready: 'When was Quillmark compromised?' },
  {
    name: 'Blast radius, nothing known',
    path: () => `/blast?o=larkhill&core=${day}&widest=${day}`,
    ready: 'no record says what Larkhill',
  },
  { name: 'Blast radius, edited', path: () => '/blast?incident=INC-02&hops=1', ready: 'was saved with other values: hops' },
  { name: 'Blast radius, flows', path: () => '/blast?incident=INC-02&view=flows', ready: 'Worst case' },
  {
    name: 'What if',
    path: () => '/blast?incident=INC-02&w=SUSPEND:quillmark@2026-09-25&w=RECALL:quillmark/aurelis@2026-09-18',
    ready: 'What this cannot undo',
    opens: [button('Export')],
  },
  { name: 'Blast radius, matrix', path: () => '/blast?incident=INC-02&view=matrix', ready: 'By name' },
  { name: 'Blast radius, time', path: () => '/blast?incident=INC-02&view=time&open=organization:quillmark', ready: 'Near the windows' },
  { name: 'Import', path: () => '/import', ready: 'demo world', opens: [button('Undo demo world')] },
  { name: 'Import, files', path: () => `/import/${draft}?step=upload`, ready: 'Drop more files here' },
  { name: 'Import, preview', path: () => `/import/${draft}?step=preview`, ready: 'Dry run' },
  { name: 'Import, rejected rows', path: () => `/import/${draft}?step=preview&show=rejects`, ready: 'organizations.csv:3' },
  { name: 'Import, committed', path: () => `/import/${committed}`, ready: 'Imported:' },
  { name: 'Import, not there', path: () => '/import/none', ready: 'Import not found' },
  {
    name: 'no such page',
    path: () => '/nowhere',
    ready: 'Page not found',
    reports: ['Failed to load resource: the server responded with a status of 404 (Not Found)'],
  },
];

async function waitForText(page: Page, text: string, complaints: readonly string[]): Promise<void> {
  const found = page.locator('main').getByText(text).first();
  await found.waitFor().catch(async () => {
    const shown = await page.locator('body').textContent();
    throw new Error(`“${text}” does not appear. The page shows “${shown?.slice(0, 500)}” and reports: ${complaints.join('; ')}`);
  });
}

describe('axe', () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await site.browser.open();
  });

  it.each(views)('[W36] $name has no violation, at four widths and in both themes', async ({ path, ready, opens = [], reports = [] }) => {
    const { page, complaints, settle } = opened;
    await page.goto(path());
    await waitForText(page, ready, complaints);
    await settle();
    expect(await findViolationsEverywhere(page)).toEqual([]);
    for (const { name, click, within = OPENED } of opens) {
      await click(page);
      await page.locator(within).first().waitFor();
      expect({ name, violations: await findViolationsEverywhere(page, within) }).toEqual({ name, violations: [] });
      await page.keyboard.press('Escape');
      // A control that a narrow page hides has lost the focus, so Escape does not reach what it opened.
      await page
        .locator(within)
        .first()
        .waitFor({ state: 'detached', timeout: 1000 })
        .catch(() => page.goto(path()).then(() => waitForText(page, ready, complaints)));
    }
    expect(complaints).toEqual(reports);
  });
});
