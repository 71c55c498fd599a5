import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchQuestionName, StatedParameters } from '../../server/batch/batch-questions.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { builtProgram, root } from '../cli/run-exposure.ts';
import { rounds } from '../soak/scale.ts';
import { importOf, toAssertion } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { readSpark } from '../support/spark/pyspark.ts';
import { afterAll, beforeAll, expect, it, setTestTimeout } from '../support/test.ts';
import { manyWorlds, readRows } from './many-worlds.ts';

/** Spark starts slowly beside other work. */
setTestTimeout(600_000);

const folder = mkdtempSync(join(tmpdir(), 'exposure-spark-'));
const pack = join(folder, 'pack');
const kernel = join(root, 'dist', 'server', 'batch', 'kernel.mjs');
const parameters: StatedParameters = { transferLikelihood: 0.3, maxHops: 2 };

beforeAll(async () => {
  builtProgram();
  const store = await openStore(`sqlite:${join(folder, 'worlds.db')}`);
  try {
    await store.commit(importOf('worlds', manyWorlds(rounds(500), seed).map(toAssertion)));
    await writePack(store, { folder: pack, knownAt: null, now: 35, policy: defaultPolicy, transfersAPart: 10, bytesAFile: 30_000 });
  } finally {
    await store.close();
  }
  await runBatch({ folder: pack, questions: ['ranking', 'findings'], parameters, threads: 1 }, () => undefined);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the job by spark-submit. Ends with what it printed. @param archive has `node` and `kernel.mjs` */
function submit(
  master: string,
  from: string,
  question: BatchQuestionName,
  out: string,
  archive?: string,
): Promise<{ code: number | null; said: string }> {
  const { home, environment } = readSpark();
  const job = [join(root, 'server', 'batch', 'spark-job.py'), from, '--question', question, '--parameters', JSON.stringify(parameters)];
  const quiet = ['--conf', 'spark.ui.enabled=false', '--conf', 'spark.log.level=ERROR'];
  // With an archive, no machine of the cluster has the files that are named otherwise.
  const shipped = archive === undefined ? [] : ['--archives', `${archive}#kernel`];
  const stated = archive === undefined ? ['--node', process.execPath, '--kernel', kernel] : ['--node', '/nowhere', '--kernel', '/nowhere'];
  const child = spawn(
    join(home, 'bin', 'spark-submit'),
    ['--master', master, ...quiet, ...shipped, ...job, '--out', out, ...stated, '--partitions', '4'],
    { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, said })));
}

it(`[S1036] a Spark job gives the rows of batch run, and its manifest but for the compressed bytes (seed ${seed})`, async () => {
  const out = join(folder, 'local');
  const { code, said } = await submit('local[2]', pack, 'ranking', out);
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('ranking: ') });
  expect(readRows(out, 'ranking')).toEqual(readRows(pack, 'ranking'));
  const manifestOf = (of: string) => ({
    ...JSON.parse(readFileSync(join(of, 'results', 'ranking', 'manifest.json'), 'utf8')),
    sha256: null,
  });
  expect(manifestOf(out)).toEqual(manifestOf(pack));
});

it('[S1037] [Q1001] the rows are the same when an executor is killed in each round', async () => {
  const killed = join(folder, 'killed');
  mkdirSync(killed);
  const shipped = join(folder, 'shipped');
  mkdirSync(shipped);
  const node = join(shipped, 'node');
  // The executor is the parent of Python's daemon, which is the parent of the worker that runs the kernel.
  writeFileSync(
    node,
    `#!/bin/sh
case "$*" in *"--round 1"*) round=1;; *) round=2;; esac
if mkdir "${killed}/$round" 2>/dev/null; then
  daemon=$(cut -d' ' -f4 "/proc/$PPID/stat")
  kill -9 "$(cut -d' ' -f4 "/proc/$daemon/stat")"
  exit 1
fi
exec "${process.execPath}" "$@"
`,
  );
  chmodSync(node, 0o755);
  cpSync(kernel, join(shipped, 'kernel.mjs'));
  const archive = join(folder, 'kernel.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', shipped, 'node', 'kernel.mjs']);
  const out = join(folder, 'cluster');
  const { code, said } = await submit('local-cluster[2,1,1024]', pack, 'findings', out, archive);
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(readdirSync(killed).sort()).toEqual(['1', '2']);
  expect(readRows(out, 'findings')).toEqual(readRows(pack, 'findings'));
});

it('[S1038] a Spark job refuses a missing or damaged part by its name, and writes nothing', async () => {
  const spoiled = join(folder, 'spoiled');
  const name = readdirSync(join(pack, 'parts')).at(-1) as string;
  const edits: [spoil: () => void, message: RegExp][] = [
    [() => truncateSync(join(spoiled, 'parts', name), 100), new RegExp(`${name}: it has another SHA-256`)],
    [() => rmSync(join(spoiled, 'parts', name)), new RegExp(`parts/${name}: the file is missing`)],
  ];
  for (const [spoil, message] of edits) {
    rmSync(spoiled, { recursive: true, force: true });
    cpSync(pack, spoiled, { recursive: true });
    rmSync(join(spoiled, 'results'), { recursive: true });
    spoil();
    const { code, said } = await submit('local[2]', spoiled, 'ranking', spoiled);
    expect(code).not.toBe(0);
    expect(said).toMatch(message);
    expect(existsSync(join(spoiled, 'results'))).toBe(false);
  }
});
