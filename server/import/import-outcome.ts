import type { WriteOutcome } from '../store/fact-write.ts';
import type { ImportReport, RowAccount } from './import-view.ts';
import type { ReadImport } from './read-import.ts';
import type { PlacedIncidents } from './rows/place-incidents.ts';
import type { Rejection } from './rows/rejection.ts';
import { linesOf, sortRejections } from './rows/rejection.ts';
import { rejectionOf } from './rows/violation-rejection.ts';

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
  const warnings = [...read.warnings];
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
export function fullReport({ files, drift }: ReadImport, { report, account }: ImportOutcome): ImportReport {
  const dates = new Set(files.flatMap(({ mapping }) => (mapping?.asOf == null ? [] : [mapping.asOf])));
  const [asOf] = dates;
  return { ...report, account, ...(dates.size === 1 ? { asOf: asOf as number } : {}), ...(drift === undefined ? {} : { drift }) };
}

/** The number of rows with a rejection. A file that was rejected as a whole counts as one. */
export function countRows(rejections: readonly Rejection[]): number {
  const rows = new Set<string>();
  for (const rejection of rejections) for (const line of linesOf(rejection)) rows.add(`${line} ${rejection.file}`);
  return rows.size;
}
