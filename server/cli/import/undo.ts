import { Command } from 'commander';
import type { ExitCode, StoreFlags } from '../run-command.ts';
import { exitCodes, print, printJson, tell, useStore, withJson, withStore } from '../run-command.ts';

export function undoCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('undo')))
    .description('Undo an import, as if it had never happened. Refused while later facts depend on it.')
    .argument('<import>', 'the id of the import (see `exposure imports`)')
    .action(async (id: string, flags: StoreFlags) => {
      const undone = await useStore(flags, (store) => store.undoImport(id, 'local', Date.now()));
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
