import type { Locator, Page } from 'playwright-core';
import { startChromium } from '../../support/browser/chromium.ts';
import { startServer } from '../../support/servers/running-server.ts';
import { ask } from '../own-server.ts';
import type { Report } from '../report.ts';
import { Walker } from './walker.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A second spelling of a name, so that there is something to merge. */
const SPELLING = { id: 'bluefinch-ltd', name: 'Bluefinch Ltd', roles: ['SUBCONTRACTOR'] };

/** Does twelve jobs of an investigator over the demo world, from the start page to the answer: with the mouse, then by the keyboard alone. */
export async function benchJobs(report: Report): Promise<void> {
  for (const hand of ['mouse', 'keyboard'] as const) {
    const server = await startServer();
    const browser = await startChromium(server.url);
    try {
      const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
      await ask(server.url, put, { input: { organizations: [SPELLING] } });
      for (const [name, walk] of JOBS) {
        const { page } = await browser.open();
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await page.goto('/');
        await page.waitForLoadState('networkidle');
        const walker = new Walker(page, hand);
        await walk(walker, page);
        const { clicks, keys, personSeconds, pageSeconds, lostFocus } = walker.result;
        const counts = hand === 'mouse' ? `${clicks} clicks, ${keys} keys` : `${keys} keys`;
        const lost = lostFocus.length === 0 ? '' : `; no focus before ${lostFocus.join(', ')}`;
        report.line(`${name}, ${hand}: ${counts}, person ${personSeconds.toFixed(1)} s, page ${pageSeconds.toFixed(1)} s${lost}`);
        await page.close();
      }
    } finally {
      await browser.close();
      await server.stop();
    }
  }
}

