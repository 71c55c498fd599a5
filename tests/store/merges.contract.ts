import fc from 'fast-check';
import { compareCodePoints } from '../../server/domain/compare.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { Asker } from '../../server/questions/asker.ts';
import { askHiddenByMerge } from '../../server/questions/explore/ask-history.ts';
import { findHiddenByMerge, listMerges, mergeOrganizations, unmergeOrganizations } from '../../server/questions/merge-organizations.ts';
import { Questions } from '../../server/questions/questions.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { expectSameContent } from '../support/answers/projection-in-plain.ts';
import { oracleMerges } from '../support/oracle/merges.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { worlds } from '../support/worlds/arbitraries.ts';
import { factsOf, toRecordedFacts, type World, world } from '../support/worlds/world.ts';
import { artifact, edit, importOf, lab, readAll, transfer, vendor } from './assertions-for-tests.ts';

function toAssertions(of: World) {
  return toRecordedFacts(of).map(({ kind, key, values, provenance: { assertedAt } }) => {
    return { kind, key, isRetraction: false, values, assertedAt, source: null, file: null, line: null };
  });
}

/** Kind, key and values, in the order of a stream. */
const plain = (facts: Awaited<ReturnType<typeof readAll>>) =>
  facts.map(({ kind, key, values }) => [kind, key, ...values]).filter(([kind]) => kind !== undefined);

function inOrder(of: World) {
  const first = (key: string) => decodeURIComponent(key.split('/')[0] as string);
  const isPair = (kind: string) => kind === 'REVEALS' || kind === 'CONTROL';
  return toRecordedFacts(of).sort((a, b) => {
    if (a.kind !== b.kind) return factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind);
    if (!isPair(a.kind)) return compareCodePoints(a.key, b.key);
    const second = (key: string) => decodeURIComponent(key.split('/')[1] as string);
    return compareCodePoints(first(a.key), first(b.key)) || compareCodePoints(second(a.key), second(b.key));
  });
}

type Step = { readonly do: 'merge'; readonly from: number; readonly into: number } | { readonly do: 'unmerge'; readonly of: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), from: fc.nat(50), into: fc.nat(50) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unmerge' as const), of: fc.nat(50) }) },
  ),
  { minLength: 1, maxLength: 5 },
);

/**
 * Promises of organization merges for every store.
 *
 * @param open makes a new, empty store whose facts are read as merges make them
 */
