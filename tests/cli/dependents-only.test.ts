import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

let folder: string;
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);

const organizations = [
  'id,name,roles,contact_email',
  'lab,Vega Labs,LAB,',
  'bank,Kite Bank,VENDOR,',
  'host,Host One,VENDOR,soc@host.example',
  'cloud,Cloud Two,VENDOR,',
  'lone,Lone Star,VENDOR,',
];
/** Client, provider, end. */
const engagements = [
  ['lab', 'host', ''],
  ['bank', 'cloud', '2020-01-01'],
  ['host', 'cloud', ''],
];

beforeAll(async () => {
  commandLine = await startCommandLine();
  folder = mkdtempSync(join(tmpdir(), 'exposure-dependents-'));
  const world = join(folder, 'world');
  mkdirSync(world);
  writeFileSync(join(world, 'organizations.csv'), `${organizations.join('\n')}\n`);
  writeFileSync(
    join(world, 'engagements.csv'),
    [
      'id,client,provider,ends_at',
      ...engagements.map(([client, provider, end]) => `${client}-${provider},${client},${provider},${end}`),
    ].join('\n'),
  );
  expect(await run('import', world)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the radius in a store without artifacts', () => {
  it('[C40] begins with the dependents of the origins, with name, rank, path, and the provider to ask', async () => {
    const { out } = await run('radius', 'cloud', '--core', '2025-05-01/2025-05-02');
    expect(out).toMatch(/^3 organizations depend on them, 1 of them formerly\. No transfer shows what they hold\.$/m);
    expect(out).toMatch(/^Host One +host +1 +Host One > Cloud Two +Cloud Two$/m);
    expect(out).toMatch(/^Kite Bank +bank +1 \(former\) +Kite Bank > Cloud Two +Cloud Two$/m);
    expect(out).toMatch(/^Vega Labs +lab +2 +Vega Labs > Host One > Cloud Two +Host One <soc@host\.example>$/m);
    expect(out).not.toMatch(/ARTIFACT|\$0/);
  });

  it('[C40] says if the origin has no dependents', async () => {
    expect((await run('radius', 'lone')).out).toMatch(/^No dependents: .*No transfer shows what they hold\.$/m);
  });

  it('[C67] does not deny an engagement whose client is an origin, too', async () => {
    const { out } = await run('radius', 'cloud', 'host', 'lab', 'bank', '--core', '2025-05-01/2025-05-02');
    expect(out).toMatch(
      /^No dependents: in this window, no organization out of reach engages them\. No transfer shows what they hold\. Compromise reaches 4 organizations\.$/m,
    );
  });

  it('[C41] prints summary, artifacts, labs and dependents with their paths as JSON', async () => {
    const document = JSON.parse((await run('radius', 'cloud', '--core', '2025-05-01/2025-05-02', '--format', 'json')).out);
    expect(document.summary).toMatchObject({ reached_count: 1, exposed_count: 0, dependent_count: 3, blind_spot_count: 1 });
    expect([document.artifacts, document.labs]).toEqual([[], []]);
    const step = (client: string, provider: string) => ({ engagement: `${client}-${provider}`, client, provider });
    expect(document.dependents).toEqual([
      { organization: 'bank', name: 'Kite Bank', rank: 1, is_former: true, is_blind_spot: false, path: [step('bank', 'cloud')] },
      { organization: 'host', name: 'Host One', rank: 1, is_former: false, is_blind_spot: false, path: [step('host', 'cloud')] },
      {
        organization: 'lab',
        name: 'Vega Labs',
        rank: 2,
        is_former: false,
        is_blind_spot: true,
        path: [step('lab', 'host'), step('host', 'cloud')],
      },
    ]);
  });
});
