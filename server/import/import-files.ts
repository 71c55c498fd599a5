import type { AssertionList } from '../domain/assertion-list.ts';
import { namedKinds } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { PackedRows } from '../domain/packed/packed-assertions.ts';
import type { FactStore, FactWrite, WriteOutcome } from '../store/fact-store.ts';
import type { WaitingChange } from './answers/answer-types.ts';
import type { ReadableFile } from './corrected/split-corrected.ts';
import { withCorrected } from './corrected/split-corrected.ts';
import { isCanonical } from './csv/is-canonical.ts';
import type { SourceFile } from './csv/read-table.ts';
import { readTable } from './csv/read-table.ts';
import { saveImportName } from './import-names.ts';
import type { DriftCounts, ImportReport, RejectPolicy, RowAccount } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import { decisionsFor, noDecisions } from './mapping/decisions/mapping-document.ts';
import { rememberMapping } from './mapping/decisions/remembered-mapping.ts';
import { toKnownOrganization } from './mapping/known-facts.ts';
import type { KnownFacts } from './mapping/mapped-file.ts';
import type { MappedOutcome } from './mapping/mapped-import.ts';
import { MappedImport } from './mapping/mapped-import.ts';
import type { ImportQuestion, ValueMapping } from './mapping/mapping-types.ts';
import { isWorkbook } from './mapping/table/open-workbook.ts';
import type { KnownOrganization, PartyMatch } from './matching/matching-types.ts';
import { addList, readWorkbook } from './read-lists.ts';
import type { ReadFile, ReadOptions } from './read-options.ts';
import { RowBudget } from './row-budget.ts';
import type { RowSink } from './rows/fact-rows.ts';
import { FileFault } from './rows/file-fault.ts';
import { findWarnings, TransferOddities } from './rows/import-warnings.ts';
import type { IncidentRow } from './rows/incident-rows.ts';
import type { PlacedIncidents } from './rows/place-incidents.ts';
import { keepEqualRows, placeIncidents } from './rows/place-incidents.ts';
import { rejectFile } from './rows/reject-file.ts';
import type { Rejection } from './rows/rejection.ts';
import { linesOf, sortRejections } from './rows/rejection.ts';
import { RepeatedIds } from './rows/repeated-id.ts';
import { rejectionOf } from './rows/violation-rejection.ts';
import { RowsSender } from './rows-sender.ts';

/** The contents of all files of an import, not yet compared with the store. */
export interface ReadImport {
  readonly files: readonly ReadFile[];
  readonly assertions: AssertionList;
  readonly rejectedKeys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  readonly incidents: readonly IncidentRow[];
  /** Rows and files that could not be read. */
  readonly rejections: readonly Rejection[];
  readonly warnings: readonly string[];
  /** Rows of lists that became facts, before any check by the store. */
  readonly mappedCount: number;
  /** Rows that repeat another row, and rows that are not data. */
  readonly repeatedCount: number;
  readonly leftOutCount: number;
  readonly questions: readonly ImportQuestion[];
  readonly values: readonly ValueMapping[];
  readonly matches: readonly PartyMatch[];
  /** Every decision and guess; null if every file is canonical. */
  readonly mappingDocument: MappingDocument | null;
  /** Organizations that rows of lists describe, even without new details. */
  readonly described: ReadonlySet<string>;
  /** Facts that the last edition of the source listed and this one does not, by kind, then key. */
  readonly unlisted: readonly { readonly kind: FactKind; readonly key: string }[];
  /** Changes in an organization's own answer that need an analyst's decision, in the order of the rows. */
  readonly waiting: readonly WaitingChange[];
  /** The number of assertions at the end of the list that end or retract unlisted facts. They do not come from a row. */
  readonly closingCount: number;
  /** Absent: the first edition of its source, or a file that could not be read. */
  readonly drift?: DriftCounts;
}

