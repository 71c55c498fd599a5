import fc from 'fast-check';
import { shareEqual } from '../../web/shared/graphql/use-shared.ts';
import { describe, expect, it } from '../support/test.ts';

describe('an answer beside the one before', () => {
  it('[W288] is equal to itself, whatever is shared', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(shareEqual(before, after)).toStrictEqual(after);
      }),
      { examples: [[{}, JSON.parse('{"__proto__":{}}')]] },
    );
  });

  it('[W288] is the one before where nothing differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = { value };
        expect(shareEqual(before, structuredClone(before))).toBe(before);
      }),
    );
  });

  it('[W288] shares the equal parts, and only those', () => {
    const before = {
      rows: [
        { id: 'a', loss: 1 },
        { id: 'b', loss: 2 },
      ],
      window: { from: 1 },
      gone: true,
    };
    const after = shareEqual<unknown>(before, {
      rows: [
        { id: 'a', loss: 1 },
        { id: 'b', loss: 3 },
        { id: 'c', loss: 4 },
      ],
      window: { from: 1 },
    });
    const { rows, window } = after as typeof before;
    expect(after).not.toHaveProperty('gone');
    expect([rows[0] === before.rows[0], rows[1] === before.rows[1], window === before.window]).toEqual([true, false, true]);
    expect(shareEqual<unknown>({ a: undefined }, { b: undefined })).toStrictEqual({ b: undefined });
    expect(shareEqual<unknown>([1, 2, 3], [1, 2])).toStrictEqual([1, 2]);
    expect(shareEqual<unknown>({ a: [] }, { a: {} })).toStrictEqual({ a: {} });
  });
});
