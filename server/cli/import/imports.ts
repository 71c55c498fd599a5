import { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import { checkImportName, readImportNames, saveImportName } from '../../import/import-names.ts';
import type { ImportRecord } from '../../store/fact-write.ts';
import { formatTable, print, printJson, type StoreFlags, tell, useStore, withJson, withStore } from '../command/run-command.ts';

export function importsCommand(): Command {
  return withJson(withStore(new Command('imports')))
    .description('List committed imports, the latest first.')
    .action(async (flags: StoreFlags) => {
      await useStore(flags, 'sample', async (store) => {
        const records = await store.listImports();
        const names = await readImportNames(store);
        const nameOf = ({ id }: ImportRecord) => names.get(id) ?? null;
        if (flags.json) printJson(records.map((record) => toJson(record, nameOf(record))));
        else if (records.length === 0) tell('There are no imports yet.');
        else
          print(
            formatTable(
              header,
              records.map((record) => toRow(record, nameOf(record))),
            ),
          );
      });
    });
}

const header = ['IMPORT', 'NAME', 'STATE', 'COMMITTED', 'BY', 'CREATED', 'UPDATED', 'UNCHANGED', 'REJECTED', 'SOURCE', 'FILES'];

function toRow(record: ImportRecord, name: string | null): string[] {
  return [
    record.id,
    name ?? '-',
    record.state,
    formatInstant(record.committedAt),
    record.by,
    String(record.created),
    String(record.updated),
    String(record.unchanged),
    String(record.rejectedCount),
    record.source ?? '-',
    record.files.map((file) => file.name).join(' '),
  ];
}

function toJson(record: ImportRecord, name: string | null): object {
  const instant = (value: number | null) => (value === null ? null : formatInstant(value));
  const { id, state, source, by, created, updated, unchanged, rejectedCount, files, undoneBy } = record;
  return {
    id,
    name,
    state,
    source,
    assertedAt: instant(record.assertedAt),
    by,
    committedAt: instant(record.committedAt),
    undoneAt: instant(record.undoneAt),
    undoneBy,
    created,
    updated,
    unchanged,
    rejected: rejectedCount,
    files,
  };
}

export function renameCommand(): Command {
  return withJson(withStore(new Command('rename')))
    .description('Give a committed import a name, or another one.')
    .argument('<import>', 'the id of the import (see `exposure imports`)')
    .argument('<name>', 'the name, at most 200 characters')
    .action(async (id: string, text: string, flags: StoreFlags) => {
      const name = checkImportName(text);
      await useStore(flags, 'sample', async (store) => {
        if ((await store.findImport(id)) === undefined)
          throw new ExposureError(
            'NOT_FOUND',
            `There is no import ${JSON.stringify(id.slice(0, 80))}. List the imports to see which there are.`,
          );
        await saveImportName(store, id, name);
      });
      if (flags.json) printJson({ import: id, name });
      else print(`The import ${id} is named ${JSON.stringify(name)}.`);
    });
}
