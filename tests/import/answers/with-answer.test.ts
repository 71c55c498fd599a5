import { commitImport } from '../../../server/import/commit-import.ts';
import type { AnswerDecisions } from '../../../server/import/import-view.ts';
import { findRespondent } from '../../../server/import/mapping/known-facts.ts';
import { readFromStore } from '../../../server/import/read-from-store.ts';
import { edit, say } from '../../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, type Files } from '../import-for-tests.ts';

let bench: Bench;
let count = 0;
beforeEach(async () => {
  bench = await Bench.open();
  await bench.import({
    'organizations.csv': 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite Data,VENDOR\nmoss,Moss,SUBCONTRACTOR\n',
    'artifacts.csv': 'id,name,type,owner,sensitivity\ng,Guidelines,ANNOTATION_GUIDELINES,vega,4\n',
    'transfers.csv':
      'id,artifact,sender,recipient,sent_at,form,portion,deletion_state,deleted_at\n' +
      'T-1,g,vega,kite,2025-03-01,PLAINTEXT,1,NONE,\n' +
      'T-2,g,vega,kite,2025-03-01,PLAINTEXT,1,VERIFIED,2025-06-01\n' +
      'T-3,g,kite,moss,2025-04-01,PLAINTEXT,1,NONE,\n',
    'controls.csv':
      'organization,control,evidence_type,expires_at\nkite,SOC_2_TYPE_II,CERTIFICATE,2027-01-01\nkite,MFA,SELF_ATTESTED,2026-06-01\n',
  });
});
afterEach(() => bench.close());

async function answer(files: Files, decisions: AnswerDecisions = {}) {
  const at = Date.UTC(2026, 0, 5) + ++count;
  const options = {
    assertedAt: at,
    source: 'kite',
    edition: { unlisted: { policy: 'KEEP' } },
    respondent: 'kite',
    answer: decisions,
  } as const;
  const read = await readFromStore(bench.store, bench.write(files), options);
  const order = { id: `answer-${count}`, by: 'analyst', at, createdAt: at, source: 'kite', assertedAt: null };
  const commit = () => commitImport(bench.store, read, order, 'ALL_OR_NOTHING');
  return { waiting: read.waiting.map(({ id, fields }) => [id, fields]), questions: read.questions, commit };
}

async function factOf(kind: 'TRANSFER' | 'CONTROL' | 'ORGANIZATION', key: string) {
  const [fact] = await bench.store.readFactsByKey(kind, [key]);
  return { values: fact?.values, source: fact?.provenance.source };
}

const transfers = (...rows: string[]) => ({
  'transfers.csv': `id,artifact,sender,recipient,sent_at,form,portion,deletion_state,deleted_at,source\n${rows.join('\n')}\n`,
});
const deleted = (values: readonly unknown[] | undefined) => values?.filter((value) => value === 'ATTESTED' || value === 'VERIFIED');

