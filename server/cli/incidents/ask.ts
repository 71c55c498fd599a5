import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { formatTransfers } from '../../export/export-facts.ts';
import { questionnaireDocument } from '../../export/questionnaire/questionnaire-document.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import { writeDocument } from '../../questions/write-document.ts';
import { makeFolder } from '../../store/make-folder.ts';
import type { StoreFlags } from '../run-command.ts';
import { print, printJson, withJson, withStore } from '../run-command.ts';
import { withAsker } from './with-asker.ts';

interface AskFlags extends StoreFlags {
  readonly lab?: string;
}

export function askCommand(): Command {
  return withJson(withStore(new Command('ask')))
    .description('Write a questionnaire: what an organization is thought to hold, as holdings.csv and as a PDF to print.')
    .argument('<organization>', 'id of the organization to ask')
    .argument('<folder>', 'where the files go; files of an earlier run are replaced')
    .option('--lab <id>', 'ask only about the artifacts of this lab')
    .addHelpText('after', '\nIts answer is the filled-in file: exposure import --respondent ORGANIZATION holdings.csv')
    .action(async (organization: string, folder: string, flags: AskFlags) => {
      const files = await withAsker(flags, async (asker) => {
        const { projection, holder, transfers } = await askHoldings(asker, { holder: organization, owner: flags.lab });
        let rows = '';
        for await (const piece of formatTransfers(asker.questions.store, transfers, projection.revision)) rows += piece;
        const pdf = await writeDocument(asker, 'pdf', questionnaireDocument(projection, holder, transfers, asker.now));
        makeFolder(folder);
        writeFileSync(join(folder, 'holdings.csv'), rows);
        writeFileSync(join(folder, 'questionnaire.pdf'), pdf);
        return [join(folder, 'holdings.csv'), join(folder, 'questionnaire.pdf')];
      });
      if (flags.json) printJson(files);
      else print(files.join('\n'));
    });
}
