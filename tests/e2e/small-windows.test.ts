import { boxAtRest, scrollBelow } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const day = '2026-09-24T00:00Z..2026-09-25T00:00Z';

describe('small windows and empty answers', () => {
  it('[W1160] beside a panel, the table shows the whole source of an artifact', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 900 });
    await page.goto('/explore?n=artifact:a-eval-a2&sel=artifact:a-eval-a2');
    const source = page.getByRole('row', { name: /Agent eval suite A2/ }).getByRole('cell', { name: 'artifacts.csv, line 3' });
    const panel = page.getByRole('complementary', { name: 'Details of Agent eval suite A2' });
    await eventually(async () => {
      const [cell, beside] = [await boxAtRest(source), await boxAtRest(panel)];
      expect(cell.x + cell.width).toBeLessThanOrEqual(beside.x);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1172] [W1176] the names of the windows and of what a search finds are whole on a desk', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 900 });
    await page.goto(`${quillmarkIncident}&t=2026-09-19T00:00Z`);
    const names = page.locator('section[aria-label="Time window"] svg text', { hasText: 'Core' });
    await eventually(async () => {
      const [text, plot] = [await boxAtRest(names), await boxAtRest(names.locator('xpath=..'))];
      expect([text.x >= plot.x, text.x + text.width <= plot.x + plot.width]).toEqual([true, true]);
    });
    await page.getByRole('textbox', { name: /^Search organizations/ }).fill('gateway');
    const found = page.getByRole('option', { name: /^Quillmark: credentials taken through the gateway/ });
    const name = found.getByText('Quillmark: credentials taken through the gateway', { exact: true });
    expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('[W1177] without motion, the circle of a button that waits stands in the middle of it', async () => {
    const { page } = await site.browser.open();
    await page.goto('/import');
    await page.getByRole('button', { name: 'Remove demo data' }).click();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql', async (route) => {
      await asked;
      await route.abort();
    });
    const button = page.getByRole('dialog').getByRole('button', { name: 'Undo this import' });
    await button.click();
    const circle = button.locator('.mantine-Button-loader');
    const [inner, outer] = [await boxAtRest(circle), await boxAtRest(button)];
    const off = [inner.x + inner.width / 2 - outer.x - outer.width / 2, inner.y + inner.height / 2 - outer.y - outer.height / 2];
    expect(off.map((by) => Math.abs(by) < 2)).toEqual([true, true]);
    answer();
    await page.getByRole('dialog').getByRole('alert').first().waitFor();
  });

  it('[W1163] a low panel gives its tabs the place of its figures, and a phone keeps a row above the panel', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    const quillmark = '/explore?n=organization:quillmark&sel=organization:quillmark';
    await page.goto(quillmark);
    const figure = page.getByText('Copies held now');
    await figure.waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await eventually(async () => expect(await figure.isVisible()).toBe(false));
    expect((await boxAtRest(page.getByRole('tabpanel', { name: 'History' }))).height).toBeGreaterThan(120);
    await page.getByRole('tab', { name: 'Overview' }).click();
    await figure.waitFor();

    await page.setViewportSize({ width: 1024, height: 640 });
    await page.goto('/quality?knownAt=2026-11-27T00:00:00Z');
    const filter = page.getByRole('radiogroup', { name: 'Which findings' });
    expect((await boxAtRest(filter)).height).toBeGreaterThan(28);

    await page.setViewportSize({ width: 375, height: 812 });
    await page.goto(`${quillmark}&knownAt=2026-11-27T00:00:00Z`);
    const [row, button] = [page.getByRole('row', { name: /^Mark Quillmark/ }), page.getByRole('button', { name: 'Show canvas' })];
    await eventually(async () => {
      const [shown, below] = [await boxAtRest(row), await boxAtRest(button)];
      expect(shown.y + shown.height).toBeLessThanOrEqual(below.y + 1);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1167] a band at 1024 is one line with whole figures, and its button unfolds and folds the other actions', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto(quillmarkIncident);
    const band = page.locator('main header');
    await band.getByText('Weighted loss').waitFor();
    expect((await boxAtRest(band)).height).toBe(46);
    const cut = await band
      .locator('*')
      .evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => one.textContent),
      );
    expect(cut).toEqual([]);

    const [more, options] = [band.getByRole('button', { name: 'More actions' }), band.getByRole('button', { name: 'Options' })];
    expect(await options.isVisible()).toBe(false);
    await more.click();
    await options.click();
    await page.getByRole('dialog', { name: 'Options' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Options' }).waitFor({ state: 'detached' });
    expect(await options.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await options.waitFor({ state: 'hidden' });
    await eventually(async () => expect(await more.evaluate((button) => button === document.activeElement)).toBe(true));
    expect(complaints).toEqual([]);
  });

  it('[W1186] at 1024 the band has two lines of text, and the widest window and the hops stand in the foot', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    for (const path of [quillmarkIncident, `${quillmarkIncident}&knownAt=2026-11-27T00:00:00Z`]) {
      await page.goto(path);
      const band = page.locator('main header');
      await band.getByText('Weighted loss').waitFor();
      const lines = await band.locator(':scope > div').evaluateAll((cells) =>
        cells.map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0 && height < 24);
          let [count, end] = [0, -Infinity];
          for (const { top, bottom } of boxes.sort((a, b) => a.top - b.top)) {
            if (top > end - 4) [count, end] = [count + 1, bottom];
          }
          return count;
        }),
      );
      expect(Math.max(...lines)).toBe(2);
      const foot = page.getByRole('region', { name: 'Time window' });
      await foot.getByText('Widest Sep 19 – Oct 1, 00:00 · up to 2 hops').waitFor();
      expect(await foot.getByText('as known at Nov 27, 2026, 00:00 UTC').isVisible()).toBe(path !== quillmarkIncident);
    }
    expect(complaints).toEqual([]);
  });

  it('[W1187] at 1024 the question and the actions of a ranking share a row, and the facts stand beside the chart', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto('/rankings');
    const [change, actions] = [page.getByRole('button', { name: 'Change' }), page.getByRole('button', { name: 'Export' })];
    const [chart, facts] = ['Access against control', 'Furthest above the line'].map((name) => page.getByRole('heading', { name }));
    await eventually(async () => {
      const [left, right] = [await boxAtRest(change), await boxAtRest(actions)];
      expect(left.y + left.height / 2).toBeCloseTo(right.y + right.height / 2, -1);
      expect(right.x + right.width).toBeGreaterThan(1000);
      expect((await boxAtRest(facts as NonNullable<typeof facts>)).y).toBe((await boxAtRest(chart as NonNullable<typeof chart>)).y);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1188] at 1024 the lanes stay whole beside the bar of marked nodes, and beside the legend', async () => {
    const { page, complaints, settle } = await site.browser.open({ width: 1024, height: 768 });
    const expectWhole = () =>
      eventually(async () => {
        const lanes = page.getByTestId('lanes');
        const [canvas, scene] = [await boxAtRest(lanes), await readScene(lanes)];
        expect(Math.max(...scene.map(({ box }) => box.y + box.height))).toBeLessThanOrEqual(canvas.y + canvas.height);
      });
    await page.goto(quillmarkIncident);
    await drawnNode(page.getByTestId('lanes'), 'Bluefinch');
    await settle();
    await page.keyboard.down('Shift');
    for (const name of ['Bluefinch', 'Corvale Review']) {
      const { box } = await drawnNode(page.getByTestId('lanes'), name);
      await page.mouse.click(box.x + box.width / 2, box.y + 18);
    }
    await page.keyboard.up('Shift');
    const bar = page.getByRole('toolbar', { name: 'Marked nodes' });
    await bar.getByText('2 marked').waitFor();
    await expectWhole();
    await bar.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Legend' }).click();
    await page
      .getByText(/^Reveals/)
      .first()
      .waitFor();
    await expectWhole();
    expect(complaints).toEqual([]);
  });

  it('[W1189] at 1024 the unfolded time line names both windows whole, with an instant and without', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    for (const path of [quillmarkIncident, `${quillmarkIncident}&t=2026-09-19T00:00Z`]) {
      await page.goto(path);
      await page.getByRole('button', { name: 'Show timeline' }).click();
      const strip = page.getByRole('region', { name: 'Time window' });
      for (const name of ['Core', 'Widest']) {
        const words = strip.locator('svg text', { hasText: name });
        await eventually(async () => {
          const [text, plot] = [await boxAtRest(words), await boxAtRest(words.locator('xpath=ancestor::*[name()="svg"]'))];
          expect([text.x >= plot.x, text.x + text.width <= plot.x + plot.width]).toEqual([true, true]);
        });
      }
    }
    expect(complaints).toEqual([]);
  });

  it('[W1190] at 1024 the list of an empty radius is open, says so, and folds', async () => {
    const { page } = await site.browser.open({ width: 1024, height: 768 });
    const early = '2020-01-01T00:00Z..2020-01-02T00:00Z';
    await page.goto(`/blast?o=larkhill&core=${early}&widest=${early}`);
    await page.getByRole('heading', { name: 'Nothing is in the radius' }).waitFor();
    await page.getByRole('button', { name: 'Hide list' }).click();
    await page.getByRole('heading', { name: 'Nothing is in the radius' }).waitFor({ state: 'hidden' });
  });

  it('[W1191] at 1024 the page of an advisory that does not exist says so', async () => {
    const { page } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto('/incidents/from-advisory?advisory=MAL-0');
    await page.getByRole('heading', { name: 'No advisory MAL-0' }).waitFor();
  });

  it('[W1196] a phone shows every column of safeguards, merges, drafts, notices and connections that a reader needs', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    const edgeOf = async (name: string, cell: string) => {
      await page.goto(name);
      const shown = page.getByRole('cell', { name: cell, exact: false }).first();
      return eventually(async () => {
        const { x, width } = await boxAtRest(shown);
        return x + width;
      });
    };
    expect(await edgeOf('/rankings?tab=labs', '91% of value 4 of 5 vendors')).toBeLessThanOrEqual(375);
    for (const [path, table] of [
      ['/quality/merge?n=quillmark&n=bluefinch', 'Organizations to compare'],
      ['/incidents/INC-02?tab=notices&by=flat', 'List of notices'],
    ] as const) {
      await page.goto(path);
      const list = page.getByLabel(table, { exact: true }).getByRole('table');
      await list.waitFor();
      expect([
        table,
        await list.evaluate((each) => each.getBoundingClientRect().right <= (each.parentElement?.getBoundingClientRect().right ?? 0)),
      ]).toEqual([table, true]);
    }
    await page.goto('/import');
    await page
      .getByLabel('CSV files')
      .setInputFiles({ name: 'organizations.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name\nx1,Xenon\n') });
    await page
      .getByRole('button', { name: 'Upload' })
      .or(page.getByRole('heading', { name: 'Preview' }))
      .first()
      .waitFor();
    await page.goto(`${new URL(page.url()).pathname}?step=upload`);
    const remove = await boxAtRest(page.getByRole('button', { name: 'Remove organizations.csv' }));
    expect(remove.x + remove.width).toBeLessThanOrEqual(375);
    await page.getByRole('button', { name: 'Discard draft' }).click();

    await page.goto('/explore?n=organization:quillmark');
    await page.getByRole('tab', { name: /^Connections/ }).click();
    const to = await boxAtRest(page.getByRole('columnheader', { name: 'To', exact: true }));
    expect(to.x + to.width).toBeLessThanOrEqual(375);
    expect(complaints).toEqual([]);
  });

  it('[W1197] [W1198] a phone shows the figure that orders a ranking, and says why the table of Explore is empty', async () => {
    const { page } = await site.browser.open({ width: 375, height: 812 });
    await page.goto('/rankings?by=REACH');
    const reach = page.getByRole('columnheader', { name: /^Reach/ });
    expect(await reach.getAttribute('aria-sort')).toBe('descending');
    const { x, width } = await boxAtRest(reach);
    expect(x + width).toBeLessThanOrEqual(375);

    await page.goto('/explore?n=organization:quillmark&knownAt=2001-01-01T00:00Z');
    await page
      .getByRole('alert')
      .getByText(/^No facts were known at Jan 1, 2001/)
      .waitFor();
  });

  it('[W1194] [W1199] a phone shows the lanes whole from top to bottom, Origin with hops that are not reached, and the edge of a fourth lab', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    for (const part of ['', '&hop=0', '&hide=organization:bluefinch']) {
      await page.goto(`${quillmarkIncident}&view=lanes${part}`);
      await readScene(page.getByTestId('lanes').first());
      expect([part, await page.getByRole('button', { name: /more (artifacts?|holders) (above|below)$/i }).count()]).toEqual([part, 0]);
      await page.locator('[data-screen-only][aria-hidden] > span', { hasText: /^Origin$/ }).waitFor();
    }
    await page.goto(`${quillmarkIncident}&view=matrix`);
    const next = await boxAtRest(page.getByRole('columnheader', { name: /Dovemoor/ }));
    expect([next.x < 365, next.x + next.width > 375]).toEqual([true, true]);
    const name = page.getByRole('rowheader', { name: /Corvale Review/ }).getByText('Corvale Review', { exact: true });
    expect(await name.evaluate((each) => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('[W1164] a desk shows the whole graph of the demo on rings', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 900 });
    await page.goto('/explore?all=1&layout=rings');
    const graph = page.getByTestId('graph');
    await drawnNode(graph, 'Quillmark');
    const { y, height } = await boxAtRest(graph);
    await eventually(async () => {
      const scene = await readScene(graph);
      expect(scene.length).toBeGreaterThan(16);
      expect(scene.filter(({ box }) => box.y < y || box.y + box.height > y + height).map(({ label }) => label)).toEqual([]);
    });
    expect(complaints).toEqual([]);
  });

  it('[W270] a low what-if says how many artifacts are below the foot of each picture, and leads to the last lab', async () => {
    const { page, complaints } = await site.browser.open({ width: 1280, height: 640 });
    await page.goto(`${quillmarkIncident}&w=RECALL:quillmark/aurelis@2026-09-18`);
    const pictures = page.getByRole('region', { name: 'Before and after' });
    const below = pictures.getByRole('button', { name: /^\d+ more artifacts? below$/ });
    await eventually(async () => expect(await below.count()).toBe(2));
    expect(await findViolations(page)).toEqual([]);
    await scrollBelow(below);
    // Both pictures show the same place.
    for (const lanes of [pictures.getByTestId('lanes').first(), pictures.getByTestId('lanes').last()]) {
      await eventually(async () => {
        const [{ box }, canvas] = [await drawnNode(lanes, 'Dovemoor'), await boxAtRest(lanes)];
        expect(box.y + box.height).toBeLessThanOrEqual(canvas.y + canvas.height);
        expect(box.y).toBeGreaterThan(canvas.y);
      });
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
      await eventually(async () => expect((await read()).every(([, isWhole]) => isWhole)).toBe(true));
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
    await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390));
    await eventually(async () => {
      const [list, table] = [await boxAtRest(group), await boxAtRest(twin)];
      expect([list.x, list.width, table.x, table.width]).toEqual([0, 390, 0, 390]);
    });

    await page.goto(quillmarkIncident);
    await page.getByText('At least this much.').waitFor();
    await page.getByRole('button', { name: 'Hand over' }).click();
    const drawer = page.getByRole('dialog', { name: 'Hand over' });
    await eventually(async () => {
      const packs = await boxAtRest(drawer.getByRole('link', { name: /^Packs of/ }));
      expect(packs.x + packs.width).toBeLessThanOrEqual(390 - 16);
    });
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
    await eventually(async () => expect(await columns.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0));
    await eventually(async () => {
      const [select, box] = [await boxAtRest(meaning), await boxAtRest(columns)];
      expect(select.x + select.width).toBeLessThan(box.x + box.width);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1030] on a phone the chosen tab is in sight, in each strip of tabs', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    for (const [path, strip, tab] of [
      ['/quality', 'Views', 'Data quality'],
      ['/rankings?tab=labs', 'Rankings', 'Safeguards by lab'],
      ['/incidents/INC-02?tab=packs', 'Work on the incident', 'Packs'],
      [`${quillmarkIncident}&tab=loss`, 'Blast radius lists', 'Loss'],
    ] as const) {
      await page.goto(path);
      const chosen = page
        .getByLabel(strip, { exact: true })
        .getByRole(strip === 'Blast radius lists' ? 'tab' : 'link', { name: tab })
        .first();
      await chosen.waitFor();
      await eventually(async () => {
        const { x, width } = await boxAtRest(chosen);
        expect([tab, x >= 0, x + width <= (strip === 'Work on the incident' ? 359 : 375)]).toEqual([tab, true, true]);
      });
    }
    await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375));
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
    await eventually(async () => {
      const { y, height } = await boxAtRest(tabs);
      expect(y + height).toBeLessThan(768 / 2);
    });
    // No tool lies on a heading.
    await page.goto(`${quillmarkIncident}&color=sensitivity`);
    await eventually(async () => {
      const color = await boxAtRest(page.getByRole('button', { name: 'Color Sensitivity' }));
      const labs = await boxAtRest(page.getByText('4 affected').last());
      expect(color.y + color.height).toBeLessThanOrEqual(labs.y);
    });
    // An unknown radius has no figure beyond the window.
    await page.goto(`/blast?o=larkhill&core=${day}&widest=${day}`);
    const loss = page.getByText('Weighted loss').first();
    await loss.waitFor();
    await eventually(async () => {
      const unknown = await boxAtRest(page.getByText('Unknown', { exact: true }).last());
      expect(unknown.x + unknown.width).toBeLessThanOrEqual(1024);
    });
    expect(complaints).toEqual([]);
  });

  it.each([1440, 390])('[W1019] at %i px the fields of a form stand below each other, without gaps', async (width) => {
    const { page, complaints } = await site.browser.open({ width });
    await page.goto('/incidents/new?o=quillmark');
    const form = page.locator('main form');
    await form.getByLabel('Name').waitFor();
    await eventually(async () => {
      const boxes = await form.evaluate((element) =>
        [...element.children].map((child) => child.getBoundingClientRect()).filter(({ height }) => height > 0),
      );
      expect(boxes.length).toBeGreaterThan(3);
      const gaps = boxes.slice(1).map(({ top }, i) => top - (boxes[i]?.bottom ?? 0));
      expect(Math.max(...gaps)).toBeLessThan(40);
    });
    // A field is as high as its label, its description and its input.
    await eventually(async () =>
      expect(
        Math.max(...(await form.locator('.mantine-TextInput-root').evaluateAll((fields) => fields.map((field) => field.clientHeight)))),
      ).toBeLessThan(110),
    );
    expect(complaints).toEqual([]);
  });

  it('[W271] the strip of an unknown radius counts no zeros', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`/blast?o=larkhill&core=${day}&widest=${day}`);
    const strip = page.getByRole('region', { name: 'Time window' });
    await strip.getByText('No readable copy is recorded at Larkhill.').waitFor();
    await eventually(async () => expect(await strip.getByText(/^0 /).count()).toBe(0));
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
    };
    await print(quillmarkIncident, 'At least this much.');
    await eventually(async () => {
      const lanes = await boxAtRest(page.locator('img[data-print-only]'));
      expect(lanes.height).toBeGreaterThan(200);
      expect(lanes.x + lanes.width).toBeLessThanOrEqual(688);
    });
    await eventually(async () =>
      expect(decodeURIComponent((await page.locator('img[data-print-only]').getAttribute('src')) ?? '')).toContain(
        '>Preference scheme V1</text>',
      ),
    );
    await eventually(async () => expect(await page.getByRole('row').getByText('Preference scheme V1').isVisible()).toBe(true));
    await print('/incidents/INC-02?tab=plan', 'Loss removed today');
    await eventually(async () => expect(await page.locator('main').getByRole('button').count()).toBe(0));
    const [text, amount] = [page.getByText('Recall the copies of Aurelis Labs from Quillmark'), page.getByText('$11.6M')];
    await eventually(async () =>
      expect(Math.abs(((await text.boundingBox())?.y ?? 0) - ((await amount.boundingBox())?.y ?? 0))).toBeLessThan(40),
    );
    expect(complaints).toEqual([]);
  });

  it('[W275] the minimap of a low canvas waits for M, and covers less than a quarter of its height', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 768 });
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    const map = page.locator('[data-minimap]');
    await page.locator('[data-testid="graph"] canvas').first().waitFor();
    expect(await map.count()).toBe(0);
    await eventually(async () => {
      await page.getByTestId('graph').press('m');
      await map.waitFor({ timeout: 3_000 });
    });
    await eventually(async () => {
      const [small, canvas] = [await boxAtRest(map), await boxAtRest(page.getByTestId('graph'))];
      expect(small.height).toBeLessThan(canvas.height / 4);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1043] [W1122] [W1180] the minimap gives way to the label of a line and to the card of a holder, and M shows it; a strip counts what it hides', async () => {
    const { page, complaints } = await site.browser.open({ width: 1024, height: 690 });
    const map = page.locator('[data-minimap]');
    const lanes = page.locator('[data-testid="lanes"][data-drawn]');
    await page.goto('/blast?incident=INC-02');
    await lanes.waitFor();
    // The chance of Bluefinch lies in the corner. Once the picture is moved up, nothing does.
    const strip = page.getByRole('button', { name: /^\d+ more artifacts below$/ });
    const [{ y: top }, canvas] = [await boxAtRest(strip), await boxAtRest(lanes)];
    const names = (await readScene(lanes)).filter(({ classes }) => classes.includes('row'));
    const count = names.filter(({ box }) => box.y + box.height / 2 > top).length;
    expect(await strip.textContent()).toBe(`${count} more artifacts below`);
    expect((await boxAtRest(strip)).width).toBe(canvas.width);
    expect(await map.count()).toBe(0);
    await strip.click();
    await map.waitFor();
    const above = page.getByRole('button', { name: /^\d+ more artifacts? above$/ });
    const upper = await boxAtRest(above);
    const moved = (await readScene(lanes)).filter(({ classes }) => classes.includes('row'));
    const discRadius = 6;
    const over = moved.filter(({ box }) => box.y + box.height / 2 - discRadius < upper.y + upper.height).length;
    expect(await above.textContent()).toMatch(new RegExp(`^${over} more`));
    await above.click();
    await above.waitFor({ state: 'detached' });
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
      const { page, complaints, settle } = await site.browser.open({ width, height });
      const canvas = page.getByTestId('graph');
      for (const percent of [100, 125, 150]) {
        await page.goto('/explore?all=1');
        await page.evaluate((size) => localStorage.setItem('exposure-label-size', String(size)), percent);
        await page.reload();
        await canvas.locator('canvas').first().waitFor();
        await page.getByRole('row', { name: /Saltmarsh/ }).waitFor();
        await settle();
        await eventually(async () => {
          const box = await boxAtRest(canvas);
          const controls = await page
            .getByRole('region', { name: 'Canvas' })
            .getByRole('button')
            .evaluateAll((all) => all.map((one) => [one.textContent, one.getBoundingClientRect().toJSON() as DOMRect] as const));
          const onIt = controls.filter(([, { top, bottom }]) => bottom > box.y && top < box.y + box.height).map(([text]) => text);
          expect([percent, controls.length > 0, onIt]).toEqual([percent, true, []]);
        });
        // The minimap shows while some nodes are out of sight.
        if (percent === 100) await eventually(async () => expect(await page.locator('[data-minimap]').count()).toBe(0));
      }
      const table = page.getByRole('region', { name: 'Organizations and artifacts' });
      await eventually(async () => expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0));
      expect(complaints).toEqual([]);
    },
  );

  it('[W272] at 320 px the form of a notice is inside the window as a whole', async () => {
    const { page, complaints } = await site.browser.open({ width: 320, height: 720 });
    await page.goto('/incidents/INC-02?tab=notices&by=flat');
    await page.getByRole('button', { name: 'To tell' }).first().click();
    const form = page.getByRole('form', { name: /^Notice to/ });
    for (const field of [form, form.getByLabel('State'), form.getByLabel('Note'), form.getByRole('button', { name: 'Cancel' })]) {
      await eventually(async () => {
        const { x, width } = await boxAtRest(field);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(320);
      });
    }
    expect(complaints).toEqual([]);
  });

  it('[W306] paper is light in the dark theme too, and a matrix is as wide as the sheet', async () => {
    const { page, complaints } = await site.browser.open({ colorScheme: 'dark' });
    await page.goto(`${quillmarkIncident}&view=matrix`);
    const cells = page.getByTestId('matrix').getByRole('gridcell');
    await cells.first().waitFor();
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await eventually(async () => expect(await paper()).toBe('rgb(14, 17, 23)'));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 688, height: 1017 });
    await eventually(async () => expect(await paper()).toBe('rgb(246, 247, 249)'));
    await eventually(async () => {
      const ends = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().right));
      expect(Math.max(...ends)).toBeLessThanOrEqual(688);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1121] the picture on paper is light in the dark theme too', async () => {
    const { page, complaints, settle } = await site.browser.open({ colorScheme: 'dark' });
    await page.goto(quillmarkIncident);
    await settle();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const paper = page.locator('img[data-print-only]');
    await eventually(async () => {
      const drawing = decodeURIComponent((await paper.getAttribute('src')) ?? '').toLowerCase();
      expect(drawing).toContain('>preference scheme v1</text>');
      // The surface of cards and the ink of names, light and dark.
      expect(drawing).toMatch(/rgb\(255, ?255, ?255\)|#ffffff|#fff/);
      expect(drawing).not.toMatch(/rgb\(21, ?26, ?34\)|#151a22/);
      expect(drawing).not.toMatch(/rgb\(233, ?236, ?242\)|#e9ecf2/);
    });
    expect(complaints).toEqual([]);
  });

  it('[W1118] a printed pack has the figures of its lab alone', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/incidents/INC-02?tab=packs');
    await page.getByText('Worst-case loss: $27.4M.', { exact: false }).waitFor();
    const ofAll = page.getByText('$53.2M');
    await ofAll.first().waitFor();
    await page.emulateMedia({ media: 'print' });
    await eventually(async () => expect(await ofAll.first().isVisible()).toBe(false));
    expect(await page.getByText('Worst-case loss: $27.4M.', { exact: false }).isVisible()).toBe(true);
    for (const hidden of ['DOCX', 'Send it to']) expect(await page.getByText(hidden, { exact: false }).first().isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('[W1152] a pack that is printed from a phone is no wider than its page', async () => {
    const { page, complaints } = await site.browser.open({ width: 375, height: 812 });
    await page.goto('/incidents/INC-02?tab=packs');
    await page.getByText('Worst-case loss: $27.4M.', { exact: false }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await eventually(async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375));
    expect(complaints).toEqual([]);
  });

  it.each([1440, 1024, 375])('[W1120] at %i px all tabs of the inspector are in sight', async (width) => {
    const { page, complaints } = await site.browser.open({ width, height: 900 });
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    const tabs = page.getByRole('tab', { name: /^(Overview|Copies|Access|Controls|Software|Sources|History|Notes)/ });
    await tabs.first().waitFor();
    await eventually(async () => {
      const ends = await tabs.evaluateAll((all) =>
        all.map((tab) => [tab.getBoundingClientRect().right, tab.parentElement?.getBoundingClientRect().right ?? 0]),
      );
      expect(ends).toHaveLength(8);
      for (const [end, edge] of ends) expect(end).toBeLessThanOrEqual(edge ?? 0);
    });
    expect(complaints).toEqual([]);
  });

  it('[W300] a label size makes the labels of lanes as much larger, also where lanes are fitted to half a canvas', async () => {
    const { page, complaints, settle } = await site.browser.open();
    for (const path of [quillmarkIncident, `${quillmarkIncident}&w=RECALL:quillmark/aurelis@2026-09-18`]) {
      await page.goto(path);
      const lanes = page.getByTestId('lanes').last();
      const choose = async (percent: number) => {
        await page.getByRole('button', { name: 'Account' }).click();
        await page.getByRole('radio', { name: `${percent}%` }).check();
        await page.keyboard.press('Escape');
        await settle();
      };
      const height = async () => (await drawnNode(lanes, 'Aurelis Labs')).box.height;
      await choose(100);
      const small = await height();
      for (const percent of [125, 150]) {
        await choose(percent);
        await eventually(async () => {
          const ratio = (await height()) / small;
          expect({ path, percent, ratio, isLarger: ratio > (percent / 100) * 0.94 }).toEqual({ path, percent, ratio, isLarger: true });
        });
      }
      await choose(100);
    }
    expect(complaints).toEqual([]);
  });
});
