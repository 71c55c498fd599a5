import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseFromStore } from '../../../server/backup/erase/erase-data.ts';
import { madeKey } from '../../../server/domain/facts.ts';
import { packRows } from '../../../server/domain/text/row-text.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit, readAll, say, vendor } from '../../store/assertions-for-tests.ts';
import { everythingOf } from '../../store/everything-of.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-erase-software-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const claim = (claimant: string, from: number) =>
  say('AVAILABILITY', {
    ...{ id: madeKey('MAL-1', claimant), advisory: 'MAL-1', claimant },
    claims: packRows('CLAIM', [['pkg:pypi/litellm', [], from, null]]),
  });
const statement = (organization: string, claimant: string) =>
  say('SOFTWARE_STATEMENT', { id: madeKey(organization, 'MAL-1', claimant), organization, advisory: 'MAL-1', claimant, state: 'AFFECTED' });
const list = (id: string, organization: string, name: string) =>
  say('SOFTWARE_LIST', {
    ...{ id, organization, subject: 'gateway' },
    components: packRows('COMPONENT', [
      [name, null, '1', null, null, 'DIRECT', []],
      ['zlib', null, '1', null, null, 'DIRECT', []],
    ]),
  });

describe('erasing an organization', () => {
  it('[S872] erases its software lists and statements, and its names from rows and from keys that are made of texts', async () => {
    const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    await store.commit(edit([vendor('quibblefax', { name: 'Quibblefax' }), vendor('quill')]));
    await store.commit(
      edit([
        list('quibblefax/1', 'quibblefax', 'a'),
        list('quill/1', 'quill', 'quibblefax agent'),
        claim('Quibblefax status page', 1),
        claim('Sable', 2),
        statement('quibblefax', 'own page'),
        statement('quill', 'Quibblefax'),
      ]),
    );
    // The key of the claim changes its place among the others of its write.
    await store.commit(edit([claim('Quibblefax status page', 3), claim('Sable', 3)]));
    await eraseFromStore(store, join(folder, 'erase.backup'), {
      ...{ subject: { of: 'organization', organization: 'quibblefax' }, by: 'local', at: 9000, product: '1.0.0', key: null },
    });
    const facts = await readAll(store);
    expect(facts.map(({ kind, key }) => [kind, key])).toEqual([
      ['ORGANIZATION', 'quill'],
      ['SOFTWARE_LIST', 'quill/1'],
      ['AVAILABILITY', madeKey('MAL-1', '[erased] status page')],
      ['AVAILABILITY', madeKey('MAL-1', 'Sable')],
      ['SOFTWARE_STATEMENT', madeKey('quill', 'MAL-1', '[erased]')],
    ]);
    const everything = await everythingOf(store);
    expect(everything.problems).toEqual([]);
    expect(JSON.stringify(everything)).not.toMatch(/quibblefax/i);
    await store.close();
  });
});
