import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from './support/test.ts';

const folder = import.meta.dirname;
const rule = /\[([A-Z]\d+)\]/g;

const defined = [...readFileSync(join(folder, 'SPEC.md'), 'utf8').matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, id]) => id as string);
const cited = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.(test|contract)|contract-[a-z]+)\.tsx?$/.test(name) && name !== 'spec.test.ts')
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(rule)].map(([, id]) => id as string)),
);

describe('tests/SPEC.md', () => {
  it('gives each rule an id of its own', () => {
    expect(defined.filter((id, i) => defined.indexOf(id) !== i)).toEqual([]);
  });

  it('has no rule that no test cites', () => {
    expect(defined.filter((id) => !cited.has(id))).toEqual([]);
  });

  it('has every rule that a test cites', () => {
    expect([...cited].filter((id) => !defined.includes(id))).toEqual([]);
  });
});
