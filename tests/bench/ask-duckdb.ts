import { DuckDBInstance } from '@duckdb/node-api';
import { viewsOf } from '../export/parquet/ten-questions.ts';

/** Answers questions on the Parquet files of a folder, with the views of docs/parquet.md. */
export async function askDuckdb(
  folder: string,
  questions: readonly string[],
  organization?: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[]; readonly ms: number }[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const view of viewsOf('duckdb', folder, organization)) await connection.run(view);
    const answers = [];
    for (const sql of questions) {
      const start = performance.now();
      const answer = await connection.runAndReadAll(sql);
      answers.push({ columns: answer.columnNames(), rows: answer.getRowsJS(), ms: performance.now() - start });
    }
    return answers;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
