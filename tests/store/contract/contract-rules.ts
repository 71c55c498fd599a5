import type { FactKind } from '../../../server/domain/facts.ts';
import { describe, expect, it } from '../../support/test.ts';
import { artifact, edit, importOf, lab, readField, readKeys, retract, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeRules(storeOf: StoreOf): void {
  describe('rules', () => {
    it('[S11] a fact that names a missing fact is refused with a sentence', async () => {
      const outcome = await storeOf().commit(edit([lab('vega'), artifact('rubric', 'nobody')]));
      expect(outcome.violations).toEqual([
        {
          assertion: 1,
          code: 'UNKNOWN_REFERENCE',
          field: 'owner',
          value: 'nobody',
          message: expect.stringContaining('Artifact rubric names "nobody" as its owner'),
        },
      ]);
    });

    it('[S11] ids such as __proto__ and constructor name nothing unless they were written', async () => {
      const store = storeOf();
      const outcome = await store.commit(edit([lab('vega'), artifact('a', '__proto__'), artifact('b', 'constructor')]));
      expect(outcome.violations.map((violation) => violation.code)).toEqual(['UNKNOWN_REFERENCE', 'UNKNOWN_REFERENCE']);
      const there = [lab('__proto__'), lab('constructor'), artifact('hasOwnProperty', '__proto__'), artifact('toString', 'constructor')];
      expect((await store.commit(edit(there))).isWritten).toBe(true);
      expect(await readField(store, 'ARTIFACT', 'hasOwnProperty', 'owner')).toBe('__proto__');
    });

    it('[S12] a named fact can be retracted only together with the facts that name it', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const alone = await store.commit(edit([retract('ORGANIZATION', 'quill')]));
      expect(alone.violations).toEqual([
        { assertion: 0, code: 'STILL_NAMED', field: null, value: 'quill', message: expect.stringContaining('Transfer t1 (recipient)') },
      ]);
      const together: [FactKind, string][] = [
        ['ORGANIZATION', 'quill'],
        ['TRANSFER', 't1'],
      ];
      expect((await store.commit(edit(together.map(([kind, key]) => retract(kind, key))))).isWritten).toBe(true);
      expect(await readKeys(store)).toEqual(['ORGANIZATION vega', 'ARTIFACT rubric']);
    });

    it('[S12] a fact moved to another target in the same write no longer names the old one', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const write = edit([vendor('sable'), transfer('t1', 'rubric', 'vega', 'sable'), retract('ORGANIZATION', 'quill')]);
      expect((await store.commit(write)).violations).toEqual([]);
    });

    it('[S12] pairs and controls name the facts in their keys', async () => {
      const store = storeOf();
      await store.commit(
        edit([
          ...smallWorld,
          artifact('set', 'vega'),
          say('REVEALS', { artifact: 'rubric', reveals: 'set', degree: 0.5 }),
          say('CONTROL', { organization: 'quill', control: 'MFA', evidenceType: 'TESTED' }),
        ]),
      );
      const outcome = await store.preview(edit([retract('ARTIFACT', 'set'), retract('ORGANIZATION', 'quill')]));
      expect(outcome.violations.map((violation) => violation.message)).toEqual([
        expect.stringContaining('Reveals rubric -> set'),
        expect.stringContaining('Control MFA of quill'),
      ]);
      await store.commit(edit([retract('REVEALS', 'rubric/set'), retract('CONTROL', 'quill/MFA'), retract('ARTIFACT', 'set')]));
      expect(await readKeys(store)).toHaveLength(4);
    });

    it('[S12] a refusal lists the facts that still name it by id, in any order of writing', async () => {
      const store = storeOf();
      await store.commit(edit([lab('vega')]));
      for (const id of ['y', '\u{1F600}', '\uFF5E', 'x', '__proto__']) await store.commit(edit([artifact(id, 'vega')]));
      const [violation] = (await store.commit(edit([retract('ORGANIZATION', 'vega')]))).violations;
      expect(violation?.message).toContain('Artifact __proto__ (owner), Artifact x (owner), Artifact y (owner) and others still name it');
      await store.commit(edit([retract('ARTIFACT', 'x'), retract('ARTIFACT', 'y'), retract('ARTIFACT', '__proto__')]));
      const [last] = (await store.commit(edit([retract('ORGANIZATION', 'vega')]))).violations;
      expect(last?.message).toContain('Artifact \uFF5E (owner), Artifact \u{1F600} (owner) still name it');
    });

    it('[S12] a missing fact cannot be retracted', async () => {
      const outcome = await storeOf().commit(edit([retract('TRANSFER', 't9')]));
      expect(outcome.violations.map((violation) => violation.code)).toEqual(['UNKNOWN_FACT']);
    });

    it('[S26] an owner stays a lab, and an artifact keeps enough fragments for its transfers', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld, transfer('t2', 'rubric', 'vega', 'quill', { fragments: ['1', '2', '3'] })]));
      const weaker = await store.commit(edit([vendor('vega', { roles: ['VENDOR'] }), artifact('rubric', 'vega', { fragmentCount: 2 })]));
      expect(weaker.violations.map(({ assertion, code, field }) => [assertion, code, field])).toEqual([
        [0, 'OWNER_IS_NOT_A_LAB', 'roles'],
        [1, 'OWNER_IS_NOT_A_LAB', 'owner'],
      ]);
      const fewer = await store.commit(edit([artifact('rubric', 'vega', { fragmentCount: 2 })]));
      expect(fewer.violations.map(({ code, field }) => [code, field])).toEqual([['TOO_MANY_FRAGMENTS', 'fragmentCount']]);
      expect((await store.commit(edit([artifact('rubric', 'vega', { fragmentCount: 3 })]))).isWritten).toBe(true);
    });

    it('[S26] an organization that owns nothing may stop being a lab, and one becomes a lab with its first artifact', async () => {
      const store = storeOf();
      await store.commit(edit([lab('vega'), vendor('quill')]));
      const outcome = await store.commit(edit([vendor('vega'), lab('quill'), artifact('rubric', 'quill')]));
      expect(outcome.violations).toEqual([]);
    });

    it('[S25] a lenient write skips facts that break a rule and facts that name them', async () => {
      const store = storeOf();
      const write = importOf(
        'i1',
        [
          lab('vega'),
          vendor('quill', { name: null }),
          artifact('rubric', 'vega'),
          artifact('stray', 'quill'),
          transfer('t1', 'rubric', 'vega', 'quill'),
          transfer('t2', 'stray', 'vega', 'quill'),
        ],
        { skipRefused: true },
      );
      const outcome = await store.commit(write);
      expect(outcome.isWritten).toBe(true);
      expect([...outcome.effects]).toEqual([1, 4, 1, 4, 4, 4]);
      expect(outcome.violations.map(({ assertion, code }) => [assertion, code])).toEqual([
        [1, 'MISSING_VALUE'],
        [3, 'REFERS_TO_REJECTED'],
        [4, 'REFERS_TO_REJECTED'],
        [5, 'REFERS_TO_REJECTED'],
        [5, 'REFERS_TO_REJECTED'],
      ]);
      expect(await readKeys(store)).toEqual(['ORGANIZATION vega', 'ARTIFACT rubric']);
    });

    it('[S25] facts that name an unreadable row are refused, even if the named fact exists', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const rejectedKeys = new Map<FactKind, Set<string>>([['ORGANIZATION', new Set(['quill'])]]);
      const write = edit([transfer('t2', 'rubric', 'vega', 'quill'), artifact('set', 'vega')], { rejectedKeys, skipRefused: true });
      const outcome = await store.commit(write);
      expect(outcome.violations.map(({ assertion, code }) => [assertion, code])).toEqual([[0, 'REFERS_TO_REJECTED']]);
      expect(outcome.counts).toMatchObject({ CREATED: 1, REFUSED: 1 });
    });

    it('[S25] a refused change leaves the fact as it was, and what names it is taken', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const write = edit([vendor('quill', { name: null }), transfer('t2', 'rubric', 'vega', 'quill')], { skipRefused: true });
      expect([...(await store.commit(write)).effects]).toEqual([4, 1]);
      expect(await readField(store, 'ORGANIZATION', 'quill', 'name')).toBe('quill');
    });

    it('[S25] a refused retraction keeps the facts that its fact names', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld, say('REVEALS', { artifact: 'rubric', reveals: 'x', degree: 1 }), artifact('x', 'vega')]));
      const write = edit(
        [retract('ORGANIZATION', 'vega'), retract('ARTIFACT', 'rubric'), retract('TRANSFER', 't1'), retract('ARTIFACT', 'x')],
        {
          skipRefused: true,
        },
      );
      expect([...(await store.commit(write)).effects]).toEqual([4, 4, 3, 4]);
      expect(await store.verify()).toEqual([]);
    });

    it('[U502] a write that retracts only what its author states refuses to retract what others state too', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [lab('vega'), vendor('quill'), vendor('kite')], { by: 'ada' }));
      await store.commit(importOf('i2', [vendor('kite'), vendor('own')], { by: 'bob' }));
      const all = [retract('ORGANIZATION', 'quill'), retract('ORGANIZATION', 'kite'), retract('ORGANIZATION', 'own')];
      const bound = importOf('i3', all, { by: 'bob', retractsOnlyOf: 'bob' });
      const refused = await store.commit(bound);
      expect(refused.isWritten).toBe(false);
      expect(refused.violations.map(({ assertion, code }) => [assertion, code])).toEqual([
        [0, 'NOT_YOURS'],
        [1, 'NOT_YOURS'],
      ]);
      expect((await store.commit({ ...bound, skipRefused: true })).counts).toMatchObject({ RETRACTED: 1, REFUSED: 2 });
      // A statement that was retracted before no longer counts for anybody.
      await store.commit(importOf('i4', [retract('ORGANIZATION', 'quill')], { by: 'root' }));
      await store.commit(importOf('i5', [vendor('quill')], { by: 'bob' }));
      expect((await store.commit(importOf('i6', [retract('ORGANIZATION', 'quill')], { by: 'bob', retractsOnlyOf: 'bob' }))).isWritten).toBe(
        true,
      );
    });

    it('[S25] values of several imports are checked together', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [lab('vega'), artifact('rubric', 'vega', { valueLowUsd: 100 })]));
      const outcome = await store.commit(importOf('i2', [say('ARTIFACT', { id: 'rubric', valueHighUsd: 50 })]));
      expect(outcome.violations.map((violation) => violation.code)).toEqual(['VALUE_RANGE']);
    });
  });
}
