import { compareCodePoints } from '../../../server/domain/compare.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import { describe, expect, it } from '../../support/test.ts';
import {
  artifact,
  edit,
  importOf,
  lab,
  readAll,
  readField,
  readKeys,
  retract,
  say,
  smallWorld,
  transfer,
  vendor,
} from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeReading(storeOf: StoreOf): void {
  describe('reading', () => {
    it('[S27] every field of every kind is read back unchanged, with its provenance', async () => {
      const store = storeOf();
      const at = Date.UTC(2024, 4, 2, 1, 2, 3, 4);
      const world = [
        lab('vega', {
          roles: ['LAB', 'VENDOR'],
          aliases: ['V;1', 'V\\2'],
          status: 'ENDED',
          website: 'w',
          country: 'NL',
          contactEmail: 'e',
          attributes: [
            { name: 'b', value: ' ' },
            { name: 'a', value: '=1' },
          ],
        }),
        vendor('quill'),
        artifact('rubric', 'vega', {
          valueLowUsd: 0.1,
          valueHighUsd: 1e300 / 1e297,
          modelFamily: 'm',
          version: 'v',
          fragmentCount: 1_000_000,
          usefulPortion: 1 / 3,
        }),
        artifact('set', 'vega'),
        say('ENGAGEMENT', {
          id: 'e',
          client: 'vega',
          provider: 'quill',
          service: 's',
          startsAt: at,
          endsAt: at + 1,
          noticeHours: 0,
          auditRight: false,
        }),
        transfer('t', 'rubric', 'vega', 'quill', {
          sentAt: -at,
          portion: 1e-9,
          fragments: ['1', '2'],
          form: 'VIEW_ONLY',
          deletionState: 'VERIFIED',
          deletedAt: at,
          channel: 'c',
          engagement: 'e',
          confidence: 0.1 + 0.2,
        }),
        say('ACCESS', { id: 'x', grantee: 'quill', grantor: 'vega', kind: 'NETWORK', likelihood: 0.25, validFrom: at, validUntil: at }),
        say('REVEALS', { artifact: 'rubric', reveals: 'set', degree: 0.5, basis: 'b' }),
        say('CONTROL', { organization: 'quill', control: 'MFA', evidenceType: 'TESTED', issuedAt: at, expiresAt: at, issuer: 'vega' }),
      ].map((assertion, i) => ({ ...assertion, assertedAt: at + i, source: `https://source.example/${i}`, file: 'f.csv', line: i + 2 }));
      expect((await store.commit(importOf('i1', world))).violations).toEqual([]);
      for (const assertion of world) {
        const [fact] = await store.readFactsByKey(assertion.kind, [assertion.key]);
        const expected = assertion.values.map((value, i) => value ?? factFields[assertion.kind][i]?.default ?? null);
        if (assertion.key === 'vega')
          expected[8] = [
            { name: 'a', value: '=1' },
            { name: 'b', value: ' ' },
          ];
        if (assertion.key === 'quill') expected[8] = [];
        expect(fact).toEqual({
          kind: assertion.kind,
          key: assertion.key,
          values: expected,
          provenance: {
            importId: 'i1',
            file: 'f.csv',
            line: assertion.line,
            assertedBy: 'ada',
            assertedAt: assertion.assertedAt,
            source: assertion.source,
          },
        });
      }
      expect(await readAll(store)).toHaveLength(world.length);
    });

    it('[S27] facts are sorted by kind, then by key in code points, pairs by their two keys', async () => {
      const store = storeOf();
      const ids = ['b', 'a', 'A', 'ä', '\u{1F600}', '～', 'a b', 'a/b', 'a%', '\u{10FFFF}'];
      await store.commit(
        edit([
          lab('lab'),
          ...ids.map((id) => artifact(id, 'lab')),
          artifact('z', 'lab'),
          ...ids.map((id) => say('REVEALS', { artifact: id, reveals: 'z', degree: 1 })),
        ]),
      );
      const facts = await readAll(store);
      const sorted = [...ids].sort(compareCodePoints);
      expect(facts.filter((fact) => fact.kind === 'ARTIFACT').map((fact) => fact.key)).toEqual([...sorted, 'z'].sort(compareCodePoints));
      expect(facts.filter((fact) => fact.kind === 'REVEALS').map((fact) => fact.values[0])).toEqual(sorted);
    });

    it('[S27] a stream shows one revision, even if facts are written meanwhile', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const stream = store.readFacts();
      const keys: string[] = [];
      for await (const batch of stream) {
        if (keys.length === 0) await store.commit(edit([vendor('later'), transfer('t2', 'rubric', 'vega', 'later')]));
        keys.push(...batch.facts.map((fact) => fact.key));
      }
      expect(keys).toEqual(['quill', 'vega', 'rubric', 't1']);
      expect(stream.revision).toBe(1);
      expect(await store.readRevision()).toBe(2);
    });

    it('[S27] facts are found in the order of the requested keys, without absent ones', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const found = await store.readFactsByKey('ORGANIZATION', ['vega', 'nobody', 'quill', 'vega']);
      expect(found.map((fact) => fact.key)).toEqual(['vega', 'quill', 'vega']);
    });

    it('[S18] a cell of 1 MB, every plane of Unicode, and hostile ids are read back exactly', async () => {
      const store = storeOf();
      const big = 'ä'.repeat(1_048_576);
      const planes = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0xfff0 - (plane === 0 ? 0x1000 : 0)));
      const ids = [...planes, '__proto__', 'constructor', ' spaced ', '\'quote"', '%2F/..', 'x'.repeat(200), '0', '-1', 'null'];
      const world = [
        ...ids.map((id) => vendor(id, { name: id, website: big.slice(0, 100) })),
        vendor('nul', { website: 'a\0b', country: 'c\u202e\nd' }),
        vendor('big', { website: big, aliases: [big.slice(0, 1000)] }),
      ];
      expect((await store.commit(edit(world))).violations).toEqual([]);
      expect(await readField(store, 'ORGANIZATION', 'big', 'website')).toBe(big);
      expect(await readField(store, 'ORGANIZATION', 'nul', 'website')).toBe('a\0b');
      expect(await readField(store, 'ORGANIZATION', 'nul', 'country')).toBe('c\u202e\nd');
      expect((await readAll(store)).map((fact) => fact.key)).toEqual([...ids, 'nul', 'big'].sort(compareCodePoints));
      for (const id of ids) expect(await readField(store, 'ORGANIZATION', id, 'name')).toBe(id);
    });

    it('[S17] facts can be read as known at any revision and any instant', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [lab('vega')], { at: 1000 }));
      await store.commit(edit([vendor('quill', { country: 'NL' })], { at: 2000 }));
      await store.commit(edit([vendor('quill', { country: 'DE' })], { at: 3000 }));
      await store.undoImport('i1', 'ada', 4000);
      await store.commit(edit([retract('ORGANIZATION', 'quill')], { at: 5000 }));
      const expected = [
        [],
        ['ORGANIZATION vega'],
        ['ORGANIZATION quill', 'ORGANIZATION vega'],
        ['ORGANIZATION quill', 'ORGANIZATION vega'],
        ['ORGANIZATION quill'],
        [],
      ];
      for (const [revision, keys] of expected.entries()) {
        expect(await readKeys(store, { revision })).toEqual(keys);
        expect(await readKeys(store, { instant: revision * 1000 })).toEqual(keys);
        expect(await readKeys(store, { instant: revision * 1000 + 999 })).toEqual(keys);
      }
      const [old] = await store.readFactsByKey('ORGANIZATION', ['quill'], { revision: 2 });
      expect(old?.values).toContain('NL');
      const stream = store.readFacts({ instant: 3500 });
      for await (const _ of stream);
      expect(stream.revision).toBe(3);
    });

    it('[S23] changed keys list every fact changed after a revision, or nothing past a limit', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.commit(importOf('i2', [vendor('sable'), lab('vega')]));
      await store.commit(edit([transfer('t1', 'rubric', 'vega', 'quill', { portion: 0.5 })]));
      expect(await store.readChangedKeys(3, 10)).toEqual(new Map());
      expect(await store.readChangedKeys(2, 10)).toEqual(new Map([['TRANSFER', ['t1']]]));
      expect((await store.readChangedKeys(1, 10))?.get('ORGANIZATION')).toContain('sable');
      expect(await store.readChangedKeys(0, 3)).toBeUndefined();
      await store.undoImport('i2', 'ada', 2000);
      expect((await store.readChangedKeys(3, 10))?.get('ORGANIZATION')).toContain('sable');
    });

    it('[G840] the facts that name others are found at each revision, or nothing past a limit', async () => {
      const store = storeOf();
      await store.commit(edit([lab('vega'), vendor('quill'), vendor('sable'), artifact('rubric', 'vega')]));
      await store.commit(importOf('i1', [transfer('t1', 'rubric', 'vega', 'quill'), transfer('t2', 'rubric', 'vega', 'sable')]));
      await store.commit(edit([transfer('t1', 'rubric', 'vega', 'sable')]));
      await store.undoImport('i1', 'ada', 2000);
      const of = (key: string, revision: number, limit = 10) =>
        store.unmerged.readNamers({ kind: 'ORGANIZATION', keys: [key], revision, limit });
      expect((await of('quill', 1))?.get('ARTIFACT')).toBeUndefined();
      expect((await of('quill', 2))?.get('TRANSFER')).toContain('t1');
      expect((await of('sable', 2))?.get('TRANSFER')).toContain('t2');
      expect((await of('sable', 3))?.get('TRANSFER')).toEqual(expect.arrayContaining(['t1', 't2']));
      expect((await of('sable', 4))?.get('TRANSFER')).toContain('t1');
      expect((await of('vega', 4))?.get('ARTIFACT')).toEqual(['rubric']);
      expect(await of('vega', 4, 1)).toBeUndefined();
      const artifacts = await store.unmerged.readNamers({
        kind: 'ORGANIZATION',
        keys: ['vega'],
        namers: ['ARTIFACT'],
        revision: 4,
        limit: 10,
      });
      expect(artifacts?.get('ARTIFACT')).toEqual(['rubric']);
      expect(await store.unmerged.readNamers({ kind: 'ARTIFACT', keys: ['rubric'], revision: 4, limit: 0 })).toBeUndefined();
    });
  });
}
