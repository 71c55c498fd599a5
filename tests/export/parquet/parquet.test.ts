import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { GraphQLOutputType } from 'graphql';
import { buildSchema, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import { formatCsvRecord } from '../../../server/csv/csv-record.ts';
import { formatFactValue } from '../../../server/domain/canonical-values.ts';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { factFields, fieldsVersion } from '../../../server/domain/fact-fields.ts';
import type { Attribute, CustodyKind } from '../../../server/domain/facts.ts';
import { custodyKinds } from '../../../server/domain/facts.ts';
import { exportFacts, factTable } from '../../../server/export/export-facts.ts';
import { copyFields, exportParquet } from '../../../server/export/parquet/export-parquet.ts';
import { attributePrefix, fileNameOf, tableKinds } from '../../../server/import/rows/table-fields.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { runExposure } from '../../cli/run-exposure.ts';
import { Serving } from '../../graphql/serving.ts';
import { Bench } from '../../import/import-for-tests.ts';
import { edit, toAssertion, transfer } from '../../store/assertions-for-tests.ts';
import { oracleCopies } from '../../support/oracle/custody.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { poisonedPackage } from '../../support/worlds/poisoned-package.ts';
import { richWorlds } from '../../support/worlds/rich-worlds.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';
import type { World } from '../../support/worlds/world.ts';
import { toRecordedFacts } from '../../support/worlds/world.ts';
import type { ParquetFiles, ParquetRow } from './read-parquet.ts';
import { collectParquet, filesOf, metadataOf, readTable } from './read-parquet.ts';
import { tiny } from './sql-engines.ts';
import { answerByHand, documentedQuestions } from './ten-questions.ts';

const factTables = tableKinds.filter((kind) => kind !== 'INCIDENT');

async function exportCanonical(store: FactStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportFacts(store)) if (file !== 'incidents.csv') files[file] = (files[file] ?? '') + text;
  return files;
}

/** The canonical CSV files that rows of Parquet files say. */
async function toCanonical(files: ParquetFiles): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const kind of factTables) {
    const rows = await readTable(files, fileNameOf(kind));
    const { columns } = factTable(kind);
    const attributesOf = (row: ParquetRow) => (row.attributes ?? []) as readonly Attribute[];
    const names = [...new Set(rows.flatMap((row) => attributesOf(row).map(({ name }) => name)))].sort(compareCodePoints);
    const header = columns.flatMap(({ column, type }) => (type === 'attributes' ? names.map((name) => attributePrefix + name) : [column]));
    const toRecord = (row: ParquetRow) =>
      columns.flatMap((spec) => {
        if (spec.type !== 'attributes') return [formatFactValue(spec, row[spec.column] ?? null)];
        return names.map((each) => attributesOf(row).find(({ name }) => name === each)?.value ?? null);
      });
    texts[`${fileNameOf(kind)}.csv`] = [header, ...rows.map(toRecord)].map(formatCsvRecord).join('');
  }
  return texts;
}

async function withWorld<T>(world: World, act: (store: FactStore) => Promise<T>): Promise<T> {
  const bench = await Bench.open();
  try {
    if (world.facts.length > 0) expect((await bench.store.commit(edit(toRecordedFacts(world).map(toAssertion)))).isWritten).toBe(true);
    return await act(bench.store);
  } finally {
    await bench.close();
  }
}

