import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import type { FactWrite } from '../../../server/store/fact-write.ts';
import { effects } from '../../../server/store/fact-write.ts';
import { expect, it } from '../../support/test.ts';
import { edit, importOf, readAll, retract, say } from '../assertions-for-tests.ts';
import { countDifferences, MemoryModel } from './memory-model.ts';

export type Step =
  | { readonly do: 'edit'; readonly by: string; readonly assertions: Assertion[] }
  | { readonly do: 'import'; readonly source: string | null; readonly assertions: Assertion[] }
  | { readonly do: 'undo'; readonly which: number };

const organizationId = fc.constantFrom('a', 'b', '\u{1F600}', '～');
const artifactId = fc.constantFrom('x', 'y', '__proto__');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const assertion: fc.Arbitrary<Assertion> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        id: organizationId,
        name: maybe(fc.constantFrom('N', 'M')),
        roles: maybe(fc.constantFrom(['LAB'], ['LAB', 'VENDOR'], ['LAB', 'CERTIFIER'], ['VENDOR'])),
        country: maybe(fc.constantFrom('NL', null)),
        attributes: maybe(fc.constantFrom([{ name: 'k', value: '1' }], [{ name: 'l', value: '2' }], [])),
      })
      .map((stated) => say('ORGANIZATION', stated)),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ id: artifactId, owner: organizationId, fragmentCount: maybe(fc.constantFrom(1, 2, null)) })
      .map((stated) => say('ARTIFACT', { ...stated, name: stated.id, type: 'OTHER', sensitivity: 1 })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        id: fc.constantFrom('t', 'u'),
        artifact: maybe(artifactId),
        ends: fc.shuffledSubarray(['a', 'b', '\u{1F600}', '～'], { minLength: 2 }),
        fragments: maybe(fc.constantFrom(['1'], ['1', '2'], null)),
      })
      .map(({ ends: [sender, recipient], ...stated }) => say('TRANSFER', { ...stated, sender, recipient })),
  },
  {
    weight: 1,
    arbitrary: fc
      .shuffledSubarray(['x', 'y', '__proto__'], { minLength: 2 })
      .map(([from, to]) => say('REVEALS', { artifact: from, reveals: to, degree: 1 })),
  },
  { weight: 1, arbitrary: organizationId.map((id) => retract('ORGANIZATION', id)) },
  { weight: 1, arbitrary: artifactId.map((id) => retract('ARTIFACT', id)) },
  { weight: 1, arbitrary: fc.constantFrom('t', 'u').map((id) => retract('TRANSFER', id)) },
);

const assertions = fc
  .array(assertion, { minLength: 1, maxLength: 3 })
  .map((list) => [...new Map(list.map((one) => [`${one.kind} ${one.key}`, one])).values()]);

/** Initial facts. Without them, nearly every write would be refused. */
const firstImport: Step = {
  do: 'import',
  source: null,
  assertions: [
    ...['a', 'b', '\u{1F600}', '～'].map((id) => say('ORGANIZATION', { id, name: id, roles: ['LAB'] })),
    ...['x', 'y', '__proto__'].map((id) => say('ARTIFACT', { id, name: id, type: 'OTHER', owner: 'a', sensitivity: 1 })),
  ],
};

const laterSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('edit' as const), by: fc.constantFrom('ada', 'bob'), assertions }),
    fc.record({ do: fc.constant('import' as const), source: fc.constantFrom(null, 'register'), assertions }),
    fc.record({ do: fc.constant('undo' as const), which: fc.nat(5) }),
  ),
  { maxLength: 14 },
);

export const steps = fc.tuple(fc.boolean(), laterSteps).map(([hasGround, later]) => (hasGround ? [firstImport, ...later] : later));

export function describeSequences(open: () => Promise<FactStore>, numRuns: number): void {
  it('[S29] after any writes and undos, a store equals the fold of all its assertions, at every revision', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const store = await open();
        try {
          await playSequence(store, sequence);
        } finally {
          await store.close();
        }
      }),
      { numRuns },
    );
  });

  it('[S25] the written part of a lenient write breaks no rule, and each refusal has its reason', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const store = await open();
        try {
          await playLeniently(store, sequence);
        } finally {
          await store.close();
        }
      }),
      { numRuns },
    );
  });
}

async function playLeniently(store: FactStore, sequence: readonly Step[]): Promise<void> {
  for (const [i, step] of sequence.entries()) {
    if (step.do === 'undo') continue;
    const write = step.do === 'edit' ? edit(step.assertions, { by: step.by }) : importOf(`i${i}`, step.assertions);
    const preview = await store.preview({ ...write, skipRefused: true });
    const outcome = await store.commit({ ...write, skipRefused: true });
    expect(outcome.isWritten).toBe(true);
    expect(outcome.effects).toEqual(preview.effects);
    const blamed = new Set(outcome.violations.map((violation) => violation.assertion));
    expect([...outcome.effects.entries()].filter(([, effect]) => effects[effect] === 'REFUSED').map(([index]) => index)).toEqual(
      [...blamed].sort((a, b) => a - b),
    );
    expect(await store.verify()).toEqual([]);
  }
}

async function playSequence(store: FactStore, sequence: readonly Step[]): Promise<void> {
  const model = new MemoryModel();
  const imports: string[] = [];
  for (const [i, step] of sequence.entries()) {
    if (step.do === 'undo') {
      const importId = imports[step.which];
      if (importId === undefined) continue;
      expect((await store.undoImport(importId, 'eve', i)).outcome).toBe(model.undo(importId));
    } else {
      const write: FactWrite =
        step.do === 'edit'
          ? edit(step.assertions, { by: step.by, at: i })
          : importOf(`i${i}`, step.assertions, { at: i, import: { source: step.source } });
      const preview = await store.preview(write);
      const outcome = await store.commit(write);
      expect(outcome.isWritten).toBe(model.commit(write));
      expect(preview.violations).toEqual(outcome.violations);
      if (outcome.isWritten && step.do === 'import') imports.push(`i${i}`);
    }
    expect(await store.readRevision()).toBe(model.known.length - 1);
    expect(await readAll(store)).toEqual(model.facts);
  }
  let changeCount = 0;
  for (const [revision, facts] of model.known.entries()) {
    expect(await readAll(store, { revision })).toEqual(facts);
    if (revision > 0) changeCount += countDifferences(model.known[revision - 1] ?? [], facts);
  }
  const history = await store.readHistory({ sinceRevision: 0 }, 0, 1000);
  expect(history.totalCount).toBe(changeCount);
  expect(history.changes).toHaveLength(changeCount);
  expect(await store.verify()).toEqual([]);
}
