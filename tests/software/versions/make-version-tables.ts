import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type ComparedEcosystem, checksum, makeVersionPairs } from './version-pairs.ts';

/*
 * Asks the programs that define the orders how the pairs of version-pairs.ts compare, and writes version-tables.json, so that tests need
 * neither these programs nor a network:
 *
 *     node --import tsx tests/software/versions/make-version-tables.ts PYTHON MAVEN_FOLDER
 *
 * PYTHON is a Python 3 whose `packaging` can be imported. MAVEN_FOLDER holds maven-artifact and what it needs as jars; `java` 17 or newer is on the
 * PATH. semver is the one inside npm.
 *
 * An answer is one character a pair: < = > as the first compares with the second, x where one is no version. `listed` says, for PyPI alone,
 * whether the first is in SpecifierSet('==' + second): y, n or x.
 */
const [python, mavenFolder] = process.argv.slice(2);
if (python === undefined || mavenFolder === undefined)
  throw new Error('Name a Python with packaging, and a folder with the jars of maven-artifact.');

const folder = mkdtempSync(join(tmpdir(), 'version-tables-'));
try {
  const tables = { pypi: askPackaging(python), npm: askSemver(), maven: askMaven(mavenFolder) };
  writeFileSync(join(import.meta.dirname, 'version-tables.json'), `${JSON.stringify(tables, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function writePairs(ecosystem: ComparedEcosystem): { file: string; checksum: string } {
  const pairs = makeVersionPairs(ecosystem);
  const file = join(folder, `${ecosystem}.txt`);
  writeFileSync(file, pairs.flat().join('\n'));
  return { file, checksum: checksum(pairs) };
}

function askPackaging(command: string) {
  const pairs = writePairs('pypi');
  const program = `
import sys, json, packaging
from packaging.version import Version, InvalidVersion
from packaging.specifiers import SpecifierSet, InvalidSpecifier
texts = open(sys.argv[1]).read().split('\\n')
def order(a, b):
    try: x, y = Version(a), Version(b)
    except InvalidVersion: return 'x'
    return '<' if x < y else '>' if x > y else '='
def listed(a, b):
    try: return 'y' if SpecifierSet('==' + b).contains(Version(a), prereleases=True) else 'n'
    except (InvalidVersion, InvalidSpecifier): return 'x'
pairs = list(zip(texts[::2], texts[1::2]))
print(json.dumps({'source': 'packaging ' + packaging.__version__, 'order': ''.join(order(a, b) for a, b in pairs), 'listed': ''.join(listed(a, b) for a, b in pairs)}))
`;
  return { checksum: pairs.checksum, ...JSON.parse(execFileSync(command, ['-c', program, pairs.file], { encoding: 'utf8' })) };
}

function askSemver() {
  const npm = dirname(
    dirname(resolve(execFileSync('readlink', ['-f', execFileSync('which', ['npm'], { encoding: 'utf8' }).trim()], { encoding: 'utf8' }))),
  );
  const require = createRequire(join(npm, 'package.json'));
  const semver = require('semver') as { valid(text: string): string | null; compare(a: string, b: string): number };
  const { version } = JSON.parse(readFileSync(require.resolve('semver/package.json'), 'utf8'));
  const pairs = makeVersionPairs('npm');
  const order = pairs.map(([a, b]) =>
    semver.valid(a) === null || semver.valid(b) === null ? 'x' : '<=>'.charAt(semver.compare(a, b) + 1),
  );
  return { checksum: checksum(pairs), source: `semver ${version} of npm`, order: order.join('') };
}

function askMaven(jars: string) {
  const pairs = writePairs('maven');
  const program = join(folder, 'Compare.java');
  writeFileSync(
    program,
    `import java.nio.file.*;
import org.apache.maven.artifact.versioning.ComparableVersion;
class Compare {
  public static void main(String[] args) throws Exception {
    String[] texts = Files.readString(Path.of(args[0])).split("\\n", -1);
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < texts.length; i += 2) {
      int difference = new ComparableVersion(texts[i]).compareTo(new ComparableVersion(texts[i + 1]));
      order.append(difference < 0 ? '<' : difference > 0 ? '>' : '=');
    }
    System.out.println(ComparableVersion.class.getProtectionDomain().getCodeSource().getLocation());
    System.out.println(order);
  }
}
`,
  );
  const [jar = '', order] = execFileSync('java', ['-cp', join(jars, '*'), program, pairs.file], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return { checksum: pairs.checksum, source: /([^/]+)\.jar$/.exec(jar.trim())?.[1], order };
}