describe('an export as Parquet', () => {
  it('[F990] has the rows of the canonical export, for the demo and for software lists and advisories', async () => {
    const demo = await importSeedWorld('demo');
    const poisoned = await Bench.open();
    try {
      expect(await toCanonical(await collectParquet(demo.store))).toEqual(await exportCanonical(demo.store));
      expect((await poisoned.import(poisonedPackage)).rejections).toEqual([]);
      expect(await toCanonical(await collectParquet(poisoned.store, tiny))).toEqual(await exportCanonical(poisoned.store));
    } finally {
      await demo.close();
      await poisoned.close();
    }
  });

  it('[F990] [F991] has the facts of any world as the canonical export, and its copies as the semantics derive them', async () => {
    await fc.assert(
      fc.asyncProperty(richWorlds, async (world) => {
        await withWorld(world, async (store) => {
          const files = await collectParquet(store, tiny);
          expect(await toCanonical(files)).toEqual(await exportCanonical(store));
          const copies = await readTable(files, 'copies');
          const place = new Map(
            world.facts
              .flatMap((fact) => (fact.kind === 'ARTIFACT' ? [fact.id] : []))
              .sort(compareCodePoints)
              .map((id, i) => [id, i]),
          );
          const wanted = oracleCopies(world).sort(
            (a, b) => (place.get(a.artifact) as number) - (place.get(b.artifact) as number) || compareCodePoints(a.id, b.id),
          );
          expect(copies).toEqual(
            wanted.map((copy) => ({
              id: copy.id,
              kind: copy.kind,
              artifact: copy.artifact,
              holder: copy.holder,
              transfer: copy.transfer?.id ?? null,
              form: copy.form,
              deletion_state: copy.kind === 'TRANSFERRED' ? copy.transfer?.deletionState : 'NONE',
              portion: copy.portion,
              fragments: copy.transfer?.fragments ?? null,
              confidence: copy.confidence,
              definite_from: closed(copy.definite.from),
              definite_until: closed(copy.definite.until),
              possible_from: closed(copy.possible.from),
              possible_until: closed(copy.possible.until),
              rank: copy.rank,
              chain: copy.chain,
            })),
          );
        });
      }),
      { numRuns: generatedRuns(40) },
    );
  });

  it('[F991] has every copy of the demo as the API answers it', async () => {
    const serving = await new Serving().start({ demo: true });
    const store = await openStore(`sqlite:${join(serving.folder, 'exposure.db')}`);
    try {
      const { copies } = await serving.get(
        '{ copies(first: 500) { totalCount edges { node { id kind artifact { id } holder { id } transfer { id } form deletionState portion fragments confidence definite { from until } possible { from until } rank chain { id } } } } }',
      );
      expect(copies.edges).toHaveLength(copies.totalCount);
      const toInstant = (text: string | null) => (text === null ? null : Date.parse(text));
      // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
      const wanted = copies.edges.map(({ node }: any) => ({
        id: node.id,
        kind: node.kind,
        artifact: node.artifact.id,
        holder: node.holder.id,
        transfer: node.transfer?.id ?? null,
        form: node.form,
        deletion_state: node.deletionState,
        portion: node.portion,
        fragments: node.fragments,
        confidence: node.confidence,
        definite_from: toInstant(node.definite.from),
        definite_until: toInstant(node.definite.until),
        possible_from: toInstant(node.possible.from),
        possible_until: toInstant(node.possible.until),
        rank: node.rank,
        chain: node.chain.map(({ id }: { id: string }) => id),
      }));
      const byId = (a: ParquetRow, b: ParquetRow) => compareCodePoints(a.id as string, b.id as string);
      for (const options of [{}, tiny]) {
        const rows = await readTable(await collectParquet(store, options), 'copies');
        expect(rows.sort(byId)).toEqual(wanted.sort(byId));
      }
    } finally {
      await store.close();
      await serving.stopAndDelete();
    }
  });

  it('[F992] has the types and nulls of the schema, and names table, revision, format and fields', async () => {
    const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
    const typeNames: Record<CustodyKind, string> = {
      ...{ ORGANIZATION: 'Organization', ARTIFACT: 'Artifact', ENGAGEMENT: 'Engagement', TRANSFER: 'Transfer' },
      ...{ ACCESS: 'Access', REVEALS: 'Reveals', CONTROL: 'Control' },
    };
    const typesOf = (name: string) => {
      const type = schema.getType(name);
      if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
      return type.getFields();
    };
    const bench = await Bench.open();
    try {
      const files = await collectParquet(bench.store);
      const found = new Map([...files].map(([file, bytes]) => [file, metadataOf(bytes)]));
      const columnsOf = (table: string) => columnTypes(found.get(`${table}-00000000.parquet`)?.schema ?? []);
      for (const kind of custodyKinds) {
        const fields = typesOf(typeNames[kind]);
        const wanted = factFields[kind].flatMap(({ name, column, isInternal }) =>
          isInternal === true ? [] : [[column, describeType(fields[name]?.type as GraphQLOutputType)]],
        );
        expect([kind, columnsOf(fileNameOf(kind))]).toEqual([
          kind,
          Object.fromEntries([...wanted, ['asserted_at', 'TIMESTAMP!'], ['source', 'STRING']]),
        ]);
      }
      const copy = typesOf('Copy');
      expect(columnsOf('copies')).toEqual(
        Object.fromEntries(
          Object.values(copy).flatMap(({ name, type }) => {
            const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
            const isInterval = String(type) === 'Interval!';
            return isInterval ? [`${column}_from`, `${column}_until`].map((end) => [end, 'TIMESTAMP']) : [[column, describeType(type)]];
          }),
        ),
      );
      expect(copyFields.map(({ column }) => column)).toEqual(Object.keys(columnsOf('copies')));
      expect([...found.keys()]).toEqual([...factTables.map(fileNameOf), 'copies'].map((table) => `${table}-00000000.parquet`));
      for (const [file, { key_value_metadata, created_by, num_rows }] of found)
        expect([num_rows, created_by, Object.fromEntries((key_value_metadata ?? []).map(({ key, value }) => [key, value]))]).toEqual([
          0n,
          'exposure-graph version 0.0.0',
          {
            'exposure.table': file.slice(0, file.indexOf('-')),
            'exposure.format': '1',
            'exposure.fields': String(fieldsVersion),
            'exposure.revision': '0',
          },
        ]);
    } finally {
      await bench.close();
    }
  });

  it('[F993] cuts a table into files of at most the given size, in order and without losing a row', async () => {
    const { store, close } = await importSeedWorld('demo');
    try {
      const [whole, cut] = [await collectParquet(store), await collectParquet(store, tiny)];
      for (const table of [...factTables.map(fileNameOf), 'copies']) {
        const files = [...filesOf(cut, table)];
        expect(files.map(([file]) => file)).toEqual(files.map((_, i) => `${table}-${String(i).padStart(8, '0')}.parquet`));
        expect(files.filter(([, bytes]) => bytes.length > tiny.limits.fileBytes && metadataOf(bytes).row_groups.length > 1)).toEqual([]);
        expect(await readTable(cut, table)).toEqual(await readTable(whole, table));
      }
      expect(filesOf(cut, 'transfers').size).toBeGreaterThan(3);
      expect(filesOf(whole, 'transfers').size).toBe(1);
    } finally {
      await close();
    }
  });

  it('[F994] is of one revision, also while others write', async () => {
    const { store, close } = await importSeedWorld('four-parties');
    try {
      const before = await collectParquet(store);
      const [one] = await readTable(before, 'transfers');
      const files = new Map<string, Uint8Array[]>();
      for await (const { file, bytes } of exportParquet(store, { program: 'exposure-graph version 0.0.0' })) {
        if (files.size === 0)
          await store.commit(edit([transfer('a-new', one?.artifact as string, one?.sender as string, one?.recipient as string)]));
        files.set(file, [...(files.get(file) ?? []), bytes]);
      }
      expect(await store.readRevision()).toBe(2);
      expect(new Map([...files].map(([file, parts]) => [file, new Uint8Array(Buffer.concat(parts))]))).toEqual(before);
      expect((await readTable(await collectParquet(store), 'transfers')).map(({ id }) => id)).toContain('a-new');
    } finally {
      await close();
    }
  });

  it('[F995] writes all files or none, and leaves no file of an earlier export beside them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-parquet-'));
    const out = join(folder, 'out');
    const run = (...args: string[]) => runExposure(folder, ['export', out, '--format', 'parquet', ...args]);
    try {
      mkdirSync(out);
      for (const old of ['transfers-00000001.parquet', 'mine-00000001.parquet', 'transfers.parquet']) writeFileSync(join(out, old), 'old');
      // A folder stands where a file would be written.
      mkdirSync(join(out, 'copies-00000000.parquet.part'));
      const failed = await run();
      expect(failed).toMatchObject({ code: 1, out: '' });
      expect(failed.err).toContain('not writable (EISDIR)');
      expect(readdirSync(out).sort()).toEqual(
        ['copies-00000000.parquet.part', 'mine-00000001.parquet', 'transfers-00000001.parquet', 'transfers.parquet'].sort(),
      );
      rmSync(join(out, 'copies-00000000.parquet.part'), { recursive: true });
      const done = await run('--json');
      expect([done.code, done.err]).toEqual([0, '']);
      const { files } = JSON.parse(done.out) as { files: string[] };
      expect(files).toEqual([...factTables.map(fileNameOf), 'copies'].map((table) => `${table}-00000000.parquet`));
      expect(readdirSync(out).sort()).toEqual([...files, 'mine-00000001.parquet', 'transfers.parquet'].sort());
      expect(existsSync(join(out, 'transfers-00000001.parquet'))).toBe(false);
      for (const file of files) expect(statSync(join(out, file)).size).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('[F996] has the answers of the ten questions of its page, by plain loops over its rows', async () => {
    const { store, close } = await importSeedWorld('demo');
    try {
      const files = await collectParquet(store);
      const tables = new Map<string, readonly ParquetRow[]>();
      for (const table of [...factTables.map(fileNameOf), 'copies']) tables.set(table, await readTable(files, table));
      const wanted = documentedQuestions.map(({ title, rows }) => ({ title, rows }));
      expect(wanted).toHaveLength(10);
      for (const { title, rows } of wanted) expect([title, rows.length > 0]).toEqual([title, true]);
      const byHand = answerByHand((name) => tables.get(name) as readonly ParquetRow[]);
      expect(byHand.map((rows, i) => ({ title: documentedQuestions[i]?.title, rows }))).toEqual(wanted);
    } finally {
      await close();
    }
  });
});