const JOBS: readonly (readonly [string, (walker: Walker, page: Page) => Promise<void>])[] = [
  [
    'who holds fragments of an artifact',
    async (walker, page) => {
      await walker.search('eval suite a2', /^Agent eval/);
      await walker.press(page.getByRole('tab', { name: /^Copies/ }));
      await walker.until(page.getByText(/rank 2 · 25%/));
    },
  ],
  [
    'a breach: who must be told by when',
    async (walker, page) => {
      await walker.search('quillmark', /^Quillmark/);
      await walker.press(page.getByRole('button', { name: 'Mark as compromised' }));
      await walker.fill(page.getByLabel('Discovered, in UTC'), '2026-10-02 16:15');
      await walker.fill(page.getByLabel('Core window'), '2026-09-24 08:30 - 2026-09-24 11:25');
      await walker.fill(page.getByLabel('Widest window'), '2026-09-19 - 2026-09-30');
      await walker.press(page.getByRole('button', { name: 'Open incident' }));
      await walker.press(page.getByRole('navigation', { name: 'Work on the incident' }).getByRole('link', { name: 'Notices' }));
      await walker.until(page.getByText(/overdue by/).first());
    },
  ],
  [
    'a suspension tomorrow',
    async (walker, page) => {
      await openIncident(walker, page);
      await walker.press(whatIf(page));
      await walker.press(page.getByRole('link', { name: /^Suspend Quillmark/ }));
      await walker.until(page.getByRole('heading', { name: /left the radius/ }));
    },
  ],
  [
    'the three best cuts',
    async (walker, page) => {
      await openIncident(walker, page);
      await walker.press(whatIf(page));
      await walker.until(
        page
          .getByRole('region', { name: 'Best cuts' })
          .getByText(/Takes out/)
          .nth(2),
      );
    },
  ],
  [
    'the riskiest vendor',
    async (walker, page) => {
      await walker.view('Rankings', 'r');
      await walker.press(page.getByRole('button', { name: 'All roles' }));
      await walker.press(
        page
          .getByRole('menuitem', { name: /^Vendor/ })
          .or(page.getByRole('checkbox', { name: /^Vendor/ }))
          .first(),
      );
      await walker.until(page.locator('tbody tr').first().getByText('Quillmark'));
    },
  ],
  [
    'control gaps at sensitivity 4',
    async (walker, page) => {
      await walker.view('Rankings', 'r');
      await walker.press(page.getByRole('link', { name: 'Control gaps' }));
      await walker.choose(page.getByRole('combobox', { name: 'Least sensitivity' }), 'At least 4');
      await page.waitForURL(/minSensitivity=4/);
      await walker.until(page.locator('tbody tr').first());
    },
  ],
  [
    'a date to correct',
    async (walker, page) => {
      await walker.search('T-0124', /^Transfer T-0124/);
      await walker.press(
        page
          .locator('li')
          .filter({ hasText: 'T-0124' })
          .getByRole('button', { name: /^Correct/ })
          .last(),
      );
      const dialog = page.getByRole('dialog', { name: 'Correct a record' });
      await walker.fill(dialog.getByLabel('Sent', { exact: true }), '2026-05-05');
      await walker.fill(dialog.getByLabel('Source'), 'delivery note 17');
      await walker.press(dialog.getByRole('button', { name: 'Save' }));
      await walker.until(page.getByText(/May 5, 2026/).first());
    },
  ],
  [
    'a week ago and now',
    async (walker, page) => {
      await openIncident(walker, page);
      await walker.press(page.getByRole('button', { name: 'Compare', exact: true }));
      await walker.press(page.getByRole('button', { name: 'As known a week ago' }));
      const day = new Date(Date.now() - 7 * DAY_MS).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
      await walker.until(page.getByText(`as known at ${day}`, { exact: false }).first());
    },
  ],
  [
    'the path from a lab to a subcontractor',
    async (walker, page) => {
      await walker.search('aurelis', /^Aurelis/);
      await walker.press(page.getByRole('button', { name: /^More actions for/ }));
      await walker.press(page.getByRole('menuitem', { name: /^Path to/ }));
      await walker.until(page.locator('[aria-label="Paths"] input:focus'));
      await walker.typeAndTake('bluefinch', /^Bluefinch/);
      await walker.until(page.getByRole('article').first());
    },
  ],
  [
    'a merge',
    async (walker, page) => {
      await walker.view('Data quality', 'q');
      await walker.press(page.getByRole('link', { name: /^Possible duplicates/ }));
      await walker.press(page.getByRole('link', { name: 'Compare and merge' }).first());
      await walker.until(page.getByText(/^The merge hides/));
      await walker.press(page.getByRole('radio', { name: 'Keep Bluefinch', exact: true }));
      await walker.press(page.getByRole('button', { name: /^Merge / }));
      await walker.until(page.getByText(/now means /).first());
    },
  ],
  [
    'a link to share',
    async (walker, page) => {
      await openIncident(walker, page);
      await walker.press(page.getByRole('button', { name: 'Hand over' }));
      await walker.press(page.getByRole('button', { name: 'Copy link' }));
      await walker.until(page.getByText(/copied/i).first());
    },
  ],
  [
    'a pack, and its lab told',
    async (walker, page) => {
      await walker.press(page.locator('a[aria-describedby="incident-INC-02"]'));
      await walker.press(page.getByRole('link', { name: 'Read its pack' }));
      await walker.until(page.getByRole('heading', { name: /what concerns/ }));
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        walker.press(page.getByRole('link', { name: 'PDF', exact: true })),
      ]);
      await download.path();
      await walker.press(page.getByRole('link', { name: 'record that the lab is told' }));
      await walker.press(page.getByRole('checkbox', { name: /notices: Aurelis Labs/ }));
      await walker.press(page.getByRole('button', { name: 'Record …' }));
      await walker.press(page.getByRole('button', { name: 'Record 2' }));
      await walker.until(page.getByText('2 told').first());
    },
  ],
];

const whatIf = (page: Page): Locator => page.getByRole('button', { name: 'What if', exact: true });

/** Opens the incident from the start page: by its link, or by a search for its id. */
async function openIncident(walker: Walker, page: Page): Promise<void> {
  if (walker.hand === 'keyboard') return walker.search('inc-02', /Quillmark/);
  await walker.press(page.getByRole('main').getByRole('link', { name: /^Quillmark: cred/ }));
}
