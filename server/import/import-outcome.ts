import type { AssertionList } from '../domain/assertions.ts';
import { assertionAt } from '../domain/assertions.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { ImportRecord, Violation, WriteOutcome } from '../store/fact-write.ts';
import { effects } from '../store/fact-write.ts';
import type { ImportReport, RowAccount } from './import-view.ts';
import type { CellAccount, CellReport } from './mapping/rows/cell-ledger.ts';
import type { ReadImport } from './read-import.ts';
import type { PlacedIncidents } from './rows/place-records.ts';
import type { Rejection } from './rows/rejection.ts';
import { linesOf, sortRejections } from './rows/rejection.ts';

export interface ImportOutcome {
  readonly isWritten: boolean;
  readonly revision: number;
  readonly report: ImportReport;
  readonly account: RowAccount;
  /** By file, line, column. */
  readonly rejections: readonly Rejection[];
  readonly written: WriteOutcome;
}

/** The outcome of a write or a preview, with every fault. */
export function describeOutcome(read: ReadImport, written: WriteOutcome, incidents: PlacedIncidents): ImportOutcome {
  const refused = written.violations.map((violation) => rejectionOf(violation, read.assertions));
  const rejections = sortRejections([...read.rejections, ...incidents.rejections, ...refused]);
  const { counts } = written;
  const created = counts.CREATED + incidents.created;
  const updated = counts.UPDATED + incidents.updated;
  const unchanged = counts.UNCHANGED + incidents.unchanged;
  const rejected = countRows(rejections);
  const rows = read.files.reduce((total, file) => total + file.rowCount, 0);
  const warnings = [...read.warnings, ...describeGoingOn(read, written)];
  if (counts.RETRACTED > 0)
    warnings.push(
      counts.RETRACTED === 1
        ? 'One fact that is no longer listed is removed.'
        : `${counts.RETRACTED} facts that are no longer listed are removed.`,
    );
  if (created + updated + rejected + counts.RETRACTED === 0 && (unchanged > 0 || rows === 0))
    warnings.push('Nothing changes: the files match the recorded facts.');
  return {
    isWritten: written.isWritten,
    revision: written.revision,
    report: { rows, created, updated, unchanged, rejected, warnings },
    account: accountFor(read, rejections),
    rejections,
    written,
  };
}

/** Ends that change nothing, because another source still lists their facts. */
function describeGoingOn({ assertions, closingCount }: ReadImport, { effects: of }: WriteOutcome): string[] {
  let count = 0;
  for (let index = assertions.length - closingCount; index < assertions.length; index++)
    if (of[index] === effects.indexOf('UNCHANGED') && !assertionAt(assertions, index).isRetraction) count++;
  if (count === 0) return [];
  return [
    count === 1
      ? 'One fact that this source no longer lists goes on, because another source lists it without an end.'
      : `${count} facts that this source no longer lists go on, because other sources list them without an end.`,
  ];
}

/** Counts the rows as used, repeated, left out or rejected. A file that was rejected as a whole has no rows here. */
function accountFor({ files, repeatedCount, leftOutCount }: ReadImport, rejections: readonly Rejection[]): RowAccount {
  const readable = new Map(files.filter((file) => file.rowCount > 0 && !file.isFaulty).map((file) => [file.name, file.rowCount]));
  const read = [...readable.values()].reduce((total, count) => total + count, 0);
  const rejected = countRows(rejections.filter(({ file }) => readable.has(file)));
  return {
    read,
    used: Math.max(0, read - repeatedCount - leftOutCount - rejected),
    repeated: repeatedCount,
    leftOut: leftOutCount,
    rejected,
  };
}

/** `Rows: 403 read = 402 used + 0 repeated + 1 left out + 0 rejected.` */
export function accountSentence({ read, used, repeated, leftOut, rejected }: RowAccount): string {
  return `Rows: ${read} read = ${used} used + ${repeated} repeated + ${leftOut} left out + ${rejected} rejected.`;
}

/** The report with the date of the lists, the result of each row, and the drift since the last edition. No row disappears silently. */
export function fullReport({ files, drift, cells }: ReadImport, { report, account }: ImportOutcome): ImportReport {
  const dates = new Set(files.flatMap(({ mapping }) => (mapping?.asOf == null ? [] : [mapping.asOf])));
  const [asOf] = dates;
  return {
    ...report,
    account,
    ...(dates.size === 1 ? { asOf: asOf as number } : {}),
    ...(drift === undefined ? {} : { drift }),
    ...(cells.account.read === 0 ? {} : { cells: withFirstExamples(cells) }),
  };
}

/** A report shows so many examples of a note. */
const shownExamples = 5;

function withFirstExamples({ account, notes }: CellReport): CellReport {
  return { account, notes: notes.map((note) => ({ ...note, examples: note.examples.slice(0, shownExamples) })) };
}

/** `Cells: 12 read = 10 used + 1 kept as text + 1 left out + 0 rejected.` */
export function cellSentence({ read, used, keptAsText, leftOut, rejected }: CellAccount): string {
  return `Cells: ${read} read = ${used} used + ${keptAsText} kept as text + ${leftOut} left out + ${rejected} rejected.`;
}

/** The number of rows with a rejection. A file that was rejected as a whole counts as one. */
export function countRows(rejections: readonly Rejection[]): number {
  const rows = new Set<string>();
  for (const rejection of rejections) for (const line of linesOf(rejection)) rows.add(`${line} ${rejection.file}`);
  return rows.size;
}

/** The report as far as the store knows it. */
export function reportOfRecord(record: ImportRecord): ImportReport {
  return {
    rows: record.files.reduce((sum, file) => sum + file.rowCount, 0),
    created: record.created,
    updated: record.updated,
    unchanged: record.unchanged,
    rejected: record.rejectedCount,
    warnings: [],
  };
}

/** Turns a broken rule, which the store reports for an assertion, into a rejection of the assertion's row. */
function rejectionOf(violation: Violation, assertions: AssertionList): Rejection {
  const { kind, file, line } = assertionAt(assertions, violation.assertion);
  const spec = factFields[kind].find((one) => one.name === violation.field);
  return {
    file: file ?? '',
    line: line ?? 0,
    column: spec?.column ?? (violation.field === 'source' ? 'source' : null),
    code: violation.code,
    message: violation.message,
    value: violation.value === null ? null : violation.value.slice(0, 500),
  };
}
