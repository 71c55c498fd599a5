import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';

const folder = import.meta.dirname;
const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** Whether the version of DuckDB that tests/bench/package.json names is there. */
export function isRivalInstalled(): boolean {
  const [[name, version]] = Object.entries(read('package.json').dependencies) as [[string, string]];
  try {
    return read(`node_modules/${name}/package.json`).version === version;
  } catch {
    return false;
  }
}

/**
 * Installs DuckDB into tests/bench/node_modules if the version of tests/bench/package.json is not there: only the bench and the tests in DuckDB need its 70 MB.
 *
 * @returns whether it is installed. Where npm fails, the report says what is not measured.
 */
export function installRival(report: Report): boolean {
  if (isRivalInstalled()) return true;
  report.line('Installing DuckDB for the comparison, once: 70 MB in tests/bench/node_modules.');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (status === 0 && isRivalInstalled()) return true;
  report.line('Not run: the comparison with DuckDB, which npm could not install. Try again: npm ci --prefix tests/bench');
  return false;
}
