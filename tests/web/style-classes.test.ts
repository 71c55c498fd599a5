import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '../support/test.ts';

const web = join(import.meta.dirname, '../../web');
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '');

/** The classes of a style sheet, by the selectors of its rules. */
function classesOf(path: string): ReadonlySet<string> {
  const selectors = withoutComments(readFileSync(path, 'utf8')).replace(/\{[^{}]*\}/g, ' ');
  return new Set([...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name));
}

/** Each style sheet that a module imports, with the classes that it reads by name. */
function readsOf(path: string): readonly { readonly sheet: string; readonly names: readonly string[] }[] {
  const text = withoutComments(readFileSync(path, 'utf8'));
  return [...text.matchAll(/^import (\w+) from '(.*\.module\.css)';$/gm)].map(([, name = '', sheet = '']) => ({
    sheet: join(dirname(path), sheet),
    names: [...text.replace(/^import .*$/gm, '').matchAll(new RegExp(`(?<![\\w.'/-])${name}\\.(\\w+)`, 'g'))].map(([, read = '']) => read),
  }));
}

describe('style sheets', () => {
  it('[W1020] have every class that the page reads by name', () => {
    const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    const reads = sources.flatMap((source) => readsOf(join(web, source)).map((read) => ({ source, ...read })));
    expect(reads.length).toBeGreaterThan(50);
    expect(reads.flatMap(({ names }) => names).length).toBeGreaterThan(500);
    const missing = reads.flatMap(({ source, sheet, names }) => {
      const known = classesOf(sheet);
      return names.filter((name) => !known.has(name)).map((name) => `${source}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});
