import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { guardCell } from '../../server/csv/csv-record.ts';
import { replaceHidden } from '../../server/domain/text/hidden-characters.ts';
import { runExposure } from '../cli/run-exposure.ts';
import { counting } from '../soak/scale.ts';
import { openSite } from '../support/browser/open-site.ts';
import { describe, expect, it } from '../support/test.ts';
import { hostileTexts } from '../support/worlds/hostile-texts.ts';

const makeMarkdown = createRequire(import.meta.url)('markdown-it') as (options: object) => { render(text: string): string };

/** Every text in every field takes as many rounds as there are texts. A part of it is one round over a quarter of the pages. */
const isWhole = Number(process.env.SOAK_SCALE ?? '0') >= 1;
const roundCount = isWhole ? hostileTexts.length : 1;

const site = openSite({ isDemo: false });

async function ask(query: string, variables: object = {}): Promise<Record<string, never>> {
  const answer = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: Record<string, never>; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** Changes by `input`; throws where a person would see a user error. */
async function change(name: string, input: object, returned = ''): Promise<Record<string, never>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${returned} userErrors { message } } }`, { input });
  const payload = data[name] as unknown as { userErrors: unknown[] };
  expect({ name, userErrors: payload.userErrors }).toEqual({ name, userErrors: [] });
  return payload as never;
}

const day = (text: string) => `${text}T00:00:00Z`;
const window = { from: day('2026-08-01'), to: day('2026-10-01') };

/** A small world whose every text is hostile: a different one in each field, the next one in the next round. */
class HostileWorld {
  #next: number;

  constructor(round: number) {
    this.#next = round;
  }

  /** New names have no hidden characters. What shows recorded ones is tested in graphql/hostile/hidden-characters and web/visible-names. */
  #line(): string {
    return replaceHidden(this.#text(), () => ' ');
  }

  #text(): string {
    return hostileTexts[this.#next++ % hostileTexts.length] as string;
  }

  async fill(): Promise<void> {
    const text = () => this.#text();
    const name = () => this.#line();
    const organization = (id: string, role: string) => ({
      id,
      name: name(),
      roles: [role],
      aliases: [name(), name()],
      website: text(),
      country: text(),
      contactEmail: text(),
      attributes: [{ name: this.#line(), value: text() }],
      source: name(),
    });
    const artifact = (id: string) => ({
      id,
      name: name(),
      type: 'PROMPT_SET',
      owner: 'lab',
      sensitivity: 5,
      valueLowUsd: 1000,
      valueHighUsd: 9000,
      modelFamily: text(),
      version: text(),
      source: name(),
    });
    const transfer = (id: string, of: string, sender: string, recipient: string) => ({
      ...{ id, artifact: of, sender, recipient, sentAt: day('2026-08-10') },
      ...{ channel: name(), fragments: [text()], source: name(), engagement: 'e' },
    });
    await change('putFacts', {
      organizations: [
        organization('lab', 'LAB'),
        organization('vendor', 'VENDOR'),
        organization('sub', 'SUBCONTRACTOR'),
        organization('tool', 'TOOL_PROVIDER'),
      ],
      artifacts: [artifact('a'), artifact('b')],
      engagements: [
        {
          id: 'e',
          client: 'lab',
          provider: 'vendor',
          service: text(),
          noticeHours: 72,
          attributes: [{ name: this.#line(), value: text() }],
        },
      ],
      transfers: [transfer('t', 'a', 'lab', 'vendor'), transfer('u', 'a', 'vendor', 'sub')],
      access: [{ id: 'x', grantee: 'tool', grantor: 'vendor', kind: 'SOFTWARE', likelihood: 0.5, software: text() }],
      reveals: [{ artifact: 'a', reveals: 'b', degree: 0.9, basis: text() }],
      controls: [{ organization: 'vendor', control: 'mfa', evidenceType: 'QUESTIONNAIRE', issuer: 'tool', source: name() }],
    });
    const saved = await change(
      'saveIncident',
      {
        ...(incidentId === '' ? {} : { id: incidentId }),
        name: this.#line(),
        origins: ['vendor'],
        core: window,
        widest: window,
        discoveredAt: day('2026-09-01'),
      },
      'incident { id }',
    );
    incidentId = (saved as unknown as { incident: { id: string } }).incident.id;
    const incident = incidentId;
    await change('addIncidentNote', { incident, text: text() });
    await change('setNotice', { incident, lab: 'lab', state: 'TOLD', note: text() });
    await change('setAssessments', { incident, artifacts: ['a'], state: 'CONFIRMED', reason: text(), evidence: text() });
    await change('saveNote', { on: { organization: 'vendor' }, text: text() });
    await change('saveView', { name: this.#line(), url: `/explore?q=${encodeURIComponent(text())}` });
    const { plan } = (await ask('query ($id: ID!) { incident(id: $id) { plan { id } } }', { id: incident })).incident as unknown as {
      plan: { id: string }[];
    };
    if (plan[0] !== undefined) await change('tickPlanStep', { incident, step: plan[0].id, owner: this.#line(), evidence: text() });
    await this.#import();
  }

  /** A list whose header, cells and file name are hostile. */
  async #import(): Promise<void> {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const body = [`Vendor,Service,${quoted(this.#line())}`, [this.#line(), this.#line(), this.#line()].map(quoted).join(',')].join('\n');
    const headers = { 'content-type': 'application/json' };
    const created = await fetch(`${site.server.url}/api/imports`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ source: this.#line() }),
    });
    draftId = ((await created.json()) as { id: string }).id;
    const name = `${this.#line().replace(/[\\/]/g, '_')}.csv`;
    const put = await fetch(`${site.server.url}/api/imports/${draftId}/files/${encodeURIComponent(name)}`, { method: 'PUT', body });
    expect(put.status).toBe(200);
  }
}

