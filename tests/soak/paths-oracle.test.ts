import fc from 'fast-check';
import { findCustodyPaths } from '../../server/explore/custody-paths.ts';
import { findPaths } from '../../server/explore/paths.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import type { GraphNode } from '../../server/projection/links.ts';
import { linkKinds, nodeKey } from '../../server/projection/links.ts';
import { finish } from '../support/finish.ts';
import { oracleCustodyPaths, oraclePaths } from '../support/oracle/paths.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { worlds } from '../support/worlds/arbitraries.ts';
import { factsOf, toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));
const pick = fc.nat({ max: 10_000 });
const limit = 15;

it(`[P72] paths by kind and direction match the first paths of the oracle (seed ${seed})`, () => {
  const question = fc.record({
    kinds: fc.subarray([...linkKinds], { minLength: 1 }),
    isDirected: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 4 }),
    ends: fc.tuple(pick, pick),
  });
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(worlds, question, (generated, { ends, ...asked }) => {
      countOne();
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const nodes: GraphNode[] = [
        ...Array.from({ length: projection.organizations.count }, (_, index) => ({ kind: 'organization' as const, index })),
        ...Array.from({ length: projection.artifacts.count }, (_, index) => ({ kind: 'artifact' as const, index })),
      ];
      const [from, to] = ends.map((end) => nodes[end % nodes.length]);
      if (from === undefined || to === undefined || from === to) return;
      const paths = finish(findPaths(projection, { ...asked, from, to, limit }));
      const keys = paths.map((path) => path.nodes.map((node) => nodeKey(projection, node)));
      const expected = oraclePaths(generated, { ...asked, from: nodeKey(projection, from), to: nodeKey(projection, to) });
      expect(keys).toEqual(expected.slice(0, limit));
      for (const path of paths) expect(path.links).toHaveLength(path.nodes.length - 1);
    }),
    { seed, numRuns },
  );
});

it(`[P73] paths along an artifact's custody match the first paths of the oracle (seed ${seed})`, () => {
  const countOne = counting('worlds, along custody', numRuns);
  fc.assert(
    fc.property(worlds, fc.tuple(pick, pick, pick), fc.integer({ min: 1, max: 5 }), (generated, ends, maxLength) => {
      countOne();
      const organizations = factsOf(generated, 'ORGANIZATION').map(({ id }) => id);
      const [from, to] = ends.map((end) => organizations[end % organizations.length]);
      if (from === undefined || to === undefined || from === to) return;
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const indexOf = (id: string) => projection.organizations.id.find(id);
      for (const { id } of factsOf(generated, 'ARTIFACT')) {
        const artifact = projection.artifacts.id.find(id);
        const paths = finish(findCustodyPaths(projection, { artifact, from: indexOf(from), to: indexOf(to), maxLength, limit }));
        const passed = paths.map(({ nodes }) => nodes.map(({ index }) => projection.organizations.id.get(index)));
        const once = passed.filter((path) => new Set(path).size === path.length);
        expect(once).toEqual(oracleCustodyPaths(generated, id, from, to, maxLength).slice(0, limit));
        // A path passes an organization twice only if no other path exists.
        if (once.length > 0) expect(passed).toHaveLength(once.length);
      }
    }),
    { seed, numRuns },
  );
});
