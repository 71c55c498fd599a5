import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import { findingKinds } from '../../../server/exposure/findings/finding.ts';
import { FindingList } from '../../../server/exposure/findings/finding-list.ts';
import { findSubjects, listFindings } from '../../../server/exposure/findings/findings.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { finish } from '../../support/finish.ts';
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

it('[P232] a list of findings gives every page, each finding by its id, and the others, in the same order', () => {
  fc.assert(
    fc.property(cases, ({ from, length, every, ...about }) => {
      const question = questionOf(about);
      const list = new FindingList(question, finish(listFindings(question)));
      const all = list.slice(0, list.length);
      const ids = all.map(({ id }) => id);
      expect([...list.ids()]).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      expect(list.slice(from, from + length).map(({ id }) => id)).toEqual(ids.slice(from, from + length));
      expect([...new FindingList(question, finish(findSubjects(question))).ids()].sort()).toEqual([...ids].sort());
      const some = ids.filter((_, i) => i % every === 0);
      const unknown = findingKinds.map((kind) => `${kind}/no such thing`);
      expect([...list.filter([...unknown, 'nonsense', ...some], true).ids()]).toEqual(some);
      expect([...list.filter([...unknown, ...some], false).ids()]).toEqual(ids.filter((_, i) => i % every !== 0));
    }),
    { numRuns: 200 },
  );
});

it('[P232] a worker thread finds the same', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (about) => {
      const question = questionOf(about);
      for (const isSorted of [true, false]) {
        const parameters = { policy: defaultPolicy, instant: question.instant, kinds: null, isSorted };
        const found = await pool.run(question.projection, 'findings', parameters, new TimeLimit(600_000));
        expect(found).toEqual(finish((isSorted ? listFindings : findSubjects)(question)));
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);
