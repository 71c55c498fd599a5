import type { Page } from 'playwright-core';
import { type OwnServer, serveFiles } from '../bench/own-server.ts';
import { boxAtRest } from '../support/browser/at-rest.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

/** 106 letters without a space. */
const LONG = 'Annotationundqualitätssicherungsgesellschaftmitbeschränkterhaftungfürmenschlichepräferenzdatenundbewertungen';
const ARABIC = 'مختبر الأبحاث المتقدمة للذكاء الاصطناعي في المدينة الجديدة';
const HEBREW = 'שירותי תיוג נתונים בע״מ';

const labs = ['lab-arabic', 'lab-long'];
const artifacts = Array.from({ length: 12 }, (_, index) => ({ id: `a-${index}`, owner: labs[index % 2] as string }));

const files = {
  'organizations.csv': [
    'id,name,roles',
    `lab-arabic,${ARABIC},LAB`,
    `lab-long,${LONG}-Labor,LAB`,
    `vendor-long,${LONG},VENDOR`,
    `vendor-hebrew,${HEBREW},SUBCONTRACTOR`,
  ],
  'artifacts.csv': [
    'id,name,type,owner,sensitivity,value_low_usd,value_high_usd',
    ...artifacts.map(
      ({ id, owner }, index) =>
        `${id},${index % 2 === 0 ? ARABIC : LONG} ${index},ANNOTATION_GUIDELINES,${owner},4,100000,${900_000 * (index + 1)}`,
    ),
  ],
  'transfers.csv': [
    'id,artifact,sender,recipient,sent_at,form',
    ...artifacts.map(({ id, owner }) => `t-${id},${id},${owner},vendor-long,2026-03-02,PLAINTEXT`),
    ...artifacts.slice(0, 6).map(({ id }) => `u-${id},${id},vendor-long,vendor-hebrew,2026-04-02,PLAINTEXT`),
  ],
  'access.csv': ['id,grantee,grantor,kind,likelihood,valid_from', 'ac-1,vendor-long,vendor-hebrew,CREDENTIALS,0.5,2026-01-01'],
};

let server: OwnServer;
let browser: Browser;
beforeAll(async () => {
  server = await serveFiles(Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, `${lines.join('\n')}\n`])));
  browser = await shareChromium(server.url);
});
afterAll(async () => {
  await browser?.close();
  server?.stop();
});

const day = '2026-07-01T00:00Z..2026-07-02T00:00Z';
const radius = `/blast?o=vendor-long&core=${day}&widest=${day}`;

/** How far the page, and each panel that may not scroll sideways, reaches beyond its right edge. */
async function overflowOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const panels = [document.documentElement, ...document.querySelectorAll('aside, header, [aria-label="Actions"], [class*="panel"]')];
    const over = panels
      .filter((panel) => getComputedStyle(panel).overflowX !== 'visible' || panel === document.documentElement)
      .map((panel) => [`${panel.tagName} ${panel.className}`, panel.scrollWidth - panel.clientWidth] as const);
    return Object.fromEntries(over.filter(([, by]) => by > 0));
  });
}

/** Whether an element lies inside the window from left to right. */
async function isInside(page: Page, text: string): Promise<boolean> {
  const box = await page.getByText(text, { exact: true }).first().boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= (page.viewportSize()?.width ?? 0);
}

describe('names of more than 100 letters, and names from right to left', () => {
  it.each([1440, 1024, 320])('[W298] push no column, figure or button out of a window of %i px', async (width) => {
    const { page, complaints, settle } = await browser.open({ width });
    for (const [path, ready] of [
      ['/', '$'],
      [radius, 'Affected'],
      [`${radius}&view=matrix`, width < 720 ? 'Affected' : 'By name'],
      [`${radius}&w=RECALL:vendor-long/lab-arabic@2026-06-18`, 'What this cannot undo'],
      ['/explore?n=organization:vendor-long&sel=organization:vendor-long', 'Copies held'],
      ['/rankings?sel=vendor-long', 'Worst case'],
      ['/rankings?tab=concentration&sel=lab-arabic', 'Index'],
      ['/quality', 'Undeclared subcontractors'],
      ['/incidents/new?o=vendor-long', 'New incident'],
    ] as const) {
      await page.goto(path);
      await page.locator('main').getByText(ready).filter({ visible: true }).first().waitFor();
      await settle();
      await eventually(async () => expect([path, await overflowOf(page)]).toEqual([path, {}]));
    }
    await page.goto('/rankings?sel=vendor-long');
    await page.getByRole('columnheader', { name: 'Worst case' }).waitFor();
    await eventually(async () => expect(await isInside(page, 'Worst case')).toBe(true));
    expect(complaints).toEqual([]);
  });

  it('[W298] leave the matrix its columns, a list its values, and a found artifact its name', async () => {
    const { page } = await browser.open();
    await page.goto(`${radius}&view=matrix`);
    const cells = page.getByTestId('matrix').getByRole('gridcell');
    await cells.first().waitFor();
    await eventually(async () => {
      const ends = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().right));
      expect(Math.max(...ends)).toBeLessThan(1048);
    });
    await page.keyboard.press('/');
    await page.keyboard.type('Annotation');
    const found = page
      .getByRole('option')
      .filter({ hasText: `${LONG} 1` })
      .first();
    await found.waitFor();
    await eventually(async () => expect((await found.getByText(LONG).first().boundingBox())?.width ?? 0).toBeGreaterThan(120));
  });

  it('[W299] show the beginning of a name from right to left where its end is cut', async () => {
    const { page } = await browser.open();
    await page.goto(radius);
    const cut = page.getByRole('cell', { name: ARABIC }).first();
    await cut.waitFor();
    // The first letter of the name is drawn inside the cell.
    await boxAtRest(cut);
    const [first, box] = await cut.evaluate((cell) => {
      const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode() as Text;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 1);
      const [letter, frame] = [range.getBoundingClientRect(), (text.parentElement as Element).getBoundingClientRect()];
      return [
        { left: letter.left, right: letter.right },
        { left: frame.left, right: frame.right },
      ] as const;
    });
    expect(first.left).toBeGreaterThanOrEqual(box.left);
    expect(first.right).toBeLessThanOrEqual(box.right + 1);
  });

  it.each([1440, 1024])('[W648] leave the chip that says what is asked in sight at %i px', async (width) => {
    const { page } = await browser.open({ width });
    await page.goto(radius);
    const chip = page.getByText(/^Origin · /).first();
    await chip.waitFor();
    await eventually(async () => {
      const [own, line] = [await boxAtRest(chip), await boxAtRest(chip.locator('..'))];
      expect(own.width >= 60 && own.y >= line.y && own.y + own.height <= line.y + line.height + 1).toBe(true);
      expect(own.x + own.width <= line.x + line.width + 1).toBe(true);
    });
  });
});
