import { join } from 'node:path';
import { eraseFromStore } from '../../server/backup/erase/erase-data.ts';
import { artifact, lab, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, expect, it } from '../support/test.ts';
import { ada, rowsOf, Watching } from './watching.ts';

const sentAt = Date.parse('2026-09-01T00:00:00Z');
const core = { from: sentAt, to: sentAt + 1 };
let watching: Watching;

beforeEach(async () => {
  watching = await new Watching().open();
  await watching.write([lab('vega'), vendor('quill'), vendor('qqzx7', { name: 'Quibblefax' }), artifact('rubric', 'vega')]);
});
afterEach(() => watching.close());

const erase = (subject: Parameters<typeof eraseFromStore>[2]['subject']) =>
  eraseFromStore(watching.store, join(watching.folder, 'rest.backup'), {
    subject,
    by: 'local',
    at: watching.now,
    product: '1.2.3',
    key: null,
  });

it('[G911] erasing an organization removes the watches that ask about it, and what others told of it', async () => {
  await watching.watch({ name: 'About it', kind: 'RADIUS', radius: { origins: ['qqzx7'], core } });
  await watching.watch({ name: 'Rubric', kind: 'ARTIFACT', artifact: 'rubric' });
  await watching.write([transfer('t1', 'rubric', 'vega', 'qqzx7', { sentAt }), transfer('t2', 'rubric', 'vega', 'quill', { sentAt })]);
  const told = (await watching.evaluate()).flatMap(rowsOf);
  expect(told).toContain('JOINED qqzx7 null>EXPOSED, holder');
  await erase({ of: 'organization', organization: 'qqzx7' });
  const left = [...(await watching.store.listDocuments('watch')), ...(await watching.store.listDocuments('event'))].map(({ json }) => json);
  expect(left.join('\n')).not.toMatch(/qqzx7|Quibblefax/i);
  expect((await watching.watches()).map(({ watch }) => watch.name)).toEqual(['Rubric']);
  expect((await watching.events()).flatMap(({ event }) => rowsOf(event))).toEqual(['JOINED quill null>EXPOSED, holder']);
});

it('[G911] erasing a person removes its watches, its events and its inbox', async () => {
  await watching.watch({ name: 'Mine', kind: 'RADIUS', radius: { origins: ['quill'], core } });
  await watching.watch({ name: 'Theirs', kind: 'RADIUS', radius: { origins: ['quill'], core } }, { name: 'grace', labs: null });
  await watching.write([transfer('t2', 'rubric', 'vega', 'quill', { sentAt })]);
  await watching.evaluate();
  await erase({ of: 'person', person: ada.name });
  const owners = async (collection: 'watch' | 'event' | 'inbox') =>
    (await watching.store.listDocuments(collection)).map(({ json }) => (JSON.parse(json) as { owner: string }).owner);
  expect([await owners('watch'), await owners('event'), await owners('inbox')]).toEqual([['grace'], ['grace'], ['grace']]);
});
