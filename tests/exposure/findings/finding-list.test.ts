import fc from 'fast-check';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { findingKinds } from '../../../server/domain/finding-kinds.ts';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import type { Finding } from '../../../server/exposure/findings/finding.ts';
import { FindingList, findSubjects } from '../../../server/exposure/findings/findings.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { finish } from '../../support/finish.ts';
import { afterAll, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { richInstants, richWorlds } from '../../support/worlds/rich-worlds.ts';
import { toRecordedFacts } from '../../support/worlds/world.ts';

const pool = new WorkerPool(1);
afterAll(() => pool.close());

const cases = fc.record({
  generated: richWorlds,
  instant: richInstants,
  from: fc.nat(6),
  length: fc.nat(6),
  every: fc.integer({ min: 1, max: 4 }),
});

function questionOf({ generated, instant }: { generated: Parameters<typeof toRecordedFacts>[0]; instant: number }) {
  const projection = buildProjection(toRecordedFacts(generated), 1);
  return { projection, policy: defaultPolicy, instant, levels: new AccessLevels(projection, instant) };
}

const idsOf = (list: FindingList, from = 0, until = list.length) => list.slice(from, until).map(({ id }) => id);

const inOrder = (a: Finding, b: Finding) =>
  findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind) || compareCodePoints(a.message, b.message) || compareCodePoints(a.id, b.id);

it('[P232] a list of findings gives every page, each finding by its id, and the others, in the same order', () => {
  fc.assert(
    fc.property(cases, ({ from, length, every, ...about }) => {
      const question = questionOf(about);
      const found = findSubjects(question);
      const list = FindingList.from(question, found);
      finish(list.prepare());
      const all = list.slice(0, list.length);
      const ids = idsOf(list);
      expect(ids).toEqual([...all].sort(inOrder).map(({ id }) => id));
      expect([...list.ids()].sort()).toEqual([...ids].sort());
      expect(new Set(ids).size).toBe(ids.length);
      expect(idsOf(FindingList.from(question, found), from, from + length)).toEqual(ids.slice(from, from + length));
      expect([...list.counts].filter(([, count]) => count > 0)).toEqual(
        findingKinds.map((kind) => [kind, all.filter((finding) => finding.kind === kind).length]).filter(([, count]) => count !== 0),
      );
      const kinds = findingKinds.filter((_, i) => i % every === 0);
      expect(idsOf(list.ofKinds(kinds))).toEqual(all.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id));
      const some = ids.filter((_, i) => i % every === 0);
      const unknown = findingKinds.map((kind) => `${kind}/no such thing`);
      expect(idsOf(list.filter([...unknown, 'nonsense', ...some], true))).toEqual(some);
      expect(idsOf(list.filter([...unknown, ...some], false))).toEqual(ids.filter((_, i) => i % every !== 0));
    }),
    { numRuns: generatedRuns(200) },
  );
});

it('[P232] a worker thread finds the same', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (about) => {
      const question = questionOf(about);
      const parameters = { policy: defaultPolicy, instant: question.instant };
      const found = await pool.run(question.projection, 'findings', parameters, new TimeLimit(600_000));
      expect(found).toEqual(findSubjects(question));
    }),
    { numRuns: generatedRuns(30) },
  );
});
