import fc from 'fast-check';
import { type FactKind, factKinds } from '../../../server/domain/facts.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import type { ChangedFacts } from '../../../server/projection/refresh/place-changes.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { toRecordedFacts, type World, world } from '../../support/worlds/world.ts';

/** Renews the facts of a world to those of another, and expects what a build of these gives. */
function renew(last: Projection, before: World, after: World): Projection {
  const [was, is] = [toRecordedFacts(before), toRecordedFacts(after)];
  const revision = last.revision + 1;
  const changed = new Map<FactKind, ChangedFacts>();
  for (const kind of factKinds) {
    const keys = [...new Set([...was, ...is].filter((fact) => fact.kind === kind).map(({ key }) => key))];
    const textOf = (facts: typeof was, key: string) => JSON.stringify(facts.find((fact) => fact.kind === kind && fact.key === key));
    const gone = keys.filter((key) => textOf(was, key) !== textOf(is, key));
    if (gone.length > 0) changed.set(kind, { keys: gone, facts: is.filter((fact) => fact.kind === kind && gone.includes(fact.key)) });
  }
  const next = runAtOnce(refreshProjection(last, changed, revision));
  expect(projectionInText(next)).toBe(projectionInText(buildProjection(is, revision)));
  return next;
}

it.each(['lab', 'w'])('[P308] keeps the order of ids where transfers leave and come back in another order; sent by %s', (sender) => {
  const withTransfers = (...ids: string[]) => {
    const made = world().lab('lab').vendor('v', 'w').artifact('a', 'lab');
    for (const id of ids) made.transfer(id, 'a', sender, 'v', { sentAt: 10 });
    return made.build();
  };
  const steps = [
    ['a', 'e', 'h'],
    ['a', 'h'],
    ['a', 'c', 'h'],
    ['a', 'h'],
    ['a', 'c', 'e', 'h'],
  ].map((ids) => withTransfers(...ids));
  let last = buildProjection(toRecordedFacts(steps[0] as World), 0);
  for (let i = 1; i < steps.length; i++) last = renew(last, steps[i - 1] as World, steps[i] as World);
  expect(last.transfers.count).toBe(4);
});

it('[P309] finds the copy of a transfer after an implied copy goes and an artifact comes at once', () => {
  // The transfer sorts between implied copies and those of owners, so its copy moves by one, and back.
  const before = world().lab('lab').vendor('v', 'w').artifact('a', 'lab').transfer('m', 'a', 'v', 'w', { sentAt: 10 }).build();
  const after = world()
    .lab('lab')
    .vendor('v', 'w')
    .artifact('a', 'lab')
    .artifact('b', 'lab')
    .transfer('m', 'a', 'lab', 'w', { sentAt: 10 })
    .build();
  const next = renew(buildProjection(toRecordedFacts(before), 0), before, after);
  renew(next, after, before);
});

/** Few ids, so that the same ones come and go, on all sides of `implied:` and `owned:`. */
const letters = ['a', 'b', 'é', '\u{1f600}', 'implied', 'owned', '0', '~'];
const ids = fc.uniqueArray(
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  { minLength: 3, maxLength: 12 },
);
const handovers = [
  ['lab', 'v'],
  ['v', 'w'],
  ['w', 'lab'],
] as const;

function worldOf(present: ReadonlyMap<string, number>): World {
  const made = world().lab('lab').vendor('v', 'w').artifact('a', 'lab').artifact('b', 'lab');
  for (const [id, as] of present) {
    const [sender, recipient] = handovers[as % 3] as (typeof handovers)[number];
    made.transfer(id, as % 2 === 0 ? 'a' : 'b', sender, recipient, { sentAt: as % 4 === 0 ? null : as });
  }
  return made.build();
}

it('[P305] equals facts built anew while a few ids come and go, in whatever order', () => {
  const steps = fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }), { minLength: 10, maxLength: 30 });
  fc.assert(
    fc.property(ids, steps, (some, changes) => {
      const present = new Map<string, number>();
      let before = worldOf(present);
      let last = buildProjection(toRecordedFacts(before), 0);
      for (const [i, change] of changes.entries()) {
        for (const id of new Set(change.map((at) => some[at % some.length] as string))) if (!present.delete(id)) present.set(id, i);
        const after = worldOf(present);
        [last, before] = [renew(last, before, after), after];
      }
    }),
    { numRuns: generatedRuns(100) },
  );
});
