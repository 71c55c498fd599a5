import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import { checkDelimiter } from '../import/csv/find-delimiter.ts';
import type { SourceFile } from '../import/csv/read-table.ts';
import { newImportId } from '../import/drafts/import-id.ts';
import { commitImport, previewImport, readImport } from '../import/import-files.ts';
import { withRemembered } from '../import/mapping/decisions/remembered-mapping.ts';
import { readKnownFacts } from '../import/mapping/known-facts.ts';
import { FileFault } from '../import/rows/file-fault.ts';
import { fileNameOf, tableKinds } from '../import/rows/table-fields.ts';
import type { MappingFlags } from './import-flags.ts';
import { readDecisions, saveMapping, withMappingFlags } from './import-flags.ts';
import { printImportJson, printImportReport } from './import-report.ts';
import type { ExitCode, StoreFlags } from './run-command.ts';
import { exitCodes, instantOption, useStore, withJson, withStore } from './run-command.ts';

interface ImportFlags extends StoreFlags, MappingFlags {
  readonly dryRun?: boolean;
  readonly skipRejected?: boolean;
  readonly as?: string;
  readonly assertedAt?: number;
  readonly source?: string;
  readonly delimiter?: string;
  readonly saveMapping?: string;
}

export function importCommand(exit: (code: ExitCode) => void): Command {
  const command = withJson(withStore(new Command('import')))
    .description(
      'Imports files, all together in one transaction. A file named after a kind of fact ' +
        `(${tableKinds.map(fileNameOf).join(', ')}) is canonical CSV; any other list is recognized, and what stays open is asked with the flag that answers it. ` +
        'Exits 1 where an open question or a rejected row kept everything out, 3 where rejected rows were skipped.',
    )
    .argument('<file...>', 'CSV files and .xlsx workbooks; a folder stands for its .csv files')
    .option('--dry-run', 'tell what would change, and write nothing')
    .option('--skip-rejected', 'write the valid rows, and list the others')
    .addOption(new Option('--as <kind>', 'read every file as this kind').choices(tableKinds.map(fileNameOf)))
    .addOption(instantOption('--asserted-at <instant>', "the inventory's own date, for rows that say none"))
    .option('--source <name>', 'whose list it is: a later import of the same source replaces what this one says')
    .addOption(new Option('--delimiter <character>', 'what separates cells (default: seen from the first rows)').argParser(parseDelimiter));
  return withMappingFlags(command)
    .option('--save-mapping <file>', 'write every decision and guess as JSON, for --mapping')
    .action(async (paths: string[], flags: ImportFlags) => {
      const files = paths.flatMap(findFiles);
      if (files.length === 0) throw new ExposureError('BAD_USER_INPUT', `There is no .csv file in ${paths.join(', ')}.`);
      const at = Date.now();
      const source = flags.source ?? null;
      const order = { id: newImportId(), by: 'local', at, createdAt: at, source, assertedAt: flags.assertedAt ?? null };
      const isSkipping = flags.skipRejected === true;
      const decisions = readDecisions(flags);
      await useStore(flags, async (store) => {
        const read = await readImport(nameApart(files), {
          assertedAt: flags.assertedAt ?? at,
          isDated: flags.assertedAt !== undefined,
          source,
          kind: tableKinds.find((kind) => fileNameOf(kind) === flags.as),
          delimiter: flags.delimiter,
          decisions: await withRemembered(store, source, decisions),
          readKnown: () => readKnownFacts(store),
        });
        if (flags.saveMapping !== undefined) saveMapping(flags.saveMapping, read);
        const isOpen = read.questions.length > 0;
        const outcome =
          flags.dryRun || isOpen
            ? await previewImport(store, read, order)
            : await commitImport(store, read, order, isSkipping ? 'SKIP_REJECTED' : 'ALL_OR_NOTHING');
        const shown = { id: order.id, isDryRun: flags.dryRun === true, read, outcome };
        if (flags.json) printImportJson(shown);
        else printImportReport(shown);
        if (isOpen) exit(exitCodes.failed);
        else if (outcome.report.rejected > 0) exit(isSkipping ? exitCodes.told : exitCodes.failed);
      });
    });
}

/** Throws NOT_FOUND where there is no such file or folder. */
function findFiles(path: string): SourceFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ name: basename(path), path }];
    return readdirSync(path)
      .filter((name) => name.toLowerCase().endsWith('.csv'))
      .sort()
      .map((name) => ({ name, path: join(path, name) }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExposureError('NOT_FOUND', `The file ${path} cannot be read (${code ?? String(error)}). Check the path.`);
  }
}

/** Files of one name in several folders are told apart by their paths. */
function nameApart(files: readonly SourceFile[]): SourceFile[] {
  const counts = new Map<string, number>();
  for (const { name } of files) counts.set(name, (counts.get(name) ?? 0) + 1);
  return files.map((file) => ((counts.get(file.name) as number) > 1 ? { name: file.path, path: file.path } : file));
}

function parseDelimiter(text: string): string {
  try {
    return checkDelimiter(text);
  } catch (error) {
    if (error instanceof FileFault) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
