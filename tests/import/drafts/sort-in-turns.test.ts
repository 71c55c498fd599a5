import fc from 'fast-check';
import { sortInTurns } from '../../../server/import/drafts/draft-reports.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

describe('sorting in turns', () => {
  it('[F86] gives what a plain sort gives, and keeps the order of equal keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 900 }),
        async (few, times) => {
          const keys = Array.from({ length: times }, () => few).flat();
          const numbers = Uint32Array.from(keys, (_, at) => at);
          const expected = [...numbers].sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
          await sortInTurns(numbers, (number) => keys[number] as number);
          expect([...numbers]).toEqual(expected);
        },
      ),
      { numRuns: generatedRuns(30) },
    );
  });

  it('[F86] lets the event loop turn, and passes once over what is in order', async () => {
    const turnsWhile = async (numbers: Uint32Array, keyOf: (number: number) => number) => {
      let [turns, isOver, reads] = [0, false, 0];
      const count = () => {
        turns++;
        if (!isOver) setImmediate(count);
      };
      setImmediate(count);
      await sortInTurns(numbers, (number) => {
        reads++;
        return keyOf(number);
      });
      isOver = true;
      return { turns, reads };
    };
    const numbers = Uint32Array.from({ length: 200_000 }, (_, at) => at);
    const { turns, reads } = await turnsWhile(numbers, (number) => -number);
    expect([turns > 25, reads]).toEqual([true, 200_000]);
    expect(numbers[0]).toBe(199_999);
    expect(
      (
        await turnsWhile(
          Uint32Array.from({ length: 200_000 }, (_, at) => at),
          Number,
        )
      ).turns,
    ).toBeLessThan(15);
  });
});
