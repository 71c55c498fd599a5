import { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { undoWithHistory } from '../../import/demo/undo-with-history.ts';
import type { ExitCode, StoreFlags } from '../command/run-command.ts';
import { exitCodes, print, printJson, tell, tellProgress, useStore, withJson, withStore } from '../command/run-command.ts';

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
