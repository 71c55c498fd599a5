import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { findSteadySpan, settleIn } from '../../../server/exposure/rankings/steady-span.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { finish } from '../../support/finish.ts';
import { cases } from '../../support/worlds/arbitraries.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

it('[P246] a ranking has the same figures at every instant of a steady span, on generated worlds', () => {
  fc.assert(
    fc.property(cases, ({ world: generated, question }) => {
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const { origins: _origins, scopes: _scopes, ...options } = question;
      const rankAt = (instant: number) => {
        const window = { from: instant, to: instant };
        return finish(rankOrigins(projection, { ...options, core: window, widest: window }));
      };
      for (const instant of [question.core.from, question.core.to, question.widest.from, question.widest.to, -1]) {
        const window = { from: instant, to: instant };
        const span = finish(findSteadySpan(projection, instant));
        expect(span.from <= instant && instant < span.until).toBe(true);
        const expected = rankAt(instant);
        expect(finish(rankOrigins(projection, settleIn(span, { ...options, core: window, widest: window })))).toEqual(expected);
        expect(rankAt(Math.min(span.until - 1, instant + 1e9))).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});

it('[P246] a steady span ends where a copy, an access or an engagement begins or ends', () => {
  const built = world()
    .lab('lab')
    .vendor('v')
    .artifact('x', 'lab')
    .transfer('t', 'x', 'lab', 'v', { sentAt: 10, deletionState: 'VERIFIED', deletedAt: 20 })
    .access('a', 'v', 'lab', { validFrom: 15 });
  const projection = buildProjection(toRecordedFacts(built.build()), 1);
  const spanAt = (instant: number) => finish(findSteadySpan(projection, instant));
  expect([9, 10, 14, 15, 19, 20].map(spanAt)).toEqual([
    { from: -Infinity, until: 10 },
    { from: 10, until: 15 },
    { from: 10, until: 15 },
    { from: 15, until: 20 },
    { from: 15, until: 20 },
    { from: 20, until: Infinity },
  ]);
});
