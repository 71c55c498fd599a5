import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { describeHidden } from '../../domain/names/hidden-characters.ts';
import { findRespondent } from '../../import/answers/find-respondent.ts';
import type { ImportOrder } from '../../import/commit-import.ts';
import { commitImport, previewImport } from '../../import/commit-import.ts';
import { checkDelimiter } from '../../import/csv/find-delimiter.ts';
import type { SourceFile } from '../../import/csv/read-table.ts';
import { newImportId } from '../../import/drafts/import-id.ts';
import { checkImportName, checkSource } from '../../import/import-names.ts';
import type { ImportOutcome } from '../../import/import-outcome.ts';
import type { StoreReadOptions } from '../../import/read-from-store.ts';
import { readFromStore } from '../../import/read-from-store.ts';
import type { ReadImport } from '../../import/read-import.ts';
import { FileFault } from '../../import/rows/file-fault.ts';
import { fileNameOf, tableKinds } from '../../import/rows/table-fields.ts';
import { readInThread } from '../../import/thread/read-in-thread.ts';
import { isWorkbook } from '../../import/workbook/open-workbook.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ExitCode, StoreFlags } from '../run-command.ts';
import { exitCodes, instantOption, useStore, withJson, withStore } from '../run-command.ts';
import type { AnswerFlags } from './answer-flags.ts';
import { readAnswerFlags, withAnswerFlags } from './answer-flags.ts';
import type { EditionFlags } from './edition-flags.ts';
import { readEditionFlags, withEditionFlags } from './edition-flags.ts';
import type { MappingFlags } from './import-flags.ts';
import { readDecisions, saveMapping, withMappingFlags } from './import-flags.ts';
import { isBlocking, printImportJson, printImportReport } from './import-report.ts';
import { saveRejected } from './save-rejected.ts';

interface ImportFlags extends StoreFlags, MappingFlags, EditionFlags, AnswerFlags {
  readonly dryRun?: boolean;
  readonly skipRejected?: boolean;
  readonly as?: string;
  readonly assertedAt?: number;
  readonly source?: string;
  readonly delimiter?: string;
  readonly saveMapping?: string;
  readonly saveRejected?: string;
  readonly name?: string;
}

