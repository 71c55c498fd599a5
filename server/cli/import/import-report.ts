import { factNouns } from '../../domain/fact-fields.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { ImportOutcome } from '../../import/commit-import.ts';
import { accountSentence, cellSentence } from '../../import/commit-import.ts';
import type { CellNote } from '../../import/mapping/rows/cell-ledger.ts';
import type { ReadImport } from '../../import/read-import.ts';
import type { ReadFile } from '../../import/read-options.ts';
import { describeConsequences, findConsequences, findSkipLoss } from '../../import/rows/consequences.ts';
import type { Rejection } from '../../import/rows/rejection.ts';
import type { FactChange } from '../../store/fact-write.ts';
import { effects } from '../../store/fact-write.ts';
import { print, printJson, tell } from '../command/run-command.ts';

export interface ShownImport {
  readonly id: string;
  readonly isDryRun: boolean;
  readonly read: ReadImport;
  readonly outcome: ImportOutcome;
}

export function isBlocking({ isOptional }: Pick<ReadImport['questions'][number], 'isOptional'>): boolean {
  return isOptional !== true;
}

const maxRejections = 500;
const maxChanges = 50;

export function printImportJson({ id, isDryRun, read, outcome }: ShownImport): void {
  const { isWritten, revision, report, account, rejections } = outcome;
  const files = read.files.map(({ name, sizeBytes, sha256, rowCount, mapping }) => ({ name, sizeBytes, sha256, rows: rowCount, mapping }));
  printJson({
    import: isWritten ? id : null,
    isDryRun,
    isWritten,
    revision,
    report,
    account,
    skipLoss: findSkipLoss(rejections, read.files),
    questions: read.questions,
    rejections,
    files,
    updates: readUpdates(outcome, 1000),
    values: read.values,
    cells: { ...read.cells.account, notes: read.cells.notes },
    waiting: read.waiting,
    matches: read.matches,
    mapping: read.mappingDocument,
  });
}

/** Prints the column mapping, rejected rows as `file:line: column: sentence`, the first changed facts, and the totals. */
export function printImportReport({ id, isDryRun, read, outcome }: ShownImport): void {
  const { report, account, rejections } = outcome;
  for (const file of read.files) for (const line of describeMapping(file)) print(line);
  const isConsequence = findConsequences(rejections);
  const roots = rejections.filter((rejection) => !isConsequence(rejection));
  for (const rejection of roots.slice(0, maxRejections)) print(describeRejection(rejection));
  for (const hint of hintsFor(roots)) print(hint);
  if (roots.length > maxRejections) tell(`… and ${roots.length - maxRejections} more rejected rows; --json lists all.`);
  const consequences = describeConsequences(rejections.filter(isConsequence));
  if (consequences.length > 0)
    print(`Rejected only because they name what is rejected above: ${consequences.join(', ')}. --json lists all.`);
  for (const update of readUpdates(outcome, maxChanges)) print(describeUpdate(update));
  if (report.updated > maxChanges) tell(`… and ${report.updated - maxChanges} more changed facts; --json lists up to 1,000.`);
  for (const { kind, key, file, line, fields, decision } of read.waiting.slice(0, maxChanges)) {
    const verdict = decision === null ? 'waits' : decision === 'ACCEPT' ? 'is accepted' : 'is declined';
    print(`${file}:${line}: ${describeKey(kind, key)}: ${describeFields(fields)} ${verdict}`);
  }
  if (read.waiting.length > maxChanges) tell(`… and ${read.waiting.length - maxChanges} more changes of the answer; --json lists all.`);
  for (const warning of report.warnings) tell(warning);

  // A software file states facts and has no rows.
  const hasRows = report.rows > 0 || report.created + report.updated + report.unchanged === 0;
  const rows = hasRows ? `, ${report.rows} ${report.rows === 1 ? 'row' : 'rows'}` : '';
  const files = `${read.files.length} ${read.files.length === 1 ? 'file' : 'files'}${rows}`;
  const counts = `${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejected} rejected`;
  print(`${files}: ${counts}.`);
  if (read.mappingDocument !== null) {
    print(accountSentence(account));
    print(cellSentence(read.cells.account));
    for (const note of read.cells.notes) print(describeNote(note));
  }
  for (const { kind, message, proposed, flag, isOptional } of read.questions) {
    const words = isOptional !== true ? 'To decide' : kind === 'EMPTIED' ? 'Kept unless told otherwise' : 'Left out unless told otherwise';
    print(`${words}: ${message}${proposed === null ? '' : ` Proposed: ${proposed}.`} ${flag}`);
  }
  const open = read.questions.filter(isBlocking).length;
  if (open > 0) {
    print(
      `Nothing was written: ${open === 1 ? '1 question is' : `${open} questions are`} open. Answer each with its flag, and import again.`,
    );
  } else if (isDryRun) print('Dry run: nothing was written.');
  else if (outcome.isWritten) print(`Committed as ${id} (revision ${outcome.revision}).`);
  else {
    print('Nothing was written because of the rejected rows. Correct them: --save-rejected FILE writes them as CSV.');
    print(`${findSkipLoss(rejections, read.files)?.sentence ?? ''} --skip-rejected writes the valid rows.`);
  }
}

