import { readFileSync } from 'node:fs';
import { describe, expect, it } from './support/test.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = read('docs/security.md');

/** The requirements of levels 1 and 2 of ASVS 5.0.0, by section. */
const required =
  '1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1 4.3.1-2 4.4.1-4 ' +
  '5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 ' +
  '8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1 ' +
  '12.1.1-3 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3';

/** `1.2.1–1.2.3` and `1.2.1-3` as single numbers. */
function expand(range: string): string[] {
  const [first, last = first] = range.split(/[-–]/) as [string, string?];
  const section = first.split('.').slice(0, 2).join('.');
  const [from, to] = [first, last].map((number) => Number(number.split('.').at(-1)));
  return Array.from({ length: (to as number) - (from as number) + 1 }, (_, i) => `${section}.${(from as number) + i}`);
}

const rows = [...page.matchAll(/^\| ([\d.,–\- ]+) \| (met|deploy|gap|–) \| (.+) \|$/gm)];
const stateOf = new Map(
  rows.flatMap(([, numbers, state]) =>
    (numbers as string).split(', ').flatMap((range) => expand(range).map((number) => [number, state] as const)),
  ),
);

const known = new Set([...read('tests/SPEC.md').matchAll(/\*\*\[(\w+)\]\*\*/g)].map(([, id]) => id));
const citedIn = (text: string) => [...text.matchAll(/\[([A-Z]\d+)\]/g)].map(([, id]) => id);

describe('docs/security.md', () => {
  it('[S143] has a row for every requirement of levels 1 and 2, and counts them', () => {
    const wanted = required.split(' ').flatMap(expand);
    expect(wanted.filter((number) => !stateOf.has(number))).toEqual([]);
    expect([...stateOf.keys()].filter((number) => !wanted.includes(number))).toEqual([]);
    const count = (state: string) => wanted.filter((number) => stateOf.get(number) === state).length;
    const applicable = wanted.length - count('–');
    const share = Math.floor((100 * (count('met') + count('deploy'))) / applicable);
    expect(page).toContain(
      `Of ${wanted.length} requirements, ${applicable} apply: ${count('met')} are met, ${count('deploy')} are met by a deployment as described, ${count('gap')} are gaps (${share}% met).`,
    );
    expect(share).toBeGreaterThanOrEqual(95);
  });

  it('[S143] cites promises that exist', () => {
    expect(citedIn(page).length).toBeGreaterThan(30);
    expect(citedIn(page).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('SECURITY.md and the threat model', () => {
  it('[S564] name the tests of what is defended, and these exist', () => {
    const defended =
      read('SECURITY.md')
        .split(/^## /m)
        .find((section) => section.startsWith('What is defended\n')) ?? '';
    const bullets = defended.split(/^\* /m).slice(1);
    expect(bullets.length).toBeGreaterThan(15);
    expect(bullets.filter((bullet) => citedIn(bullet).length === 0)).toEqual([]);
    const cited = [defended, read('docs/threat-model.md')].flatMap(citedIn);
    expect(cited.filter((id) => !known.has(id))).toEqual([]);
  });
});
