import { join } from 'node:path';
import type { FactValue } from '../../server/domain/assertions.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { packRows } from '../../server/domain/text/row-text.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { expect, it } from '../support/test.ts';
import type { FieldTable, Program } from './field-tables.ts';
import { appended, fieldsOf, inserted, insertedAndAppended, loadProgram, newer, removed, thisTable } from './field-tables.ts';

interface StoresUnderTest {
  readonly folder: string;
  readonly options: Parameters<Program['openStore']>[1];
  /** The URL of an empty store. The one before it is closed. */
  makeEmpty(): Promise<string>;
}

const changes: readonly [change: string, before: FieldTable, after: FieldTable][] = [
  ['was appended to', thisTable, appended],
  ['was inserted into', thisTable, inserted],
  ['was inserted beside an appended one into', appended, insertedAndAppended],
  ['was removed from', thisTable, removed],
  ['that was new was removed from', inserted, thisTable],
];

/** Promises for stores and backups when every kind of fact gains or loses a field. */
export function describeFieldTables(under: () => StoresUnderTest): void {
  it.each(changes)('[S43] a store opens and answers as before when a field %s every kind of fact', async (_, before, after) => {
    const { folder, options, makeEmpty } = under();
    const url = await makeEmpty();
    const [old, later] = [join(folder, 'old.backup'), join(folder, 'later.backup')];
    const ask = (store: FactStore, table: FieldTable) => answersOf(store, table, [before, after]);

    let program = await loadProgram(before);
    let store = await program.openStore(url, options);
    await program.writeHistory(store);
    await program.writeBackup(store, old, '1.0.0', 0);
    const written = await ask(store, before);
    expect(written.problems).toEqual([]);
    await store.close();

    program = await loadProgram(after);
    store = await program.openStore(url, options);
    expect(await ask(store, after)).toEqual(written);
    await writeOfEachKind(program, store);
    const edited = await ask(store, after);
    expect(edited.problems).toEqual([]);
    expect(await countMarks(store, after)).toBe(fieldsOf(after, 'ACCESS').some(({ name }) => name === 'extraMark') ? factKinds.length : 0);
    await program.writeBackup(store, later, '1.0.0', 0);
    await store.close();

    program = await loadProgram(before);
    store = await program.openStore(url, options);
    expect(await ask(store, before)).toEqual(edited);
    await store.close();
    store = await program.openStore(await makeEmpty(), options);
    await restore(program, store, later);
    expect(await ask(store, before)).toEqual(edited);
    await store.close();

    program = await loadProgram(after);
    store = await program.openStore(await makeEmpty(), options);
    await restore(program, store, old);
    expect(await ask(store, after)).toEqual(written);
    await store.close();
  });

  it('[S44] a store or a backup with fields of a newer version is refused and left unchanged', async () => {
    const { folder, options, makeEmpty } = under();
    const url = await makeEmpty();
    const backup = join(folder, 'newer.backup');
    let program = await loadProgram(newer);
    let store = await program.openStore(url, options);
    await program.writeHistory(store);
    await program.writeBackup(store, backup, '2.0.0', 0);
    const written = await answersOf(store, newer, [newer]);
    await store.close();

    program = await loadProgram(thisTable);
    await expect(program.openStore(url, options)).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringMatching(
        /was written by a newer version of this program: .* Start the version that wrote it, or a newer one\.$/,
      ),
    });
    await expect(program.openBackup(backup)).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });

    program = await loadProgram(newer);
    store = await program.openStore(url, options);
    expect(await answersOf(store, newer, [newer])).toEqual(written);
    await store.close();
  });
}

/** A fact of each kind, with every test field that the program's table defines. */
async function writeOfEachKind(program: Program, store: FactStore): Promise<void> {
  const marks = { extraMark: 'marked', anotherMark: 7 };
  await store.commit(
    program.edit(
      [
        program.say('ORGANIZATION', { id: 'new', name: 'New', roles: ['LAB'], ...marks }),
        program.say('ARTIFACT', { id: 'new', name: 'New', type: 'PROMPT_SET', owner: 'new', sensitivity: 2, ...marks }),
        program.say('ENGAGEMENT', { id: 'new', client: 'new', provider: 'vega', ...marks }),
        program.say('TRANSFER', { id: 'new', artifact: 'new', sender: 'new', recipient: 'vega', engagement: 'new', ...marks }),
        program.say('ACCESS', { id: 'new', grantee: 'new', grantor: 'vega', likelihood: 0.5, ...marks }),
        program.say('REVEALS', { artifact: 'new', reveals: 'rubric', degree: 0.5, ...marks }),
        program.say('CONTROL', { organization: 'new', control: 'MFA', evidenceType: 'TESTED', ...marks }),
        program.say('SOFTWARE_LIST', { id: 'new', organization: 'new', components: packRows('COMPONENT', []), ...marks }),
        program.say('ADVISORY', { id: 'new', kind: 'MALWARE', ...marks }),
        program.say('AVAILABILITY', { id: 'new/x', advisory: 'new', claimant: 'x', claims: packRows('CLAIM', []), ...marks }),
        program.say('SOFTWARE_STATEMENT', { id: 'n/n/x', organization: 'new', advisory: 'new', claimant: 'x', state: 'FIXED', ...marks }),
      ],
      { by: 'eve', at: 9_000_000 },
    ),
  );
}

async function restore(program: Program, store: FactStore, path: string): Promise<void> {
  const backup = await program.openBackup(path);
  await store.restore(backup.readRecords());
  await backup.close();
}

async function countMarks(store: FactStore, table: FieldTable): Promise<number> {
  let count = 0;
  for await (const { kind, facts } of store.readFacts()) {
    const field = fieldsOf(table, kind).findIndex(({ name }) => name === 'extraMark');
    for (const { values } of facts) if (values[field] === 'marked') count++;
  }
  return count;
}

/**
 * The facts at each revision, the history and the findings of `verify`, limited to the fields that all tables share.
 *
 * @param table the field table of the program that opened the store
 */
async function answersOf(store: FactStore, table: FieldTable, tables: readonly FieldTable[]) {
  const namesOf = (kind: FactKind): string[] =>
    fieldsOf(table, kind)
      .map(({ name }) => name)
      .filter((name) => tables.every((other) => fieldsOf(other, kind).some((spec) => spec.name === name)));
  const valuesOf = (kind: FactKind, values: readonly FactValue[]) =>
    Object.fromEntries(namesOf(kind).map((name) => [name, values[fieldsOf(table, kind).findIndex((spec) => spec.name === name)]]));
  const revision = await store.readRevision();
  const facts: unknown[] = [];
  for (let at = 0; at <= revision; at++) {
    for await (const batch of store.readFacts({ revision: at })) {
      for (const { kind, key, values, provenance } of batch.facts)
        facts.push({ at, kind, key, fields: valuesOf(kind, values), provenance });
    }
  }
  const { changes } = await store.readHistory({ sinceRevision: 0 }, 0, 10_000);
  const history = changes.map((change) => ({
    ...change,
    fields: change.fields.filter(({ field }) => field.startsWith('attribute:') || namesOf(change.kind).includes(field)),
  }));
  return { revision, facts, history, problems: await store.verify() };
}
