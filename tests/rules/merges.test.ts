import { isMergeCircular, resolveMerges } from '../../server/rules/merges.ts';
import { describe, expect, it } from '../support/test.ts';

const everyone = () => true;

describe('[S90] merges make one id mean another (semantics §1)', () => {
  it('each id means the end of its chain, in any order of the merges', () => {
    const chain: [string, string][] = [
      ['a', 'b'],
      ['b', 'c'],
      ['x', 'y'],
    ];
    for (const merges of [chain, chain.toReversed()]) {
      expect(Object.fromEntries(resolveMerges(new Map(merges), everyone))).toEqual({ a: 'c', b: 'c', x: 'y' });
    }
  });

  it('a merge into an organization that does not exist is not applied, and ends the chain', () => {
    const merges = new Map([
      ['a', 'b'],
      ['b', 'gone'],
    ]);
    expect(Object.fromEntries(resolveMerges(merges, (id) => id !== 'gone'))).toEqual({ a: 'b' });
  });

  it('a circle is not applied, nor is a merge that leads into it', () => {
    const merges = new Map([
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'a'],
    ]);
    expect(resolveMerges(merges, everyone).size).toBe(0);
  });
});

describe('[S92] a merge that would be circular is found', () => {
  const merges = new Map([
    ['a', 'b'],
    ['b', 'c'],
  ]);

  it('directly, through others, and into itself', () => {
    expect(isMergeCircular(merges, 'b', 'a')).toBe(true);
    expect(isMergeCircular(merges, 'c', 'a')).toBe(true);
    expect(isMergeCircular(merges, 'd', 'd')).toBe(true);
  });

  it('and no other merge is refused', () => {
    expect(isMergeCircular(merges, 'c', 'd')).toBe(false);
    expect(isMergeCircular(merges, 'd', 'a')).toBe(false);
  });
});
