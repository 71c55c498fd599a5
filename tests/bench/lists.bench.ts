import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { previewImport } from '../../server/import/commit-import.ts';
import { noDecisions } from '../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../server/import/mapping/known-facts.ts';
import { readImport } from '../../server/import/read-import.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { type Report, summarizeTimes } from './report.ts';

export interface ListSize {
  readonly rows: number;
  readonly names: number;
}

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo za'.split(' ');
const trades = 'Analytics Cloud Data Hosting Labs Logic Mail Metrics Networks Payments Robotics Security Soft Storage Support Talent'.split(
  ' ',
);
const forms = [', Inc.', ' LLC', ' GmbH', ' Ltd', ' S.A.', ''];
const rounds = 3;

/** The nth vendor's name. Every second name differs from its neighbor only in case or legal form. */
function nameOf(n: number): string {
  const base = n >> 1;
  let word = '';
  for (let rest = base, at = 0; at < 4; at++, rest = Math.floor(rest / 20)) word += syllables[(rest + at * 7) % 20];
  const name = `${word[0]?.toUpperCase()}${word.slice(1)} ${trades[base % trades.length]}`;
  return n % 2 === 0 ? `${name}${forms[base % forms.length]}` : name.toUpperCase();
}

/** A vendor list of one client: a row for each payment, eight columns. */
function writeList({ rows, names }: ListSize, path: string): void {
  const lines = ['Vendor Name,Service,Country,Website,Contract start,Contract end,SOC 2,Cost center'];
  for (let row = 0; row < rows; row++) {
    const vendor = (row * 7919) % names;
    const name = nameOf(vendor);
    const cell = name.includes(',') ? `"${name}"` : name;
    lines.push(
      `${cell},${trades[vendor % 16]} service,${vendor % 3 === 0 ? 'US' : 'Germany'},https://v${vendor >> 1}.example,2023-0${(vendor % 9) + 1}-15,2027-01-31,${vendor % 2 === 0 ? 'Yes' : 'Unknown'},CC-${row % 50}`,
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** The report of a mapped list, beside exact matching: the same file, parsed by csv-parse, its names counted in one Map. */
export async function benchLists(size: ListSize, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const path = join(folder, 'vendors.csv');
    writeList(size, path);
    const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    const decisions = {
      ...noDecisions,
      files: [{ name: 'vendors.csv', client: { name: 'Acme AI', role: 'LAB' as const }, createMissing: true }],
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      let start = performance.now();
      const at = Date.UTC(2026, 0, 1);
      const read = await readImport([{ name: 'vendors.csv', path }], {
        assertedAt: at,
        source: null,
        decisions,
        readKnown: () => readKnownFacts(store),
      });
      const outcome = await previewImport(store, read, { id: 'bench', by: 'bench', at, createdAt: at, source: null, assertedAt: null });
      ours.push(performance.now() - start);
      assert.equal(outcome.account.read, size.rows);
      assert.equal(outcome.rejections.length, 0);
      assert.ok(read.matches.length >= size.names / 2, `${read.matches.length} names have candidates`);
      start = performance.now();
      const counts = new Map<string, number>();
      for (const [name] of parse(readFileSync(path), { fromLine: 2 }) as string[][])
        counts.set(name as string, (counts.get(name as string) ?? 0) + 1);
      theirs.push(performance.now() - start);
      assert.equal(counts.size, size.names);
    }
    await store.close();
    report.ratio(
      `report of a mapped list of ${size.rows} rows and ${size.names} names, half of them with candidates, beside exact matching of the names`,
      summarizeTimes(ours),
      summarizeTimes(theirs),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
