import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentedQuestions } from '../export/parquet/ten-questions.ts';
import type { Growth } from './growth.ts';
import type { WorldSize } from './large-world.ts';
import { exportMeasured } from './own-server.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';

const rounds = 2;

/**
 * Measures an export as Parquet of the store in a folder, beside the canonical CSV of the same facts, and the questions of docs/parquet.md on its files.
 *
 * @param askDuckdb absent: DuckDB is not installed
 */
export async function benchParquet(
  folder: string,
  { organizations }: WorldSize,
  report: Report,
  growth: Growth,
  askDuckdb: typeof import('./ask-duckdb.ts').askDuckdb | undefined,
): Promise<void> {
  const [parquet, csv]: [number[], number[]] = [[], []];
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    const took = await exportMeasured(folder, join(folder, 'parquet'), 'parquet');
    parquet.push(took.ms);
    peak = Math.max(peak, took.peakMb);
    csv.push((await exportMeasured(folder, join(folder, 'csv'), 'canonical')).ms);
  }
  report.ratio('export as Parquet with the copies, beside canonical CSV without them', summarizeTimes(parquet), summarizeTimes(csv));
  const sizes = readdirSync(join(folder, 'parquet')).map((file) => statSync(join(folder, 'parquet', file)).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  report.line(
    `  ${Math.round(total / 1e6)} MB in ${sizes.length} files, the largest ${(Math.max(...sizes) / 1e6).toFixed(1)} MB; resident at most ${Math.round(peak)} MB`,
  );
  growth.add('export as Parquet', 'ms', summarizeTimes(parquet).median, 'copies are derived from columns that no longer fit into caches');
  growth.add('export as Parquet, resident at most', 'MB', peak, 'copies of two million transfers are derived at once');
  if (askDuckdb === undefined) return report.line('Not run: the ten questions on Parquet, which DuckDB answers.');
  const answers = await askDuckdb(
    join(folder, 'parquet'),
    documentedQuestions.map(({ sql }) => sql),
    `org-${String(organizations - 1).padStart(6, '0')}`,
  );
  report.line(`  the ten questions in DuckDB: ${answers.map(({ ms }) => milliseconds(ms)).join(', ')}`);
}
