import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageRoot, packageVersion } from '../configuration/package-root.ts';
import { factNouns } from '../domain/fact-fields.ts';
import { factKinds } from '../domain/facts.ts';
import { countAddedRows } from '../import/vocabulary/vocabulary-rows.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, printJson, useStore, withJson, withStore } from './command/run-command.ts';

export function doctorCommand(): Command {
  return withJson(withStore(new Command('doctor')))
    .description('Print versions, the store with its revision and counts, and the tools that are missing for tests and benchmarks.')
    .action(async (flags: StoreFlags) => {
      const found = await useStore(flags, 'content', async (store, config) => ({
        version: packageVersion(),
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        store: config.store,
        projection: config.projection,
        data: config.dataFolder,
        vocabulary: { folder: config.vocabularyFolder, files: countAddedRows() },
        revision: await store.readRevision(),
        counts: await countFacts(store),
        missing: findMissing(),
      }));
      if (flags.json) {
        printJson(found);
        return;
      }
      const counts = factKinds.map((kind) => `${found.counts[kind]} ${factNouns[kind].many}`).join(', ');
      print(
        [
          `exposure ${found.version}, Node ${found.node}, ${found.platform}`,
          `store    ${found.store}, revision ${found.revision}`,
          `facts    ${counts}`,
          `memory   ${found.projection === 'whole' ? 'all facts' : 'all facts but the transfers, which each question reads'} (EXPOSURE_PROJECTION=${found.projection})`,
          `drafts   files in ${found.data}`,
          `words    ${describeVocabulary(found.vocabulary)}`,
          ...(found.missing.length === 0
            ? ['tests    every suite can run on this machine']
            : found.missing.map((one) => `missing  ${one}`)),
        ].join('\n'),
      );
    });
}

function describeVocabulary({
  folder,
  files,
}: {
  readonly folder: string | null;
  readonly files: ReturnType<typeof countAddedRows>;
}): string {
  if (folder === null) return 'of the program';
  const added = files.map(({ file, rows }) => `${file} ${rows}`).join(', ');
  return `of the program, and rows of ${folder}: ${added || 'none'}`;
}

async function countFacts(store: FactStore): Promise<Record<(typeof factKinds)[number], number>> {
  const counts = Object.fromEntries(factKinds.map((kind) => [kind, 0])) as Record<(typeof factKinds)[number], number>;
  for await (const { kind, facts } of store.readFacts()) counts[kind] += facts.length;
  return counts;
}

function findMissing(): string[] {
  const runs = (name: string, flag: string) => spawnSync(name, [flag]).status === 0;
  // An installed program has no benchmarks.
  const bench = join(packageRoot(), 'tests/bench');
  const hasRival = !existsSync(bench) || existsSync(join(bench, 'node_modules'));
  const hasBrowser = ['chromium', 'chromium-browser', 'google-chrome'].some((name) => runs(name, '--version'));
  return [
    ...(hasBrowser ? [] : ['Chromium, for the browser tests (Debian: apt-get install chromium)']),
    ...(runs('java', '-version')
      ? []
      : ['Java 17 or newer, for the tests over Neo4j and Spark and `npm run neo4j` (Debian: apt-get install openjdk-17-jre-headless)']),
    ...(runs('mvn', '--version') ? [] : ['Maven, which downloads Neo4j when those tests first run (Debian: apt-get install maven)']),
    ...(runs('openssl', 'version') ? [] : ['openssl, for the tests of webhooks (Debian: apt-get install openssl)']),
    ...(hasRival ? [] : ['DuckDB, for the tests in it and beside it for `npm run bench` (70 MB: npm ci --prefix tests/bench)']),
    ...(findSparkOfTests() ? [] : ['Spark, for the tests over it (PySpark in a virtual environment, 372 MB: npm run spark:install)']),
  ];
}

/** An installed program has no tests. The folder is that of tests/support/spark/pyspark.ts. */
function findSparkOfTests(): boolean {
  const requirements = join(packageRoot(), 'tests/support/spark/requirements.txt');
  if (!existsSync(requirements)) return true;
  const version = /^pyspark==(\S+)/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? '';
  return existsSync(process.env.TEST_SPARK ?? join(homedir(), '.cache/exposure-spark', version));
}
