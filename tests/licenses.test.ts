import { readFileSync } from 'node:fs';
import { describe, expect, it } from './support/test.ts';

/** Licenses under which code may be shipped with this program. None asks more than a notice. */
const allowed: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
  'CC0-1.0',
  'OFL-1.1',
  'Unlicense',
  'WTFPL',
  '(MIT OR CC0-1.0)',
  '(MIT OR WTFPL)',
  '(MIT AND BSD-3-Clause)',
  '(MIT AND Zlib)',
  '(BSD-2-Clause OR MIT OR Apache-2.0)',
  'MIT OR Apache-2.0',
  '(MIT OR Apache-2.0)',
]);

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
/** Packages whose description names no license; their LICENSE file does. */
const readByHand: Readonly<Record<string, string>> = { 'node_modules/png-js': 'MIT' };

const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
const licenseOf = (path: string, { license }: Locked) => license ?? readByHand[path];
const readLocked = (path: string) => Object.entries(read(path).packages as Record<string, Locked>).filter(([at]) => at !== '');
const locked = readLocked('package-lock.json');
/** The bench has an install of its own. */
const everyLocked = [...locked, ...readLocked('tests/bench/package-lock.json')];

describe('the packages', () => {
  it('[S147] that run on the server have licenses that ask for a notice at most', () => {
    const shipped = locked.filter(([, { dev }]) => dev !== true);
    expect(shipped.length).toBeGreaterThan(50);
    expect(
      shipped
        .filter(([path, each]) => !allowed.has(licenseOf(path, each) ?? ''))
        .map(([path, each]) => `${path}: ${licenseOf(path, each)}`),
    ).toEqual([]);
  });

  it('[S147] are locked with a hash, and only those that are listed run a script when installed', () => {
    expect(everyLocked.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
    const scripted = new Set(
      everyLocked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.split('node_modules/').at(-1) as string),
    );
    const decided = read('package.json').allowScripts as Record<string, boolean>;
    expect([...scripted].filter((name) => !(name in decided) && name !== 'fsevents')).toEqual([]);
  });
});