describe("an organization's own answer", () => {
  it('[F84] attests what it calls verified, and is its own source whatever the file says', async () => {
    const { waiting, questions, commit } = await answer({
      ...transfers('T-1,g,vega,kite,2025-03-01,PLAINTEXT,1,VERIFIED,2025-12-01,our audit'),
      'organizations.csv': 'id,name,contact_email\nkite,Kite Data,security@kite.example\n',
      'controls.csv': 'organization,control,evidence_type\nkite,ENCRYPTION_AT_REST,AUDIT_REPORT\n',
    });
    expect([waiting, questions]).toEqual([[], []]);
    expect((await commit()).report).toMatchObject({ created: 1, updated: 2, rejected: 0 });
    const { values, source } = await factOf('TRANSFER', 'T-1');
    expect([deleted(values), source]).toEqual([['ATTESTED'], 'kite']);
    expect((await factOf('CONTROL', 'kite/ENCRYPTION_AT_REST')).values).toContain('SELF_ATTESTED');
  });

  it('[F84] does not weaken evidence by repeating it', async () => {
    const before = [await factOf('TRANSFER', 'T-2'), await factOf('CONTROL', 'kite/SOC_2_TYPE_II')];
    const { questions, commit } = await answer({
      ...transfers('T-2,g,vega,kite,2025-03-01,PLAINTEXT,1,VERIFIED,2025-06-01,x'),
      'controls.csv': 'organization,control,evidence_type,expires_at\nkite,SOC_2_TYPE_II,CERTIFICATE,2027-01-01\n',
    });
    expect(questions).toEqual([]);
    expect((await commit()).report).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect([await factOf('TRANSFER', 'T-2'), await factOf('CONTROL', 'kite/SOC_2_TYPE_II')]).toEqual(before);
  });

  it.each([
    ['form', 'T-1,g,vega,kite,2025-03-01,ENCRYPTED_KEY_AT_OWNER,1,NONE,,', 'PLAINTEXT', 'ENCRYPTED_KEY_AT_OWNER'],
    ['portion', 'T-1,g,vega,kite,2025-03-01,PLAINTEXT,0.1,NONE,,', '1', '0.1'],
    ['sentAt', 'T-1,g,vega,kite,2026-01-02,PLAINTEXT,1,NONE,,', '2025-03-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['recipient', 'T-1,g,vega,moss,2025-03-01,PLAINTEXT,1,NONE,,', 'kite', 'moss'],
    ['deletedAt', 'T-2,g,vega,kite,2025-03-01,PLAINTEXT,1,VERIFIED,2025-03-02,', '2025-06-02T00:00:00Z', '2025-03-03T00:00:00Z'],
  ])('[F85] waits with a change of %s until somebody decides', async (field, row, before, after) => {
    const id = `TRANSFER ${row.slice(0, 3)}`;
    const open = await answer(transfers(row));
    expect(open.waiting).toEqual([[id, expect.arrayContaining([{ field, before, after }])]]);
    expect(open.questions).toMatchObject([{ kind: 'ANSWER', flag: '--accept-answer or --decline-answer' }]);

    const recorded = (await factOf('TRANSFER', row.slice(0, 3))).values;
    const declined = await answer(transfers(row), { all: 'DECLINE' });
    expect(declined.questions).toEqual([]);
    await declined.commit();
    expect((await factOf('TRANSFER', row.slice(0, 3))).values).toEqual(recorded);

    const accepted = await answer(transfers(row), { all: 'DECLINE', changes: { [id]: 'ACCEPT' } });
    await accepted.commit();
    expect((await factOf('TRANSFER', row.slice(0, 3))).values).not.toEqual(recorded);
  });

  it("[F85] waits with another holder's deletion, with roles, and with stronger evidence; not with its own word", async () => {
    const { waiting } = await answer({
      ...transfers('T-3,g,kite,moss,2025-04-01,PLAINTEXT,1,ATTESTED,2025-05-01,'),
      'organizations.csv': 'id,name,roles\nkite,Kite Data,VENDOR;CERTIFIER\n',
      'controls.csv':
        'organization,control,evidence_type,expires_at\nkite,SOC_2_TYPE_II,CERTIFICATE,2029-01-01\nkite,MFA,SELF_ATTESTED,2027-06-01\n',
    });
    expect(waiting.map(([id]) => id)).toEqual(['TRANSFER T-3', 'ORGANIZATION kite', 'CONTROL kite/SOC_2_TYPE_II']);
  });

  it('[F85] waits with a change of what is recorded under a merged id', async () => {
    await bench.import({
      'organizations.csv': 'id,name,roles\nkite-old,Kite,VENDOR\n',
      'controls.csv': 'organization,control,evidence_type\nkite-old,SOC_2_TYPE_I,AUDIT_REPORT\n',
    });
    await bench.store.commit(edit([say('ORGANIZATION', { id: 'kite-old', mergedInto: 'kite' })], { at: Date.UTC(2026, 0, 4) }));
    const { waiting } = await answer({
      'organizations.csv': 'id,name,roles\nkite-old,Kite,LAB\n',
      'controls.csv': 'organization,control,evidence_type\nkite-old,SOC_2_TYPE_I,SELF_ATTESTED\n',
    });
    expect(waiting.map(([id]) => id)).toEqual(['ORGANIZATION kite-old', 'CONTROL kite-old/SOC_2_TYPE_I']);
  });

  it('[F84] is undone exactly', async () => {
    const before = await factOf('TRANSFER', 'T-1');
    const { commit } = await answer(transfers('T-1,g,vega,kite,2025-03-01,PLAINTEXT,1,VERIFIED,2025-12-01,'));
    await commit();
    await bench.store.undoImport(`answer-${count}`, 'analyst', Date.UTC(2026, 0, 6));
    expect(await factOf('TRANSFER', 'T-1')).toEqual(before);
  });

  it('[F84] names a recorded organization, by its id or its only name', async () => {
    expect([await findRespondent(bench.store, 'kite'), await findRespondent(bench.store, 'Kite Data')]).toEqual(['kite', 'kite']);
    await expect(findRespondent(bench.store, 'Kyte')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: /"Kyte" is no organization's id/,
    });
  });
});
