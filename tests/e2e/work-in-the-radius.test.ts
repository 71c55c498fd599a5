import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { boxAtRest } from '../support/browser/at-rest.ts';
import { findViolations } from '../support/browser/axe.ts';
import { type DrawnNode, drawnNode, readScene } from '../support/browser/drawn-scene.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

async function openLanes(address = quillmarkIncident) {
  const opened = await site.browser.open();
  await opened.page.goto(address);
  const lanes = opened.page.getByTestId('lanes');
  await readScene(lanes);
  await opened.settle();
  return { ...opened, lanes };
}

interface Answer {
  readonly data: {
    readonly neighborhood: {
      readonly nodes: readonly { readonly key: string; readonly organization: { readonly name: string } }[];
      readonly links: readonly { readonly source: string; readonly target: string; readonly count: number }[];
    };
  };
}

const middle = ({ box }: DrawnNode) => ({ x: box.x + box.width / 2, y: box.y + 18 });
const pinsOf = (page: Page) => new URL(page.url()).searchParams.getAll('pin');
const placesOf = async (lanes: Locator) => new Map((await readScene(lanes)).map(({ id, box }) => [id, `${box.x} ${box.y}`]));

async function drag(page: Page, from: { readonly x: number; readonly y: number }, by: readonly [number, number]): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by[0] / 2, from.y + by[1] / 2, { steps: 4 });
  await page.mouse.move(from.x + by[0], from.y + by[1], { steps: 4 });
  await page.mouse.up();
}

/** The lines of the lanes, as Cytoscape draws them. */
function linesOf(lanes: Locator) {
  return lanes.evaluate((element) => {
    type Edge = import('cytoscape').EdgeSingular;
    const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: import('cytoscape').Core } })._cyreg;
    return cy.edges().map((edge: Edge) => ({
      id: edge.id(),
      source: edge.source().id(),
      width: edge.numericStyle('width'),
      opacity: edge.numericStyle('opacity'),
      start: edge.sourceEndpoint(),
      port: { x: edge.source().position().x + edge.source().width() / 2 + 2, y: edge.source().position().y },
    }));
  });
}

