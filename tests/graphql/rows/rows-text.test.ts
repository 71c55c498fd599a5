import { describe, expect, it } from 'vitest';
import { RowsText, stringifyAnswer } from '../../../server/graphql/rows/rows-text.ts';

describe('[G364] an answer with rows', () => {
  const rows = new RowsText([Buffer.from('[{"a":1'), Buffer.from('},{"a":"ü"}]')]);

  it('holds them at their places', () => {
    const answer = { data: { list: rows, other: { list: rows, text: 'x' } } };
    expect(stringifyAnswer(answer).toString()).toBe(`${JSON.stringify(answer)}\n`);
    expect(JSON.stringify(answer.data.list)).toBe('[{"a":1},{"a":"ü"}]');
  });

  it('is never mixed up with a text that looks like what stands for rows', () => {
    let asked = 0;
    class Doubled extends RowsText {
      override toJSON(): unknown {
        const mark = super.toJSON();
        return ++asked === 1 ? [mark, mark] : mark;
      }
    }
    const doubled = new Doubled(rows.pieces);
    expect(stringifyAnswer({ data: { list: doubled } }).toString()).toBe('{"data":{"list":[{"a":1},{"a":"ü"}]}}\n');
    expect(asked).toBe(2);
  });

  it('without rows is a text', () => {
    expect(stringifyAnswer({ data: { a: null } })).toBe('{"data":{"a":null}}\n');
  });
});
