import fc from 'fast-check';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import { listControlGaps } from '../../../server/exposure/controls/control-gap.ts';
import { FindingList } from '../../../server/exposure/findings/findings.ts';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { findStableSpan, instantOf, listChanges, rankingChanges } from '../../../server/exposure/rankings/stable-span.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { factLists } from '../../../server/questions/run/jobs.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { finish } from '../../support/finish.ts';
import { expect, it } from '../../support/test.ts';
import { cases } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { richInstants, richWorlds } from '../../support/worlds/rich-worlds.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

it('[P246] a ranking has the same figures at every instant of a steady span, on generated worlds', () => {
  fc.assert(
    fc.property(cases, ({ world: generated, question }) => {
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const { origins: _origins, suspected: _suspected, hasCore: _hasCore, scopes: _scopes, ...options } = question;
      const rankAt = (instant: number) => {
        const window = { from: instant, to: instant };
        return rankOrigins(projection, { ...options, core: window, widest: window });
      };
      for (const instant of [question.core.from, question.core.to, question.widest.from, question.widest.to, -1]) {
        const span = finish(findStableSpan(rankingChanges(projection), instant));
        expect(span.from <= instant && instant < span.until).toBe(true);
        const expected = rankAt(instant);
        expect(rankAt(instantOf(span))).toEqual(expected);
        expect(rankAt(Math.min(span.until - 1, instant + 1e9))).toEqual(expected);
      }
    }),
    { numRuns: generatedRuns(100) },
  );
});

it('[P261] findings, gaps, concentration, shared holders and safeguards are the same at every instant of a steady span, on generated worlds', () => {
  fc.assert(
    fc.property(richWorlds, richInstants, (generated, instant) => {
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const span = finish(findStableSpan(listChanges(projection), instant));
      expect(span.from <= instant && instant < span.until).toBe(true);
      const listsAt = (at: number) => {
        const question = { policy: defaultPolicy, instant: at, withoutIssuers: new Set<number>(), mostHolders: 3 };
        const levels = new AccessLevels(projection, at);
        const findings = FindingList.from({ projection, levels, ...question }, factLists.findings(projection, question));
        return [
          findings.slice(0, findings.length).map(({ id, message }) => ({ id, message })),
          listControlGaps(projection, levels, question),
          factLists.concentration(projection, question),
          factLists.sharedHolders(projection, question),
          factLists.safeguards(projection, question),
        ];
      };
      const expected = listsAt(instant);
      for (const other of [instantOf(span), span.until - 1]) if (Number.isFinite(other)) expect(listsAt(other)).toEqual(expected);
    }),
    { numRuns: generatedRuns(300) },
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
  const spanAt = (instant: number) => finish(findStableSpan(rankingChanges(projection), instant));
  expect([9, 10, 14, 15, 19, 20].map(spanAt)).toEqual([
    { from: -Infinity, until: 10 },
    { from: 10, until: 15 },
    { from: 10, until: 15 },
    { from: 15, until: 20 },
    { from: 15, until: 20 },
    { from: 20, until: Infinity },
  ]);
});
