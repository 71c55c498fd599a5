import fc from 'fast-check';
import type { BlastRadius } from '../../../../server/exposure/radius/blast-radius.ts';
import { listFlows } from '../../../../server/exposure/radius/charts/flows.ts';
import {
  bucketsOfRows,
  buildHolderTimelines,
  type HolderTimelineFilter,
  listHolderRows,
} from '../../../../server/exposure/radius/charts/holder-timeline.ts';
import { Buckets } from '../../../../server/exposure/radius/charts/timeline.ts';
import { findBlastRadius } from '../../../../server/exposure/radius/confidentiality.ts';
import { Scenario } from '../../../../server/exposure/scenario/scenario.ts';
import { buildProjection } from '../../../../server/projection/build/build-projection.ts';
import { runAtOnce } from '../../../../server/projection/turns.ts';
import { findDifference, toInput } from '../../../support/answers/engine-answers.ts';
import type { ScenarioCase } from '../../../support/answers/scenario-answers.ts';
import { scenarioCases, toActions } from '../../../support/answers/scenario-answers.ts';
import { oracleHolderTimelines } from '../../../support/oracle/holder-timeline.ts';
import { oracleScenario } from '../../../support/oracle/what-if.ts';
import { expect, it } from '../../../support/test.ts';
import { generatedRuns } from '../../../support/worlds/generated-runs.ts';
import { toRecordedFacts } from '../../../support/worlds/world.ts';

const numRuns = generatedRuns(300);

/** Half of the questions have no actions. */
const asked = fc.record({ case: scenarioCases, isWhatIf: fc.boolean() }).map(({ case: { actions, ...rest }, isWhatIf }): ScenarioCase => {
  return { ...rest, actions: isWhatIf ? actions : [] };
});

function radiusOf({ world, question, actions }: ScenarioCase): BlastRadius {
  const projection = buildProjection(toRecordedFacts(world), 1);
  const scenario = actions.length === 0 ? undefined : new Scenario(projection, toActions(projection, actions));
  return findBlastRadius(projection, toInput(projection, question), scenario);
}

function timelinesOf(radius: BlastRadius, filter: HolderTimelineFilter, buckets?: Buckets) {
  const { id } = radius.projection.organizations;
  const rows = runAtOnce(listHolderRows(radius, filter));
  const chosen = buckets ?? runAtOnce(bucketsOfRows(radius, rows, 10));
  const timelines = runAtOnce(buildHolderTimelines(radius, rows, chosen)).map((timeline, i) => {
    const { holder, lab } = rows[i] as (typeof rows)[number];
    return { holder: id.get(holder.organization), lab: lab === undefined ? null : id.get(lab), ...timeline };
  });
  return { timelines, buckets: chosen };
}

it('[G305] what holders held over time is a plain count, bucket by bucket, by holder or by holder and lab, in a what-if too', () => {
  const filters = fc.record({ byLab: fc.boolean(), owners: fc.option(fc.subarray(['o1', 'o2', 'a', 'b', 'B', 'z'])) });
  fc.assert(
    fc.property(asked, filters, (given, filter) => {
      const radius = radiusOf(given);
      const { timelines, buckets } = timelinesOf(radius, filter);
      const oracle = oracleScenario(given.world, given.question, given.actions);
      const expected = oracleHolderTimelines(oracle.world, oracle.radius, given.question.widest, buckets.edges, filter);
      expect(findDifference(timelines, expected)).toBeUndefined();
    }),
    { numRuns },
  );
});

it('[G306] in the widest window as one bucket, rows by lab have the counts and worst cases of the flows', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const radius = radiusOf(given);
      const { id } = radius.projection.organizations;
      const { from, to } = given.question.widest;
      const { timelines } = timelinesOf(radius, { byLab: true }, new Buckets([from, to + 1]));
      const rows = timelines
        .map((row) => ({
          key: JSON.stringify([row.holder, row.lab]),
          open: (row.definiteCounts[0] as number) + (row.possibleCounts[0] as number),
          contained: row.unreadableCounts[0] as number,
          lossUsd: row.worstCaseUsd[0],
        }))
        .filter(({ open, contained }) => open + contained > 0);
      const flows = listFlows(radius, {}).flatMap(({ holder, lab, exposedCount, possibleCount, containedCount, worstCaseLossUsd }) =>
        holder === undefined
          ? []
          : [
              {
                key: JSON.stringify([id.get(holder.organization), id.get(lab)]),
                open: exposedCount + possibleCount,
                contained: containedCount,
                lossUsd: worstCaseLossUsd,
              },
            ],
      );
      const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
      expect(findDifference(rows.sort(byKey), flows.sort(byKey))).toBeUndefined();
    }),
    { numRuns },
  );
});

it('[G307] the buckets cover all that came or was deleted, and each lies wholly inside or outside of both windows', () => {
  fc.assert(
    fc.property(asked, fc.integer({ min: 10, max: 40 }), (given, count) => {
      const radius = radiusOf(given);
      const rows = runAtOnce(listHolderRows(radius, {}));
      const { edges } = runAtOnce(bucketsOfRows(radius, rows, count));
      const { timelines } = timelinesOf(radius, {}, new Buckets(edges));
      const { core, widest } = given.question;
      expect(edges.length).toBeGreaterThan(count);
      expect(edges.length).toBeLessThanOrEqual(count + 5);
      edges.slice(1).forEach((until, i) => {
        const from = edges[i] as number;
        expect(from).toBeLessThan(until);
        for (const window of [core, widest]) {
          const isInside = from >= window.from && until <= window.to + 1;
          expect(isInside || until <= window.from || from > window.to).toBe(true);
        }
      });
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      for (const row of timelines) {
        const inside = (values: readonly number[]) =>
          sum(values.filter((_, i) => (edges[i] as number) >= widest.from && (edges[i] as number) <= widest.to));
        expect(inside(row.receivedCounts)).toBe(row.receivedInWindowCount);
        expect(inside(row.deletedCounts)).toBe(row.deletedInWindowCount);
        expect(sum(row.deletedCounts.filter((_, i) => (edges[i] as number) < widest.from))).toBe(row.deletedBeforeCount);
      }
    }),
    { numRuns },
  );
});
