import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findMissingJava } from '../neo4j/neo4j-jars.ts';

/** The Spark of `npm test`, and one that `npm run soak` runs as well where it is installed. */
export type SparkLine = '3' | '4';

const requirementsOf = (line: SparkLine) => join(import.meta.dirname, line === '3' ? 'requirements.txt' : `requirements-${line}.txt`);
const versionOf = (line: SparkLine) => /^pyspark==(\S+)/m.exec(readFileSync(requirementsOf(line), 'utf8'))?.[1] as string;

/** A PySpark in a virtual environment outside the project. */
export interface PySpark {
  /** The path of its Python. */
  readonly python: string;
  /** SPARK_HOME: the folder that has `bin/spark-submit`. */
  readonly home: string;
  /** The environment for its processes. They use its Python, listen on this machine alone, and read and print instants in UTC. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Names what this machine lacks to run Spark, as a phrase, or undefined. */
export function findMissingForSpark(): string | undefined {
  const missing = [
    findMissingJava(),
    homeIn(sparkFolder()) === undefined ? `PySpark ${versionOf('3')} in ${sparkFolder()} (npm run spark:install)` : undefined,
  ].filter((one) => one !== undefined);
  return missing.length === 0 ? undefined : missing.join(' and ');
}

/** The installed PySpark. Throws with what the machine lacks. */
export function readSpark(): PySpark {
  const missing = findMissingForSpark();
  if (missing !== undefined) throw new Error(`Spark cannot be started here: it needs ${missing}.`);
  const folder = sparkFolder();
  const home = homeIn(folder) as string;
  const python = join(folder, 'bin', 'python');
  const others = Object.entries(process.env).filter(([name]) => !/^(SPARK|PYSPARK|PYTHON)/.test(name));
  return {
    python,
    home,
    environment: {
      ...Object.fromEntries(others),
      SPARK_HOME: home,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_LOCAL_DIRS: tmpdir(),
      PYSPARK_PYTHON: python,
      PYSPARK_DRIVER_PYTHON: python,
      TZ: 'UTC',
    },
  };
}

/** Installs PySpark (372 MB) unless it is there. Writes into a neighboring folder first, so a partial one never looks complete. */
export function installSpark(line: SparkLine): void {
  const version = versionOf(line);
  const folder = process.env.TEST_SPARK ?? cachedFolder(line);
  if (homeIn(folder) !== undefined) return;
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  const run = (program: string, ...args: string[]) => {
    const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0)
      throw new Error(
        `PySpark ${version} could not be installed: ${error?.message ?? `${program} ended with ${status}`}. ` +
          `It needs Python ${line === '3' ? '3.8' : '3.10'} or newer with its module venv (Debian: apt-get install python3-venv).`,
      );
  };
  try {
    process.stderr.write(`Installing PySpark ${version} into ${folder} (372 MB, once)\n`);
    run('python3', '-m', 'venv', partial);
    run(join(partial, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--require-hashes', '--requirement', requirementsOf(line));
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** The folder of an installed Spark of this line, or undefined. */
export function findSpark(line: SparkLine): string | undefined {
  const folder = cachedFolder(line);
  return homeIn(folder) === undefined ? undefined : folder;
}

function sparkFolder(): string {
  return process.env.TEST_SPARK ?? cachedFolder('3');
}

const cachedFolder = (line: SparkLine) => join(homedir(), '.cache', 'exposure-spark', versionOf(line));

/** SPARK_HOME in a virtual environment, or undefined. */
function homeIn(folder: string): string | undefined {
  const library = join(folder, 'lib');
  const pythons = existsSync(library) ? readdirSync(library) : [];
  const packages = pythons.map((python) => join(library, python, 'site-packages')).find(hasPySpark);
  return packages === undefined ? undefined : join(packages, 'pyspark');
}

const hasPySpark = (packages: string) => existsSync(packages) && readdirSync(packages).some((name) => /^pyspark-.*\.dist-info$/.test(name));
