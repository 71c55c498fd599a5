import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { documentMarkdown } from '../../export/document/document.ts';
import { packDocument, packStem } from '../../export/pack-document.ts';
import { packRows } from '../../export/pack-rows.ts';
import { toCsv } from '../../export/rows.ts';
import type { Asker } from '../../questions/asker.ts';
import { getNamed } from '../../questions/explore/ask-named.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askNotices } from '../../questions/incidents/ask-notices.ts';
import { askPack } from '../../questions/incidents/ask-pack.ts';
import { writeDocument } from '../../questions/write-document.ts';
import { makeFolder } from '../../store/make-folder.ts';
import type { StoreFlags } from '../command/run-command.ts';
import { print, printJson, tell, withJson, withStore } from '../command/run-command.ts';
import { withAsker } from '../command/with-asker.ts';

interface NotifyFlags extends StoreFlags {
  readonly lab?: string;
  readonly list?: readonly string[];
}

export function notifyCommand(): Command {
  return withJson(withStore(new Command('notify')))
    .description('Write notification packs: a folder for each lab that is to be told, with Markdown, PDF, DOCX and CSV.')
    .argument('<incident>', 'id of the incident')
    .argument('<folder>', 'where the folders of the labs go; files of an earlier run of the same day are replaced')
    .option('--lab <lab>', 'only this lab, by id or name')
    .option('--list <id...>', 'quote what this software list of an origin or suspected origin says of the advisory')
    .action(async (incident: string, folder: string, flags: NotifyFlags) => {
      const files = await withAsker(flags, async (asker) => {
        const written: string[] = [];
        for (const lab of flags.lab === undefined ? await listLabs(asker, incident) : [await getNamed(asker, 'organization', flags.lab)]) {
          const { pack } = await askPack(asker, incident, lab, flags.list);
          const own = join(folder, folderNameOf(lab));
          makeFolder(own);
          const document = packDocument(pack);
          const stem = packStem(pack);
          for (const [name, content] of [
            [`${stem}.md`, documentMarkdown(document)],
            [`${stem}.pdf`, await writeDocument(asker, 'pdf', document)],
            [`${stem}.docx`, await writeDocument(asker, 'docx', document)],
            [`${stem}.csv`, [...toCsv(packRows(pack), true)].join('')],
          ] as const) {
            writeFileSync(join(own, name), content);
            written.push(join(own, name));
          }
        }
        return written;
      });
      if (flags.json) printJson(files);
      else if (files.length === 0) tell('No lab must be told: none is affected, and none is a blind spot.');
      else print(files.join('\n'));
    });
}

/** The affected labs and the blind spots, by the first notice due. */
async function listLabs(asker: Asker, incident: string): Promise<string[]> {
  const { projection, notices } = await askNotices(asker, await getIncident(asker, incident));
  return [...new Set(notices.map(({ lab }) => projection.organizations.id.get(lab)))];
}

/** An id may hold any character, so the name of its folder or file is percent-encoded where it must be. */
export function folderNameOf(id: string): string {
  return encodeURIComponent(id).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}
