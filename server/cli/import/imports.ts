import { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import { checkImportName, readImportNames, saveImportName } from '../../import/commit-import.ts';
import { undoWithHistory } from '../../import/demo/demo-history.ts';
import type { ImportRecord } from '../../store/fact-write.ts';
import type { ExitCode, StoreFlags } from '../command/run-command.ts';
import { exitCodes, formatTable, print, printJson, tell, tellProgress, useStore, withJson, withStore } from '../command/run-command.ts';

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

export function undoCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('undo')))
    .description(
      'Undo an import, as if it had never happened. Refused while later facts depend on it. Ctrl-C cancels it: nothing is changed then.',
    )
    .argument('<import>', 'the id of the import (see `exposure imports`)')
    .action(async (id: string, flags: StoreFlags) => {
      const undone = await useStore(flags, 'sample', (store) => {
        const controller = new AbortController();
        const cancel = () =>
          controller.abort(new ExposureError('CONFLICT', `The undo of the import ${id} was canceled. Nothing was changed.`));
        process.once('SIGINT', cancel);
        const onProgress = tellProgress(
          (done: number, total: number) => `Undoing the import ${id}: ${Math.floor((done / total) * 100)}%. Ctrl-C cancels it.`,
        );
        const watch = { signal: controller.signal, onProgress, clock: Date.now };
        return undoWithHistory(store, id, 'local', Date.now(), watch).finally(() => process.off('SIGINT', cancel));
      });
      if (flags.json) printJson({ import: id, ...undone });
      switch (undone.outcome) {
        case 'refused':
          exit(exitCodes.failed);
          if (!flags.json) tell(undone.message);
          return;
        case 'unchanged':
          if (!flags.json) print(`The import ${id} was already undone; nothing changed.`);
          return;
        case 'undone':
          if (!flags.json) print(`Undid the import ${id}: ${describeCount(undone.changedCount)} changed (revision ${undone.revision}).`);
          return;
        default:
          undone satisfies never;
      }
    });
}

function describeCount(count: number): string {
  return count === 1 ? '1 fact' : `${count} facts`;
}
