import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../support/test.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(() => commandLine.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-matches-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Pair {
  readonly name: string;
  readonly candidate: string;
  readonly grade: string;
  readonly decision: string;
  readonly reason: string;
  readonly party: string;
  readonly candidate_id: string;
}

function runList(vendors: readonly string[], ...flags: string[]) {
  const list = join(folder, 'vendors.csv');
  writeFileSync(list, `Vendor,Service\n${vendors.map((name) => `"${name}",Hosting`).join('\n')}\n`);
  return commandLine.run(folder, ['import', list, '--client', 'Vega Labs', '--create-missing', ...flags]);
}

const pairsIn = (file: string) => parse(readFileSync(file, 'utf8'), { columns: true }) as Pair[];

function decide(file: string, decisions: Readonly<Record<string, string>>): void {
  const rows = pairsIn(file).map((pair) => ({ ...pair, decision: decisions[`${pair.name} | ${pair.candidate}`] ?? pair.decision }));
  const header = Object.keys(rows[0] as Pair);
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const line = (cells: readonly string[]) => cells.map(quote).join(',');
  writeFileSync(file, [line(header), ...rows.map((row) => line(Object.values(row)))].join('\n'));
}

async function organizations(): Promise<string[]> {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  await commandLine.run(folder, ['export', out]);
  const rows = parse(readFileSync(join(out, 'organizations.csv'), 'utf8'), { columns: true }) as { id: string; aliases: string }[];
  return rows.map(({ id, aliases }) => (aliases === '' ? id : `${id} = ${aliases}`)).sort();
}

describe('the pairs of an import', () => {
  it('[I736] are written with grade and reason, and their decisions are read', async () => {
    const file = join(folder, 'pairs.csv');
    const names = ['Zeta Cloud Ltd', 'Zeta Cloud LLC', 'Amazon Web Services', 'Amazon Bedrock'];
    const first = await runList(names, '--matches', file, '--dry-run');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(pairsIn(file).map(({ name, candidate, grade, decision }) => [name, candidate, grade, decision])).toEqual([
      ['Zeta Cloud Ltd', 'Zeta Cloud LLC', 'SAME', ''],
      ['Amazon Bedrock', 'Amazon Web Services', 'RELATED', ''],
    ]);
    expect(pairsIn(file)[0]?.reason).toContain('legal forms differ here: llc, ltd');
    decide(file, { 'Zeta Cloud Ltd | Zeta Cloud LLC': 'different', 'Amazon Bedrock | Amazon Web Services': 'alias' });
    expect((await runList(names, '--matches', file, '--source', 'register')).code).toBe(0);
    expect(await organizations()).toEqual(['Amazon Web Services = Amazon Bedrock', 'Vega Labs', 'Zeta Cloud LLC', 'Zeta Cloud Ltd']);
    expect(pairsIn(file).map(({ party, candidate_id: id, decision }) => [party, id, decision])).toEqual([
      ['Amazon Bedrock', 'Amazon Web Services', 'alias'],
      ['Zeta Cloud Ltd', 'Zeta Cloud LLC', 'different'],
    ]);
    // The next edition asks about the new pair alone, though the first one accepted equal spellings.
    const again = await runList([...names, 'ZETA CLOUD LTD'], '--source', 'register', '--json');
    const { questions } = JSON.parse(again.out);
    expect(questions.map(({ kind }: { kind: string }) => kind)).toEqual(['MATCHES']);
  });

  it('[I736] with a wrong or contradicting decision are refused with their line', async () => {
    const file = join(folder, 'pairs.csv');
    const header = 'name,candidate,grade,decision,reason,file,line,party,candidate_id';
    const run = async (...lines: string[]) => {
      writeFileSync(file, [header, ...lines].join('\n'));
      const { code, err } = await runList(['Zeta', 'Omega'], '--matches', file);
      return [code, err.trim()];
    };
    expect(await run('A,B,SAME,maybe,,,,A,B')).toEqual([
      2,
      `${file}, line 2: it has the decision "maybe". Write one of same, alias, different, or leave it empty.`,
    ]);
    expect((await run('A,B,SAME,same,,,,A,B', 'A,C,SAME,alias,,,,A,C'))[1]).toContain('line 3: it says that "A" is "C"');
    expect((await run('A,B,SAME,same,,,,A,B', 'B,A,SAME,different,,,,B,A'))[1]).toContain('the same and different');
  });

  it('[I733] keeps apart what --keep-apart names', async () => {
    const names = ['Zeta Cloud, Inc.', 'ZETA CLOUD, INC.'];
    expect((await runList(names, '--merge-exact', '--keep-apart', '"Zeta Cloud, Inc.","ZETA CLOUD, INC."')).code).toBe(0);
    expect(await organizations()).toEqual(['Vega Labs', 'ZETA CLOUD, INC.', 'Zeta Cloud, Inc.']);
    const wrong = await runList(names, '--keep-apart', 'one');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('expected two ids or names')]);
  });
});