let incidentId = '';
let draftId = '';

const pages = (): string[] => {
  const blast = `/blast?incident=${incidentId}`;
  return [
    '/',
    '/explore?all=1',
    '/explore?n=organization:vendor&sel=organization:vendor',
    '/explore?n=artifact:a&sel=artifact:a',
    blast,
    `${blast}&view=table&sel=artifact:a`,
    ...['labs', 'ask', 'copies', 'integrity'].map((tab) => `${blast}&tab=${tab}`),
    `${blast}&view=flows`,
    `${blast}&view=matrix`,
    `${blast}&view=time&open=organization:vendor`,
    `${blast}&w=RECALL:vendor/lab@2026-08-18`,
    ...['organizations&sel=vendor', 'artifacts&sel=a', 'concentration', 'shared', 'controls&sel=vendor', 'labs'].map(
      (tab) => `/rankings?tab=${tab}`,
    ),
    '/quality',
    '/incidents',
    ...['history', 'artifacts', 'notices', 'plan', 'packs'].map((tab) => `/incidents/${incidentId}?tab=${tab}`),
    '/import',
    `/import/${draftId}?step=upload`,
    `/import/${draftId}?step=preview`,
  ];
};

/** Every list that a spreadsheet may open. */
const lists = (): string[] => [
  ...['blast-radius', 'other-copies', 'dependents'].map(
    (name) => `${name}.csv?origins=vendor&coreFrom=2026-08-01&coreTo=2026-10-01&transferLikelihood=0.5`,
  ),
  'ranking.csv?coreFrom=2026-08-01&coreTo=2026-10-01',
  'control-gaps.csv?asOf=2026-09-01',
  'findings.csv?asOf=2026-09-01',
  'holdings.csv?holder=vendor',
  `notification-pack.csv?incident=${incidentId}&lab=lab`,
  `imports/${draftId}/rejections.csv`,
];

/** Cells that a spreadsheet would run as a formula. */
async function findFormulas(list: string): Promise<string[]> {
  const response = await fetch(`${site.server.url}/api/${list}`);
  expect({ list, status: response.status }).toEqual({ list, status: 200 });
  const rows = parse(await response.text(), { relax_column_count: true }) as string[][];
  return rows.flat().filter((cell) => guardCell(cell) !== cell && !cell.startsWith("'") && !/^-?\d+(\.\d+)?$/.test(cell));
}

