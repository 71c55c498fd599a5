import type { FactStore } from '../../../server/store/fact-store.ts';
import { describe, expect, it } from '../../support/test.ts';
import { recordEarlier } from '../../support/worlds/recorded-earlier.ts';
import { artifact, edit, importOf, lab, readAll, readField, readKeys, retract, say, transfer, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

const turned = 've\u202ega';
const invisible = 'qui\u200bll';
const lines = 'mail\n=1';
const register = 'the \ufeffregister';

/** A world of an earlier version: an id, a name, an alias, a channel and a source with hidden characters. */
const first = importOf(
  'i1',
  [
    lab(turned, { name: 'Ve\u2066ga', aliases: ['V\u{e0041}', 'Vega Labs'] }),
    vendor(invisible, { name: 'Quill\u00ad' }),
    artifact('rub\u200dric', turned),
    transfer('t\u2060', 'rub\u200dric', turned, invisible, { channel: lines }),
  ].map((assertion) => ({ ...assertion, source: register })),
  { by: 'ada', at: 1000, import: { source: register } },
);

export function describeHidden(storeOf: StoreOf): void {
  describe('hidden characters', () => {
    it.each([
      ['an id', vendor('a\u202eb', { name: 'A' }), 'id'],
      ['an id, by a control character', vendor('a\u0007b', { name: 'A' }), 'id'],
      ['a name', vendor('a', { name: 'A\u2066b' }), 'name'],
      ['a name, by a line feed', vendor('a', { name: 'A\nb' }), 'name'],
      ['an alias', vendor('a', { aliases: ['fine', 'A\ufeffb'] }), 'aliases'],
      ['a control', say('CONTROL', { organization: 'vega', control: 'M\u200bFA', evidenceType: 'TESTED' }), 'control'],
      ['a channel', transfer('t2', 'rubric', 'vega', 'quill', { channel: 'a\u{e0041}b' }), 'channel'],
      ['a source', { ...vendor('a'), source: 'a\u200bb' }, 'source'],
    ])('[S500] %s that is new is refused, with a sentence that shows the character', async (_, assertion, field) => {
      const store = storeOf();
      await store.commit(edit([lab('vega'), vendor('quill'), artifact('rubric', 'vega'), transfer('t1', 'rubric', 'vega', 'quill')]));
      const { isWritten, violations } = await store.commit(edit([assertion]));
      expect([isWritten, violations]).toMatchObject([
        false,
        [
          {
            code: 'HIDDEN_CHARACTER',
            field,
            message: expect.stringMatching(/\\u\{[0-9A-F]+\}.* holds the character U\+[0-9A-F]{4,5}, which nobody sees/),
          },
        ],
      ]);
      // As rows of an import, and as one of many that are new.
      const many = Array.from({ length: 3 }, (_, i) => vendor(`v${i}`));
      const outcome = await store.commit(importOf('i2', [...many, assertion], { skipRefused: true }));
      expect(outcome.violations.map(({ code }) => code)).toEqual(['HIDDEN_CHARACTER']);
      expect(outcome.counts).toMatchObject({ CREATED: 3, REFUSED: 1 });
      // Nothing else is a fault: other texts may hold them.
      expect((await store.commit(edit([vendor('a', { country: 'U\u200bS', website: 'a\nb' })]))).isWritten).toBe(true);
    });

    it('[S501] recorded ones are read, listed, verified and backed up as they are', async () => {
      const store = storeOf();
      await recordEarlier(store, first);
      expect(await readKeys(store)).toEqual([
        `ORGANIZATION ${invisible}`,
        `ORGANIZATION ${turned}`,
        'ARTIFACT rub\u200dric',
        'TRANSFER t\u2060',
      ]);
      expect(await readField(store, 'ORGANIZATION', turned, 'aliases')).toEqual(['V\u{e0041}', 'Vega Labs']);
      expect(await readField(store, 'TRANSFER', 't\u2060', 'channel')).toBe(lines);
      expect((await readAll(store))[0]?.provenance.source).toBe(register);
      expect(await store.verify()).toEqual([]);
    });

    it('[S501] recorded ones may be stated again, and named, and their facts change, merge, retract and are undone', async () => {
      const store = storeOf();
      await recordEarlier(store, first);
      const again = importOf('i2', first.assertions, { import: { source: register } });
      expect((await store.commit(again)).counts).toMatchObject({ UNCHANGED: 4, REFUSED: 0 });
      // Another field of the fact, by a person who states all of them.
      expect(await written(store, vendor(invisible, { name: 'Quill\u00ad', country: 'NL' }))).toBe(1);
      expect(await written(store, lab(turned, { name: 'Ve\u2066ga', aliases: ['Vega Labs', 'V\u{e0041}', 'Vega'] }))).toBe(1);
      // A new fact that names recorded ones.
      expect(await written(store, transfer('t2', 'rub\u200dric', turned, invisible))).toBe(1);
      // A corrected name, and back to the recorded one: the store has had it.
      expect(await written(store, vendor(invisible, { name: 'Quill' }))).toBe(1);
      expect(await written(store, vendor(invisible, { name: 'Quill\u00ad' }))).toBe(1);
      const { violations } = await store.commit(edit([vendor(invisible, { name: 'Qu\u202eill' })]));
      expect(violations.map(({ code, field }) => [code, field])).toEqual([['HIDDEN_CHARACTER', 'name']]);
      // A merge names an id, and its end gives it back.
      expect(await written(store, vendor('other'))).toBe(1);
      for (const mergedInto of [invisible, null]) expect(await written(store, say('ORGANIZATION', { id: 'other', mergedInto }))).toBe(1);
      for (const mergedInto of ['other', null]) expect(await written(store, say('ORGANIZATION', { id: invisible, mergedInto }))).toBe(1);
      expect((await store.undoImport('i2', 'ada', 5000)).outcome).toBe('undone');
      expect((await store.commit(edit([retract('TRANSFER', 't2'), retract('TRANSFER', 't\u2060')]))).isWritten).toBe(true);
      expect(await store.verify()).toEqual([]);
      expect(await readField(store, 'ORGANIZATION', invisible, 'name')).toBe('Quill\u00ad');
    });

    it('[S501] an undo that leaves a recorded one is made', async () => {
      const store = storeOf();
      const correction = importOf('i2', [vendor(invisible, { name: 'Quill' })], { by: 'bob', at: 2000 });
      await recordEarlier(store, first, correction);
      expect((await store.undoImport('i2', 'ada', 3000)).outcome).toBe('undone');
      expect(await readField(store, 'ORGANIZATION', invisible, 'name')).toBe('Quill\u00ad');
      expect((await store.undoImport('i1', 'ada', 4000)).outcome).toBe('undone');
      expect(await readKeys(store)).toEqual([]);
    });
  });
}

/** The number of facts that one edit created or changed. */
async function written(store: FactStore, assertion: ReturnType<typeof say>): Promise<number> {
  const { counts, violations } = await store.commit(edit([assertion], { at: 4000 }));
  expect(violations).toEqual([]);
  return counts.CREATED + counts.UPDATED;
}