describe('working in the picture of a radius', () => {
  it('[W1013] computes the styles of the whole picture anew in no frame of a pan', async () => {
    const { page, lanes } = await openLanes();
    const box = await boxAtRest(lanes);
    // The styles of what the pointer comes upon are computed before the drag.
    await page.mouse.move(box.x + 4, box.y + box.height - 4);
    await lanes.evaluate((element) => {
      const { cy } = (element as unknown as { readonly _cyreg: { readonly cy: import('cytoscape').Core } })._cyreg;
      const style = cy.style() as unknown as { apply(elements: { readonly length: number }): unknown };
      const { apply } = style;
      Object.assign(window, { styled: 0 });
      style.apply = function (elements) {
        (window as unknown as { styled: number }).styled += elements.length;
        return apply.call(this, elements);
      };
    });
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + box.height - 40, { steps: 12 });
    await page.mouse.up();
    const styled = await page.evaluate(() => (window as unknown as { styled: number }).styled);
    const { length: all } = [...(await readScene(lanes)), ...(await linesOf(lanes))];
    // The pointer may come upon a row, whose lines are then highlighted.
    expect({ styled, all, isLess: styled < all }).toEqual({ styled, all, isLess: true });
    await page.close();
  });

  it('[W602] the wheel zooms at the pointer, a drag of the ground pans, and the headings keep in step', async () => {
    const { page, lanes, complaints } = await openLanes();
    const before = await drawnNode(lanes, 'Bluefinch');
    const at = middle(before);
    await page.mouse.move(at.x, at.y);
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -200);
    await eventually(async () => expect((await drawnNode(lanes, 'Bluefinch')).box.width).toBeGreaterThan(before.box.width * 1.1));
    const zoomed = await drawnNode(lanes, 'Bluefinch');
    expect(Math.abs(middle(zoomed).x - at.x)).toBeLessThan(3);
    const heading = page.locator('span', { hasText: /^Artifacts in reach/ });
    const { x: headingX } = await boxAtRest(heading);
    const box = await boxAtRest(lanes);
    // Below the strip that counts what is above.
    await drag(page, { x: box.x + 300, y: box.y + 40 }, [-80, 30]);
    await eventually(async () => expect((await drawnNode(lanes, 'Bluefinch')).box.x).toBeCloseTo(zoomed.box.x - 80, -1));
    await eventually(async () => expect((await heading.boundingBox())?.x).toBeCloseTo(headingX - 80, -1));
    await lanes.focus();
    await page.keyboard.press('f');
    await eventually(async () => expect((await drawnNode(lanes, 'Bluefinch')).box.width).toBeLessThan(zoomed.box.width));
    expect(complaints).toEqual([]);
  });

  it('[W603] a dragged holder stays where it is dropped, in the address too; its lines follow, nothing else moves, and undo takes it back', async () => {
    const { page, lanes, complaints } = await openLanes();
    const holder = await drawnNode(lanes, 'Corvale Review');
    const before = await placesOf(lanes);
    await drag(page, middle(holder), [60, -40]);
    await page.waitForURL(/pin=/);
    expect(pinsOf(page)).toEqual([expect.stringMatching(/^organization:corvale@\d+,\d+$/)]);
    await eventually(async () => {
      const after = await placesOf(lanes);
      const moved = [...before].flatMap(([id, place]) => (after.get(id) === place ? [] : [id]));
      expect(moved.filter((id) => !id.startsWith('words:')).sort()).toEqual([`note:${holder.id}`, holder.id]);
      for (const line of await linesOf(lanes)) {
        if (line.source !== holder.id) continue;
        expect([line.id, line.start.x]).toEqual([line.id, expect.closeTo(line.port.x, 0)]);
        // The lines of a cable leave the mark side by side.
        expect([line.id, Math.abs(line.start.y - line.port.y) <= 2.7]).toEqual([line.id, true]);
      }
    });
    await page.reload();
    await eventually(async () => expect((await drawnNode(lanes, 'Corvale Review')).box.x).toBeCloseTo(holder.box.x + 60, -1));
    await page.getByRole('button', { name: '1 pinned' }).click();
    await page.getByRole('menuitem', { name: 'Unpin 1' }).click();
    await page.waitForURL((url) => !url.searchParams.has('pin'));
    await page.keyboard.press('Control+z');
    await page.waitForURL(/pin=/);
    await page.keyboard.press('Control+Shift+Z');
    await page.waitForURL((url) => !url.searchParams.has('pin'));
    await eventually(async () => expect((await drawnNode(lanes, 'Corvale Review')).box.x).toBeCloseTo(holder.box.x, -1));
    // Alt at the drop takes the drag back.
    await page.keyboard.down('Alt');
    await drag(page, middle(holder), [60, -40]);
    await page.keyboard.up('Alt');
    await eventually(async () => expect((await drawnNode(lanes, 'Corvale Review')).box.x).toBeCloseTo(holder.box.x, -1));
    expect(pinsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W603] a dragged card takes its rows along', async () => {
    const { page, lanes, complaints } = await openLanes();
    const [lab, row] = [await drawnNode(lanes, 'Dovemoor'), await drawnNode(lanes, 'Accent eval suite')];
    await drag(page, { x: lab.box.x + 20, y: lab.box.y - 4 }, [-120, -30]);
    await page.waitForURL(/pin=organization%3Adovemoor/);
    await eventually(async () => expect((await drawnNode(lanes, 'Accent eval suite')).box.x).toBeCloseTo(row.box.x - 120, -1));
    await eventually(async () => expect((await drawnNode(lanes, 'Dovemoor')).box.y).toBeCloseTo(lab.box.y - 30, -1));
    expect(complaints).toEqual([]);
  });

  it('[W1180] where an edge hides a holder alone, its strip says so, and leads to it', async () => {
    const { page, lanes, complaints } = await openLanes();
    const canvas = await boxAtRest(lanes);
    const strip = page.getByRole('button', { name: 'More holders above' });
    const before = await drawnNode(lanes, 'Corvale Review');
    // The rows come down, so that the strip at the edge hides none.
    await drag(page, { x: canvas.x + 300, y: canvas.y + 40 }, [0, 60]);
    await eventually(async () => expect((await drawnNode(lanes, 'Corvale Review')).box.y).toBeCloseTo(before.box.y + 60, -1));
    expect(await strip.count()).toBe(0);
    const at = middle(await drawnNode(lanes, 'Corvale Review'));
    await drag(page, at, [0, canvas.y + 3 - at.y]);
    await strip.click();
    await strip.waitFor({ state: 'detached' });
    expect((await drawnNode(lanes, 'Corvale Review')).box.y).toBeGreaterThan(canvas.y);
    expect(complaints).toEqual([]);
  });

  it('[W604] a click selects an artifact: its copies are drawn at 3 px, the other lines paler, and the list opens the reasons', async () => {
    const { page, lanes, complaints } = await openLanes();
    const row = await drawnNode(lanes, 'Agent eval suite A2');
    await page.mouse.click(row.box.x + 60, row.box.y + row.box.height / 2);
    await page.waitForURL(/sel=artifact/);
    await page.getByText('Portion').first().waitFor();
    await page.mouse.move(5, 5);
    await eventually(async () => {
      const lines = await linesOf(lanes);
      const own = lines.filter(({ id }) => id.startsWith('copy:') && id.endsWith(`>${row.id}`));
      expect(own.map(({ width, opacity }) => [width, opacity])).toEqual([
        [3, 1],
        [3, 1],
      ]);
      const others = lines.filter(({ id }) => id.startsWith('copy:') && !id.endsWith(`>${row.id}`));
      expect(new Set(others.map(({ opacity }) => opacity))).toEqual(new Set([0.42]));
    });
    await eventually(async () => expect((await readScene(lanes)).every(({ opacity }) => opacity === 1)).toBe(true));
    expect(await findViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W605] [W1175] Shift marks several, one by one or in a box; the whole picture stays in sight, and the bar makes them origins', async () => {
    const { page, lanes, complaints } = await openLanes();
    await page.keyboard.down('Shift');
    const bar = page.getByRole('toolbar', { name: 'Marked nodes' });
    for (const [before, name] of ['Bluefinch', 'Eastmere'].entries()) {
      const at = middle(await drawnNode(lanes, name));
      await page.mouse.click(at.x, at.y);
      await eventually(async () =>
        expect((await readScene(lanes)).filter(({ classes }) => classes.includes('chosen'))).toHaveLength(before + 1),
      );
    }
    await bar.getByText('2 marked').waitFor();
    await eventually(async () => {
      const [canvas, scene] = [await boxAtRest(lanes), await readScene(lanes)];
      expect(Math.max(...scene.map(({ box }) => box.y + box.height))).toBeLessThanOrEqual(canvas.y + canvas.height);
    });
    const corvale = await drawnNode(lanes, 'Corvale Review');
    await drag(page, { x: corvale.box.x - 12, y: corvale.box.y - 12 }, [corvale.box.width + 24, corvale.box.height + 24]);
    await page.keyboard.up('Shift');
    await bar.getByText('3 marked').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Mark as compromised too' }).click();
    await page.waitForURL((url) => url.searchParams.getAll('o').length === 4);
    expect(complaints).toEqual([]);
  });

  it('[W1113] two quick clicks on two holders are no double click: none is expanded, and Shift marks both', async () => {
    const { page, lanes, complaints } = await openLanes();
    const [one, other] = [middle(await drawnNode(lanes, 'Bluefinch')), middle(await drawnNode(lanes, 'Eastmere'))];
    await page.mouse.click(one.x, one.y);
    await page.mouse.click(other.x, other.y);
    await page.waitForURL(/sel=organization%3Aeastmere/);
    const expanded = () => new URL(page.url()).searchParams.getAll('x');
    expect(expanded()).toEqual([]);
    await page.keyboard.down('Shift');
    await page.mouse.click(one.x, one.y);
    await page.mouse.click(other.x, other.y);
    await page.keyboard.up('Shift');
    await page.getByRole('toolbar', { name: 'Marked nodes' }).getByText('2 marked').waitFor();
    expect(expanded()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('[W606] H hides a holder or a lab: the figures stay, the heading and a button say so, and undo brings it back', async () => {
    const { page, lanes, complaints } = await openLanes();
    const at = middle(await drawnNode(lanes, 'Bluefinch'));
    await page.mouse.click(at.x, at.y);
    await page.waitForURL(/sel=organization/);
    await lanes.focus();
    await page.keyboard.press('h');
    await page.waitForURL(/hide=organization%3Abluefinch/);
    await eventually(async () => expect((await readScene(lanes)).some(({ label }) => label === 'Bluefinch')).toBe(false));
    await page.getByText(/^2( holders)?, 1 hidden$/).waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    const before = await drawnNode(lanes, 'Brightfen AI');
    await page.mouse.click(before.box.x + 20, before.box.y + 5, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await page.getByText('25, 7 hidden').waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    await page.getByRole('button', { name: '2 hidden' }).click();
    await page.getByRole('menuitem', { name: 'Show 2 hidden' }).click();
    await page.waitForURL((url) => !url.searchParams.has('hide'));
    await drawnNode(lanes, 'Bluefinch');
    await page.keyboard.press('Control+z');
    await page.waitForURL(/hide=/);
    expect(complaints).toEqual([]);
  });

  it('[W1124] the minus of an expanded card closes it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto(`${quillmarkIncident}&x=bluefinch`);
    const lanes = page.getByTestId('lanes');
    const find = async (name: string) => (await readScene(lanes)).find(({ classes }) => classes.includes(name));
    await eventually(async () => expect((await find('badge'))?.box.height).toBeLessThan(24));
    const badge = await find('badge');
    expect(badge?.label).toBe('−');
    const { x, y, width, height } = badge?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.waitForURL((url) => !url.searchParams.has('x'));
    expect(complaints).toEqual([]);
  });

  it('[W1130] where a holder near the edge is expanded, the view moves until its whole card is in sight', async () => {
    const { page, complaints } = await site.browser.open({ width: 1440, height: 760 });
    await page.goto(quillmarkIncident);
    const lanes = page.getByTestId('lanes');
    const { box } = await drawnNode(lanes, 'Bluefinch');
    await page.mouse.dblclick(box.x + box.width / 2, box.y + 12);
    await page.waitForURL(/x=bluefinch/);
    const field = await boxAtRest(lanes);
    await eventually(async () => {
      const card = (await readScene(lanes)).find(({ classes }) => classes.includes('expanded'));
      expect(card?.box.height).toBeGreaterThan(150);
      expect(card?.box.y).toBeGreaterThan(field.y);
      expect((card?.box.y ?? 0) + (card?.box.height ?? 0)).toBeLessThan(field.y + field.height);
    });
    expect(complaints).toEqual([]);
  });

  it("[W960] a double click, E or the menu expands a holder: all that came to it and that it passed on, with the server's counts", async () => {
    const { page, lanes, complaints, settle } = await openLanes();
    const at = middle(await drawnNode(lanes, 'Bluefinch'));
    const before = await placesOf(lanes);
    await page.mouse.dblclick(at.x, at.y);
    await page.waitForURL(/x=bluefinch/);
    const opened = async () => (await readScene(lanes)).filter(({ id }) => /^(part|partner):/.test(id));
    await eventually(async () => expect((await opened()).length).toBeGreaterThan(0));
    await settle();
    const query = `{ neighborhood(of: [{ organization: "bluefinch" }], kinds: [TRANSFER]) {
      nodes { key organization { name } } links { source target count } } }`;
    const response = await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { nodes, links } = ((await response.json()) as Answer).data.neighborhood;
    const nameOf = (key: string) => nodes.find((node) => node.key === key)?.organization.name ?? '';
    const own = links.filter(({ source, target }) => [source, target].includes('organization:bluefinch'));
    const expected = own.map(({ source, target, count }) =>
      target === 'organization:bluefinch' ? `from ${nameOf(source)} ${count}` : `to ${nameOf(target)} ${count}`,
    );
    const parts = await eventually(async () => {
      const all = await opened();
      const shown = all.flatMap(({ id, label, classes }) => {
        if (!classes.includes('partner')) return [];
        const isRecipient = JSON.parse(id.slice('partner:'.length))[2];
        return [`${isRecipient ? 'to' : 'from'} ${label} ${all.find((part) => part.id.endsWith(`${id}:count`))?.label}`];
      });
      expect(shown.toSorted()).toEqual(expected.toSorted());
      expect(shown.length).toBeGreaterThan(3);
      return all;
    });
    await waitForTierCounts(page, [14, 6, 5]);
    expect(await findViolations(page)).toEqual([]);

    // The keyboard reaches its rows, collapses and expands it.
    await lanes.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByText('Came from Quillmark, origin, 3 copies', { exact: false }).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('e');
    await page.waitForURL((url) => !url.searchParams.has('x'));
    await eventually(async () => expect(await opened()).toEqual([]));
    // Its own box has the ring of the focus.
    before.delete('organization:bluefinch');
    await eventually(async () => expect([...(await placesOf(lanes))]).toEqual(expect.arrayContaining([...before])));
    await page.keyboard.press('Control+z');
    await page.waitForURL(/x=bluefinch/);
    await eventually(async () => expect((await opened()).length).toBe(parts.length));
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Collapse' }).click();
    await page.waitForURL((url) => !url.searchParams.has('x'));

    // A row shows its copies in Explore, under the same radius.
    await page.goBack();
    await eventually(async () => expect((await opened()).length).toBe(parts.length));
    const row = (await opened()).find(({ label, classes }) => label === 'Eastmere' && classes.includes('partner'));
    await page.mouse.dblclick((row?.box.x ?? 0) + 40, (row?.box.y ?? 0) + 10);
    await page.waitForURL(/\/explore\?.*overlay=INC-02/);
    await page.waitForURL((url) => url.searchParams.get('sel') === '["TRANSFER","organization:bluefinch","organization:eastmere"]');
    expect(complaints).toEqual([]);
  });

  it('[W962] [W1181] the discs are colored and sized by another measure; the legend filters picture and list, in the address, spoken and saved', async () => {
    const { page, lanes, complaints } = await openLanes();
    await page.getByRole('button', { name: /^Color/ }).click();
    await page.getByRole('menuitemradio', { name: 'Sensitivity' }).click();
    await page.waitForURL(/color=sensitivity/);
    const legend = page.getByRole('list', { name: 'Legend' });
    const five = legend.getByRole('button', { name: /^Sensitivity 5/ });
    const rows = async () => (await readScene(lanes)).filter(({ classes }) => classes.includes('row'));
    // Each row says its value.
    await eventually(async () =>
      expect((await rows()).every(({ classes }) => classes.some((name) => name.startsWith('step-')))).toBe(true),
    );
    const scene = await readScene(lanes);
    const all = scene.filter(({ classes }) => classes.includes('row'));
    const levels = all.map(({ id, classes }) => {
      const value = scene.find((node) => node.id === `value:${id}`)?.label ?? '';
      expect([id, classes.includes(`step-${value}`)]).toEqual([id, true]);
      return value;
    });
    const counted = levels.filter((value) => value === '5').length;
    await eventually(async () => expect(await five.textContent()).toBe(`Sensitivity 5 ${counted}`));
    const lines = legend.locator('li:not(:has(button))');
    expect((await lines.allTextContents()).slice(0, 3)).toEqual(['Exposed', 'Possible', 'Contained']);
    await five.click();
    await page.waitForURL(/sensitivity=5/);
    // Picture and list have exactly what the entry counts. Its neighbors keep their counts.
    await eventually(async () => expect((await rows()).length).toBe(counted));
    await eventually(async () => expect(await page.locator('[data-row]').count()).toBe(counted));
    await eventually(async () => expect(await five.getAttribute('aria-pressed')).toBe('true'));
    await page.getByText(`Only: Sensitivity 5, ${counted}.`).waitFor({ state: 'attached' });
    const three = legend.getByRole('button', { name: /^Sensitivity 3/ });
    await eventually(async () => expect(await three.textContent()).toBe(`Sensitivity 3 ${levels.filter((value) => value === '3').length}`));
    await page.getByRole('button', { name: 'Remove the filter Sensitivity 5' }).waitFor();
    await lanes.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/, sensitivity \d$/).waitFor({ state: 'attached' });
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Size Equal' }).click();
    await page.getByRole('menuitemradio', { name: 'Worst case' }).click();
    await page.waitForURL(/size=loss/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: 'Save the canvas' })
        .click()
        .then(() => page.getByRole('menuitem', { name: 'Canvas as SVG' }).click()),
    ]);
    const saved = readFileSync(await download.path(), 'utf8');
    for (const words of ['Sensitivity 5', 'Sensitivity 3', 'Larger: more worst case']) expect(saved).toContain(words);

    // Forced colors keep the values and the steps.
    await page.emulateMedia({ forcedColors: 'active' });
    await eventually(async () => expect((await readScene(lanes)).filter(({ id }) => id.startsWith('value:')).length).toBe(counted));
    await page.emulateMedia({ forcedColors: 'none' });
    await page.reload();
    await eventually(async () => expect((await rows()).length).toBe(counted));
    await five.click();
    await page.waitForURL((url) => !url.searchParams.has('sensitivity'));
    await eventually(async () => expect((await rows()).length).toBe(all.length));
    expect(complaints).toEqual([]);
  });

  it('[W607] [W1179] the menu of a node stands beside its card, opens by right click and by Shift-F10, and gives the focus back', async () => {
    const { page, lanes, complaints } = await openLanes();
    const at = middle(await drawnNode(lanes, 'Eastmere'));
    await page.mouse.click(at.x, at.y, { button: 'right' });
    const menu = page.getByRole('menu', { name: 'Actions' });
    await menu.getByRole('menuitem', { name: 'Mark as compromised too' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    const { box } = await drawnNode(lanes, 'Eastmere');
    const covering = (await menu.boundingBox()) ?? { x: box.x, width: 0 };
    expect(covering.x >= box.x + box.width || covering.x + covering.width <= box.x).toBe(true);
    await menu.getByRole('menuitem', { name: 'Pin here' }).click();
    await page.waitForURL(/pin=organization%3Aeastmere/);
    await lanes.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    await menu.getByRole('menuitem', { name: 'Show in Explore' }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await lanes.evaluate((element) => element === document.activeElement)).toBe(true));
    expect(complaints).toEqual([]);
  });
});
