import { ExposureError } from '../domain/errors.ts';
import { factFields } from '../domain/fact-fields.ts';
import { PackedAssertions } from '../domain/packed/packed-assertions.ts';
import { describeHidden } from '../domain/text/hidden-characters.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { FactWrite, ImportRecord, Violation, WriteOutcome } from '../store/fact-write.ts';
import { effects } from '../store/fact-write.ts';
import type { ImportReport, RejectPolicy, RowAccount } from './import-view.ts';
import { rememberMapping } from './mapping/decisions/mapping-document.ts';
import type { CellAccount, CellReport } from './mapping/rows/cell-ledger.ts';
import type { ReadImport } from './read-import.ts';
import type { PlacedIncidents } from './rows/place-records.ts';
import { placeIncidents } from './rows/place-records.ts';
import type { Rejection } from './rows/rejection.ts';
import { linesOf, sortRejections } from './rows/rejection.ts';

/** The identity of an import and of its author. */
export interface ImportOrder {
  readonly id: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** As that of a write. */
  readonly clock?: () => number;
  readonly createdAt: number;
  /** Given by a person; absent or null: none. */
  readonly name?: string | null;
  readonly source: string | null;
  /** The inventory's own date, if one was given. */
  readonly assertedAt: number | null;
  /** As that of a write. */
  readonly retractsOnlyOf?: string;
}

/** The outcome of a commit, with every row's fault, including faults that only the store can find. Writes nothing. */
export async function previewImport(store: FactStore, all: ReadImport, order: ImportOrder): Promise<ImportOutcome> {
  const read = await withPossibleClosings(store, all, order);
  const written = await store.preview(buildWrite(read, order, undefined, true));
  const incidents = await placeIncidents(store, read, written, order);
  return { ...describeOutcome(read, written, incidents), isWritten: false };
}

/**
 * Commits an import in one transaction. Under ALL_OR_NOTHING, one rejected row blocks the write, and the outcome lists all
 * rejections. Under SKIP_REJECTED, all other rows are written.
 *
 * The store plans the import once. It plans again only if it refuses rows of an import with incidents, because the incidents that
 * name refused facts must be left out.
 *
 * Throws as the store's `commit`.
 *
 * @param writer writes to the store
 */
export async function commitImport(
  store: FactStore,
  read: ReadImport,
  order: ImportOrder,
  policy: RejectPolicy,
  writer: Pick<FactStore, 'commit'> = store,
): Promise<ImportOutcome> {
  const outcome = await writeImport(store, read, order, policy, writer);
  if (outcome.isWritten) {
    await rememberMapping(store, order.source, read.mappingDocument);
    if (typeof order.name === 'string') await saveImportName(store, order.id, order.name);
  }
  return outcome;
}

async function writeImport(
  store: FactStore,
  all: ReadImport,
  order: ImportOrder,
  policy: RejectPolicy,
  writer: Pick<FactStore, 'commit'>,
): Promise<ImportOutcome> {
  const read = await withPossibleClosings(store, all, order);
  const isSkipping = policy === 'SKIP_REJECTED';
  // Incidents may name facts of this import. Assume that the store refuses none of them.
  const supposed = await placeIncidents(store, read, undefined, order);
  if (!isSkipping && read.rejections.length + supposed.rejections.length > 0) return previewImport(store, read, order);
  const mayRetry = isSkipping && read.incidents.length > 0;
  const first = await writer.commit(buildWrite(read, order, supposed, isSkipping && !mayRetry));
  if (first.isWritten || read.incidents.length === 0) return describeOutcome(read, first, supposed);
  const incidents = await placeIncidents(store, read, first, order);
  if (!mayRetry) return describeOutcome(read, first, incidents);
  return describeOutcome(read, await writer.commit(buildWrite(read, order, incidents, true)), incidents);
}

/**
 * Leaves out closings of unlisted facts that would break a rule: a retraction of a fact that others still name, or an end before the
 * start. No row of the list states these facts, so no row is at fault.
 */
