import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { custodyKinds, type FactKind } from '../../../server/domain/facts.ts';
import { buildProjection, ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection, type RefreshFacts } from '../../../server/projection/refresh/refresh.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { shareProjection } from '../../../server/projection/share-projection.ts';
import { runAtOnce, runInTurns, type Steps } from '../../../server/projection/turns.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, retract, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { expectSameContent, projectionInPlain } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it, spyOn } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { toRecordedFacts, type World, world } from '../../support/worlds/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-renewal-'));
let count = 0;
const newStore = (): Promise<FactStore> => openStore(`sqlite:${join(folder, `${count++}.db`)}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function toAssertions(world: World): Assertion[] {
  return toRecordedFacts(world).map(({ kind, key, values, provenance: { assertedAt } }) => ({
    kind,
    key,
    isRetraction: false,
    values,
    assertedAt,
    source: null,
    file: null,
    line: null,
  }));
}

type Step =
  | { readonly do: 'import'; readonly assertions: readonly Assertion[] }
  | { readonly do: 'edit'; readonly assertions: readonly Assertion[] }
  | { readonly do: 'retract'; readonly assertions: readonly Assertion[] }
  | { readonly do: 'undo'; readonly which: number };

const someOf = worlds.chain((world) => fc.subarray(toAssertions(world)));

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: worlds.map((world): Step => ({ do: 'import', assertions: toAssertions(world) })) },
    { weight: 3, arbitrary: someOf.map((assertions): Step => ({ do: 'edit', assertions })) },
    {
      weight: 3,
      arbitrary: someOf.map((assertions): Step => ({ do: 'retract', assertions: assertions.map(({ kind, key }) => retract(kind, key)) })),
    },
    { weight: 2, arbitrary: fc.nat(3).map((which): Step => ({ do: 'undo', which })) },
  ),
  { minLength: 2, maxLength: 7 },
);

/** The columns of a projection by their names. */
function columnsOf(projection: Projection): ReadonlyMap<string, unknown> {
  const columns = new Map<string, unknown>();
  const add = (value: unknown, name: string): void => {
    if (ArrayBuffer.isView(value)) columns.set(name.slice(1), value);
    else if (typeof value === 'object' && value !== null) for (const [part, inner] of Object.entries(value)) add(inner, `${name}.${part}`);
  };
  add(shareProjection(projection), '');
  return columns;
}

function namesOfNew(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...after.keys()].filter((name) => after.get(name) !== before.get(name)).sort();
}

/** All facts as known at an instant, read and built at once. */
async function buildAt(store: FactStore, instant: number): Promise<Projection> {
  const builder = new ProjectionBuilder();
  const stream = store.readFacts({ instant }, custodyKinds);
  for await (const { kind, facts } of stream) builder.add(kind, facts);
  return builder.build(stream.revision);
}

async function play(store: FactStore, step: Step, i: number, imports: string[]): Promise<void> {
  if (step.do === 'undo') {
    const importId = imports[step.which];
    if (importId !== undefined) await store.undoImport(importId, 'eve', i);
    return;
  }
  const write = step.do === 'import' ? importOf(`i${i}`, step.assertions, { at: i }) : edit(step.assertions, { at: i });
  const { isWritten } = await store.commit({ ...write, skipRefused: true });
  if (isWritten && step.do === 'import') imports.push(`i${i}`);
}

describe('a projection made from the last one', () => {
  it('[P40] equals a full rebuild, in every column and answer, after any sequence of writes and undos, now and as known at each instant', async () => {
    let renewed = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const store = await newStore();
        try {
          const current = new CurrentProjection(store);
          await current.read();
          const imports: string[] = [];
          for (const [i, step] of sequence.entries()) {
            await play(store, step, i, imports);
            const { projection } = await current.read();
            const { projection: anew } = await new CurrentProjection(store).read();
            expect(projection.revision).toBe(anew.revision);
            expectSameContent(projection, anew);
            if (projection.copies.count > projection.artifacts.count) renewed++;
          }
          for (const instant of sequence.keys()) expectSameContent(await current.at(instant), await buildAt(store, instant));
        } finally {
          await store.close();
        }
      }),
      { numRuns: 60 },
    );
    expect(renewed).toBeGreaterThan(20);
  });

  it('[P348] as known at an instant shares the parts that did not change since with the current one', async () => {
    const store = await newStore();
    const some = Array.from({ length: 5000 }, (_, i) => transfer(`t${i}`, i % 2 === 0 ? 'x' : 'y', 'lab', 'v'));
    await store.commit(edit([lab('lab'), vendor('v'), artifact('x', 'lab'), artifact('y', 'lab'), ...some], { at: 1000 }));
    await store.commit(edit([transfer('t0', 'x', 'lab', 'v', { portion: 0.5 })], { at: 2000 }));
    const current = new CurrentProjection(store);
    const { projection: now } = await current.read();
    const then = await current.at(1500);
    const portion = ({ transfers }: Projection) => transfers.portion.at(transfers.id.find('t0'));
    expect([then.revision, portion(then), now.revision, portion(now)]).toEqual([1, 1, 2, 0.5]);
    expect(then.memory.parts.map((part) => now.memory.parts.indexOf(part))).toEqual([-1, 1]);
    expect(await current.at(2500)).toBe(now);
    await store.close();
  });

  it('[P41] reads only the changed facts, as of one revision, or all facts after many changes', async () => {
    const store = await newStore();
    const vendors = Array.from({ length: 20_050 }, (_, i) => vendor(`v${i}`));
    await store.commit(edit(vendors));
    const read: string[] = [];
    const watched: FactStore = Object.create(store, {
      readRevision: { value: () => store.readRevision() },
      readChangedKeys: { value: (...asked: Parameters<FactStore['readChangedKeys']>) => store.readChangedKeys(...asked) },
      readFacts: {
        value: (...asked: Parameters<FactStore['readFacts']>) => {
          read.push('all');
          return store.readFacts(...asked);
        },
      },
      readFactsByKey: {
        value: async (...asked: Parameters<FactStore['readFactsByKey']>) => {
          read.push(...asked[1].map((key) => `${asked[0]} ${key} at ${JSON.stringify(asked[2])}`));
          return store.readFactsByKey(...asked);
        },
      },
    });
    const current = new CurrentProjection(watched);
    await current.read();
    expect(read.splice(0)).toEqual(['all']);
    await current.read();
    expect(read).toEqual([]);

    await store.commit(edit([vendor('v7', { name: 'Seven' }), vendor('w')]));
    await store.commit(edit([retract('ORGANIZATION', 'v8')]));
    const { projection } = await current.read();
    expect(read.splice(0).sort()).toEqual(['v7', 'v8', 'w'].map((key) => `ORGANIZATION ${key} at {"revision":3}`));
    expect(projection.organizations.name.get(projection.organizations.id.find('v7'))).toBe('Seven');
    expect([projection.organizations.count, projection.organizations.id.find('v8')]).toEqual([20_050, -1]);

    await store.commit(edit(vendors.slice(100, 5400).map(({ key }) => vendor(key, { name: 'New' }))));
    await current.read();
    expect(read.splice(0)).toEqual(['all']);
    await store.close();
  });

  it('[P229] an edit copies the columns that it changes and derives its parts anew, and shares all others', () => {
    const names = Array.from({ length: 60 }, (_, i) => `o${i}`);
    const worldWith = (portion: number, sensitivity: number, engaged: readonly string[]) => {
      const made = world().lab(...names);
      for (const [i, name] of names.entries()) made.artifact(`a-${name}`, name, { sensitivity: i === 7 ? sensitivity : 1 });
      for (const [i, name] of names.entries())
        made.transfer(`t-${name}`, `a-${name}`, name, names[(i + 1) % 60] as string, { portion: i === 30 ? portion : 1 });
      for (const id of engaged) made.engagement(id, 'o1', 'o2');
      return toRecordedFacts(made.build());
    };
    const renew = (last: Projection, facts: ReturnType<typeof worldWith>, kind: FactKind, key: string) =>
      runAtOnce(
        refreshProjection(
          last,
          new Map([[kind, { keys: [key], facts: facts.filter((fact) => fact.kind === kind && fact.key === key) }]]),
          last.revision + 1,
          1,
        ),
      );
    const before = buildProjection(worldWith(1, 1, []), 0, 1);
    const newParts = (one: Projection, next: Projection) => next.memory.parts.filter((part) => !one.memory.parts.includes(part)).length;
    const newColumns = (one: Projection, next: Projection) =>
      namesOfNew(columnsOf(one), columnsOf(next)).filter((name) => !name.startsWith('parts.'));

    const ofTransfer = renew(before, worldWith(0.5, 1, []), 'TRANSFER', 't-o30');
    expect([newParts(before, ofTransfer), newColumns(before, ofTransfer)]).toEqual([1, []]);
    const ofArtifact = renew(ofTransfer, worldWith(0.5, 4, []), 'ARTIFACT', 'a-o7');
    expect([newParts(ofTransfer, ofArtifact), newColumns(ofTransfer, ofArtifact)]).toEqual([1, ['artifacts.sensitivity']]);
    const ofEngagement = renew(ofArtifact, worldWith(0.5, 4, ['e']), 'ENGAGEMENT', 'e');
    expect(newParts(ofArtifact, ofEngagement)).toBe(0);
    expect(
      newColumns(ofArtifact, ofEngagement).every((name) => /^(engagements|lasting\.engagements|organizations\.engagementsAs)/.test(name)),
    ).toBe(true);
    expect(projectionInPlain(ofEngagement)).toEqual(projectionInPlain(buildProjection(worldWith(0.5, 4, ['e']), 0)));
  });

  it('[P40] shows one revision, even if facts are written during the refresh', async () => {
    const store = await newStore();
    const base = [vendor('a', { roles: ['LAB'] }), vendor('b')];
    await store.commit(edit(base));
    const meddling: FactStore = Object.create(store, {
      readRevision: { value: () => store.readRevision() },
      readFacts: { value: () => store.readFacts() },
      readChangedKeys: {
        value: async (...asked: Parameters<FactStore['readChangedKeys']>) => {
          await store.commit(edit([retract('ORGANIZATION', 'b'), vendor('late')]));
          return store.readChangedKeys(...asked);
        },
      },
      readFactsByKey: { value: (...asked: Parameters<FactStore['readFactsByKey']>) => store.readFactsByKey(...asked) },
    });
    const current = new CurrentProjection(meddling);
    await current.read();
    await store.commit(edit([vendor('c')]));
    const { organizations, revision } = (await current.read()).projection;
    expect([revision, ...Array.from({ length: organizations.count }, (_, i) => organizations.id.get(i))]).toEqual([2, 'a', 'b', 'c']);
    await store.close();
  });
});

it('[P273] shows the merges of its revision, even if they are undone during the refresh', async () => {
  const store = await newStore();
  await store.commit(edit([lab('lab'), vendor('v'), vendor('v2'), vendor('w'), artifact('x', 'lab'), transfer('t', 'x', 'lab', 'v2')]));
  const meddling: FactStore = Object.create(store, {
    readRevision: { value: () => store.readRevision() },
    readFacts: { value: () => store.readFacts() },
    readChangedKeys: {
      value: async (...asked: Parameters<FactStore['readChangedKeys']>) => {
        if ((await store.readRevision()) === 2) await store.undoImport('i1', 'ada', 5000);
        return store.readChangedKeys(...asked);
      },
    },
    readFactsByKey: { value: (...asked: Parameters<FactStore['readFactsByKey']>) => store.readFactsByKey(...asked) },
  });
  const current = new CurrentProjection(meddling);
  await current.read();
  await store.commit(importOf('i1', [vendor('v2', { mergedInto: 'v' })]));
  const { projection: merged } = await current.read();
  const recipient = ({ organizations, transfers }: Projection) => organizations.id.get(transfers.recipient.at(0));
  expect([merged.revision, merged.organizations.count, recipient(merged)]).toEqual([2, 3, 'v']);
  const { projection: undone } = await current.read();
  expect([undone.revision, undone.organizations.count, recipient(undone)]).toEqual([3, 4, 'v2']);
  await store.close();
});

it('[P276] refuses to remove a record that an unchanged fact names', async () => {
  const store = await newStore();
  await store.commit(
    edit([lab('lab'), vendor('v'), vendor('w'), artifact('x', 'lab'), artifact('y', 'lab'), transfer('t', 'x', 'lab', 'v')]),
  );
  const { projection } = await new CurrentProjection(store).read();
  const without = (...gone: (readonly [FactKind, string])[]) =>
    runInTurns(refreshProjection(projection, new Map(gone.map(([kind, key]) => [kind, { keys: [key], facts: [] }])), 2));
  for (const named of [
    ['ORGANIZATION', 'v'],
    ['ORGANIZATION', 'lab'],
    ['ARTIFACT', 'x'],
  ] as const) {
    await expect(without(named)).rejects.toThrow('an unchanged fact names');
  }
  expect((await without(['ORGANIZATION', 'v'], ['TRANSFER', 't'])).transfers.count).toBe(0);
  expect((await without(['ORGANIZATION', 'w'])).transfers.count).toBe(1);
  expect((await without(['ARTIFACT', 'y'])).transfers.count).toBe(1);
  await store.close();
});

it('[P277] reads all facts again if a renewal fails by a bug, and says so', async () => {
  const store = await newStore();
  await store.commit(edit([lab('lab'), vendor('v'), artifact('x', 'lab'), transfer('t', 'x', 'lab', 'v')]));
  const failing: RefreshFacts = (last, _, revision) =>
    runInTurns(refreshProjection(last, new Map([['ORGANIZATION', { keys: ['v'], facts: [] }]]), revision));
  const current = new CurrentProjection(store, Date.now, undefined, undefined, failing);
  await current.read();
  await store.commit(edit([transfer('u', 'x', 'lab', 'v')]));
  const emitWarning = spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const { projection } = await current.read();
  expect([projection.revision, projection.transfers.count]).toEqual([2, 2]);
  expect(emitWarning.mock.calls).toEqual([
    [
      expect.stringContaining('could not be renewed'),
      { type: 'RenewalWarning', detail: expect.stringContaining('an unchanged fact names') },
    ],
  ]);
  emitWarning.mockRestore();
  await store.close();
});

it('[P42] takes every step of long work, and lets other work run in between', async () => {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  function* work(): Steps<string> {
    for (let i = 0; i < 10; i++) yield;
    return `after ${turns} turns`;
  }
  const outcome = await runInTurns(work(), 0);
  isOver = true;
  expect(outcome).toMatch(/^after ([89]|1\d) turns$/);
});
