import fc from 'fast-check';
import { HolderGroups } from '../../../server/projection/build/holder-groups.ts';
import { fitsInside } from '../../../server/rules/copy-interval.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

const holder = 1;
const instant = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Number.NaN));
/** Up to 40 copies at one holder: the index merges the intervals of 16 or more. */
const copies = fc.array(
  fc.record({ from: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(-Infinity)), length: fc.integer({ min: -2, max: 3 }) }),
  {
    maxLength: 40,
  },
);

function groupsOf(received: readonly { from: number; length: number }[], sentAt: readonly number[]): HolderGroups {
  const count = received.length + sentAt.length;
  const transfers = {
    sender: Int32Array.from({ length: count }, (_, t) => (t < received.length ? 0 : holder)),
    recipient: Int32Array.from({ length: count }, (_, t) => (t < received.length ? holder : 2)),
    sentAt: Float64Array.from({ length: count }, (_, t) => (t < received.length ? Number.NaN : (sentAt[t - received.length] as number))),
  };
  const from = Float64Array.from({ length: count }, (_, t) => received[t]?.from ?? 0);
  const until = Float64Array.from({ length: count }, (_, t) => (received[t]?.from ?? 0) + (received[t]?.length ?? 0));
  const groups = new HolderGroups(3);
  groups.load(
    Int32Array.from({ length: count }, (_, t) => t),
    transfers,
    from,
    until,
  );
  return groups;
}

describe('[R17] the custody index agrees with the chain rule', () => {
  it('on whether a holder has a copy that a transfer could have come from', () => {
    fc.assert(
      fc.property(copies, instant, (received, at) => {
        const expected = received.some(({ from, length }) => fitsInside(at, from, from + length));
        expect(groupsOf(received, []).hasPossiblyLive(holder, at)).toBe(expected);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('on which transfers could have come from a copy, each returned once', () => {
    fc.assert(
      fc.property(copies, fc.array(instant, { maxLength: 20 }), (received, sentAt) => {
        const groups = groupsOf(received, sentAt);
        const left = new Set(sentAt.keys());
        received.forEach(({ from, length }, t) => {
          const taken: number[] = [];
          groups.takeSentDuring(holder, t, (sent) => taken.push(sent - received.length));
          const expected = [...left].filter((sent) => fitsInside(sentAt[sent] as number, from, from + length));
          expect(taken.sort((a, b) => a - b)).toEqual(expected);
          for (const sent of taken) left.delete(sent);
        });
      }),
      { numRuns: generatedRuns(1000) },
    );
  });
});