/** Resolves when the page has asked nothing for a while. */
function watchRequests(page: Page): () => Promise<void> {
  let [open, lastAt] = [0, 0];
  const count = (by: number) => () => {
    open += by;
    lastAt = performance.now();
  };
  page.on('request', count(1));
  for (const end of ['requestfinished', 'requestfailed'] as const) page.on(end as 'requestfinished', count(-1));
  return async () => {
    do await sleep(25);
    while (open > 0 || performance.now() - lastAt < 150);
  };
}

/** Goes to an address as the page's own links do. A load for each address would take most of the time, and show the same. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    globalThis.history.pushState(null, '', to);
    globalThis.dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** Whether a hostile text ran in this page or one of its frames. */
async function hasRun(page: Page): Promise<boolean> {
  for (const frame of page.frames()) if (await frame.evaluate(() => 'hostile' in globalThis)) return true;
  return false;
}

/** Opens a saved file as a document, where no policy protects it. */
async function runsAlone(page: Page, name: string, content: string): Promise<boolean> {
  const path = join(site.server.folder, name);
  writeFileSync(path, content);
  await page.goto(pathToFileURL(path).href);
  return hasRun(page);
}

describe('hostile texts', () => {
  it('[S167] run nowhere: on no page, in no picture, document or list, and not in a terminal', async () => {
    const countOne = counting('texts in every field', roundCount);
    for (let round = 0; round < roundCount; round++) {
      await new HostileWorld(round).fill();
      const { page, complaints } = await site.browser.open();
      page.on('dialog', (dialog) => {
        (complaints as string[]).push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      const isQuiet = watchRequests(page);
      await page.goto('/quality');
      for (const path of pages().filter((_, i) => isWhole || i % 4 === 2)) {
        await follow(page, path);
        await isQuiet();
        await page.locator('main .mantine-Skeleton-root').first().waitFor({ state: 'hidden' });
        // A page that shows no text would prove nothing. These two draw the texts, or list none.
        if (!/all=1|tab=shared/.test(path)) await page.locator('main').getByText('hostile').first().waitFor();
        // Tooltips and labels of whatever lies under the pointer.
        for (const [x, y] of [
          [500, 400],
          [720, 450],
        ] as const)
          await page.mouse.move(x, y, { steps: 2 });
        const links = await page.locator('a').evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href));
        const bad = links.filter((href) => !/^(https?:|mailto:|blob:|data:(text\/csv|application\/json);|$)/.test(href));
        expect({ round, path, hasRun: await hasRun(page), bad, complaints }).toEqual({
          round,
          path,
          hasRun: false,
          bad: [],
          complaints: [],
        });
      }
      await page.goto('/explore?n=organization:vendor');
      await page.locator('[data-twin] tbody tr').first().waitFor();
      const alone = await page.context().newPage();
      expect(await runsAlone(alone, 'proof.html', hostileTexts[0] as string)).toBe(true);
      for (const item of ['Canvas as SVG', 'Shown graph as GraphML']) {
        await page.getByRole('button', { name: 'Export' }).click();
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
        const text = readFileSync(await download.path(), 'utf8');
        for (const ending of ['svg', 'xml', 'html'])
          expect({ round, item, ran: await runsAlone(alone, `taken.${ending}`, text) }).toMatchObject({ ran: false });
      }
      const pack = await (await fetch(`${site.server.url}/api/notification-pack.md?incident=${incidentId}&lab=lab`)).text();
      const html = makeMarkdown({ html: true, linkify: true }).render(pack);
      expect({ round, ran: await runsAlone(alone, 'pack.html', html) }).toEqual({ round, ran: false });
      expect(html).not.toMatch(/<[^>]+ on\w+=|href="(?!https?:|mailto:)/i);

      for (const list of lists()) expect({ round, list, formulas: await findFormulas(list) }).toEqual({ round, list, formulas: [] });

      const { code, out, err } = await runExposure(site.server.folder, [
        'radius',
        'vendor',
        '--store',
        `sqlite:${join(site.server.folder, 'exposure.db')}`,
      ]);
      // Line ends and tabs are the only control characters; none reorders text.
      expect({ round, code, odd: /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(out + err) }).toEqual({ round, code: 0, odd: false });
      await page.context().close();
      countOne();
    }
  }, 3_600_000);
});
