import { Command } from 'commander';
import type { ExitCode, StoreFlags } from './run-command.ts';
import { exitCodes, print, printJson, useStore, withJson, withStore } from './run-command.ts';

export function verifyCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('verify')))
    .description('Checks the integrity of the store and the rules that facts keep. Exits 1 where something is wrong.')
    .action(async (flags: StoreFlags) => {
      const problems = await useStore(flags, (store) => store.verify());
      if (problems.length > 0) exit(exitCodes.failed);
      if (flags.json) printJson({ isSound: problems.length === 0, problems });
      else print(problems.length === 0 ? 'The store is whole, and its facts keep their rules.' : problems.join('\n'));
    });
}