export function describeMerges(name: string, open: () => Promise<FactStore>, runs: number): void {
  describe(name, () => {
    let store: FactStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const author = { by: 'ada', at: 2000 };

    it('[G323] names what a merge changed until a revision, even if it was undone since', async () => {
      const facts = [lab('lab'), vendor('v'), vendor('v2'), artifact('x', 'lab'), transfer('t', 'x', 'lab', 'v2')];
      await store.commit(edit(facts));
      await store.commit(importOf('i1', [vendor('v2', { mergedInto: 'v' })]));
      await store.undoImport('i1', 'ada', 5000);
      expect((await store.readChangedKeys(1, 100, 2))?.get('TRANSFER')).toEqual(['t']);
      expect((await store.readChangedKeys(2, 100, 3))?.get('TRANSFER')).toEqual(['t']);
      expect((await store.readChangedKeys(1, 100))?.get('TRANSFER')).toBeUndefined();
    });

    it('[G841] a merge reads the facts that name what it moved, and never all facts', async () => {
      const facts = [lab('lab'), vendor('v'), vendor('v2'), vendor('w'), artifact('x', 'lab')];
      await store.commit(edit([...facts, transfer('t', 'x', 'lab', 'v2'), transfer('u', 'x', 'lab', 'w')]));
      const current = new CurrentProjection(store);
      await current.read();
      const { unmerged } = store;
      const readFacts = unmerged.readFacts;
      let scans = 0;
      unmerged.readFacts = (...asked) => {
        scans++;
        return readFacts.apply(unmerged, asked);
      };
      for (const { key, into } of [
        { key: 'v2', into: 'v' },
        { key: 'v2', into: null },
      ]) {
        await store.commit(edit([vendor(key, { mergedInto: into })]));
        const { transfers, organizations } = (await current.read()).projection;
        expect(transfers.recipient.at(0)).toBe(organizations.id.find(into ?? key));
      }
      expect(scans).toBe(0);
    });

    const small = world()
      .lab('vega')
      .organization('aws', { name: 'AWS', roles: ['SUBCONTRACTOR'] })
      .organization('amazon', { name: 'Amazon Web Services', aliases: ['Amazon'], roles: ['VENDOR'] })
      .engagement('e1', 'vega', 'aws')
      .engagement('e2', 'aws', 'amazon')
      .access('a1', 'aws', 'vega')
      .build();
    const namesOf = async (kind: 'ENGAGEMENT' | 'ACCESS') =>
      plain(await readAll(store))
        .filter(([of]) => of === kind)
        .map((fact) => fact.slice(1, 5));

    it('[S90] makes two organizations one, keeps name and roles, and hides facts between the two', async () => {
      await store.commit(importOf('i1', toAssertions(small)));
      expect((await findHiddenByMerge(store, 'aws', 'amazon')).map(({ key }) => key)).toEqual(['e2']);
      const merged = await mergeOrganizations(store, 'aws', 'amazon', author);
      expect(merged.refusal).toBeNull();
      expect(await namesOf('ENGAGEMENT')).toEqual([['e1', 'e1', 'vega', 'amazon']]);
      expect(await namesOf('ACCESS')).toEqual([['a1', 'a1', 'amazon', 'vega']]);
      const [found, ...more] = await store.readFactsByKey('ORGANIZATION', ['aws', 'amazon']);
      expect([found?.key, more]).toEqual(['amazon', []]);
      expect(found?.values.slice(2, 4)).toEqual([
        ['VENDOR', 'SUBCONTRACTOR'],
        ['Amazon', 'AWS'],
      ]);
      expect(await mergeOrganizations(store, 'aws', 'amazon', author)).toMatchObject({ revision: merged.revision });
    });

    it('[S91] ends with an unmerge; history shows both, and earlier revisions keep their facts', async () => {
      await store.commit(importOf('i1', toAssertions(small)));
      const before = plain(await readAll(store));
      const merged = await mergeOrganizations(store, 'aws', 'amazon', author);
      const ended = await unmergeOrganizations(store, 'aws', { by: 'eve', at: 3000 });
      expect(plain(await readAll(store))).toEqual(before);
      const { changes } = await store.readHistory({ kind: 'ORGANIZATION', key: 'aws' }, 0, 10);
      expect(changes.map(({ change, by, revision }) => [change, by, revision])).toEqual([
        ['UNMERGED', 'eve', ended.revision],
        ['MERGED', 'ada', merged.revision],
        ['CREATED', 'ada', 1],
      ]);
      const then = plain(await readAll(store, { revision: merged.revision }));
      expect(then.filter(([kind]) => kind === 'ORGANIZATION').map(([, key]) => key)).toEqual(['amazon', 'vega']);
      expect(plain(await readAll(store, { instant: 2500 }))).toEqual(then);
    });

    it('[S92] is refused with a way out: unknown, the same, a circle, not merged', async () => {
      await store.commit(importOf('i1', toAssertions(small)));
      await mergeOrganizations(store, 'aws', 'amazon', author);
      const revision = await store.readRevision();
      const refusals = [
        await mergeOrganizations(store, 'nobody', 'amazon', author),
        await mergeOrganizations(store, 'aws', 'aws', author),
        await mergeOrganizations(store, 'amazon', 'aws', author),
        await unmergeOrganizations(store, 'amazon', author),
      ];
      expect(refusals.map(({ refusal }) => refusal?.code)).toEqual(['UNKNOWN_REFERENCE', 'SAME_ENDS', 'CIRCULAR_MERGE', 'NOT_MERGED']);
      expect(await store.readRevision()).toBe(revision);
    });

    it('[S93] survives lists and edits that name the merged id', async () => {
      await store.commit(importOf('i1', toAssertions(small)));
      await mergeOrganizations(store, 'aws', 'amazon', author);
      const [aws] = toAssertions({ facts: factsOf(small, 'ORGANIZATION').filter(({ id }) => id === 'aws') });
      const values = (aws?.values ?? []).map((value, field) => (field === (aws?.values.length ?? 0) - 1 ? undefined : value));
      await store.commit(edit([{ ...(aws as NonNullable<typeof aws>), values }], { at: 4000 }));
      await store.commit(importOf('i2', toAssertions(world().engagement('e3', 'vega', 'aws', { service: 'hosting' }).build())));
      expect((await namesOf('ENGAGEMENT')).map(([, , client, provider]) => [client, provider])).toEqual([
        ['vega', 'amazon'],
        ['vega', 'amazon'],
      ]);
    });

    it('[F103] canceled between two of several merges, keeps those made before, whole, and makes no other', async () => {
      const several = ['a', 'b', 'c', 'd'].reduce(
        (all, id) => all.organization(id, {}).engagement(`e ${id}`, 'vega', id),
        world().lab('vega'),
      );
      const given = several.organization('kept', {}).build();
      await store.commit(importOf('i1', toAssertions(given)));
      const controller = new AbortController();
      const made: string[] = [];
      const mergeAll = async () => {
        for (const id of ['a', 'b', 'c', 'd']) {
          if (made.length === 2) controller.abort(new Error('The client left.'));
          await mergeOrganizations(store, id, 'kept', author, controller.signal);
          made.push(id);
        }
      };
      await expect(mergeAll()).rejects.toThrow('The client left.');
      expect(made).toEqual(['a', 'b']);
      expect((await listMerges(store, null)).map(({ id, into }) => [id, into])).toEqual([
        ['a', 'kept'],
        ['b', 'kept'],
      ]);
      expect(await namesOf('ENGAGEMENT')).toEqual(
        [...['a', 'b'].map((id) => [`e ${id}`, 'kept']), ...['c', 'd'].map((id) => [`e ${id}`, id])].map(([id, of]) => [
          id,
          id,
          'vega',
          of,
        ]),
      );
      expect(await store.readRevision()).toBe(3);
      expect(await store.verify()).toEqual([]);
    });

    it('[S195] makes no organization: an import is undone as if nobody had merged what it brought', async () => {
      await store.commit(importOf('i1', toAssertions(small)));
      await mergeOrganizations(store, 'aws', 'amazon', author);
      expect(await store.undoImport('i1', 'ada', 4000)).toMatchObject({ outcome: 'undone' });
      expect(await readAll(store)).toEqual([]);
      await store.commit(importOf('i2', toAssertions(small)));
      await unmergeOrganizations(store, 'aws', { by: 'ada', at: 5000 });
      expect(await store.undoImport('i2', 'ada', 6000)).toMatchObject({ outcome: 'undone' });
      expect(await readAll(store)).toEqual([]);
      expect(await store.verify()).toEqual([]);
    });

    it('[S94] [F102] matches an independent reading after any merges and unmerges: in full, by key and refreshed, with what a merge hides', async () => {
      await fc.assert(
        fc.asyncProperty(worlds, steps, async (given, played) => {
          const own = await open();
          try {
            await own.commit(importOf('i1', toAssertions(given)));
            const current = new CurrentProjection(own);
            await current.read();
            const ids = factsOf(given, 'ORGANIZATION').map(({ id }) => id);
            const mergedInto = new Map<string, string>();
            const means = (id: string): string => (mergedInto.has(id) ? means(mergedInto.get(id) as string) : id);
            for (const [i, step] of played.entries()) {
              const at = 5000 + i;
              if (step.do === 'unmerge') {
                const id = ids[step.of % ids.length] as string;
                const { refusal } = await unmergeOrganizations(own, id, { by: 'ada', at });
                expect(refusal === null).toBe(mergedInto.delete(id));
              } else {
                const [from, into] = [ids[step.from % ids.length] as string, ids[step.into % ids.length] as string];
                const isCircle = from === into || means(into) === from || isBelow(mergedInto, into, from);
                const read = (await findHiddenByMerge(own, from, into)).map(({ kind, key }) => ({ kind, key }));
                if (!isCircle)
                  expect(await askHiddenByMerge(new Asker(new Questions({ store: own, projection: 'whole' })), from, into)).toEqual(read);
                const { refusal } = await mergeOrganizations(own, from, into, { by: 'ada', at });
                expect(refusal === null).toBe(!isCircle);
                if (!isCircle) mergedInto.set(from, into);
              }
              const expected = inOrder(oracleMerges(given, mergedInto));
              const withoutMerges = (facts: ReturnType<typeof plain>) =>
                facts.map((fact) => (fact[0] === 'ORGANIZATION' ? fact.slice(0, -1) : fact));
              expect(withoutMerges(plain(await readAll(own)))).toEqual(withoutMerges(plain(expected)));
              for (const kind of factKinds) {
                const ofKind = expected.filter((fact) => fact.kind === kind);
                const keys = ofKind.map(({ key }) => key);
                expect(withoutMerges(plain(await own.readFactsByKey(kind, keys)))).toEqual(withoutMerges(plain(ofKind)));
              }
              const refreshed = await current.read();
              const anew = await new CurrentProjection(own).read();
              expectSameContent(refreshed.projection, anew.projection);
            }
          } finally {
            await own.close();
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

/** Whether the merges lead from `at` to `from`. */
function isBelow(mergedInto: ReadonlyMap<string, string>, at: string, from: string): boolean {
  for (let next = mergedInto.get(at); next !== undefined; next = mergedInto.get(next)) if (next === from) return true;
  return false;
}
