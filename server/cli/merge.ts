import { Command } from 'commander';
import { fieldIndex } from '../domain/fact-rules.ts';
import {
  checkMerge,
  describeHidden,
  findHiddenByMerge,
  type MergeOutcome,
  mergeOrganizations,
  unmergeOrganizations,
} from '../questions/merge-organizations.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import { exitCodes, print, printJson, tell, tellProgress, useStore, withJson, withStore } from './command/run-command.ts';

const mostListed = 20;
const rolesField = fieldIndex('ORGANIZATION', 'roles');

export function mergeCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('merge')))
    .description("Make one organization's id mean another's. Lists the facts that the merge hides. `unmerge` ends the merge.")
    .argument('<organization>', 'the id that will mean another')
    .requiredOption('--into <id>', 'the organization that it will mean')
    .action(async (organization: string, flags: StoreFlags & { readonly into: string }) => {
      await useStore(flags, 'sample', async (store) => {
        const refusal = await checkMerge(store, organization, flags.into);
        const onProgress = tellProgress(
          (read: number) => `Looking for the facts that the merge hides: ${read.toLocaleString('en-US')} facts read. Ctrl-C cancels it.`,
        );
        const found = refusal === null ? await findHiddenByMerge(store, organization, flags.into, onProgress) : [];
        const hidden = found.map(describeHidden);
        if (hidden.length > 0 && !flags.json) {
          tell(`The merge hides ${hidden.length} ${hidden.length === 1 ? 'fact' : 'facts'} whose two ends become one organization:`);
          for (const fact of hidden.slice(0, mostListed)) tell(`  ${fact}`);
          if (hidden.length > mostListed) tell(`  and ${hidden.length - mostListed} more`);
        }
        if (refusal === null && !flags.json && (await areLabs(store, [organization, flags.into]))) {
          tell('Both are labs: while the merge stands, a person bound to one of them sees what both may see.');
        }
        const outcome = await mergeOrganizations(store, organization, flags.into, { by: 'local', at: Date.now() });
        report(outcome, `${organization} means ${flags.into} from now on`, { organization, into: flags.into, hidden }, flags, exit);
      });
    });
}

async function areLabs(store: FactStore, ids: readonly string[]): Promise<boolean> {
  const found = await store.unmerged.readFactsByKey('ORGANIZATION', ids);
  return found.length === ids.length && found.every(({ values }) => (values[rolesField] as readonly string[]).includes('LAB'));
}

export function unmergeCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('unmerge')))
    .description('End the merge of an organization: its id means itself again.')
    .argument('<organization>', 'the id that was merged into another')
    .action(async (organization: string, flags: StoreFlags) => {
      await useStore(flags, 'sample', async (store) => {
        const outcome = await unmergeOrganizations(store, organization, { by: 'local', at: Date.now() });
        report(outcome, `${organization} means itself again`, { organization }, flags, exit);
      });
    });
}

function report(
  { revision, refusal }: MergeOutcome,
  done: string,
  data: object,
  { json }: StoreFlags,
  exit: (code: ExitCode) => void,
): void {
  if (json) printJson({ ...data, revision, refusal });
  else if (refusal === null) print(`${done} (revision ${revision}).`);
  else tell(refusal.message);
  if (refusal !== null) exit(exitCodes.failed);
}
