import { findViolations } from '../support/browser/axe.ts';
import { drawnNode } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const day = '2026-09-24T00:00Z..2026-09-25T00:00Z';

describe('small windows and empty answers', () => {
  it('[W270] a low what-if says how many artifacts are below the foot of each picture, and leads to the last lab', async () => {
    const { page, complaints } = await site.browser.open({ width: 1280, height: 640 });
    await page.goto(`${quillmarkIncident}&w=RECALL:quillmark/aurelis@2026-09-18`);
    const pictures = page.getByRole('region', { name: 'Before and after' });
    const below = pictures.getByRole('button', { name: /^\d+ more artifacts? below$/ });
    await eventually(async () => expect(await below.count()).toBe(2));
    expect(await findViolations(page)).toEqual([]);
    for (let step = 0; step < 20 && (await below.count()) > 0; step++) {
      await below.first().click();
      await page.waitForTimeout(50);
    }
    expect(await below.count()).toBe(0);
    // Both pictures show the same place.
    for (const lanes of [pictures.getByTestId('lanes').first(), pictures.getByTestId('lanes').last()]) {
      const [{ box }, canvas] = [await drawnNode(lanes, 'Dovemoor'), await lanes.boundingBox()];
      expect(box.y + box.height).toBeLessThanOrEqual((canvas?.y ?? 0) + (canvas?.height ?? 0));
      expect(box.y).toBeGreaterThan(canvas?.y ?? 0);
    }
    expect(complaints).toEqual([]);
  });

  it('[W1063] the headings of lanes are whole on a phone and on a desk, where they say what they count', async () => {
    for (const [width, holders] of [
      [375, ['Hop 1 2', 'Hop 2 1']],
      [1440, ['Hop 1 2 holders', 'Hop 2 1 holder']],
    ] as const) {
      const { page, complaints } = await site.browser.open({ width, height: 812 });
      await page.goto(`${quillmarkIncident}&view=lanes`);
      const headings = page.locator('[data-screen-only][aria-hidden] > span', { has: page.locator('em') });
      await headings.getByText('Hop 1').waitFor();
      const read = () =>
        headings.evaluateAll((all) =>
          all.map((each) => [[...each.childNodes].map((part) => part.textContent).join(' '), each.scrollWidth <= each.clientWidth]),
        );
      await eventually(async () =>
        expect((await read()).filter(([text]) => String(text).startsWith('Hop'))).toEqual(holders.map((text) => [text, true])),
      );
      expect((await read()).every(([, isWhole]) => isWhole)).toBe(true);
      expect(complaints).toEqual([]);
    }
  });

  it('[W321] a phone shows the list of a group below the table, and the whole of Hand over', async () => {
    const { page, complaints } = await site.browser.open({ width: 390, height: 844 });
    const members = ['aurelis', 'brightfen', 'cindral'].map((id) => `organization:${id}`);
    const nodes = [...members, 'organization:quillmark'].map((key): [string, string] => ['n', key]);
    await page.goto(
      `/explore?${new URLSearchParams([...nodes, ['group', JSON.stringify(members)], ['sel', 'group:organization:aurelis']])}`,
    );
    const [group, twin] = [page.getByRole('complementary', { name: 'Group' }), page.locator('[data-twin]')];
    await group.getByRole('button', { name: 'Open group' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const [list, table] = [await group.boundingBox(), await twin.boundingBox()];
    expect([list?.x, list?.width, table?.x, table?.width]).toEqual([0, 390, 0, 390]);

    await page.goto(quillmarkIncident);
    await page.getByText('At least this much.').waitFor();
    await page.getByRole('button', { name: 'Hand over' }).click();
    const drawer = page.getByRole('dialog', { name: 'Hand over' });
    const packs = await drawer.getByRole('link', { name: /^Packs of/ }).boundingBox();
    expect((packs?.x ?? 0) + (packs?.width ?? 0)).toBeLessThanOrEqual(390 - 16);
    expect(complaints).toEqual([]);
  });

  it('[W322] a phone shows the columns of a list whole, each with its first values and its meaning', async () => {
    const { page, complaints } = await site.browser.open({ width: 390, height: 844 });
    const rows = [
      'Guide,Annotation guidelines,Vega Labs',
      'Taxonomy of everything,Preference scheme,Omega Labs',
      'Prefs,Evaluation suite,Vega Labs',
    ];
    const text = ['Asset,Type,Owner,Sensitivity', ...rows.map((row) => `${row},4`), ''].join('\n');
    await page.goto('/import');
    await page.getByLabel('CSV files').setInputFiles({ name: 'artifacts list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const meaning = page.getByRole('combobox', { name: 'Meaning of Type' });
    await meaning.waitFor();
    const columns = page.getByRole('region', { name: /^Columns of / });
    expect(await columns.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    const [select, box] = [await meaning.boundingBox(), await columns.boundingBox()];
    expect((select?.x ?? 0) + (select?.width ?? 0)).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
    expect(complaints).toEqual([]);
  });

  it('[W1030] on a phone the chosen tab is in sight, in each strip of tabs', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    for (const [path, strip, tab] of [
      ['/quality', 'Views', 'Data quality'],
      ['/rankings?tab=labs', 'Rankings', 'Safeguards by lab'],
      [`${quillmarkIncident}&tab=loss`, 'Blast radius lists', 'Loss'],
    ] as const) {
      await page.goto(path);
      const chosen = page
        .getByLabel(strip, { exact: true })
        .getByRole(strip === 'Blast radius lists' ? 'tab' : 'link', { name: tab })
        .first();
      await chosen.waitFor();
      await eventually(async () => {
        const { x, width } = (await chosen.boundingBox()) ?? { x: -1, width: 0 };
        expect([tab, x >= 0, x + width <= 375]).toEqual([tab, true, true]);
      });
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    expect(complaints).toEqual([]);
  });

  it('[W1032] at 1024 x 768 a panel leaves room for the canvas, and the tabs of an incident stand in the upper half', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    const members = ['aurelis', 'brightfen', 'cindral'].map((id) => `organization:${id}`);
    const nodes = [...members, 'organization:quillmark'].map((key): [string, string] => ['n', key]);
    await page.goto(
      `/explore?${new URLSearchParams([...nodes, ['group', JSON.stringify(members)], ['sel', 'group:organization:aurelis']])}`,
    );
    await page.getByRole('complementary', { name: 'Group' }).waitFor();
    await eventually(async () => expect((await page.getByTestId('graph').boundingBox())?.height).toBeGreaterThan(768 / 4));
    await page.goto('/incidents/INC-02?tab=notices');
    const tabs = page.getByRole('navigation', { name: 'Work on the incident' });
    await tabs.waitFor();
    const tabsBox = await tabs.boundingBox();
    expect((tabsBox?.y ?? 768) + (tabsBox?.height ?? 0)).toBeLessThan(768 / 2);
    // No tool lies on a heading.
    await page.goto(`${quillmarkIncident}&color=sensitivity`);
    const color = await page.getByRole('button', { name: 'Color Sensitivity' }).boundingBox();
    const labs = await page.getByText('4 affected').last().boundingBox();
    expect((color?.y ?? 768) + (color?.height ?? 0)).toBeLessThanOrEqual(labs?.y ?? 0);
    // An unknown radius has no figure beyond the window.
    await page.goto(`/blast?o=larkhill&core=${day}&widest=${day}`);
    const loss = page.getByText('Weighted loss').first();
    await loss.waitFor();
    const unknown = await page.getByText('Unknown', { exact: true }).last().boundingBox();
    expect((unknown?.x ?? 0) + (unknown?.width ?? 0)).toBeLessThanOrEqual(1024);
    expect(complaints).toEqual([]);
  });

  it.each([1440, 390])('[W1019] at %i px the fields of a form stand below each other, without gaps', async (width) => {
    const { page, complaints } = await site.browser.open({ width });
    await page.goto('/incidents/new?o=quillmark');
    const form = page.locator('main form');
    await form.getByLabel('Name').waitFor();
    const boxes = await form.evaluate((element) =>
      [...element.children].map((child) => child.getBoundingClientRect()).filter(({ height }) => height > 0),
    );
    expect(boxes.length).toBeGreaterThan(3);
    const gaps = boxes.slice(1).map(({ top }, i) => top - (boxes[i]?.bottom ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(40);
    // A field is as high as its label, its description and its input.
    expect(
      Math.max(...(await form.locator('.mantine-TextInput-root').evaluateAll((fields) => fields.map((field) => field.clientHeight)))),
    ).toBeLessThan(110);
    expect(complaints).toEqual([]);
  });

  it('[W271] the strip of an unknown radius counts no zeros', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/blast?o=larkhill&core=${day}&widest=${day}`);
    const strip = page.getByRole('region', { name: 'Time window' });
    await strip.getByText('No readable copy is recorded at Larkhill.').waitFor();
    expect(await strip.getByText(/^0 /).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('[W274] on paper an incident has its picture, every row and no control, in columns as wide as the sheet', async () => {
    const { page, complaints, settle } = await site.browser.open();
    // A4 with the margins of the style sheet.
    const print = async (path: string, ready: string) => {
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await page.locator('main').getByText(ready).first().waitFor();
      await settle();
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 688, height: 1017 });
      await page.waitForTimeout(300);
    };
    await print(quillmarkIncident, 'At least this much.');
    const lanes = await page.locator('img[data-print-only]').boundingBox();
    expect(lanes?.height).toBeGreaterThan(200);
    expect((lanes?.x ?? 0) + (lanes?.width ?? 0)).toBeLessThanOrEqual(688);
    expect(decodeURIComponent((await page.locator('img[data-print-only]').getAttribute('src')) ?? '')).toContain(
      '>Preference scheme V1</text>',
    );
    expect(await page.getByRole('row').getByText('Preference scheme V1').isVisible()).toBe(true);
    await print('/incidents/INC-02?tab=plan', 'Loss removed today');
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    const [text, amount] = [page.getByText('Recall the copies of Aurelis Labs from Quillmark'), page.getByText('$11.6M')];
    expect(Math.abs(((await text.boundingBox())?.y ?? 0) - ((await amount.boundingBox())?.y ?? 0))).toBeLessThan(40);
    expect(complaints).toEqual([]);
  });

  it('[W275] the minimap of a low canvas covers less than a quarter of its height', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    const map = page.locator('[data-minimap]');
    await map.waitFor();
    const [small, canvas] = [await map.boundingBox(), await page.getByTestId('graph').boundingBox()];
    expect(small?.height).toBeLessThan((canvas?.height ?? 0) / 4);
    expect(complaints).toEqual([]);
  });

  it('[W1043] the minimap gives way to the card of a holder, and M shows it', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    const map = page.locator('[data-minimap]');
    const lanes = page.locator('[data-testid="lanes"][data-drawn]');
    await page.goto('/blast?incident=INC-02');
    await lanes.waitFor();
    await map.waitFor();
    await page.goto('/blast?incident=INC-02&x=quillmark');
    await page.getByRole('button', { name: '1 expanded' }).waitFor();
    await map.waitFor({ state: 'detached' });
    // The picture may be drawn anew while the key goes down.
    await eventually(async () => {
      await lanes.press('m');
      await map.waitFor({ timeout: 3_000 });
    });
    expect(complaints).toEqual([]);
  });

  it('[W1044] the search of a phone shows its whole word', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    await page.goto('/rankings');
    const field = page.getByRole('banner').getByRole('textbox');
    await field.waitFor();
    const [room, needed] = await field.evaluate((input: HTMLInputElement) => {
      const { paddingLeft, paddingRight, font } = getComputedStyle(input);
      const pen = document.createElement('canvas').getContext('2d');
      if (pen === null) throw new Error('The browser draws nothing.');
      pen.font = font;
      return [
        input.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
        pen.measureText(input.placeholder).width,
      ];
    });
    expect(needed).toBeLessThan(room ?? 0);
    expect(complaints).toEqual([]);
  });

  it.each([
    [1024, 768],
    [1440, 900],
  ])(
    '[W290] [W291] at %i x %i px Explore begins with all of its canvas in sight, no button lies on it, and no column is cut off',
    async (width, height) => {
      const { page, complaints } = await site.browser.open({ width, height });
      const canvas = page.getByTestId('graph');
      for (const percent of [100, 125, 150]) {
        await page.goto('/explore?all=1');
        await page.evaluate((size) => localStorage.setItem('exposure-label-size', String(size)), percent);
        await page.reload();
        await canvas.locator('canvas').first().waitFor();
        await page.getByRole('row', { name: /Saltmarsh/ }).waitFor();
        await page.waitForTimeout(300);
        const box = await canvas.boundingBox();
        if (box === null) throw new Error('The page has no canvas.');
        for (const control of await page.getByRole('region', { name: 'Canvas' }).getByRole('button').all()) {
          const at = await control.boundingBox();
          const isApart = at !== null && (at.y + at.height <= box.y || at.y >= box.y + box.height);
          expect([percent, await control.textContent(), isApart]).toEqual([percent, await control.textContent(), true]);
        }
        // The minimap shows while some nodes are out of sight.
        if (percent === 100) expect(await page.locator('[data-minimap]').count()).toBe(0);
      }
      const table = page.getByRole('region', { name: 'Organizations and artifacts' });
      expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('[W272] at 320 px the form of a notice is inside the window as a whole', async () => {
    const { page, complaints } = await site.browser.open({ width: 320, height: 720 });
    await page.goto('/incidents/INC-02?tab=notices&by=flat');
    await page.getByRole('button', { name: 'To tell' }).first().click();
    const form = page.getByRole('form', { name: /^Notice to/ });
    for (const field of [form, form.getByLabel('State'), form.getByLabel('Note'), form.getByRole('button', { name: 'Cancel' })]) {
      const box = await field.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    }
    expect(complaints).toEqual([]);
  });

  it('[W306] paper is light in the dark theme too, and a matrix is as wide as the sheet', async () => {
    const { page, complaints } = await site.browser.open({ colorScheme: 'dark' });
    await page.goto(`${quillmarkIncident}&view=matrix`);
    const cells = page.getByTestId('matrix').getByRole('gridcell');
    await cells.first().waitFor();
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(14, 17, 23)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 688, height: 1017 });
    await page.waitForTimeout(300);
    expect(await paper()).toBe('rgb(246, 247, 249)');
    for (const cell of await cells.all()) {
      const box = await cell.boundingBox();
      expect((box?.x ?? 9999) + (box?.width ?? 0)).toBeLessThanOrEqual(688);
    }
    expect(complaints).toEqual([]);
  });

  it('[W300] a label size makes the labels of lanes as much larger, also where lanes are fitted to half a canvas', async () => {
    const { page, complaints } = await site.browser.open();
    for (const path of [quillmarkIncident, `${quillmarkIncident}&w=RECALL:quillmark/aurelis@2026-09-18`]) {
      await page.goto(path);
      const lanes = page.getByTestId('lanes').last();
      const heightAt = async (percent: number) => {
        await page.getByRole('button', { name: 'Account' }).click();
        await page.getByRole('radio', { name: `${percent}%` }).check();
        await page.keyboard.press('Escape');
        await page.waitForTimeout(300);
        return (await drawnNode(lanes, 'Aurelis Labs')).box.height;
      };
      const small = await heightAt(100);
      for (const percent of [125, 150]) {
        const ratio = (await heightAt(percent)) / small;
        expect({ path, percent, ratio, isLarger: ratio > (percent / 100) * 0.94 }).toEqual({ path, percent, ratio, isLarger: true });
      }
      await heightAt(100);
    }
    expect(complaints).toEqual([]);
  });
});
