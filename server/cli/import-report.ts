import { factNouns } from '../domain/fact-fields.ts';
import type { ImportOutcome, ReadImport } from '../import/import-files.ts';
import type { Rejection } from '../import/rows/rejection.ts';
import type { FactChange } from '../store/fact-store.ts';
import { effects } from '../store/fact-store.ts';
import { print, printJson, tell } from './run-command.ts';

export interface ShownImport {
  readonly id: string;
  readonly isDryRun: boolean;
  readonly read: ReadImport;
  readonly outcome: ImportOutcome;
}

const maxRejections = 500;
const maxChanges = 50;

export function printImportJson({ id, isDryRun, read, outcome }: ShownImport): void {
  const { isWritten, revision, report, rejections } = outcome;
  const files = read.files.map(({ name, sizeBytes, sha256, rowCount }) => ({ name, sizeBytes, sha256, rows: rowCount }));
  printJson({
    import: isWritten ? id : null,
    isDryRun,
    isWritten,
    revision,
    report,
    rejections,
    files,
    updates: readUpdates(outcome, 1000),
  });
}

/** The report, the rejected rows as file:line: column: sentence, and what the first changed rows were before. */
export function printImportReport({ id, isDryRun, read, outcome }: ShownImport): void {
  const { report, rejections } = outcome;
  for (const rejection of rejections.slice(0, maxRejections)) print(describeRejection(rejection));
  if (rejections.length > maxRejections) tell(`… and ${rejections.length - maxRejections} more; --json gives all.`);
  for (const update of readUpdates(outcome, maxChanges)) print(describeUpdate(update));
  if (report.updated > maxChanges) tell(`… and ${report.updated - maxChanges} more changed; --json gives more.`);
  for (const warning of report.warnings) tell(warning);

  const files = `${read.files.length} ${read.files.length === 1 ? 'file' : 'files'}, ${report.rows} ${report.rows === 1 ? 'row' : 'rows'}`;
  const counts = `${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejected} rejected`;
  print(`${files}: ${counts}.`);
  if (isDryRun) print('Dry run: nothing was written.');
  else if (outcome.isWritten) print(`Committed as ${id} (revision ${outcome.revision}).`);
  else print('Nothing was written because of the rejected rows. Put them right, or give --skip-rejected to write the others.');
}

function describeRejection({ file, line, column, message }: Rejection): string {
  return column === null ? `${file}:${line}: ${message}` : `${file}:${line}: ${column}: ${message}`;
}

function readUpdates(outcome: ImportOutcome, limit: number): FactChange[] {
  const updated = effects.indexOf('UPDATED');
  const indexes: number[] = [];
  for (const [index, effect] of outcome.written.effects.entries()) {
    if (effect === updated) indexes.push(index);
    if (indexes.length === limit) break;
  }
  return indexes.length === 0 ? [] : outcome.written.readChanges(indexes);
}

function describeUpdate(change: FactChange): string {
  const fields = change.fields.map(({ field, before, after }) => `${field} ${before ?? '(none)'} -> ${after ?? '(none)'}`);
  return `${change.file}:${change.line}: ${factNouns[change.kind].one} ${change.key} changes: ${fields.join('; ')}`;
}