const closed = (instant: number) => (Number.isFinite(instant) ? instant : null);

/** A type of the schema as a column: references are ids. `!`: never null. */
function describeType(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${describeType(type.ofType)}!`;
  if (isListType(type)) return String(type.ofType) === 'Attribute!' ? 'MAP' : 'LIST';
  if (isEnumType(type) || isObjectType(type)) return 'STRING';
  const name = String(type);
  return { ID: 'STRING', String: 'STRING', Float: 'DOUBLE', Int: 'INT32', Boolean: 'BOOLEAN', DateTime: 'TIMESTAMP' }[name] ?? name;
}

type Elements = ReturnType<typeof metadataOf>['schema'];

/** The columns of a file, in its order. */
function columnTypes(elements: Elements): Record<string, string> {
  const types: Record<string, string> = {};
  for (let i = 1; i < elements.length; ) {
    const element = elements[i] as Elements[number];
    const { name, type, converted_type, logical_type, repetition_type } = element;
    const isUtc = logical_type?.type === 'TIMESTAMP' && logical_type.isAdjustedToUTC && logical_type.unit === 'MILLIS';
    const word = converted_type === 'UTF8' ? 'STRING' : isUtc ? 'TIMESTAMP' : (converted_type ?? type ?? '?');
    types[name] = `${word}${repetition_type === 'REQUIRED' ? '!' : ''}`;
    i += sizeOf(elements, i);
  }
  return types;
}

function sizeOf(elements: Elements, at: number): number {
  let size = 1;
  for (let child = 0; child < (elements[at]?.num_children ?? 0); child++) size += sizeOf(elements, at + size);
  return size;
}
