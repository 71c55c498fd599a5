import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import { closeUnlisted } from '../../../server/import/editions/edition-changes.ts';
import { readLastEdition } from '../../../server/import/editions/last-edition.ts';
import { compareEditions } from '../../../server/import/editions/with-edition.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit, importOf, lab, readField, readKeys, say, vendor } from '../../store/assertions-for-tests.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-editions-'));
let count = 0;
let store: FactStore;
beforeEach(async () => {
  store = await openStore(`sqlite:${join(folder, `${++count}.db`)}`);
});
afterEach(() => store.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const register = { import: { source: 'register' } };
const from = { source: 'register', assertedAt: 3000 };
const engagement = (provider: string) => say('ENGAGEMENT', { id: `lab-${provider}`, client: 'lab', provider });
const fromRows = (assertions: readonly Assertion[]) =>
  assertions.map((assertion, i) => ({ ...assertion, file: 'register.csv', line: i + 2 }));
const edition = (...providers: string[]) => fromRows([lab('lab'), ...providers.flatMap((id) => [vendor(id), engagement(id)])]);
const compare = async (listed: readonly Assertion[]) => {
  const last = await readLastEdition(store, 'register');
  return last === undefined ? undefined : compareEditions(store, last, listed, new Set(factKinds));
};
const named = (facts: readonly { kind: string; key: string }[]) => facts.map(({ kind, key }) => `${kind} ${key}`);

describe('an edition compared with the last one of its source', () => {
  it('[M12] is compared with none if the source has no other, or the other was undone', async () => {
    expect(await compare(edition('a'))).toBeUndefined();
    await store.commit(importOf('i1', edition('a'), register));
    await store.undoImport('i1', 'ada', 2000);
    expect(await compare(edition('a'))).toBeUndefined();
  });

  it('[M12] lists new facts, and missing facts with their other sources; it leaves out facts that no longer exist', async () => {
    await store.commit(importOf('i1', edition('a', 'b', 'c', 'd'), register));
    await store.commit(importOf('i2', [vendor('b')], { import: { source: 'other' } }));
    await store.commit(
      edit([
        { ...engagement('c'), isRetraction: true, values: [] },
        { ...vendor('c'), isRetraction: true, values: [] },
      ]),
    );
    const drift = await compare(edition('a', 'd', 'e'));
    expect(drift).toMatchObject({ listedBefore: 9, listedNow: 7, newCount: 2, isMany: true, lastImport: { id: 'i1' } });
    expect(named(drift?.unlisted ?? [])).toEqual(['ORGANIZATION b', 'ENGAGEMENT lab-b']);
    expect(drift?.unlisted.map(({ isStatedByOthers }) => isStatedByOthers)).toEqual([true, false]);
  });

  it('[M13] guards against an edition that would drop more than a fifth', async () => {
    await store.commit(importOf('i1', fromRows([...'abcdefghij'].map((id) => vendor(id))), register));
    const without = async (left: string) => (await compare([...left].map((id) => vendor(id))))?.isMany;
    expect([await without('abcdefgh'), await without('abcdefg')]).toEqual([false, true]);
  });

  it('[M14] ends missing facts on a date, or retracts those with no other source; Undo restores them', async () => {
    await store.commit(importOf('i1', edition('a', 'b'), register));
    await store.commit(importOf('i2', [vendor('b')], { import: { source: 'other' } }));
    const unlisted = (await compare(edition('a')))?.unlisted ?? [];
    await store.commit(
      importOf('i3', [...edition('a'), ...(await closeUnlisted(store, unlisted, { policy: 'END', at: 5000 }, from))], register),
    );
    expect(await readField(store, 'ENGAGEMENT', 'lab-b', 'endsAt')).toBe(5000);
    await store.undoImport('i3', 'ada', 4000);
    expect(await readField(store, 'ENGAGEMENT', 'lab-b', 'endsAt')).toBeNull();
    await store.commit(importOf('i4', [...edition('a'), ...(await closeUnlisted(store, unlisted, { policy: 'RETRACT' }, from))], register));
    expect(await readKeys(store)).toEqual(['ORGANIZATION a', 'ORGANIZATION b', 'ORGANIZATION lab', 'ENGAGEMENT lab-a']);
  });

  it('[M14] does not move an end that came before', async () => {
    const ended = say('ENGAGEMENT', { id: 'lab-b', client: 'lab', provider: 'b', endsAt: 4000 });
    await store.commit(importOf('i1', fromRows([lab('lab'), vendor('a'), vendor('b'), engagement('a'), ended]), register));
    const unlisted = (await compare(edition('a')))?.unlisted ?? [];
    expect(named(unlisted)).toEqual(['ORGANIZATION b', 'ENGAGEMENT lab-b']);
    expect(await closeUnlisted(store, unlisted, { policy: 'END', at: 5000 }, from)).toEqual([]);
    expect(await closeUnlisted(store, unlisted, { policy: 'KEEP' }, from)).toEqual([]);
  });

  it('[M12] takes silence about a kind that the edition does not list for nothing', async () => {
    await store.commit(importOf('i1', edition('a', 'b'), register));
    const last = await readLastEdition(store, 'register');
    if (last === undefined) throw new Error('There is a last edition.');
    const drift = await compareEditions(store, last, fromRows([vendor('a'), vendor('lab')]), new Set(['ORGANIZATION']));
    expect([drift.listedBefore, named(drift.unlisted)]).toEqual([3, ['ORGANIZATION b']]);
  });

  it('[M15] retracts nothing by silence: a role that a fact gave stays', async () => {
    await store.commit(importOf('i1', [vendor('a', { roles: ['VENDOR', 'CERTIFIER'] })], register));
    await store.commit(importOf('i2', [vendor('a')], register));
    expect(await readField(store, 'ORGANIZATION', 'a', 'roles')).toEqual(['VENDOR', 'CERTIFIER']);
  });
});
