import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldSpec } from '../../../server/domain/fact-fields.ts';
import { formatInstant } from '../../../server/domain/instants.ts';
import { factTable } from '../../../server/export/export-facts.ts';
import { copyFields } from '../../../server/export/parquet/export-parquet.ts';
import { fileNameOf, tableKinds } from '../../../server/import/rows/table-fields.ts';
import { Bench } from '../../import/import-for-tests.ts';
import { expect } from '../../support/test.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';
import type { ParquetFiles } from './read-parquet.ts';
import { collectParquet, readTable } from './read-parquet.ts';
import { documentedQuestions, toCell } from './ten-questions.ts';

/** An engine that answers SQL on the Parquet files of a folder. */
export interface SqlEngine {
  ask(
    folder: string,
    questions: readonly string[],
  ): Promise<readonly { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }[]>;
  /** A question for the columns of a table: name, type. */
  describe(table: string): string;
  /** An instant in SQL. */
  instant(text: string): string;
  /** Its names for the types of fields. */
  readonly typeNames: Readonly<Record<'text' | 'number' | 'integer' | 'boolean' | 'instant' | 'texts' | 'attributes', string>>;
}

/** Few rows a group, few groups a file. */
export const tiny = { limits: { rowsPerGroup: 7, groupBytes: 2000, fileBytes: 30_000 }, transfersAtOnce: 3 };

/** The files in a folder, which is deleted at the end. */
export async function withFolder(files: ParquetFiles, act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-parquet-'));
  try {
    for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The engine gives the answers of docs/parquet.md to its ten questions, and names each column's type. */
export async function expectDocumentedAnswers(engine: SqlEngine): Promise<void> {
  const { store, close } = await importSeedWorld('demo');
  try {
    await withFolder(await collectParquet(store), async (folder) => {
      const sql = documentedQuestions.map((question) => question.sql);
      const described = ['transfers', 'organizations', 'software_components', 'copies'];
      const answers = await engine.ask(folder, [...sql, ...described.map(engine.describe)]);
      expect(answers.slice(0, sql.length).map(({ columns, rows }) => ({ columns, rows: rows.map((row) => row.map(toCell)) }))).toEqual(
        documentedQuestions.map(({ columns, rows }) => ({ columns, rows })),
      );
      expect(answers.slice(sql.length).map(({ rows }) => rows.map(([name, type]) => [name, type]))).toEqual(
        described.map((table) => fieldsOf(table).map((spec) => [spec.column, engine.typeNames[nameType(spec)]])),
      );
    });
  } finally {
    await close();
  }
}

function fieldsOf(table: string): readonly FieldSpec[] {
  const kind = tableKinds.find((each) => each !== 'INCIDENT' && fileNameOf(each) === table);
  return kind === undefined || kind === 'INCIDENT' ? copyFields : factTable(kind).columns;
}

function nameType({ type }: FieldSpec): keyof SqlEngine['typeNames'] {
  if (type === 'reference' || type === 'enum') return 'text';
  if (type === 'endInstant') return 'instant';
  return type === 'enums' ? 'texts' : type;
}

/** One is first in UTF-16 and last in UTF-8, by which Parquet orders texts. */
const artifacts = ['plain', 'é', '試', '～', '😀', '😎'];
const sentAt = ['', '1969-07-20T20:17:40Z', '2026-03-01', '2026-03-01T08:05:00Z', '9999-12-31T23:59:59.999Z'];

/**
 * The engine finds every row by its artifact and by its instant, in files of many row groups: it skips groups by their smallest and
 * largest values.
 */
export async function expectRowsFound(engine: SqlEngine): Promise<void> {
  const bench = await Bench.open();
  try {
    const rows = Array.from({ length: 90 }, (_, i) => `${i}-t,${artifacts[(i * 5) % 6]},lab,v,${sentAt[i % 5]}`);
    const { rejections } = await bench.import({
      'organizations.csv': 'id,name,roles\nlab,Lab,LAB\nv,V,VENDOR\n',
      'artifacts.csv': `id,name,type,owner,sensitivity\n${artifacts.map((id) => `${id},${id},EVALUATION_SUITE,lab,3\n`).join('')}`,
      'transfers.csv': `id,artifact,sender,recipient,sent_at\n${rows.join('\n')}\n`,
    });
    expect(rejections).toEqual([]);
    const files = await collectParquet(bench.store, tiny);
    const transfers = await readTable(files, 'transfers');
    expect(transfers).toHaveLength(90);
    const conditions = [
      ...artifacts.map((id) => `artifact = '${id}'`),
      ...[...new Set(transfers.map((row) => row.sent_at))].map((at) =>
        at === null ? 'sent_at IS NULL' : `sent_at = ${engine.instant(formatInstant(at as number))}`,
      ),
    ];
    await withFolder(files, async (folder) => {
      const answers = await engine.ask(
        folder,
        conditions.map((condition) => `SELECT COUNT(*) AS found FROM transfers WHERE ${condition}`),
      );
      expect(answers.map(({ rows: [row] }, i) => [conditions[i], Number(row?.[0])])).toEqual(
        conditions.map((condition, i) => [condition, i < artifacts.length ? 15 : 18]),
      );
    });
  } finally {
    await bench.close();
  }
}
