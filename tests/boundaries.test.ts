import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from './support/test.ts';

const root = join(import.meta.dirname, '..');

describe('the boundaries between folders', () => {
  it('are checked on every source file, and hold', () => {
    const output = execFileSync(
      process.execPath,
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'server',
        'web',
        'tests',
      ],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 2 ** 20,
      },
    );
    const { modules, summary } = JSON.parse(output) as { modules: { source: string }[]; summary: { violations: unknown[] } };
    const cruised = new Set(modules.map(({ source }) => source));
    const sources = ['server', 'web'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    expect(summary.violations).toEqual([]);
    expect(sources.filter((source) => !cruised.has(source))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });
});
