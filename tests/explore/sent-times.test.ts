import fc from 'fast-check';
import { HeldTimes, SentTimes } from '../../server/explore/paths.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { fitsInside } from '../../server/rules/copy-interval.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const instant = fc.option(fc.integer({ min: 0, max: 9 }));
const handovers = fc.array(fc.record({ sentAt: instant, deletedAt: instant }), { minLength: 1, maxLength: 12 });

describe('[R17] the indexes of paths agree with the rule of chains', () => {
  it('on whether one of several transfers fits a copy, and whether a transfer fits one of several copies', () => {
    fc.assert(
      fc.property(handovers, (all) => {
        const builder = world().lab('lab').vendor('v').artifact('x', 'lab');
        all.forEach(({ sentAt, deletedAt }, i) => {
          builder.transfer(`t${i}`, 'x', 'lab', 'v', { sentAt, deletionState: 'VERIFIED', deletedAt });
        });
        const projection = buildProjection(toRecordedFacts(builder.build()), 1);
        const { copies, transfers } = projection;
        const indexes = Array.from({ length: transfers.count }, (_, t) => t);
        const copyOf = (t: number) => transfers.copy.at(t);
        const fits = (t: number, copy: number) =>
          fitsInside(transfers.sentAt.at(t), copies.possibleFrom.at(copy), copies.possibleUntil.at(copy));
        const sent = new SentTimes(projection, indexes);
        const held = new HeldTimes(projection, indexes.map(copyOf));
        for (const t of indexes) {
          expect(sent.fitsAfter(projection, copyOf(t))).toBe(indexes.some((other) => fits(other, copyOf(t))));
          expect(held.fitsBefore(projection, t)).toBe(indexes.some((other) => fits(t, copyOf(other))));
        }
      }),
      { numRuns: generatedRuns(1000) },
    );
  });
});
