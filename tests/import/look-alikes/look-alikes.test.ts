import fc from 'fast-check';
import type { FactKind } from '../../../server/domain/facts.ts';
import { countRows } from '../../../server/import/commit-import.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import type { ReadOptions } from '../../../server/import/read-options.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { Bench } from '../import-for-tests.ts';
import { decisionsOf } from './decisions-of.ts';
import type { LookAlike } from './list-parts.ts';
import { lookAlikes } from './look-alikes.ts';
import { mutate, seededChoice } from './mutate.ts';
import { separateReadings } from './separate-readings.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

function optionsOf(flags: readonly string[], mergeExact = true): Partial<ReadOptions> {
  return { decisions: decisionsOf(flags, mergeExact), readKnown: () => readKnownFacts(bench.store) };
}

async function countFacts(): Promise<Record<'organizations' | 'engagements' | 'controls', number>> {
  const counts = new Map<FactKind, number>();
  for await (const { kind, facts } of bench.store.readFacts()) counts.set(kind, (counts.get(kind) ?? 0) + facts.length);
  return {
    organizations: counts.get('ORGANIZATION') ?? 0,
    engagements: counts.get('ENGAGEMENT') ?? 0,
    controls: counts.get('CONTROL') ?? 0,
  };
}

const cases = lookAlikes.map((one) => [one.title, one] as const);

describe('a realistic list', () => {
  it.each(cases)(
    '[I7] [S112] %s asks at most three questions, each with the flag that answers it, and names no flag in its sentences',
    async (_, { file, content, others, questions }) => {
      const read = await bench.read({ [file]: content, ...others }, optionsOf([], true));
      expect(read.questions.map(({ kind }) => kind)).toEqual(questions);
      expect(read.questions.length).toBeLessThanOrEqual(3);
      expect([...read.questions.map(({ message }) => message), ...read.warnings].join(' ')).not.toMatch(/(^|\s)--[a-z]/);
      for (const { message, flag } of read.questions)
        expect([message, flag]).toEqual([expect.stringMatching(/\?/), expect.stringMatching(/^--/)]);
    },
  );

  it.each(cases)(
    '[I8] %s matches an independent reading, on the first and second import, and Undo is exact',
    async (_, { file, content, others, flags }) => {
      const expected = separateReadings[file]?.(content, others);
      const files = { [file]: content, ...others };
      const { matches } = await bench.read(files, optionsOf(flags, false));
      const respelled = matches.filter(({ candidates, target }) => candidates[0]?.grade === 'SAME' && target !== null).length;
      const outcome = await bench.import(files, 'ALL_OR_NOTHING', optionsOf(flags));
      expect(outcome.rejections).toEqual([]);
      const { account } = outcome;
      const { organizations, engagements, controls } = await countFacts();
      const { read: rows, repeated, leftOut } = account;
      expect({ rows, organizations, engagements, controls, repeated, leftOut, respelled }).toEqual(expected);
      expect(account.used + account.repeated + account.leftOut + account.rejected).toBe(account.read);

      const again = await bench.import(files, 'ALL_OR_NOTHING', optionsOf(flags));
      expect(again.report).toMatchObject({ created: 0, updated: 0, rejected: 0 });
      for (const { id } of [again, outcome])
        expect((await bench.store.undoImport(id, 'tester', Date.UTC(2026, 0, 3))).outcome).not.toBe('refused');
      expect(await countFacts()).toEqual({ organizations: 0, engagements: 0, controls: 0 });
    },
  );

  it('[I9] keeps unknown columns as text, and omits phone numbers and bank accounts', async () => {
    const byFile = new Map(lookAlikes.map((one) => [one.file, one]));
    const texts = async ({ file, content, flags }: LookAlike) =>
      JSON.stringify([...(await bench.read({ [file]: content }, optionsOf(flags))).assertions]);
    expect(await texts(byFile.get('export.csv') as LookAlike)).toContain('answer 7.6');
    expect(await texts(byFile.get('register 2025.csv') as LookAlike)).not.toContain('415 555');
    expect(await texts(byFile.get('verzeichnis.csv') as LookAlike)).not.toContain('DE8937');
  });

  it('[I10] accounts for every row, however the file was edited', async () => {
    // A workbook is an archive, whose bytes no editor changes.
    const small = lookAlikes.filter(({ file }) => file !== 'city suppliers.csv' && !file.endsWith('.xlsx'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...small), fc.integer(), async ({ file, content, others, flags }, seed) => {
        const text = Buffer.from(mutate(typeof content === 'string' ? content : content.toString('latin1'), seededChoice(seed)), 'latin1');
        const read = await bench.read({ [file]: text, ...others }, optionsOf(flags));
        const rows = read.files.reduce((sum, { rowCount }) => sum + rowCount, 0);
        const outcome = await bench.preview({ [file]: text, ...others }, optionsOf(flags));
        const { used, repeated, leftOut, rejected } = outcome.account;
        // A file rejected as a whole counts as one rejection without rows.
        if (rows > 0) expect(used + repeated + leftOut + rejected).toBe(rows);
        // Rows that the store refuses were already counted as facts.
        if (rows > 0) expect(read.mappedCount).toBe(used + outcome.report.rejected - countRows(read.rejections));
        for (const rejection of outcome.rejections)
          expect([[file, ...Object.keys(others ?? {})].includes(rejection.file), rejection.line >= 1]).toEqual([true, true]);
      }),
      { numRuns: generatedRuns(200) },
    );
  });
});