/** The flags that put files right which are rejected as a whole. The rejections themselves name no flag: the page shows them too. */
const fileFlags: Readonly<Record<string, string>> = {
  UNKNOWN_KIND: 'Say what a file lists with --as (organizations, engagements, …), and which column is which with --map COLUMN=FIELD.',
  LIST_TOO_LARGE: 'Leave a column out with --map "COLUMN=ignore".',
};

function hintsFor(rejections: readonly Rejection[]): string[] {
  const codes = new Set<string>(rejections.map(({ code }) => code));
  return Object.entries(fileFlags).flatMap(([code, hint]) => (codes.has(code) ? [hint] : []));
}

/** The meaning of each column of a file that is not canonical. */
function describeMapping({ name, mapping, headerLine }: ReadFile): string[] {
  if (mapping === null) return [];
  const kinds = mapping.kinds.map((kind) => factNouns[kind].many).join(', ');
  const head = `${name}: ${kinds}; ${headerLine === 0 ? 'no header' : `header on line ${headerLine}`}.`;
  const columns = mapping.columns.map(({ column, use, kind, field, control, because, confidence }) => {
    const target =
      use === 'FIELD'
        ? `${kind?.toLowerCase()}.${field}`
        : use === 'CONTROL'
          ? `evidence of ${control}`
          : use === 'ATTRIBUTE'
            ? 'text'
            : 'left out';
    const sure = use === 'FIELD' || use === 'CONTROL' ? `${Math.round(confidence * 100)}%: ` : '';
    return `  ${column} -> ${target} (${sure}${because})`;
  });
  return [head, ...columns];
}

const shownExamples = 3;

/** `vendors.csv: 2 cells of Vendor: SPLIT, because each names several organizations: line 3 "A; B" -> A | B.` */
function describeNote({ file, change, column, rule, count, examples }: CellNote): string {
  const what = column === null ? (change === 'FOLDED' ? 'value' : change === 'LEFT_OUT' ? 'row' : 'cell') : 'cell';
  const where = column === null ? '' : ` of ${JSON.stringify(column)}`;
  const subject = `${file}: ${count.toLocaleString('en-US')} ${count === 1 ? what : `${what}s`}${where}`;
  const shown = examples
    .slice(0, shownExamples)
    .map(
      ({ line, text, becomes }) =>
        `line ${line} ${JSON.stringify(text.slice(0, 80))}${becomes === null ? '' : ` -> ${becomes.slice(0, 80)}`}`,
    );
  return `  ${subject}: ${changeWords[change]}, because ${count === 1 ? 'it' : 'each'} ${rule}${shown.length === 0 ? '' : ` (${shown.join('; ')})`}.`;
}

const changeWords: Readonly<Record<CellNote['change'], string>> = {
  SPLIT: 'split',
  JOINED: 'taken as one',
  REPAIRED: 'repaired',
  TRANSLATED: 'translated',
  REMARK: 'used, with a part kept as text',
  FOLDED: 'outweighed',
  LEFT_OUT: 'left out',
};

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

function describeFields(fields: FactChange['fields']): string {
  return fields.map(({ field, before, after }) => `${field} ${before ?? '(none)'} -> ${after ?? '(none)'}`).join('; ');
}

function describeUpdate(change: FactChange): string {
  return `${change.file}:${change.line}: ${factNouns[change.kind].one} ${change.key} changes: ${describeFields(change.fields)}`;
}
