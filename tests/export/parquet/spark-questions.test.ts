import { afterAll, beforeAll, describe, it, setTestTimeout } from '../../support/test.ts';
import { startSpark } from './ask-spark.ts';
import type { SqlEngine } from './sql-engines.ts';
import { expectDocumentedAnswers, expectRowsFound } from './sql-engines.ts';

setTestTimeout(300_000);

let running: ReturnType<typeof startSpark>;
beforeAll(() => {
  running = startSpark();
});
afterAll(() => running?.stop());

const spark: SqlEngine = {
  ask: (folder, questions) => running.ask(folder, questions),
  describe: (table) => `DESCRIBE ${table}`,
  instant: (text) => `TIMESTAMP '${text}'`,
  typeNames: {
    ...{ text: 'string', number: 'double', integer: 'int', boolean: 'boolean', instant: 'timestamp' },
    ...{ texts: 'array<string>', attributes: 'map<string,string>' },
  },
};

describe('Parquet files in Spark SQL', () => {
  it('[F996] answer the ten questions of docs/parquet.md as it says, and have its types', () => expectDocumentedAnswers(spark));

  it('[F997] give every row by its id and by its instant, whatever the order of characters', () => expectRowsFound(spark));
});
