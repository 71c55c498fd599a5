import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, root, runExposure, startCommandLine } from './run-exposure.ts';

let folder: string;
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-lists-'));
  commandLine = await startCommandLine();
  const { code, err } = await run('import', join(root, 'seeds/demo'));
  if (code !== 0) throw new Error(err);
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOf = (file: string) =>
  readFileSync(join(root, 'seeds/demo', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1);

describe('the questions of the page on the command line', () => {
  it('[C570] list has every fact, filters by names, and cuts only a table, saying so', async () => {
    expect(await json('list', 'organizations')).toHaveLength(rowsOf('organizations.csv').length);
    expect(await json('list', 'transfers')).toHaveLength(rowsOf('transfers.csv').length);
    const owned: { owner: string }[] = await json('list', 'artifacts', '--owner', 'AURELIS LABS');
    expect(owned).toHaveLength(rowsOf('artifacts.csv').filter((row) => row.includes(',aurelis,')).length);
    expect(new Set(owned.map(({ owner }) => owner))).toEqual(new Set(['aurelis']));
    const received: { recipient: string }[] = await json('list', 'transfers', '--recipient', 'Quillmark Inc');
    expect(received.length).toBeGreaterThan(3);
    expect(received.every(({ recipient }) => recipient === 'quillmark')).toBe(true);
    const cut = await run('list', 'transfers', '--limit', '2');
    expect(cut.out.trim().split('\n')).toHaveLength(3);
    expect(cut.err).toMatch(/^The first 2 of \d+\. Give --limit, or --format csv for all\.$/m);
    const csv = await run('list', 'transfers', '--limit', '2', '--format', 'csv');
    expect(csv.out.trim().split('\n')).toHaveLength(rowsOf('transfers.csv').length + 1);
  });

  it('[C571] a name stands for its id only where one record has it; else the candidates are named, with exit 1', async () => {
    const unknown = await run('list', 'transfers', '--recipient', 'Quilmark');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('There is no organization "Quilmark". Did you mean quillmark (Quillmark)');
    const twins = join(folder, 'organizations.csv');
    writeFileSync(twins, 'id,name,roles\ntwin-1,Twin GmbH,VENDOR\ntwin-2,TWIN Ltd,VENDOR\n');
    expect((await run('import', twins)).code).toBe(0);
    const several = await run('list', 'transfers', '--sender', 'twin');
    expect(several).toMatchObject({ code: 1, out: '' });
    expect(several.err).toContain('2 organizations are called "twin": twin-1 (Twin GmbH) or twin-2 (TWIN Ltd). Give an id.');
    expect((await run('list', 'transfers', '--sender', 'twin-2')).code).toBe(0);
  });

  it('[C572] [G831] search, ranking, findings and exposures give the answers of a radius and of each other', async () => {
    expect((await json('search', 'quillmark'))[0]).toMatchObject({ kind: 'ORGANIZATION', id: 'quillmark', matched: 'name' });
    expect((await run('search', 'zzzz')).err).toBe('No match for "zzzz".\n');
    const ranked: { organization: string; worst_case_loss_usd: number; position: number }[] = await json('ranking', '--role', 'vendor');
    const { summary } = await json('radius', 'quillmark');
    const own = ranked.find(({ organization }) => organization === 'quillmark');
    expect(own?.worst_case_loss_usd).toBeCloseTo(summary.worst_case_loss_usd, 6);
    expect(ranked.map(({ position }) => position)).toEqual([...ranked.map(({ position }) => position)].sort((a, b) => a - b));
    expect(await json('ranking', '--role', 'vendor', '--organization', 'Quillmark')).toEqual([own]);
    const exposing: { organization: string; tier: string }[] = await json('exposures', 'preference scheme p4');
    expect(exposing.length).toBeGreaterThan(0);
    for (const { organization, tier } of exposing.slice(0, 3)) {
      const { artifacts } = await json('radius', organization);
      expect(artifacts).toContainEqual(expect.objectContaining({ artifact: 'a-pref-p4', tier }));
    }
    const kinds = new Set((await json('findings', '--kind', 'unknown_sent_at')).map(({ kind }: { kind: string }) => kind));
    expect(kinds).toEqual(new Set(['UNKNOWN_SENT_AT']));
  });

  it('[C573] what-if shows the radius before and after, and writes nothing', async () => {
    const window = ['--core', '2026-09-24/2026-09-24', '--widest', '2026-09-20/2026-09-30'];
    const before = (await json('radius', 'quillmark', ...window)).summary;
    const recalled = await run('what-if', 'Quillmark', '--recall', 'quillmark/Aurelis Labs@2026-09-01', ...window);
    expect(recalled.code).toBe(0);
    expect(recalled.out).toMatch(new RegExp(`^${before.exposed_count} → \\d+ exposed, ${before.possible_count} → \\d+ possible`));
    const changes: { change: string; because: string }[] = await json(
      'what-if',
      'quillmark',
      '--recall',
      'quillmark/Aurelis Labs@2026-09-01',
      ...window,
    );
    expect(changes.filter(({ change }) => change !== 'STAYED').length).toBeGreaterThan(0);
    expect((await json('radius', 'quillmark', ...window)).summary).toEqual(before);
    expect(await run('what-if', 'quillmark')).toMatchObject({ code: 2, err: expect.stringContaining('No action is named.') });
  });

  it('[C574] findings follow the policy of EXPOSURE_POLICY, and a file without one is refused', async () => {
    const policy = join(folder, 'policy.json');
    writeFileSync(policy, JSON.stringify([{ fromSensitivity: 1, controls: ['A-CONTROL-OF-OURS'], leastEvidence: 'QUESTIONNAIRE' }]));
    const isExpired = ({ kind }: { kind: string }) => kind === 'EXPIRED_EVIDENCE';
    const byDefault: { kind: string }[] = await json('findings');
    expect(byDefault.filter(isExpired).length).toBeGreaterThan(0);
    const ours = await runExposure(folder, ['findings', '--json'], { EXPOSURE_POLICY: policy });
    // It requires none of the controls whose evidence is out of date.
    expect(JSON.parse(ours.out)).toEqual(byDefault.filter((finding) => !isExpired(finding)));
    writeFileSync(policy, '{}');
    const refused = await runExposure(folder, ['findings'], { EXPOSURE_POLICY: policy });
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('EXPOSURE_POLICY is');
  });
});
