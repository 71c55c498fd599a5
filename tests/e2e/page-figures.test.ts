import { addSums, cellsOfFlows, labsOfTiers, NO_SUMS, type TierSums } from '../../web/canvas/flows/flow-radius.ts';
import { sumsInWords } from '../../web/canvas/flows/flow-words.ts';
import { formatCount } from '../../web/shared/format/count.ts';
import { formatMoney } from '../../web/shared/format/money.ts';
import type { Tier } from '../../web/shared/generated/operations.ts';
import { counting, randomFrom, rounds } from '../soak/scale.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { seed } from '../support/seed.ts';
import { type Row, serveLargeRadius } from '../support/servers/large-radius-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { largeRadius } from '../support/worlds/large-radius-world.ts';

const tiers = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
const random = randomFrom(seed);
const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
const worlds = Array.from({ length: rounds(50) }, (_, i) => ({
  world: i + 1,
  artifacts: between(600, 3000),
  holders: between(3, 60),
  labs: between(2, 20),
  seed: between(1, 2 ** 31),
}));

const sumOf = (rows: readonly Row[], field: 'worstCaseLossUsd' | 'weightedLossUsd') => rows.reduce((sum, row) => sum + row[field], 0);
const countOf = (rows: readonly Row[], tier: Tier) => rows.filter((row) => row.tier === tier).length;

const countOne = counting('worlds', worlds.length);

describe('the figures of the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await shareChromium('http://127.0.0.1');
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(worlds)(
    '[W95] world $world of seed $seed, $artifacts artifacts: equal the API for all rows',
    async ({ world: _, ...size }) => {
      countOne();
      const { server, askRadius, listEveryRow } = await serveLargeRadius(size);
      try {
        const rows = await listEveryRow();
        const { summary, certainty, labTiers, flows } = await askRadius(
          `summary { affectedLabCount } certainty { undatedCount attestedCount }
        labTiers { lab { id name } tier artifactCount worstCaseLossUsd }
        flows { holder { organization { id name } } lab { id name } exposedCount possibleCount containedCount worstCaseLossUsd exposedWorstCaseLossUsd }`,
        );
        const { page, settle } = await browser.open();
        await page.goto(`${server.url}${largeRadius}&view=matrix`);
        await page.getByTestId('matrix').waitFor();
        await settle();

        // The summary band and the caveat.
        const [band] = await page.locator('main header').allInnerTexts();
        for (const tier of tiers) expect(band).toContain(`\n${formatCount(countOf(rows, tier))}\n`);
        expect(band).toContain(`${formatCount(summary.affectedLabCount)} of ${formatCount(size.labs)}`);
        expect(band).toContain(formatMoney(sumOf(rows, 'worstCaseLossUsd')));
        expect(band).toContain(formatMoney(sumOf(rows, 'weightedLossUsd')));
        const [caveat] = await page.locator('main p').filter({ hasText: 'At least this much.' }).allInnerTexts();
        for (const count of [certainty.undatedCount, certainty.attestedCount]) if (count > 0) expect(caveat).toContain(formatCount(count));

        // The heads of the matrix: each lab over all its rows, each holder over its flows.
        const labs = labsOfTiers(labTiers);
        const heads = await page
          .locator('th[data-column]:not([data-column="-1"])')
          .evaluateAll((all) => all.map((th) => th.getAttribute('aria-label')));
        expect(heads.toSorted()).toEqual(labs.map((lab) => `${lab.name}: ${sumsInWords(lab)}`).toSorted());
        for (const { id, counts } of labs) {
          const own = rows.filter(({ artifact }) => artifact.owner.id === id);
          for (const tier of tiers) expect(counts[tier]).toBe(countOf(own, tier));
        }
        const cells = cellsOfFlows(flows);
        const holders = new Map<string, string>(
          flows.map(({ holder }: { holder: { organization: { id: string; name: string } } | null }) => [
            holder?.organization.id ?? '',
            holder?.organization.name ?? 'Only revealed',
          ]),
        );
        const sumsAt = (id: string) => cells.filter(({ holderId }) => (holderId ?? '') === id).reduce<TierSums>(addSums, NO_SUMS);
        const expectedRows = new Set([...holders].map(([id, name]) => `${name}: ${sumsInWords(sumsAt(id))}`));
        const shownRows = await page.locator('tbody th[data-row]').evaluateAll((all) => all.map((th) => th.getAttribute('title') ?? ''));
        expect(shownRows.length).toBeGreaterThan(0);
        expect(shownRows.filter((title) => !expectedRows.has(title))).toEqual([]);
        const labNames = new Map(labs.map(({ id, name }) => [id, name]));
        const expectedCells = new Set(
          cells.map((cell) => {
            // A cell shows the count of its strongest tier above the worst case.
            const strongest = tiers.map((tier) => cell.counts[tier]).find((count) => count > 0) ?? 0;
            const worstCase = tiers.reduce((sum, tier) => sum + cell.lossUsd[tier], 0);
            const shown = `${formatCount(strongest)} ${formatMoney(worstCase)}`;
            return `${holders.get(cell.holderId ?? '')}, ${labNames.get(cell.labId)}: ${shown}; ${sumsInWords(cell)}`;
          }),
        );
        const shownCells = await page.locator('td[data-column]').evaluateAll((all) => all.map((td) => td.getAttribute('aria-label') ?? ''));
        expect(shownCells.filter((label) => !label.endsWith(': none') && !expectedCells.has(label))).toEqual([]);

        // A filter by one holder and one lab.
        const cell = cells.find(({ holderId }) => holderId !== null) ?? cells[0];
        const [holder, lab] = [cell?.holderId ?? '', cell?.labId ?? ''];
        const both = await listEveryRow(`, holders: ["${holder}"], owners: ["${lab}"]`);
        await page.goto(`${server.url}${largeRadius}&view=table&holder=${holder}&lab=${lab}`);
        const own: readonly { worstCaseLossUsd: number }[] = flows.filter(
          (flow: { holder: { organization: { id: string } } | null; lab: { id: string } }) =>
            flow.holder?.organization.id === holder && flow.lab.id === lab,
        );
        const lossThere = own.reduce((sum, { worstCaseLossUsd }) => sum + worstCaseLossUsd, 0);
        const [there, everywhere] = [formatMoney(lossThere), formatMoney(sumOf(both, 'worstCaseLossUsd'))];
        const at = `${there} in the copies at ${holders.get(holder)}; ${everywhere} at all holders`;
        await page.getByText(`${formatCount(both.length)} of ${formatCount(rows.length)} · ${at}`).waitFor();
        await page.close();
      } finally {
        await server.stop();
      }
    },
    300_000,
  );
});
