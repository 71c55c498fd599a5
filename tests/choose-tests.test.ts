import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { chooseTests } from './support/choose-tests.ts';

const root = join(import.meta.dirname, '..');
const choose = (...words: string[]) => chooseTests(root, words);

describe('npm test -- WORD', () => {
  it('runs a test file, or the tests of a folder', () => {
    expect(choose('tests/domain/instants.test.ts').files).toEqual(['tests/domain/instants.test.ts']);
    const { files } = choose('tests/domain/');
    expect(files).toContain('tests/domain/instants.test.ts');
    expect(files.filter((file) => !file.startsWith('tests/domain/'))).toEqual([]);
  });

  it('runs the mirrored tests of a source file or folder', () => {
    expect(choose('server/domain/instants.ts').files).toEqual(['tests/domain/instants.test.ts']);
    expect(choose('server/domain').files).toEqual(choose('tests/domain').files);
  });

  it('runs the tests that import a source file without a mirrored test', () => {
    expect(choose('tests/support/tcp-proxy.ts').files.length).toBeGreaterThan(0);
    expect(choose('server/read-policy.ts').files).toEqual(['tests/exposure/controls/control-gap.test.ts']);
  });

  it('runs files by a part of their name, and tests by a promise of SPEC.md', () => {
    expect(choose('url-state').files).toEqual(['tests/web/url-state.test.ts']);
    expect(choose('url-state').namePattern).toBeUndefined();
    expect(choose('G3')).toMatchObject({ files: ['tests/graphql/contract.test.ts'], namePattern: '\\[G3\\]' });
  });

  it('runs the union of several words', () => {
    const { files } = choose('tests/domain', 'url-state');
    expect(files).toEqual([...choose('tests/domain').files, 'tests/web/url-state.test.ts'].sort());
  });

  it('knows what a test needs', () => {
    expect(choose('tests/domain')).toMatchObject({ builds: [], needsNeo4j: false });
    expect(choose('tests/e2e/share-a-view.test.ts')).toMatchObject({ builds: ['server', 'page'], needsNeo4j: false });
    expect(choose('tests/cli/command-line.test.ts')).toMatchObject({ builds: ['server'], needsNeo4j: false });
    expect(choose('tests/store/neo4j/neo4j.test.ts')).toMatchObject({ builds: [], needsNeo4j: true });
    expect(choose('tests/e2e/neo4j-away.test.ts')).toMatchObject({ builds: ['server', 'page'], needsNeo4j: true });
  });

  it('finds nothing for a word that nothing has', () => {
    expect(choose(['no', 'such', 'test'].join('_')).files).toEqual([]);
  });
});
