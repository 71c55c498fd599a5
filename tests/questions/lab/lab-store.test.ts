import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { LabStore } from '../../../server/questions/lab/lab-store.ts';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { oracleLastChanges } from '../../support/oracle/last-change.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-lab-store-'));
let count = 0;
const stores: WholeStore[] = [];
const scheduler = new Scheduler();

async function openEmpty(): Promise<WholeStore> {
  const store = await openStore(`sqlite:${join(folder, `${count++}.db`)}`);
  stores.push(store);
  return store;
}

function viewOf(store: WholeStore, labs: readonly string[] = ['vega']): LabStore {
  return new LabStore({
    store,
    whole: new CurrentProjection(store),
    labs,
    selectVisibleIncidents: async () => [],
    scheduler,
    queryTimeoutMs: Infinity,
  });
}

let shared: WholeStore;
beforeAll(async () => {
  shared = await openEmpty();
  await shared.commit(
    edit([
      lab('vega'),
      lab('other', { name: 'Otherlight' }),
      vendor('quill', {
        attributes: [
          { name: 'note', value: 'serves Otherlight' },
          { name: 'city', value: 'Turku' },
        ],
      }),
      vendor('far'),
      artifact('rubric', 'vega'),
      artifact('secret', 'other'),
      transfer('t1', 'rubric', 'vega', 'quill'),
      transfer('t2', 'secret', 'other', 'far'),
    ]),
  );
});
afterAll(async () => {
  await scheduler.close();
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the store of a bound person', () => {
  it('[S120] holds the facts of the view alone, by stream, by key and with attributes', async () => {
    const view = viewOf(shared);
    const keys: string[] = [];
    for await (const { facts } of view.readFacts()) keys.push(...facts.map(({ key }) => key));
    expect(keys).toEqual(['quill', 'vega', 'rubric', 't1']);
    expect((await view.readFactsByKey('ORGANIZATION', ['far', 'other', 'quill'])).map(({ key }) => key)).toEqual(['quill']);
    const [quill] = await view.readFactsByKey('ORGANIZATION', ['quill'], { revision: 1 });
    expect(JSON.stringify(quill?.values)).toContain('Turku');
    expect(JSON.stringify(quill?.values)).not.toContain('Otherlight');
    expect(await view.readHistory()).toEqual({ changes: [], totalCount: 0 });
    expect([await view.listImports(), await view.listDocuments('note'), await view.findDocument('token', 'x')]).toEqual([
      [],
      [],
      undefined,
    ]);
    await expect(view.commit()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('[S120] of a lab that does not exist is empty, at revision 0', async () => {
    const view = viewOf(shared, ['nobody']);
    for await (const { facts } of view.readFacts()) expect(facts).toEqual([]);
    expect(await view.readRevision()).toBe(0);
  });

  it('[S120] of two labs is that of one party', async () => {
    const keys: string[] = [];
    for await (const { facts } of viewOf(shared, ['other', 'vega']).readFacts()) keys.push(...facts.map(({ key }) => key));
    expect(keys).toEqual(['far', 'other', 'quill', 'vega', 'rubric', 'secret', 't1', 't2']);
  });

  it('[S121] has as revision the last one that changed the view, on a new server as on one that saw every write', async () => {
    const writes = fc.array(fc.tuple(fc.nat({ max: 16 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(writes, async (steps) => {
        const store = await openEmpty();
        const views = [viewOf(store), viewOf(store, ['other'])];
        await store.commit(
          edit([lab('vega'), lab('other'), vendor('quill'), vendor('far'), artifact('rubric', 'vega'), artifact('secret', 'other')]),
        );
        for (const [i, [what, value]] of steps.entries()) {
          try {
            await makeWrite(store, what, value, i);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.any(String) });
          }
          if (value === 0) for (const view of views) await view.readRevision();
        }
        for (const [i, bound] of ['vega', 'other'].entries()) {
          const expected = (await oracleLastChanges(store, [bound])).at(-1);
          expect([await views[i]?.readRevision(), await viewOf(store, [bound]).readRevision()]).toEqual([expected, expected]);
        }
      }),
      {
        numRuns: 12,
        examples: [
          // Another lab's artifact gets a name, and another lab a website, that a vendor in the view has in its texts.
          [
            [
              [0, 1],
              [16, 2],
              [15, 1],
            ],
          ],
          [
            [
              [0, 1],
              [16, 2],
              [16, 1],
            ],
          ],
          // The organization that one of the view means goes.
          [
            [
              [0, 0],
              [14, 1],
              [13, 3],
              [14, 0],
            ],
          ],
          // The lab that a bound id means goes, before another write.
          [
            [
              [14, 1],
              [13, 2],
              [14, 0],
              [9, 1],
            ],
          ],
          // An organization whose name says the lab's is merged into one in the view.
          [
            [
              [0, 0],
              [6, 0],
              [11, 1],
            ],
          ],
          [
            [
              [11, 1],
              [0, 0],
              [6, 0],
            ],
          ],
        ],
      },
    );
  });
});

/** Writes in and outside the view of `vega`, and some at its edge. Some are refused or change nothing. */
async function makeWrite(store: WholeStore, what: number, value: number, i: number): Promise<unknown> {
  const commit = (...assertions: Assertion[]) => store.commit(edit(assertions));
  const ends = [
    ['vega', 'quill'],
    ['quill', 'far'],
    ['other', 'far'],
    ['far', 'other'],
  ][value] as [string, string];
  switch (what) {
    case 0:
      return commit(transfer(`t${value}`, 'rubric', 'vega', 'quill', { confidence: 0.5 + i / 100 }));
    case 1:
      return commit(transfer(`t${value}`, 'secret', 'other', 'far', { confidence: 0.5 + i / 100 }));
    case 2:
      return commit(say('ENGAGEMENT', { id: `e${value}`, client: ends[0], provider: ends[1], noticeHours: i }));
    case 3:
      return commit(retract('ENGAGEMENT', `e${value}`));
    case 4:
      return commit(say('ACCESS', { id: `a${value}`, grantee: ends[1], grantor: ends[0], likelihood: 0.1 + i / 100 }));
    case 5:
      return commit(lab('other', { name: value === 0 ? 'other' : 'Far Vega', country: 'FI', attributes: [{ name: 'n', value: `${i}` }] }));
    case 6:
      return commit(vendor('far', { name: value === 0 ? 'Far Vega' : 'Far', attributes: [{ name: 'n', value: `${value}` }] }));
    case 7:
      return commit(say('CONTROL', { organization: ends[1], control: 'MFA', evidenceType: i % 2 === 0 ? 'TESTED' : 'QUESTIONNAIRE' }));
    case 8:
      return commit(say('REVEALS', { artifact: 'secret', reveals: 'rubric', degree: 0.1 + value / 10 }));
    case 9:
      return store.commit(
        importOf(`i${i}`, [vendor('quill', { country: 'SE' }), vendor('far', { country: 'NO' })], { import: { source: `list ${value}` } }),
      );
    case 10:
      return store.undoImport(`i${value}`, 'ada', 2000);
    case 11:
      return commit(say('ORGANIZATION', { id: 'far', name: 'far', mergedInto: value === 0 ? null : 'quill' }));
    case 13:
      if (value === 3) return commit(say('ORGANIZATION', { id: 'quill', mergedInto: 'near' }));
      return commit(say('ORGANIZATION', { id: 'other', mergedInto: value === 0 ? null : value === 1 ? 'vega' : 'near' }));
    case 14:
      return value === 0 ? store.undoImport('near', 'ada', 2000) : store.commit(importOf('near', [vendor('near')]));
    case 15:
      return commit(artifact('secret', value === 2 ? 'vega' : 'other', { name: value === 0 ? 'secret' : 'Pale Fire' }));
    case 16:
      return commit(
        value < 2
          ? lab('other', { website: value === 0 ? null : 'https://pale.example' })
          : vendor('quill', { website: value === 2 ? 'https://pale.example/quill' : null, aliases: ['The pale fire company'] }),
      );
    default:
      return commit(retract('TRANSFER', `t${value}`));
  }
}
