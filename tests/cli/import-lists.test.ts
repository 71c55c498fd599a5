import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { lookAlikes } from '../import/look-alikes/look-alikes.ts';
import { secondEdition } from '../import/look-alikes/second-edition.ts';
import { separateReadings } from '../import/look-alikes/separate-readings.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../support/test.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(() => commandLine.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-lists-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a list, by the command line', () => {
  it.each(lookAlikes.map((one) => [one.title, one] as const))(
    '[I8] %s is imported with the flags that its questions name',
    async (_, { file, content, others = {}, flags, questions }) => {
      const mapping = join(folder, 'mapping.json');
      const paths = Object.entries({ [file]: content, ...others }).map(([name, text]) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const asked = await commandLine.run(folder, ['import', ...paths, '--merge-exact', '--dry-run', '--json']);
      expect(asked.code).toBe(questions.length === 0 ? 0 : 1);
      const open = JSON.parse(asked.out);
      expect([open.isWritten, open.questions.map(({ kind }: { kind: string }) => kind)]).toEqual([false, questions]);

      const done = await commandLine.run(folder, ['import', ...paths, ...flags, '--merge-exact', '--json', '--save-mapping', mapping]);
      expect([done.code, done.err]).toEqual([0, '']);
      const expected = separateReadings[file]?.(content, others);
      expect(JSON.parse(done.out)).toMatchObject({
        isWritten: true,
        report: { created: (expected?.organizations ?? 0) + (expected?.engagements ?? 0) + (expected?.controls ?? 0), rejected: 0 },
        account: { read: expected?.rows, repeated: expected?.repeated, leftOut: expected?.leftOut },
      });

      const again = await commandLine.run(folder, ['import', ...paths, '--mapping', mapping, '--json']);
      expect(JSON.parse(again.out)).toMatchObject({ isWritten: true, questions: [], report: { created: 0, updated: 0, rejected: 0 } });
    },
  );

  it('[I8] [M18] a second edition with 75 pairs gone and 30 providers renamed takes two decisions, and the renamed ones are offered as the same', async () => {
    const { source, first, second } = secondEdition;
    const file = join(folder, 'ai-subprocessors.csv');
    const run = async (...flags: string[]) => {
      const { code, out } = await commandLine.run(folder, [
        'import',
        file,
        '--source',
        source,
        '--client-role',
        'LAB',
        '--create-missing',
        '--json',
        ...flags,
      ]);
      return { code, ...JSON.parse(out) };
    };
    writeFileSync(file, first);
    expect(await run()).toMatchObject({ isWritten: true, questions: [] });
    writeFileSync(file, second);

    // The separate reading: a new name has the website of an old one, or is an old one with another word.
    const rowsOf = (text: string) => (parse(text) as string[][]).slice(1) as [string, string, string][];
    const [before, after] = [rowsOf(first), rowsOf(second)];
    const known = new Set(before.map(([, name]) => name));
    const byWebsite = new Map(before.filter(([, , site]) => site !== '').map(([, name, site]) => [site, name]));
    const oldName = ([, name, site]: [string, string, string]) =>
      known.has(name) ? name : (byWebsite.get(site) ?? name.replace(/ Worldwide$/, ''));
    const isNow = new Set(after.map((row) => `${row[0]} > ${oldName(row)}`));
    const gone = before.filter(([client, name]) => !isNow.has(`${client} > ${name}`));
    const renamed = new Map(after.filter(([, name]) => !known.has(name)).map((row) => [row[1], oldName(row)]));
    expect([gone.length, renamed.size]).toEqual([75, 30]);

    const asked = await run('--dry-run');
    expect(asked.questions.map(({ kind }: { kind: string }) => kind)).toEqual(['UNLISTED']);
    const offered = asked.matches.filter(({ name }: { name: string }) => renamed.has(name));
    expect(offered.map(({ name, candidates }: { name: string; candidates: { id: string }[] }) => [name, candidates[0]?.id])).toEqual(
      expect.arrayContaining([...renamed]),
    );
    expect(offered.every(({ decision }: { decision: string }) => decision === 'UNDECIDED')).toBe(true);

    const mapping = join(folder, 'mapping.json');
    const parties = offered.map(({ id, candidates }: { id: string; candidates: { id: string }[] }) => ({
      party: id,
      decision: 'ALIAS',
      target: candidates[0]?.id,
    }));
    writeFileSync(mapping, JSON.stringify({ version: 1, files: [], parties }));
    const left = await run('--mapping', mapping, '--dry-run');
    expect(left.questions.map(({ kind }: { kind: string }) => kind)).toEqual(['UNLISTED']);
    const done = await run('--mapping', mapping, '--end-unlisted', '2026-06-30');
    expect(done).toMatchObject({ isWritten: true, questions: [], report: { created: 0, rejected: 0 } });
    const exported = join(folder, 'out');
    await commandLine.run(folder, ['export', exported]);
    const engagements = parse(readFileSync(join(exported, 'engagements.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
    expect(engagements).toHaveLength(before.length);
    const ended = engagements.filter(({ ends_at: end }) => end !== '').map(({ client, provider }) => `${client} > ${provider}`);
    expect(ended.sort()).toEqual(gone.map(([client, name]) => `${client} > ${name}`).sort());
    expect(await run()).toMatchObject({ isWritten: true, questions: [], report: { created: 0, updated: 0, rejected: 0 } });
  });
});
