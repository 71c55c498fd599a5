import { Command } from 'commander';
import { parseErasure } from '../backup/erase/erase-data.ts';
import type { Erasure } from '../backup/erase/erase-records.ts';
import { wayBack } from '../store/damaged-store.ts';
import { verifyStoreAt } from '../store/open/open-store.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import { exitCodes, print, printJson, readFlags, tell, withJson, withStore } from './command/run-command.ts';
import { describeErasure } from './erase.ts';

export function verifyCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('verify')))
    .description('Check the integrity of the store, and that its facts obey the rules. Exits 1 if it finds a problem.')
    .action(async (flags: StoreFlags) => {
      const { store, storeCredentials } = readFlags(flags);
      let erasures: Erasure[] = [];
      const problems = await verifyStoreAt(store, { credentials: storeCredentials, onWaiting: tell }, (documents) => {
        erasures = documents.map(({ json }) => parseErasure(json));
      });
      if (problems.length > 0) {
        exit(exitCodes.failed);
        tell(wayBack);
      }
      if (flags.json) printJson({ isSound: problems.length === 0, problems, erasures });
      else {
        print(problems.length === 0 ? 'The store is intact, and its facts obey the rules.' : problems.join('\n'));
        for (const erasure of erasures) print(describeErasure(erasure));
      }
    });
}
