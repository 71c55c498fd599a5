import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ErasureOrder } from '../../../server/backup/erase/erase-data.ts';
import { eraseFromBackup, eraseFromStore, parseErasure, previewErasure } from '../../../server/backup/erase/erase-data.ts';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { emptyLog } from '../../../server/domain/records/incident-log.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { DocumentCollection } from '../../../server/store/store-record.ts';
import { artifact, edit, importOf, lab, readAll, readField, retract, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { everythingOf } from '../../store/everything-of.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-erase-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function openNew(): Promise<{ store: FactStore; at: string }> {
  const at = join(folder, String(count++));
  return { store: await openStore(`sqlite:${join(at, 'facts.db')}`), at };
}

const order = (subject: ErasureOrder['subject']): ErasureOrder => ({ subject, by: 'local', at: 9000, product: '1.2.3', key: null });
const organization = (id: string) => order({ of: 'organization', organization: id, also: ['Quibblefax'] });

/** All bytes below a folder, compressed backups in plain. */
function bytesIn(at: string): string {
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((file) => readFileSync(join(file.parentPath, file.name)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1'))
    .join('\n');
}

const secret = {
  id: 'org-qqzx7',
  name: 'Quibblefax Sampling',
  aliases: ['Quibblefax Ltd'],
  website: 'https://www.quibblefax.example/about',
  contactEmail: 'sec@quibblefax.example',
  attributes: [{ name: 'account manager', value: 'Jorinde Vhalk' }],
};
/** Every text that only the erased organization has. */
const traces = /qqzx7|quibblefax|jorinde|qz-rubric|zyxwv/i;

const incident = (more: object) =>
  JSON.stringify({
    id: 'x',
    name: 'Breach at Quibblefax',
    state: 'OPEN',
    discoveredAt: null,
    origins: ['quill', secret.id],
    core: null,
    widest: null,
    scope: [
      { origin: secret.id, artifacts: [], engagements: [], channels: [] },
      { origin: 'quill', artifacts: ['qz-rubric', 'rubric'], engagements: [], channels: [] },
    ],
    maxHops: 3,
    transferLikelihood: 1,
    minDegree: 0,
    scenario: [{ kind: 'SUSPEND', organization: secret.id, access: null, owner: null, at: 1 }],
    log: {
      ...emptyLog,
      entries: [{ at: 1, by: 'ada', text: 'Called quibblefax ltd today.', before: null, after: null, revision: 4 }],
      notices: [{ lab: 'vega', notifier: secret.id, state: 'TOLD', note: null, by: 'ada', at: 1 }],
      plan: [{ step: `RECALL/${secret.id}`, owner: 'ada', doneAt: null, evidence: null, by: 'ada', at: 1 }],
    },
    logSaves: 0,
    createdAt: 1,
    updatedAt: 1,
    ...more,
  });

async function fillWorld(store: FactStore): Promise<void> {
  await store.commit(edit([lab('vega'), vendor('quill'), artifact('rubric', 'vega'), transfer('t1', 'rubric', 'vega', 'quill')]));
  await store.commit(
    importOf('i1', [vendor(secret.id, { ...secret }), transfer('zyxwv', 'rubric', 'vega', secret.id)], {
      import: { source: 'Quibblefax register', files: [{ name: 'quibblefax.csv', sizeBytes: 1, sha256: 'ab', rowCount: 2 }] },
    }),
  );
  // An owner, so a lab too; and somebody who was never tied to it but mentions it.
  await store.commit(edit([say('ORGANIZATION', { id: secret.id, roles: ['LAB', 'VENDOR'] }), artifact('qz-rubric', secret.id)]));
  await store.commit(
    edit([
      transfer('t2', 'rubric', 'vega', 'quill', { channel: 'sftp of Quibblefax Sampling' }),
      transfer('t3', 'qz-rubric', secret.id, 'quill'),
      say('CONTROL', { organization: 'quill', control: 'iso27001', evidenceType: 'CERTIFICATE', issuer: secret.id }),
      vendor('other', { name: 'Quibbles' }),
    ]),
  );
  await store.commit(edit([retract('TRANSFER', 't3')]));
  const documents: [DocumentCollection, string, unknown][] = [
    ['incident', 'about it', incident({ origins: [secret.id] })],
    ['incident', 'kept', incident({})],
    ['note', 'n1', { on: { kind: 'organization', id: secret.id }, text: 'x', by: 'ada', at: 1 }],
    ['note', 'n2', { on: { kind: 'organization', id: 'quill' }, text: 'As QUIBBLEFAX LTD, but nicer.', by: 'ada', at: 1 }],
    ['view', 'v1', { name: 'mine', url: `/explore?focus=${secret.id}`, by: 'ada', at: 1 }],
    ['view', 'v2', { name: 'yours', url: '/explore?focus=quill', by: 'ada', at: 1 }],
    ['acceptance', `UNKNOWN_DATE/zyxwv`, { reason: 'fine', by: 'ada', at: 1, until: null }],
    ['token', 'a1', { name: 'theirs', labs: [secret.id] }],
    ['token', 'a2', { name: 'both', labs: [secret.id, 'vega'] }],
    [
      'mapping',
      'Quibblefax register',
      {
        version: 1,
        files: [{ name: 'quibblefax.csv', header: ['Vendor'], values: [{ column: 'Vendor', value: 'Quibblefax', meaning: secret.id }] }],
        parties: [
          { party: 'Quibblefax Samplng', decision: 'SAME', target: secret.id },
          { party: 'Quill Inc', decision: 'SAME', target: 'quill' },
        ],
      },
    ],
    ['import', 'i1', { name: 'From Quibblefax' }],
  ];
  for (const [collection, id, value] of documents) {
    await store.saveDocument(collection, id, typeof value === 'string' ? value : JSON.stringify(value));
  }
}

describe('the data of an organization, erased', () => {
  it('[S160] are in no byte of the store, and the store says that something was erased', async () => {
    const { store, at } = await openNew();
    await fillWorld(store);
    expect(bytesIn(at)).toMatch(traces);
    const planned = await previewErasure(() => store.readRecords(), organization(secret.id));
    expect(bytesIn(at)).toMatch(/Quibblefax Sampling/);
    const erasure = await eraseFromStore(store, join(at, 'rest.backup'), organization(secret.id));
    expect(bytesIn(at)).not.toMatch(traces);
    await store.close();
    expect(bytesIn(at)).not.toMatch(traces);
    expect(erasure).toEqual(planned);
    expect(erasure).toMatchObject({ facts: 4, assertions: 6, documents: 5 });

    const again = await openStore(`sqlite:${join(at, 'facts.db')}`);
    expect(await again.verify()).toEqual([]);
    expect((await again.listDocuments('audit')).map(({ json }) => parseErasure(json))).toEqual([erasure]);
    expect((await readAll(again)).map(({ key }) => key)).toEqual(['other', 'quill', 'vega', 'rubric', 't1', 't2', 'quill/iso27001']);
    expect(await readField(again, 'CONTROL', 'quill/iso27001', 'issuer')).toBeNull();
    expect(await readField(again, 'TRANSFER', 't2', 'channel')).toBe('sftp of [erased]');
    await again.close();
  });

  it('[S161] what is left of documents names it no more, and a token never sees more than before', async () => {
    const { store, at } = await openNew();
    await fillWorld(store);
    await eraseFromStore(store, join(at, 'rest.backup'), organization(secret.id));
    const documents = async (collection: DocumentCollection) =>
      (await store.listDocuments(collection)).map(({ id, json }) => [id, JSON.parse(json)]);
    const [[id, kept], ...more] = (await documents('incident')) as [[string, Record<string, unknown>]];
    expect({ id, more }).toEqual({ id: 'kept', more: [] });
    expect(kept).toMatchObject({
      name: 'Breach at [erased]',
      origins: ['quill'],
      scope: [{ origin: 'quill', artifacts: ['rubric'] }],
      scenario: [],
      // Revisions 2 and 3 are gone: all their changes were erased.
      log: { entries: [{ text: 'Called [erased] today.', revision: 2 }], notices: [], plan: [] },
    });
    expect(await documents('note')).toEqual([['n2', expect.objectContaining({ text: 'As [erased], but nicer.' })]]);
    expect(await documents('view')).toEqual([['v2', expect.objectContaining({ name: 'yours' })]]);
    expect(await documents('acceptance')).toEqual([]);
    expect(await documents('token')).toEqual([['a2', { name: 'both', labs: ['vega'] }]]);
    const file = { name: '[erased].csv', header: ['Vendor'], values: [] };
    const parties = [{ party: 'Quill Inc', decision: 'SAME', target: 'quill' }];
    expect(await documents('mapping')).toEqual([['[erased] register', { version: 1, files: [file], parties }]]);
    expect(await store.listImports()).toMatchObject([{ source: '[erased] register', files: [{ name: '[erased].csv' }] }]);
    await store.close();
  });

  it('[S310] leave ids of others and words of the program as they are, even where they contain an erased name', async () => {
    const { store, at } = await openNew();
    const aliases = ['Suspend', 'Told', 'Confirmed', 'Viewer', 'Field', 'Attribute', 'Same', 'Organization', 'Day'];
    await store.commit(edit([vendor('open', { name: 'Open', aliases }), lab('open-labs'), artifact('open-rubric', 'open-labs')]));
    const [by, at1] = ['ada', { at: 1 }];
    const kept = {
      origins: ['open-labs'],
      scope: [{ origin: 'open-labs', artifacts: ['open-rubric'], engagements: ['open-e'], channels: ['sftp'] }],
      scenario: [{ kind: 'SUSPEND', organization: 'open-labs', access: null, owner: 'open-labs', ...at1 }],
      log: {
        ...emptyLog,
        assessments: [{ artifacts: ['open-rubric'], state: 'CONFIRMED', reason: null, evidence: null, by, ...at1 }],
        notices: [{ lab: 'open-labs', notifier: 'open-labs', state: 'TOLD', note: null, by, ...at1 }],
        plan: [{ step: 'SUSPEND/open-labs', owner: by, doneAt: null, evidence: null, by, ...at1 }],
      },
    };
    const columns = [
      { column: 'Service', use: 'FIELD', kind: 'ORGANIZATION', field: 'name', dateOrder: 'DAY_FIRST' },
      { column: 'Notes', use: 'ATTRIBUTE' },
    ];
    const mapping = { version: 1, files: [{ name: 'list.csv', kinds: ['ORGANIZATION'], columns }], parties: [] };
    const documents: [DocumentCollection, string, unknown][] = [
      ['incident', 'open-breach', JSON.parse(incident({ id: 'open-breach', name: 'Break-in', ...kept }))],
      ['mapping', 'register', mapping],
      ['note', 'n', { on: { kind: 'organization', id: 'open-labs' }, text: 'x', by, ...at1 }],
      ['token', 't', { name: 'reader', role: 'VIEWER', hash: 'ab', labs: ['open-labs'] }],
    ];
    for (const [collection, id, value] of documents) await store.saveDocument(collection, id, JSON.stringify(value));
    await store.saveDocument('note', 'said', JSON.stringify({ on: { kind: 'organization', id: 'open-labs' }, text: 'Open said so.', by }));
    await eraseFromStore(store, join(at, 'rest.backup'), order({ of: 'organization', organization: 'open' }));
    for (const [collection, id, value] of documents)
      expect([collection, JSON.parse((await store.findDocument(collection, id))?.json as string)]).toEqual([collection, value]);
    expect((await store.findDocument('note', 'said'))?.json).toContain('"[erased] said so."');
    expect(parseErasure((await store.listDocuments('audit'))[0]?.json as string).of).toBe('organization');
    await eraseFromStore(store, join(at, 'more.backup'), { ...order({ of: 'person', person: 'viewer' }), at: 9001 });
    expect(JSON.parse((await store.findDocument('token', 't'))?.json as string)).toMatchObject({ role: 'VIEWER', labs: ['open-labs'] });
    await store.close();
  });

  it('[S160] are erased from a backup too, which restores', async () => {
    const { store, at } = await openNew();
    await fillWorld(store);
    const path = join(folder, 'whole.backup');
    await writeBackup(store, path, '1.2.3', 5000);
    const erasure = await eraseFromBackup(path, organization(secret.id));
    expect(gunzipSync(readFileSync(path)).toString()).not.toMatch(traces);
    await eraseFromStore(store, join(at, 'rest.backup'), organization(secret.id));
    const { store: restored } = await openNew();
    const backup = await openBackup(path);
    await restored.restore(backup.readRecords());
    await backup.close();
    expect(await everythingOf(restored)).toEqual(await everythingOf(store));
    expect(parseErasure((await restored.listDocuments('audit'))[0]?.json as string)).toEqual(erasure);
    await Promise.all([store.close(), restored.close()]);
  });

  it('[S162] after any history, the facts of every revision are those of a store that never had them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: palette.length - 1 }), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (writes) => {
          const [{ store, at }, { store: never }] = [await openNew(), await openNew()];
          const start = [lab('vega'), vendor('quill'), artifact('rubric', 'vega')];
          await store.commit(edit([...start, lab('zz')]));
          await never.commit(edit(start));
          for (const picked of writes) {
            const assertions = [...new Map(picked.map((i) => [(palette[i] as Assertion).key, palette[i] as Assertion])).values()];
            const { isWritten } = await store.commit(edit(assertions));
            const left = assertions.filter((assertion) => !isOfZz(assertion));
            if (isWritten && left.length > 0) await never.commit(edit(left));
          }
          await eraseFromStore(store, join(at, 'rest.backup'), organization('zz'));
          const facts = async (of: FactStore) => {
            const revision = await of.readRevision();
            const past = [];
            for (let known = 0; known <= revision; known++) past.push(await readAll(of, { revision: known }));
            return { past, problems: await of.verify() };
          };
          expect(await facts(store)).toEqual(await facts(never));
          await Promise.all([store.close(), never.close()]);
        },
      ),
      { numRuns: generatedRuns(30) },
    );
  });

  it('[S160] an unknown organization and a merged one are refused', async () => {
    const { store } = await openNew();
    await store.commit(edit([vendor('a'), vendor('b'), vendor('c')]));
    await store.commit(edit([say('ORGANIZATION', { id: 'b', mergedInto: 'a' })]));
    const preview = (id: string) => previewErasure(() => store.readRecords(), organization(id));
    await expect(preview('x')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('"x"') });
    await expect(preview('b')).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('merged into a') });
    // The ids that mean it are its data too.
    expect(await preview('a')).toMatchObject({ facts: 2, assertions: 3 });
    await store.close();
  });
});

