import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eraseFromStore } from '../../server/backup/erase/erase-data.ts';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { redactSecrets } from '../../server/domain/text/secrets.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { deleteWatch } from '../../server/watches/watch-records.ts';
import { deleteEndpoint, listEndpoints, readEndpoint } from '../../server/webhooks/endpoint-records.ts';
import { edit, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { Posting } from './posting.ts';
import { Receiver } from './receiver.ts';

let posting: Posting;
let receiver: Receiver;

beforeEach(async () => {
  posting = await new Posting().open();
  receiver = await Receiver.open();
});
afterEach(async () => {
  await posting.close();
  await receiver.close();
});

const documents = async (collection: 'watch' | 'event' | 'delivery' | 'endpoint') =>
  (await posting.store.listDocuments(collection)).map(({ id }) => id);

describe('a backup', () => {
  it('[S1010] holds endpoints and what waits, and no secret: nothing is sent from a restored store until somebody saves the endpoint', async () => {
    await posting.store.commit(edit([vendor('quill')], { at: posting.now }));
    const { id, secret } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const event = await posting.tell('w');
    const path = join(posting.folder, 'a.backup');
    await writeBackup(posting.store, path, '1.2.3', posting.now);
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    expect(text).toContain(receiver.url);
    expect(text).not.toMatch(/whsec_/);
    expect(text).not.toContain(secret.slice(6));
    const copy = await openStore(`sqlite:${join(posting.folder, 'copy.db')}`);
    const backup = await openBackup(path);
    await copy.restore(backup.readRecords());
    await backup.close();
    const original = posting.store;
    posting.store = copy;
    try {
      expect(await listEndpoints(copy)).toMatchObject([{ id, url: receiver.url, state: 'DISABLED', hasSecret: false }]);
      await posting.newEngine().pass();
      expect(receiver.received).toEqual([]);
      const saved = await posting.endpoint({ id, url: receiver.url });
      expect([saved.state, saved.secret === secret, saved.secret]).toEqual(['ACTIVE', false, expect.stringMatching(/^whsec_/)]);
      await posting.newEngine().pass();
      expect(receiver.ids).toEqual([event]);
    } finally {
      posting.store = original;
      await copy.close();
    }
  });

  it('[S1010] secrets are in no log and no message', () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(redactSecrets(`it was ${secret}, twice "${secret}"`)).toBe('it was whsec_[redacted], twice "whsec_[redacted]"');
  });
});

describe('an erasure', () => {
  const erase = (subject: Parameters<typeof eraseFromStore>[2]['subject']) =>
    eraseFromStore(posting.store, join(posting.folder, 'rest.backup'), {
      subject,
      by: 'local',
      at: posting.now,
      product: '1.2.3',
      key: null,
    });

  it('[S1011] of a person takes what waits from its watches, and leaves the secrets of endpoints', async () => {
    await posting.store.commit(edit([vendor('quill')], { at: posting.now }));
    const { id } = await posting.endpoint({ url: receiver.url });
    const before = await readEndpoint(posting.store, id);
    await posting.watch('w', [id]);
    await posting.tell('w');
    await erase({ of: 'person', person: 'ada' });
    expect([await documents('watch'), await documents('event'), await documents('delivery')]).toEqual([[], [], []]);
    expect(await readEndpoint(posting.store, id)).toEqual(before);
  });

  it('[S1011] of an organization takes endpoints that its name leads to', async () => {
    await posting.store.commit(edit([vendor('qqzx7', { name: 'Quibblefax' })], { at: posting.now }));
    await posting.endpoint({ url: `${receiver.url}?of=quibblefax` });
    const { id } = await posting.endpoint({ url: receiver.url });
    await erase({ of: 'organization', organization: 'qqzx7' });
    expect(await documents('endpoint')).toEqual([id]);
  });
});

describe('what is deleted', () => {
  it('[S1011] an endpoint takes what waits for it, and watches name it no more; a watch takes what waits from it', async () => {
    const [gone, left] = [await posting.endpoint({ url: receiver.url }), await posting.endpoint({ url: receiver.url })];
    await posting.watch('w', [gone.id, left.id]);
    await posting.tell('w');
    expect((await documents('delivery')).sort()).toEqual([`${gone.id}/w`, `${left.id}/w`].sort());
    expect([await deleteEndpoint(posting.store, gone.id), await deleteEndpoint(posting.store, gone.id)]).toEqual([true, false]);
    expect(await documents('delivery')).toEqual([`${left.id}/w`]);
    expect(JSON.parse((await posting.store.findDocument('watch', 'w'))?.json ?? '').endpoints).toEqual([left.id]);
    expect(await deleteWatch(posting.store, { name: 'ada', labs: null }, 'w')).toBe(true);
    expect(await documents('delivery')).toEqual([]);
  });

  it('[S1011] what an endpoint that is gone was told later leaves nothing', async () => {
    await posting.watch('w', ['none']);
    await posting.tell('w');
    await posting.engine.pass();
    expect([await documents('delivery'), posting.errors]).toEqual([[], []]);
  });
});
