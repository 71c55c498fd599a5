import { createWriteStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import { parseInstant } from '../../domain/instants.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import type { ImportOrder, ImportOutcome } from '../../import/commit-import.ts';
import { checkImportName, checkSource, commitImport, previewImport } from '../../import/commit-import.ts';
import { checkDelimiter, readForm } from '../../import/csv/detect-file.ts';
import type { SourceFile } from '../../import/csv/read-table.ts';
import { holdsTables } from '../../import/documents/file-names.ts';
import { newImportId } from '../../import/drafts/draft-record.ts';
import type { EditionDecision, UnlistedDecision } from '../../import/editions/last-edition.ts';
import type { AnswerDecisions } from '../../import/import-view.ts';
import { findRespondent } from '../../import/mapping/known-facts.ts';
import type { StoreReadOptions } from '../../import/read-from-store.ts';
import { readFromStore } from '../../import/read-from-store.ts';
import type { ReadImport } from '../../import/read-import.ts';
import { findForms, writeRejectedRows } from '../../import/rows/rejected-rows.ts';
import type { Rejection } from '../../import/rows/rejection.ts';
import { FileFault } from '../../import/rows/rejection.ts';
import { fileNameOf, tableKinds } from '../../import/rows/table-fields.ts';
import { isSoftwareOfFolder } from '../../import/software-files.ts';
import { readInThread } from '../../import/thread/read-in-thread.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ExitCode, StoreFlags } from '../command/run-command.ts';
import { exitCodes, instantOption, tell, useStore, withJson, withStore } from '../command/run-command.ts';
import type { MappingFlags } from './import-flags.ts';
import { readDecisions, saveMapping, withMappingFlags } from './import-flags.ts';
import { isBlocking, printImportJson, printImportReport } from './import-report.ts';
import { writeMatches } from './matches-file.ts';

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
      const files = (await Promise.all(paths.map(findFiles))).flat();
      if (files.length === 0)
        throw new ExposureError('BAD_USER_INPUT', `There is no .csv file, software list or advisory in ${paths.join(', ')}.`);
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
        if (flags.createMissing === true) explainMissing(read, outcome.rejections);
        if (isOpen) exit(exitCodes.failed);
        else if (outcome.report.rejected > 0) exit(isSkipping ? exitCodes.reported : exitCodes.failed);
      });
    });
}

/** Says why `--create-missing` creates nothing for a canonical file: its ids are no names, and a mistyped id would become an organization. */
function explainMissing({ files }: ReadImport, rejections: readonly Rejection[]): void {
  const canonical = new Set(files.filter(({ mapping }) => mapping === null).map(({ name }) => name));
  const first = rejections.find(
    ({ file, code, message }) => code === 'UNKNOWN_REFERENCE' && canonical.has(file) && message.includes('no such organization'),
  );
  if (first === undefined) return;
  tell(
    `--create-missing creates no organization for ${first.file}: a canonical file names organizations by id, and a mistyped id would become one. Add them to an organizations.csv with id and name.`,
  );
}

async function readAndWrite(
  store: FactStore,
  files: readonly SourceFile[],
  order: ImportOrder,
  flags: ImportFlags,
  options: StoreReadOptions,
): Promise<{ read: ReadImport; outcome: ImportOutcome }> {
  // A workbook is unpacked in a thread with a limit of memory.
  const hasWorkbook = files.some(({ name }) => holdsTables(name));
  const read = await readFromStore(store, files, { ...options, ...(hasWorkbook ? { read: readInThread } : {}) });
  if (flags.saveMapping !== undefined) saveMapping(flags.saveMapping, read);
  if (flags.matches !== undefined) writeMatches(flags.matches, read);
  const policy = flags.skipRejected === true ? 'SKIP_REJECTED' : 'ALL_OR_NOTHING';
  const outcome =
    flags.dryRun || read.questions.some(isBlocking)
      ? await previewImport(store, read, order)
      : await commitImport(store, read, { ...order, clock: Date.now }, policy);
  return { read, outcome };
}

