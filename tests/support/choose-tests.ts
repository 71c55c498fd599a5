import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';

/** The tests of one run, and what they need. */
export interface ChosenTests {
  /** Paths from the root, sorted. Empty if no test matches. */
  readonly files: readonly string[];
  /** Only run tests whose full name matches this pattern. */
  readonly namePattern?: string;
  /** The parts of the built program that a chosen file runs. */
  readonly builds: readonly ('server' | 'page')[];
  /** True if a chosen file needs a Neo4j. */
  readonly needsNeo4j: boolean;
}

/** Test support files that run the built server, that serve the built page, and that start a Neo4j. */
const SERVER_RUNNERS = ['tests/support/browser/built-page.ts'];
const PAGE_SERVERS = ['tests/support/servers/running-server.ts'];
const NEO4J_STARTERS = ['tests/support/neo4j/neo4j-server.ts', 'tests/support/neo4j/neo4j.mjs'];

/**
 * Chooses the tests for the words after `npm test --`. A word is tried in this order:
 *
 * 1. a test file, or a folder that holds tests;
 * 2. a source file or folder: the mirrored tests (server/rules/copy-tier.ts -> tests/rules/copy-tier.test.ts), else the tests that import it;
 * 3. a part of a test file's name (`radius`), or of its path (`exposure/radius`);
 * 4. a part of a test's name, such as a promise of SPEC.md (`X5`).
 *
 * @param root absolute path of the repository
 * @returns the union over all words. `namePattern` is set only if every word was found by step 4.
 */
export function chooseTests(root: string, words: readonly string[]): ChosenTests {
  const all = listTests(root);
  const importsOf = readImports(root);
  const files = new Set<string>();
  const patterns: string[] = [];
  for (const word of words) {
    const byPath =
      findByPath(root, all, importsOf, word) ?? all.filter((file) => (word.includes('/') ? file : basename(file)).includes(word));
    for (const file of byPath) files.add(file);
    if (byPath.length > 0) continue;
    const pattern = /^[A-Z]\d+$/.test(word) ? `[${word}]` : word;
    const byTestName = all.filter((file) => readFileSync(join(root, file), 'utf8').includes(pattern));
    for (const file of byTestName) files.add(file);
    if (byTestName.length > 0) patterns.push(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  }
  const chosen = [...files].sort();
  const reached = reach(chosen, importsOf);
  return {
    files: chosen,
    ...(patterns.length === words.length && chosen.length > 0 ? { namePattern: patterns.join('|') } : {}),
    builds: [
      ...(SERVER_RUNNERS.some((file) => reached.has(file)) ? (['server'] as const) : []),
      ...(PAGE_SERVERS.some((file) => reached.has(file)) ? (['page'] as const) : []),
    ],
    needsNeo4j: NEO4J_STARTERS.some((file) => reached.has(file)) || chosen.some((file) => basename(file).startsWith('neo4j')),
  };
}

/** @returns undefined if `word` is no path of this repository */
function findByPath(root: string, all: readonly string[], importsOf: ImportsOf, word: string): readonly string[] | undefined {
  const path = relative(root, join(root, normalize(word))).replace(/\/$/, '');
  if (!existsSync(join(root, path))) return undefined;
  const isUnder = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
  if (isUnder(path, 'tests')) {
    const own = all.filter((file) => isUnder(file, path));
    return own.length > 0 ? own : all.filter((file) => importsOf(file).has(path));
  }
  const mirror = path.replace(/^server(\/|$)/, 'tests$1').replace(/^web(\/|$)/, 'tests/web$1');
  if (mirror === path) return undefined;
  const isFile = statSync(join(root, path)).isFile();
  const stem = mirror.replace(/\.tsx?$/, '');
  const mirrored = isFile
    ? all.filter((file) => file === `${stem}.test.ts` || file === `${stem}.test.tsx`)
    : all.filter((file) => mirror !== 'tests' && isUnder(file, mirror));
  if (mirrored.length > 0) return mirrored;
  return all.filter((file) => [...importsOf(file)].some((imported) => isUnder(imported, path)));
}

/** @returns the paths of all test files from the root, sorted */
export function listTests(root: string): readonly string[] {
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `tests/${name}`)
    .sort();
}

type ImportsOf = (file: string) => ReadonlySet<string>;

/** The files that a file imports by a relative path, read once each. */
function readImports(root: string): ImportsOf {
  const read = new Map<string, ReadonlySet<string>>();
  return (file) => {
    const known = read.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(root, file), 'utf8');
    const imported = new Set<string>();
    for (const [, specifier] of text.matchAll(/(?:from|import) *\(?'(\.[^']+)'/g)) {
      const path = join(dirname(file), specifier as string);
      if (existsSync(join(root, path))) imported.add(path);
    }
    read.set(file, imported);
    return imported;
  };
}

/** The test files that start a process: they, or a helper of theirs, import `node:child_process`. */
export function findProcessTests(root: string): ReadonlySet<string> {
  const importsOf = readImports(root);
  const doesStart = (file: string) => readFileSync(join(root, file), 'utf8').includes("from 'node:child_process'");
  return new Set(listTests(root).filter((file) => [...reach([file], importsOf)].some(doesStart)));
}

/** @returns the given files and every file under tests/ that they import, directly or not */
function reach(files: readonly string[], importsOf: ImportsOf): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) for (const next of importsOf(file)) if (next.startsWith('tests/')) reached.add(next);
  return reached;
}