export function importCommand(exit: (code: ExitCode) => void): Command {
  const command = withJson(withStore(new Command('import')))
    .description(
      'Import files in one transaction. A file named after a kind of fact ' +
        `(${tableKinds.map(fileNameOf).join(', ')}) is canonical CSV. Columns of any other list are recognized; each open question names the flag that answers it. ` +
        'Exits 1 if an open question or a rejected row stopped the import, 3 if rejected rows were skipped.',
    )
    .argument('<file...>', 'CSV files, .xlsx workbooks, or folders of .csv files')
    .option('--dry-run', 'show the changes without writing them')
    .option('--skip-rejected', 'write the valid rows and list the rejected ones')
    .addOption(new Option('--as <kind>', 'read every file as this kind').choices(tableKinds.map(fileNameOf)))
    .addOption(instantOption('--asserted-at <instant>', "the inventory's own date, for rows without a date"))
    .addOption(new Option('--name <name>', 'a name for this import, shown in `exposure imports`').argParser(parseName))
    .option('--source <name>', 'who provided the list; a later import from the same source replaces this one')
    .addOption(new Option('--delimiter <character>', 'the cell separator (default: detected)').argParser(parseDelimiter));
  return withAnswerFlags(withEditionFlags(withMappingFlags(command)))
    .option('--save-mapping <file>', 'save every decision and guess as JSON for --mapping')
    .option('--save-rejected <file>', 'save the rejected rows as CSV, to correct and import again')
    .action(async (paths: string[], flags: ImportFlags) => {
      const files = paths.flatMap(findFiles);
      if (files.length === 0) throw new ExposureError('BAD_USER_INPUT', `There is no .csv file in ${paths.join(', ')}.`);
      for (const { name } of nameApart(files)) {
        const hidden = describeHidden('file name', name);
        if (hidden !== undefined) throw new ExposureError('BAD_USER_INPUT', hidden);
      }
      const at = Date.now();
      const decisions = readDecisions(flags);
      const answer = readAnswerFlags(flags);
      if (flags.respondent !== undefined && flags.source !== undefined)
        throw new ExposureError('BAD_USER_INPUT', 'The source of an answer is the respondent. Leave --source out.');
      await useStore(flags, 'sample', async (store) => {
        const respondent = flags.respondent === undefined ? null : await findRespondent(store, flags.respondent);
        const source = respondent ?? (flags.source === undefined ? null : await checkSource(store, flags.source));
        const order = {
          id: newImportId(),
          by: 'local',
          at,
          createdAt: at,
          name: flags.name ?? null,
          source,
          assertedAt: flags.assertedAt ?? null,
        };
        const isSkipping = flags.skipRejected === true;
        const sources = nameApart(files);
        const { read, outcome } = await readAndWrite(store, sources, order, flags, {
          assertedAt: flags.assertedAt ?? at,
          isDated: flags.assertedAt !== undefined,
          source,
          kind: tableKinds.find((kind) => fileNameOf(kind) === flags.as),
          delimiter: flags.delimiter,
          decisions,
          edition: readEditionFlags(flags),
          respondent,
          answer,
        });
        const isOpen = read.questions.some(isBlocking);
        if (flags.saveRejected !== undefined) await saveRejected(flags.saveRejected, sources, read, outcome.rejections);
        const shown = { id: order.id, isDryRun: flags.dryRun === true, read, outcome };
        if (flags.json) printImportJson(shown);
        else printImportReport(shown);
        if (isOpen) exit(exitCodes.failed);
        else if (outcome.report.rejected > 0) exit(isSkipping ? exitCodes.reported : exitCodes.failed);
      });
    });
}

/** From this size of the files on, a thread that writes their rows while they are read is worth its start. */
const largeBytes = 4 << 20;

async function readAndWrite(
  store: FactStore,
  files: readonly SourceFile[],
  order: ImportOrder,
  flags: ImportFlags,
  options: StoreReadOptions,
): Promise<{ read: ReadImport; outcome: ImportOutcome }> {
  const bytes = files.reduce((total, { path }) => total + statSync(path).size, 0);
  // A workbook is unpacked in a thread with a limit of memory.
  const hasWorkbook = files.some(({ name }) => isWorkbook(name));
  const backgroundWrite = flags.dryRun === true || bytes < largeBytes || hasWorkbook ? undefined : store.beginBackgroundWrite?.();
  try {
    const read = await readFromStore(store, files, { ...options, backgroundWrite, ...(hasWorkbook ? { read: readInThread } : {}) });
    if (flags.saveMapping !== undefined) saveMapping(flags.saveMapping, read);
    const policy = flags.skipRejected === true ? 'SKIP_REJECTED' : 'ALL_OR_NOTHING';
    const outcome =
      flags.dryRun || read.questions.some(isBlocking)
        ? await previewImport(store, read, order)
        : await commitImport(store, read, { ...order, clock: Date.now }, policy, backgroundWrite);
    return { read, outcome };
  } finally {
    await backgroundWrite?.abandon();
  }
}

/** Throws NOT_FOUND if the file or folder does not exist. */
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

/** Makes the names of files unique: if several folders have a file of the same name, each gets its path as name. */
function nameApart(files: readonly SourceFile[]): SourceFile[] {
  const counts = new Map<string, number>();
  for (const { name } of files) counts.set(name, (counts.get(name) ?? 0) + 1);
  return files.map((file) => ((counts.get(file.name) as number) > 1 ? { name: file.path, path: file.path } : file));
}

function parseName(text: string): string {
  try {
    return checkImportName(text);
  } catch (error) {
    if (error instanceof ExposureError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function parseDelimiter(text: string): string {
  try {
    return checkDelimiter(text);
  } catch (error) {
    if (error instanceof FileFault) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