/** A folder stands for its .csv files, software lists and advisories. Throws NOT_FOUND if the file or folder does not exist. */
async function findFiles(path: string): Promise<SourceFile[]> {
  try {
    if (!statSync(path).isDirectory()) return [{ name: basename(path), path }];
    const found: SourceFile[] = [];
    for (const name of readdirSync(path).sort()) {
      const file = { name, path: join(path, name) };
      if (name.toLowerCase().endsWith('.csv') || (statSync(file.path).isFile() && (await isSoftwareOfFolder(file.path)))) found.push(file);
    }
    return found;
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

/** Writes the rejected rows as CSV. Throws BAD_USER_INPUT if the file cannot be written. */
async function saveRejected(
  path: string,
  sources: readonly SourceFile[],
  { files }: ReadImport,
  rejections: readonly Rejection[],
): Promise<void> {
  const analyzed = files.map((file) => ({ name: file.name, form: file, mapping: file.mapping }));
  const known = await Promise.all(sources.map(async (source) => ({ ...source, ...(await readForm(source.path)) })));
  try {
    await pipeline(Readable.from(writeRejectedRows(findForms(known, analyzed), rejections)), createWriteStream(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ExposureError('BAD_USER_INPUT', `The rejected rows cannot be written to ${path} (${code}).`);
  }
}

/** Flags about an organization's own answer. */
interface AnswerFlags {
  readonly respondent?: string;
  readonly acceptAnswer?: boolean;
  readonly declineAnswer?: boolean;
}

function withAnswerFlags(command: Command): Command {
  return command
    .option(
      '--respondent <organization>',
      'the files are the own answer of this organization (an id or a name): it is their source, VERIFIED counts as ATTESTED, and evidence as SELF_ATTESTED',
    )
    .option('--accept-answer', 'accept all changes of recorded facts in the answer, such as to form, portion, sent_at and confidence')
    .option('--decline-answer', 'leave these facts as they are, and import the rest of the answer');
}

/** Throws BAD_USER_INPUT if the flags contradict each other, or stand without --respondent. */
function readAnswerFlags({ respondent, acceptAnswer, declineAnswer }: AnswerFlags): AnswerDecisions {
  if (acceptAnswer && declineAnswer)
    throw new ExposureError('BAD_USER_INPUT', 'Give one of --accept-answer and --decline-answer, not both.');
  if (respondent === undefined && (acceptAnswer || declineAnswer))
    throw new ExposureError('BAD_USER_INPUT', '--accept-answer and --decline-answer need --respondent ORGANIZATION.');
  if (acceptAnswer) return { all: 'ACCEPT' };
  return declineAnswer ? { all: 'DECLINE' } : {};
}

/** Flags about a later edition of a source. */
interface EditionFlags {
  readonly keepUnlisted?: boolean;
  readonly closeUnlisted?: boolean;
  readonly endUnlisted?: number;
  readonly evenIfMany?: boolean;
  readonly eraseEmptied?: boolean;
}

function withEditionFlags(command: Command): Command {
  return command
    .option('--keep-unlisted', 'keep facts that the source no longer lists')
    .option('--close-unlisted', 'remove facts that the source no longer lists, unless other sources state them')
    .addOption(
      new Option(
        '--end-unlisted <date>',
        'give this end date to engagements and access that the source no longer lists; keep other facts',
      ).argParser(parseEnd),
    )
    .option('--even-if-many', 'confirm --close-unlisted or --end-unlisted if they affect more than a fifth of the source')
    .option('--erase-emptied', 'erase the values of cells that an earlier edition filled and that are empty now');
}

/** A plain date as an end includes its whole day (semantics §1). */
function parseEnd(text: string): number {
  const instant = parseInstant(text, { isEnd: true });
  if (instant !== undefined) return instant;
  throw new InvalidArgumentError('Expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.');
}

/** Throws BAD_USER_INPUT if two flags contradict each other. */
function readEditionFlags(flags: EditionFlags): EditionDecision {
  const { keepUnlisted, closeUnlisted, endUnlisted, evenIfMany, eraseEmptied } = flags;
  const chosen: UnlistedDecision[] = [];
  if (keepUnlisted) chosen.push({ policy: 'KEEP' });
  if (closeUnlisted) chosen.push({ policy: 'RETRACT' });
  if (endUnlisted !== undefined) chosen.push({ policy: 'END', at: endUnlisted });
  if (chosen.length > 1)
    throw new ExposureError('BAD_USER_INPUT', 'Give one of --keep-unlisted, --end-unlisted and --close-unlisted, not several.');
  const [unlisted] = chosen;
  return {
    ...(unlisted === undefined ? {} : { unlisted }),
    ...(evenIfMany ? { evenIfMany } : {}),
    ...(eraseEmptied ? { eraseEmptied } : {}),
  };
}
