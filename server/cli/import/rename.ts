import { Command } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { checkImportName, saveImportName } from '../../import/import-names.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { print, printJson, useStore, withJson, withStore } from '../command/run-command.ts';

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
