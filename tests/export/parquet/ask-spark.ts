import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readSpark } from '../../support/spark/pyspark.ts';
import type { SqlEngine } from './sql-engines.ts';
import { viewsOf } from './ten-questions.ts';

const program = fileURLToPath(new URL('ask-spark.py', import.meta.url));
const isInstant = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);

/** A Spark of its own that answers questions on the Parquet files of a folder, with the views of docs/parquet.md. */
export function startSpark(): { readonly ask: SqlEngine['ask']; stop(): Promise<void> } {
  const { python, environment } = readSpark();
  const spark = spawn(python, [program], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(spark, 'close');
  // A Spark that ended reads no question. The missing answer says so.
  spark.stdin.on('error', () => undefined);
  let complaints = '';
  spark.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const lines = createInterface({ input: spark.stdout })[Symbol.asyncIterator]();
  return {
    async ask(folder, questions) {
      spark.stdin.write(`${JSON.stringify({ views: viewsOf('spark', folder), questions })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`Spark ended:\n${complaints}`);
      const answers = JSON.parse(line.value) as { columns: string[]; rows: unknown[][] }[];
      const toValue = (value: unknown) => (isInstant(value) ? new Date(value as string) : value);
      return answers.map(({ columns, rows }) => ({ columns, rows: rows.map((row) => row.map(toValue)) }));
    },
    async stop() {
      spark.stdin.end();
      await ended;
    },
  };
}
