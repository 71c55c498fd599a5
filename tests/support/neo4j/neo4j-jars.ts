import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const neo4jVersion = '5.26.12';
const oldestJava = 17;

/** The folder with Neo4j's jars. Maven downloads them once (116 MB). Throws with the tools that the machine lacks. */
export function readNeo4jJars(): string {
  const missing = findMissingForNeo4j();
  if (missing !== undefined) throw new Error(`Neo4j cannot be started here: it needs ${missing}.`);
  const folder = jarsFolder();
  if (!hasJars(folder)) fetchJars(folder);
  return folder;
}

/** The tools that this machine lacks to run Neo4j, as a phrase, or undefined. Jars that Maven can download count as present. */
export function findMissingForNeo4j(): string | undefined {
  const missing = [
    findMissingJava(),
    hasJars(jarsFolder()) || spawnSync('mvn', ['--version']).status === 0
      ? undefined
      : `Maven to fetch Neo4j (Debian: apt-get install maven), or the jars of Neo4j ${neo4jVersion} in ${jarsFolder()}`,
  ].filter((one) => one !== undefined);
  return missing.length === 0 ? undefined : missing.join(' and ');
}

/** The Java that this machine lacks, as a phrase, or undefined. Neo4j and Spark need the same. */
export function findMissingJava(): string | undefined {
  const version = readJavaVersion();
  const java = version === undefined ? undefined : Number.parseInt(version, 10);
  if (java !== undefined && java >= oldestJava) return undefined;
  return `Java ${oldestJava} or newer (${java === undefined ? 'none is on the PATH' : `here is ${java}`}; Debian: apt-get install openjdk-17-jre-headless)`;
}

function jarsFolder(): string {
  return process.env.TEST_NEO4J_JARS ?? join(homedir(), '.cache', 'exposure-neo4j', neo4jVersion);
}

/** The file beside the jars that keeps Neo4j's classes as this Java has loaded them (100 MB). It may be missing: `archiveClasses` makes it. */
export const classArchive = (): string => `${jarsFolder()}-java-${readJavaVersion()}.jsa`;

function hasJars(folder: string): boolean {
  return existsSync(join(folder, `neo4j-${neo4jVersion}.jar`));
}

/** The version of Java, such as `17.0.15`. */
function readJavaVersion(): string | undefined {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return /version "(\d[^"]*)"/.exec(stderr ?? '')?.[1];
}

/** Maven writes into a neighboring folder first, so a partial download never looks complete. */
function fetchJars(folder: string): void {
  const work = mkdtempSync(join(tmpdir(), 'exposure-jars-'));
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  try {
    process.stderr.write(`Fetching Neo4j ${neo4jVersion} into ${folder} (116 MB, once)\n`);
    writeFileSync(join(work, 'pom.xml'), pom);
    const { status, stdout, error } = spawnSync(
      'mvn',
      ['-q', '-B', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`],
      { encoding: 'utf8' },
    );
    if (status !== 0 || !hasJars(partial)) throw new Error(`Maven could not fetch Neo4j ${neo4jVersion}: ${error?.message ?? stdout}`);
    // Another process was sooner.
    if (hasJars(folder)) return;
    if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    rmSync(work, { recursive: true, force: true });
  }
}

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>exposure</groupId>
  <artifactId>throw-away-neo4j</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${neo4jVersion}</version></dependency>
  </dependencies>
</project>
`;
