import { Command } from 'commander';
import type { ExitCode, StoreFlags } from './run-command.ts';
import { exitCodes, print, printJson, useStore, withJson, withStore } from './run-command.ts';

export function verifyCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('verify')))
    .description('Check the integrity of the store, and that its facts obey the rules. Exits 1 if it finds a problem.')
    .action(async (flags: StoreFlags) => {
      const problems = await useStore(flags, (store) => store.verify());
      if (problems.length > 0) exit(exitCodes.failed);
      if (flags.json) printJson({ isSound: problems.length === 0, problems });
      else print(problems.length === 0 ? 'The store is intact, and its facts obey the rules.' : problems.join('\n'));
    });
}
