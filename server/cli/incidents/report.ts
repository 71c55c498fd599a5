import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { reportDocument } from '../../export/report/report-document.ts';
import { askReport } from '../../questions/incidents/ask-report.ts';
import { writeDocument } from '../../questions/write-document.ts';
import type { StoreFlags } from '../run-command.ts';
import { print, printJson, withJson, withStore } from '../run-command.ts';
import { withAsker } from './with-asker.ts';

export function reportCommand(): Command {
  return withJson(withStore(new Command('report')))
    .description('Write the executive report of an incident: three pages, as PDF.')
    .argument('<id>', 'id of the incident')
    .argument('<file>', 'the PDF to write; an earlier file is replaced')
    .action(async (id: string, file: string, flags: StoreFlags) => {
      const pdf = await withAsker(flags, async (asker) => writeDocument(asker, 'pdf', reportDocument(await askReport(asker, id))));
      writeFileSync(file, pdf);
      if (flags.json) printJson({ incident: id, file });
      else print(file);
    });
}