/** The identity of an import and of its author. */
export interface ImportOrder {
  readonly id: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly createdAt: number;
  /** Given by a person; absent or null: none. */
  readonly name?: string | null;
  readonly source: string | null;
  /** The inventory's own date, if one was given. */
  readonly assertedAt: number | null;
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

/**
 * Reads the files of an import: bytes -> text -> table -> header -> rows -> assertions or rejections -> across rows.
 *
 * Returns bad data as rejections, never as an exception. Throws the errors of the file system, and the signal's reason.
 * Complexity: O(bytes). Memory: the assertions, and a few MB.
 */
export async function readImport(files: readonly SourceFile[], options: ReadOptions): Promise<ReadImport> {
  return withCorrected(files, async (readable) => {
    const read = await readFiles(readable, options);
    const uploads = new Map(readable.map(({ name, uploaded }) => [name, uploaded]));
    return { ...read, files: read.files.map((file) => ({ ...file, ...uploads.get(file.name) })) };
  });
}

/** Texts of lists have a budget of their own (mapping/list-budget.ts). */
const mappedBytes = 0;

async function readFiles(files: readonly ReadableFile[], options: ReadOptions): Promise<ReadImport> {
  const budget = new RowBudget(options.limits);
  const ahead = options.ahead && new RowsSender(options.ahead);
  const packed: PackedRows = new PackedRows(
    (length) => budget.takeText(length),
    (sealed) => {
      if (repeated.ascends(sealed.kind)) ahead?.send(sealed, packed.texts);
    },
  );
  const repeated = new RepeatedIds(packed, budget);
  const oddities = new TransferOddities();
  const rejections: Rejection[] = [];
  const incidentRows: IncidentRow[] = [];
  const read: ReadFile[] = [];
  let doneBytes = 0;
  const reject = (...found: Rejection[]) => {
    ahead?.stop();
    rejections.push(...found);
  };
  const sink = {
    onRow(kind: FactKind, line: number, bytes: number) {
      if (kind === 'TRANSFER') oddities.see(packed.rowsOf(kind));
      repeated.add(kind);
      budget.takeRow(line, namedKinds.has(kind), bytes);
    },
    onIncident: (row: IncidentRow) => void incidentRows.push(row),
    onRejection(rejection: Rejection) {
      budget.takeFault();
      reject(rejection);
    },
    onRejectedKey: (kind: FactKind, key: string, file: string, line: number) => repeated.reject(kind, key, file, line),
  };
  const onBytes = (count: number) => {
    doneBytes += count;
    options.onProgress?.(Math.round(doneBytes));
  };

  const mapped = new MappedImport({
    decisions: options.decisions ?? noDecisions,
    kinds: options.kind === undefined || options.kind === 'INCIDENT' ? undefined : [options.kind],
    assertedAt: options.assertedAt,
    isDated: options.isDated === true,
    source: options.source,
  });
  const delimiterOf = ({ uploaded }: ReadableFile) => (uploaded === undefined ? options.delimiter : ',');
  const readCanonical = async (source: ReadableFile) => {
    const mark = repeated.mark;
    const incidentMark = incidentRows.length;
    const { cells } = decisionsFor(options.decisions ?? noDecisions, source.name, [], files.length === 1);
    const table = await readTable(
      source,
      { ...options, kind: source.kind ?? options.kind, delimiter: delimiterOf(source), cells, onBytes },
      packed,
      sink,
    );
    if (table.fault !== null) {
      reject(table.fault);
      repeated.forgetFrom(mark);
      incidentRows.length = incidentMark;
    }
    read.push({ ...table.file, rowCount: table.rowCount, isFaulty: table.fault !== null, mapping: null });
  };
  const warnings: string[] = [];
  for (const source of files) {
    if (isWorkbook(source.name)) await readWorkbook(source, mapped, options, { read, rejections, onBytes, warnings, readCanonical });
    else if (await isCanonical(source.name, source.path, source.kind ?? options.kind, delimiterOf(source))) await readCanonical(source);
    else await addList(source, mapped, options, files.length === 1, { read, rejections, onBytes, warnings });
  }

  const mark = repeated.mark;
  let outcome: MappedOutcome | undefined;
  try {
    if (mapped.files.length + mapped.openKinds.length > 0) outcome = await readMapped(mapped, options, packed, sink);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    repeated.forgetFrom(mark);
    const names = new Set(mapped.files.map(({ name }) => name));
    for (const [index, file] of read.entries()) if (names.has(file.name)) read[index] = { ...file, isFaulty: true };
    reject(...[...names].map((name) => rejectFile(name, error)));
  }
  const facts = repeated.finish();
  const incidents = keepEqualRows(incidentRows);
  const counts = [...(outcome?.counts.values() ?? [])];
  const repeatedCount = repeated.repeatedCount + incidents.repeatedCount + sum(counts.map((count) => count.repeated));
  return {
    files: read.map((file) => ({
      ...file,
      rowCount: outcome?.counts.get(file.name)?.read ?? file.rowCount,
      mapping: mapped.files.find(({ name }) => name === file.name)?.mapping ?? file.mapping,
    })),
    assertions: facts.assertions,
    rejectedKeys: facts.rejectedKeys,
    incidents: incidents.rows,
    rejections: [...rejections, ...facts.rejections, ...incidents.rejections],
    warnings: [...findWarnings(oddities, repeatedCount), ...warnings, ...(outcome?.warnings ?? [])],
    mappedCount: sum(counts.map((count) => count.used)),
    repeatedCount,
    leftOutCount: sum(counts.flatMap((count) => [...count.leftOut.values()].map((lines) => lines.length))),
    questions: outcome?.questions ?? [],
    values: outcome?.values ?? [],
    matches: outcome?.matches ?? [],
    mappingDocument: outcome?.document ?? null,
    described: outcome?.described ?? new Set(),
    unlisted: [],
    waiting: [],
    closingCount: 0,
  };
}

/** Whether every file is canonical CSV. Reads the first lines of each. */
export async function isAllCanonical(files: readonly SourceFile[]): Promise<boolean> {
  for (const { name, path } of files) if (isWorkbook(name) || !(await isCanonical(name, path, undefined, undefined))) return false;
  return true;
}

/** Organizations and artifacts of the import's canonical files count as known: mapped rows may refer to them. */
async function readMapped(mapped: MappedImport, options: ReadOptions, packed: PackedRows, sink: RowSink): Promise<MappedOutcome> {
  const canonical = findKnown(packed);
  const stored = (await options.readKnown?.()) ?? { organizations: [], artifacts: new Map<string, string>() };
  const known = new Map(stored.organizations.map((organization) => [organization.id, organization]));
  for (const organization of canonical.organizations) known.set(organization.id, organization);
  const all = { organizations: [...known.values()], artifacts: new Map([...stored.artifacts, ...canonical.artifacts]) };
  return mapped.finish(
    all,
    (assertion) => {
      packed.pack(assertion);
      sink.onRow(assertion.kind, assertion.line ?? 1, mappedBytes);
    },
    (rejection) => sink.onRejection(rejection),
  );
}

function findKnown(packed: PackedRows): KnownFacts {
  const organizations: KnownOrganization[] = [];
  const artifacts = new Map<string, string>();
  for (const { kind, row } of packed.rows(new Set<FactKind>(['ORGANIZATION', 'ARTIFACT']))) {
    const assertion = packed.rowsOf(kind).assertion(row);
    if (kind === 'ORGANIZATION') organizations.push(toKnownOrganization(assertion));
    else artifacts.set(assertion.key, assertion.key).set(assertion.values[1] as string, assertion.key);
  }
  return { organizations, artifacts };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The outcome of a commit, with every row's fault, including faults that only the store can find. Writes nothing. */
export async function previewImport(store: FactStore, all: ReadImport, order: ImportOrder): Promise<ImportOutcome> {
  const read = await withPossibleClosings(store, all, order);
  const written = await store.preview(buildWrite(read, order, undefined, true));
  const incidents = await placeIncidents(store, read, written, order);
  return { ...describe(read, written, incidents), isWritten: false };
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
  if (first.isWritten || read.incidents.length === 0) return describe(read, first, supposed);
  const incidents = await placeIncidents(store, read, first, order);
  if (!mayRetry) return describe(read, first, incidents);
  return describe(read, await writer.commit(buildWrite(read, order, incidents, true)), incidents);
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
      assertions: [...read.assertions].filter((_, index) => !refused.has(index)),
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

function describe(read: ReadImport, written: WriteOutcome, incidents: PlacedIncidents): ImportOutcome {
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
  const read = sum([...readable.values()]);
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