/** Facts of `zz` and of others, and changes of both. No fact begins with others and is tied to `zz` later. */
const palette: readonly Assertion[] = [
  vendor('kite'),
  vendor('kite', { name: 'Kite' }),
  transfer('t1', 'rubric', 'vega', 'quill'),
  transfer('t1', 'rubric', 'vega', 'quill', { portion: 0.5 }),
  transfer('z1', 'rubric', 'vega', 'zz'),
  transfer('z2', 'z-art', 'zz', 'quill'),
  artifact('z-art', 'zz'),
  artifact('art', 'vega', { sensitivity: 5 }),
  retract('TRANSFER', 't1'),
  retract('TRANSFER', 'z1'),
  say('REVEALS', { artifact: 'rubric', reveals: 'z-art', degree: 0.5 }),
  say('ACCESS', { id: 'z-acc', grantee: 'zz', grantor: 'quill' }),
  say('ACCESS', { id: 'acc', grantee: 'quill', grantor: 'vega' }),
];
const isOfZz = ({ key }: Assertion) => /z/.test(key);

describe('the name of a person, erased', () => {
  it('[S163] becomes one random name in all records, and no byte of it is left', async () => {
    const { store, at } = await openNew();
    await store.commit(edit([lab('vega'), vendor('quill')], { by: 'jorinde@example.org' }));
    await store.commit(edit([vendor('quill', { contactEmail: 'jorinde@example.org' })], { by: 'ada' }));
    await store.commit(importOf('i1', [vendor('moss')], { by: 'jorinde@example.org' }));
    await store.undoImport('i1', 'jorinde@example.org', 3000);
    await store.saveDocument(
      'note',
      'n',
      JSON.stringify({ on: { kind: 'organization', id: 'quill' }, text: 'x', by: 'jorinde@example.org', at: 1 }),
    );
    await store.saveDocument('token', 't', JSON.stringify({ name: 'jorinde@example.org', labs: null }));
    const facts = (await readAll(store)).map(({ key }) => key);
    await eraseFromStore(store, join(at, 'rest.backup'), order({ of: 'person', person: 'jorinde@example.org' }));
    expect(bytesIn(at)).not.toMatch(/jorinde/i);
    expect((await readAll(store)).map(({ key }) => key)).toEqual(facts);
    const { changes } = await store.readHistory({ sinceRevision: 0 }, 0, 100);
    const standIn = (await store.listImports())[0]?.by as string;
    expect(standIn).toMatch(/^erased-[0-9a-f]{8}$/);
    expect(new Set(changes.map(({ by }) => by))).toEqual(new Set(['ada', standIn]));
    expect(JSON.parse((await store.listDocuments('note'))[0]?.json as string)).toMatchObject({ by: standIn });
    expect(await store.listDocuments('token')).toEqual([]);
    expect(await store.verify()).toEqual([]);
    await store.close();
  });
});
