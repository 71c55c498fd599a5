import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../support/test.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(() => commandLine.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const run = (...args: readonly string[]) => commandLine.run(folder, args);

const organizations = 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite Data,VENDOR\n';
const artifacts = 'id,name,type,owner,sensitivity\ng,Guidelines,ANNOTATION_GUIDELINES,vega,4\n';
const transfers = 'id,artifact,sender,recipient,portion,deletion_state\nT-1,g,vega,kite,1,NONE\nT-2,g,vega,kite,1,NONE\n';

async function importWorld(): Promise<void> {
  const files = [write('organizations.csv', organizations), write('artifacts.csv', artifacts), write('transfers.csv', transfers)];
  expect((await run('import', ...files, '--name', 'Register, June')).code).toBe(0);
}

describe('the report of an import, on the command line', () => {
  it('[F80] says what skipping loses before it offers to skip', async () => {
    const engagements = write('engagements.csv', 'id,client,provider\nE-1,vega,nobody\n');
    const named = write('transfers.csv', 'id,artifact,sender,recipient,engagement\nT-1,g,vega,kite,E-1\nT-2,g,vega,kite,E-1\n');
    const { code, out } = await run(
      'import',
      write('organizations.csv', organizations),
      write('artifacts.csv', artifacts),
      engagements,
      named,
    );
    expect(code).toBe(1);
    expect(out).toContain('Skipping loses 1 engagement and the 2 transfers under it. --skip-rejected writes the valid rows.');
  });

  it('[C68] proposes no client for a file whose name is like no organization, and tells the unit of a column of percent', async () => {
    const list = 'Vendor Name,Service\nZeta,Hosting\nOmega,Support\n';
    const unknown = await run('import', write('foot.csv', list), '--dry-run');
    expect(unknown.out + unknown.err).toContain('--client "NAME" --create-missing');
    await importWorld();
    const recorded = await run('import', write('vega.csv', list), '--dry-run');
    expect(recorded.out + recorded.err).toContain('--client "Vega Labs" --create-missing');
    const shares = write('handovers.csv', 'Artifact,Sent by,Sent to,Share (%)\nGuidelines,Vega Labs,Kite Data,25\n');
    const { out, err } = await run('import', shares, '--dry-run');
    expect(out + err).toContain('its numbers are percent');
  });

  it('[C69] asks whether rows without a name belong to the name above, and keeps the answer', async () => {
    const list = write(
      'list.csv',
      'Vendor,Service,End date\nZeta,Hosting,2024-12-31\n,Support,2027-12-31\n,Chat,2026-12-31\nOmega,Mail,\n',
    );
    const [mapping, flags] = [join(folder, 'mapping.json'), ['--client', 'Vega Labs', '--create-missing']];
    const asked = await run('import', list, ...flags, '--dry-run');
    expect([asked.code, asked.out]).toEqual([1, expect.stringContaining('Does each belong to the name above it? --unnamed-rows above')]);
    const done = await run('import', list, ...flags, '--unnamed-rows', 'above', '--save-mapping', mapping, '--json');
    expect(JSON.parse(done.out)).toMatchObject({ isWritten: true, account: { read: 4, used: 4 } });
    const again = await run('import', list, '--mapping', mapping, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ questions: [], report: { created: 0, updated: 0 } });
  });

  it('[I993] says why --create-missing creates nothing for a canonical file', async () => {
    const engagements = write('engagements.csv', 'id,client,provider\nE-1,vega,kite\n');
    const refused = await run('import', engagements, '--create-missing');
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/--create-missing creates no organization for engagements\.csv: .*organizations\.csv/),
    ]);
    const artifactsAlone = await run('import', write('artifacts.csv', artifacts), '--dry-run');
    expect(artifactsAlone.err).not.toContain('--create-missing creates');
  });

  it('[F83] saves the rejected rows, which are corrected and imported again until nothing is lost', async () => {
    const list = write('vendors.csv', 'Vendor Name,Service\nZeta,Hosting\n"Omega"x,Support\n');
    const files = [
      write('organizations.csv', organizations),
      write('artifacts.csv', artifacts.replace('vega,4', 'vega,nine')),
      write('transfers.csv', transfers),
    ];
    const rejected = join(folder, 'rejected.csv');
    const flags = ['--client', 'Vega Labs', '--create-missing', '--skip-rejected', '--save-rejected', rejected];
    const skipped = await run('import', ...files, list, ...flags, '--json');
    expect([skipped.code, JSON.parse(skipped.out).report]).toMatchObject([3, { rejected: 4 }]);
    const text = readFileSync(rejected, 'utf8');
    expect(text.split('\n')).toHaveLength(6);
    writeFileSync(rejected, text.replace('nine', '4'));
    const again = await run('import', rejected, '--client', 'Vega Labs', '--create-missing', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ isWritten: true, questions: [], report: { rejected: 0 } });
    const { code, out } = await run('import', ...files.slice(0, 1), write('artifacts.csv', artifacts), ...files.slice(2), '--json');
    expect([code, JSON.parse(out).report]).toMatchObject([0, { created: 0, updated: 0, rejected: 0 }]);
    const lookedFor = await run('radius', 'Omega', '--json');
    expect(lookedFor.code).toBe(0);
  });

  it('[F81] names an import, lists the name, and renames it', async () => {
    await importWorld();
    const list = async () => JSON.parse((await run('imports', '--json')).out) as { id: string; name: string | null }[];
    const [made] = await list();
    expect(made?.name).toBe('Register, June');
    expect((await run('rename', made?.id ?? '', 'Register, July')).out).toContain('is named "Register, July"');
    expect((await list()).map(({ name }) => name)).toEqual(['Register, July']);
    expect((await run('imports')).out).toMatch(/^IMPORT +NAME +STATE/);
    expect(await run('rename', 'imp-nothing', 'x')).toMatchObject({ code: 1, err: expect.stringMatching(/imp-nothing/) });
    expect(await run('rename', made?.id ?? '', ' ')).toMatchObject({ code: 2 });
  });

  it('[F85] lists the changes of an answer that wait, with the flags that decide', async () => {
    await importWorld();
    const answer = write(
      'holdings.csv',
      'id,artifact,sender,recipient,portion,deletion_state,deleted_at\nT-1,g,vega,kite,0.2,NONE,\nT-2,g,vega,kite,1,VERIFIED,2026-01-31\n',
    );
    const open = await run('import', answer, '--respondent', 'Kite Data');
    expect([open.code, open.out]).toEqual([
      1,
      expect.stringMatching(/holdings\.csv:2: Transfer T-1: portion 1 -> 0\.2 waits[\s\S]*--accept-answer or --decline-answer/),
    ]);
    const done = await run('import', answer, '--respondent', 'kite', '--decline-answer', '--json');
    expect(JSON.parse(done.out)).toMatchObject({
      isWritten: true,
      report: { updated: 1, unchanged: 1 },
      waiting: [{ decision: 'DECLINE' }],
    });
    expect((await run('imports')).out).toMatch(/ kite +holdings\.csv/);
    expect((await run('import', answer, '--respondent', 'nobody')).code).toBe(2);
    expect((await run('import', answer, '--respondent', 'kite', '--source', 'x')).code).toBe(2);
    expect((await run('import', answer, '--accept-answer')).code).toBe(2);
    const exported = join(folder, 'out');
    expect((await run('export', exported)).code).toBe(0);
    expect(readFileSync(join(exported, 'transfers.csv'), 'utf8')).toMatch(/T-1,.*,NONE,[\s\S]*T-2,.*,ATTESTED,2026-02-01/);
  });
});
