import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chooseTests, findProcessTests, listTests } from './support/choose-tests.ts';
import { longTests } from './support/long-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from './support/test.ts';

/** A small repository, by path and content. */
const files = {
  'server/domain/instants.ts': '',
  'server/domain/names.ts': '',
  'server/read-policy.ts': '',
  'web/shared/colors.ts': '',
  'tests/domain/instants.test.ts': "import '../../server/domain/instants.ts';",
  'tests/domain/names.test.ts': "it('[G3] keeps accents', () => {});",
  'tests/cli/policy.test.ts': "import { readPolicy } from '../../server/read-policy.ts';\nimport '../support/run-program.ts';",
  'tests/web/shared/colors.test.ts': '',
  'tests/e2e/tour.test.ts': "import '../support/servers/running-server.ts';",
  'tests/store/neo4j/neo4j.test.ts': '',
  'tests/store/shared.test.ts': "import '../support/neo4j/neo4j-server.ts';",
  'tests/support/browser/built-page.ts': "import { spawn } from 'node:child_process';",
  'tests/support/run-program.ts': "import './browser/built-page.ts';",
  'tests/support/servers/running-server.ts': "import '../browser/built-page.ts';",
  'tests/support/neo4j/neo4j-server.ts': '',
};

let root: string;
const choose = (...words: string[]) => chooseTests(root, words);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'exposure-choose-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const inDomain = ['tests/domain/instants.test.ts', 'tests/domain/names.test.ts'];

describe('npm run test:fast', () => {
  it('[T523] leaves out the tests that start a process, also by a helper of a helper', () => {
    expect([...findProcessTests(root)]).toEqual(['tests/cli/policy.test.ts', 'tests/e2e/tour.test.ts']);
  });

  it('[T523] leaves out long tests, each of which exists and starts no process', () => {
    const repository = join(import.meta.dirname, '..');
    const [all, processTests] = [new Set(listTests(repository)), findProcessTests(repository)];
    expect(longTests.filter((file) => !all.has(file) || processTests.has(file))).toEqual([]);
  });
});

describe('npm test -- WORD', () => {
  it('runs a test file, or the tests of a folder', () => {
    expect(choose('tests/domain/names.test.ts').files).toEqual(['tests/domain/names.test.ts']);
    expect(choose('tests/domain/').files).toEqual(inDomain);
  });

  it('runs the mirrored tests of a source file or folder', () => {
    expect(choose('server/domain/instants.ts').files).toEqual(['tests/domain/instants.test.ts']);
    expect(choose('./server/domain').files).toEqual(inDomain);
    expect(choose('web/shared').files).toEqual(['tests/web/shared/colors.test.ts']);
  });

  it('runs the tests that import a source file without a mirrored test', () => {
    expect(choose('server/read-policy.ts').files).toEqual(['tests/cli/policy.test.ts']);
    expect(choose('tests/support/neo4j/neo4j-server.ts').files).toEqual(['tests/store/shared.test.ts']);
  });

  it('runs files by a part of their name or path, and tests by a promise of SPEC.md', () => {
    expect(choose('tests/domain/inst').files).toEqual(['tests/domain/instants.test.ts']);
    expect(choose('color')).toEqual({ files: ['tests/web/shared/colors.test.ts'], builds: [], needsNeo4j: false });
    expect(choose('G3')).toMatchObject({ files: ['tests/domain/names.test.ts'], namePattern: '\\[G3\\]' });
  });

  it('runs the union of several words', () => {
    expect(choose('tests/domain', 'color').files).toEqual([...inDomain, 'tests/web/shared/colors.test.ts']);
  });

  it('knows what a test builds and whether it needs Neo4j', () => {
    expect(choose('tests/domain')).toMatchObject({ builds: [], needsNeo4j: false });
    expect(choose('tests/cli')).toMatchObject({ builds: ['server'], needsNeo4j: false });
    expect(choose('tests/e2e')).toMatchObject({ builds: ['server', 'page'], needsNeo4j: false });
    expect(choose('tests/store/neo4j')).toMatchObject({ builds: [], needsNeo4j: true });
    expect(choose('tests/store/shared.test.ts')).toMatchObject({ builds: [], needsNeo4j: true });
  });

  it('finds nothing for an unknown word', () => {
    expect(choose('spaceships').files).toEqual([]);
  });
});