async function withPossibleClosings(store: FactStore, all: ReadImport, order: ImportOrder): Promise<ReadImport> {
  let read = all;
  while (read.closingCount > 0) {
    const first = read.assertions.length - read.closingCount;
    const { violations } = await store.preview(buildWrite(read, order, undefined, true));
    const refused = new Set(violations.map(({ assertion }) => assertion).filter((index) => index >= first));
    if (refused.size === 0) break;
    read = {
      ...read,
      assertions: PackedAssertions.of([...read.assertions].filter((_, index) => !refused.has(index))),
      closingCount: read.closingCount - refused.size,
    };
  }
  const kept = all.closingCount - read.closingCount;
  if (kept === 0) return read;
  const [facts, name] =
    kept === 1 ? ['One fact that is no longer listed stays', 'names it'] : [`${kept} facts that are no longer listed stay`, 'names them'];
  return { ...read, warnings: [...read.warnings, `${facts}: another fact ${name}, or the end would come before the start.`] };
}

function buildWrite(read: ReadImport, order: ImportOrder, incidents: PlacedIncidents | undefined, skipRefused: boolean): FactWrite {
  return {
    by: order.by,
    at: order.at,
    ...(order.clock && { clock: order.clock }),
    ...(order.retractsOnlyOf !== undefined && { retractsOnlyOf: order.retractsOnlyOf }),
    assertions: read.assertions,
    rejectedKeys: read.rejectedKeys,
    skipRefused,
    import: {
      id: order.id,
      source: order.source,
      assertedAt: order.assertedAt,
      createdAt: order.createdAt,
      files: read.files.map(({ name, sizeBytes, sha256, rowCount }) => ({ name, sizeBytes, sha256, rowCount })),
      rejectedCount: countRows([...read.rejections, ...(incidents?.rejections ?? [])]),
      incidents: incidents?.documents ?? new Map(),
    },
  };
}

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
function describeOutcome(read: ReadImport, written: WriteOutcome, incidents: PlacedIncidents): ImportOutcome {
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
    if (of[index] === effects.indexOf('UNCHANGED') && !assertions.at(index).isRetraction) count++;
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
function rejectionOf(violation: Violation, assertions: PackedAssertions): Rejection {
  const { kind, file, line } = assertions.at(violation.assertion);
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

const namesCollection = 'import';
const maxNameLength = 200;

/** The names that people gave to committed imports, by the id of the import. */
export async function readImportNames(store: FactStore): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.listDocuments(namesCollection)).map(({ id, json }) => [id, nameIn(json)]));
}

/** The name of one committed import; null if nobody gave it one. */
export async function findImportName(store: FactStore, id: string): Promise<string | null> {
  const found = await store.findDocument(namesCollection, id);
  return found === undefined ? null : nameIn(found.json);
}

/** Names a committed import. The latest name counts. */
export async function saveImportName(store: FactStore, id: string, name: string): Promise<void> {
  await store.saveDocument(namesCollection, id, JSON.stringify({ name }));
}

/** Returns the name without outer blanks. Throws BAD_USER_INPUT if it cannot be the name of an import. */
export function checkImportName(text: string): string {
  const name = text.trim();
  const hidden = describeHidden('name', name);
  if (hidden !== undefined) throw new ExposureError('BAD_USER_INPUT', hidden);
  if (name.length > 0 && name.length <= maxNameLength && !/\p{Cs}/u.test(name)) return name;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The name ${JSON.stringify(name.slice(0, 60))} cannot be used. Expected 1 to ${maxNameLength} characters on one line, such as "Vendor register, June".`,
  );
}

/** Throws BAD_USER_INPUT for a new source that holds hidden characters. Further editions of a recorded one are imported as before. */
export async function checkSource(store: FactStore, source: string): Promise<string> {
  const hidden = describeHidden('source', source);
  if (hidden === undefined || (await store.listImports()).some((one) => one.source === source)) return source;
  throw new ExposureError('BAD_USER_INPUT', hidden);
}

function nameIn(json: string): string {
  return (JSON.parse(json) as { readonly name: string }).name;
}
