import { register } from 'node:module';
import type { FieldSpec } from '../../server/domain/fact-fields.ts';
import * as realTable from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { getOrInsert } from '../../server/domain/get-or-insert.ts';

/** The parts of a program with its own field table that tests use. */
export type Program = Pick<typeof import('../../server/store/open/open-store.ts'), 'openStore'> &
  Pick<typeof import('../../server/backup/read-backup.ts'), 'openBackup'> &
  Pick<typeof import('../../server/backup/write-backup.ts'), 'writeBackup'> &
  Pick<typeof import('./assertions-for-tests.ts'), 'say' | 'edit' | 'readAll'> &
  Pick<typeof import('./fixtures/stored-history.ts'), 'writeHistory'>;

export interface FieldTable {
  readonly fields: (specs: readonly FieldSpec[], kind: FactKind) => readonly FieldSpec[];
  readonly version: number;
}

export const thisTable: FieldTable = { fields: (specs) => specs, version: realTable.fieldsVersion };

/** A field without meaning, of a type that every store and backup supports. */
const extra: FieldSpec = {
  name: 'extraMark',
  column: 'extra_mark',
  type: 'text',
  maxLength: 1000,
  isRequired: false,
  isKey: false,
  words: 'extra mark',
};

/** Optional fields that no fact rule reads. */
const removable: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'country',
  ARTIFACT: 'version',
  ENGAGEMENT: 'noticeHours',
  TRANSFER: 'channel',
  ACCESS: 'kind',
  REVEALS: 'basis',
  CONTROL: 'issuer',
  SOFTWARE_LIST: 'subjectVersion',
  ADVISORY: 'summary',
  AVAILABILITY: 'claims',
  SOFTWARE_STATEMENT: 'at',
};

const another: FieldSpec = { ...extra, name: 'anotherMark', column: 'another_mark', type: 'integer', from: 0, to: 9 };

export const appended: FieldTable = { ...thisTable, fields: (specs) => [...specs, extra] };
export const inserted: FieldTable = { ...thisTable, fields: (specs) => [...specs.slice(0, 2), extra, ...specs.slice(2)] };
export const insertedAndAppended: FieldTable = {
  ...thisTable,
  fields: (specs) => [...specs.slice(0, 2), another, ...specs.slice(2), extra],
};
export const removed: FieldTable = { ...thisTable, fields: (specs, kind) => specs.filter(({ name }) => name !== removable[kind]) };
export const newer: FieldTable = { ...appended, version: thisTable.version + 1 };

export function fieldsOf({ fields }: FieldTable, kind: FactKind): readonly FieldSpec[] {
  return fields(realTable.factFields[kind], kind);
}

register('./other-table-hooks.mjs', import.meta.url);
const tablesOfCopies: FieldTable[] = [];

/** @param url a URL of a module of the copy, which ends with the copy's number */
export function tableOfCopy(url: string) {
  const table = tablesOfCopies[Number(new URL(url).searchParams.get('table'))] as FieldTable;
  return {
    factFields: Object.fromEntries(factKinds.map((kind) => [kind, fieldsOf(table, kind)])) as typeof realTable.factFields,
    fieldsVersion: table.version,
  };
}

const copies = new Map<FieldTable, Promise<Program>>();

/** Loads a copy of the program with another field table, once for each table. Close the stores of another copy first. */
export function loadProgram(table: FieldTable): Promise<Program> {
  return getOrInsert(copies, table, () => loadCopy(`?table=${tablesOfCopies.push(table) - 1}`));
}

async function loadCopy(query: string): Promise<Program> {
  const { writeHistory } = await import(`./fixtures/stored-history.ts${query}`);
  const { openStore } = await import(`../../server/store/open/open-store.ts${query}`);
  const { openBackup } = await import(`../../server/backup/read-backup.ts${query}`);
  const { writeBackup } = await import(`../../server/backup/write-backup.ts${query}`);
  const { say, edit, readAll } = await import(`./assertions-for-tests.ts${query}`);
  return { openStore, openBackup, writeBackup, say, edit, readAll, writeHistory };
}
