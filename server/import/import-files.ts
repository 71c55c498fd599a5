import type { Assertion } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FactStore, FactWrite, WriteOutcome } from '../store/fact-store.ts';
import { ByteInterner } from './csv/byte-interner.ts';
import type { SourceFile } from './csv/read-table.ts';
import { readTable } from './csv/read-table.ts';
import type { DetectedFile, ImportReport, RejectPolicy, TableKind } from './import-view.ts';
import { findWarnings, TransferOddities } from './rows/import-warnings.ts';
import type { IncidentRow } from './rows/incident-rows.ts';
import type { PlacedIncidents } from './rows/place-incidents.ts';
import { keepEqualRows, placeIncidents } from './rows/place-incidents.ts';
import type { Rejection } from './rows/rejection.ts';
import { linesOf, sortRejections } from './rows/rejection.ts';
import { RepeatedIds } from './rows/repeated-id.ts';
import { rejectionOf } from './rows/violation-rejection.ts';

export interface ReadOptions {
  /** Epoch ms: what facts that say no date are asserted at, and incidents made at. */
  readonly assertedAt: number;
  /** The import's named source, which its facts have too where they name none. */
  readonly source: string | null;
  /** The kind of all files; undefined: by each file's name, else by its header. */
  readonly kind?: TableKind | undefined;
  readonly delimiter?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes read so far. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined;
}

/** What all the files of an import say, before the store was asked. */
export interface ReadImport {
  readonly files: readonly (DetectedFile & { readonly rowCount: number })[];
  readonly assertions: readonly Assertion[];
  readonly rejectedKeys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  readonly incidents: readonly IncidentRow[];
  /** Rows and files that could not be read. */
  readonly rejections: readonly Rejection[];
  readonly warnings: readonly string[];
}

/** Whose import it is. */
export interface ImportOrder {
  readonly id: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly createdAt: number;
  readonly source: string | null;
  /** The inventory's own date, where one was given. */
  readonly assertedAt: number | null;
}

export interface ImportOutcome {
  readonly isWritten: boolean;
  readonly revision: number;
  readonly report: ImportReport;
  /** By file, line, column. */
  readonly rejections: readonly Rejection[];
  readonly written: WriteOutcome;
}

/**
 * Reads the files of an import: bytes -> text -> table -> header -> rows -> assertions or rejections -> across rows.
 *
 * Bad data is never thrown: it comes back as rejections. Throws what the file system throws, and the signal's reason.
 * Complexity: O(bytes). Memory: the assertions, and a few MB.
 */
export async function readImport(files: readonly SourceFile[], options: ReadOptions): Promise<ReadImport> {
  const interner = new ByteInterner();
  const repeated = new RepeatedIds();
  const oddities = new TransferOddities();
  const rejections: Rejection[] = [];
  const incidentRows: IncidentRow[] = [];
  const read: (DetectedFile & { rowCount: number })[] = [];
  let doneBytes = 0;
  const sink = {
    onAssertion(assertion: Assertion) {
      if (assertion.kind === 'TRANSFER') oddities.see(assertion);
      repeated.add(assertion);
    },
    onIncident: (row: IncidentRow) => void incidentRows.push(row),
    onRejection: (rejection: Rejection) => void rejections.push(rejection),
    onRejectedKey: (kind: FactKind, key: string, file: string, line: number) => repeated.reject(kind, key, file, line),
  };
  const onBytes = (count: number) => {
    doneBytes += count;
    options.onProgress?.(doneBytes);
  };

  for (const source of files) {
    const mark = repeated.mark;
    const incidentMark = incidentRows.length;
    const table = await readTable(source, { ...options, onBytes }, interner, sink);
    if (table.fault !== null) {
      rejections.push(table.fault);
      repeated.forgetFrom(mark);
      incidentRows.length = incidentMark;
    }
    read.push({ ...table.file, rowCount: table.rowCount });
  }

  const facts = repeated.finish();
  const incidents = keepEqualRows(incidentRows);
  return {
    files: read,
    assertions: facts.assertions,
    rejectedKeys: facts.rejectedKeys,
    incidents: incidents.rows,
    rejections: [...rejections, ...facts.rejections, ...incidents.rejections],
    warnings: findWarnings(oddities, repeated.repeatedCount + incidents.repeatedCount),
  };
}

/** What a commit would do, with every row's fault, also those that only the store can find. Nothing is written. */
export async function previewImport(store: FactStore, read: ReadImport, order: ImportOrder): Promise<ImportOutcome> {
  const written = await store.preview(buildWrite(read, order, undefined, true));
  const incidents = await placeIncidents(store, read, written);
  return { ...describe(read, written, incidents), isWritten: false };
}

/**
 * Commits an import, in one transaction. Under ALL_OR_NOTHING one rejected row means that nothing is written, and the
 * outcome says so with all rejections; under SKIP_REJECTED the rows that are right are written.
 *
 * Errors as those of the store's `commit`.
 */
export async function commitImport(store: FactStore, read: ReadImport, order: ImportOrder, policy: RejectPolicy): Promise<ImportOutcome> {
  const isSkipping = policy === 'SKIP_REJECTED';
  // Incidents name organizations that may come with this import: only the plan tells which of these will be there.
  const isPreviewNeeded = read.incidents.length > 0 || (!isSkipping && read.rejections.length > 0);
  const preview = isPreviewNeeded ? await store.preview(buildWrite(read, order, undefined, true)) : undefined;
  const incidents = await placeIncidents(store, read, preview);
  if (preview !== undefined && !isSkipping) {
    const planned = describe(read, preview, incidents);
    if (planned.rejections.length > 0) return { ...planned, isWritten: false };
  }
  const written = await store.commit(buildWrite(read, order, incidents, isSkipping));
  return describe(read, written, incidents);
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
  const warnings = [...read.warnings];
  if (created + updated + rejected === 0) warnings.push('Nothing changes: the facts already say all that these files say.');
  const rows = read.files.reduce((sum, file) => sum + file.rowCount, 0);
  return {
    isWritten: written.isWritten,
    revision: written.revision,
    report: { rows, created, updated, unchanged, rejected, warnings },
    rejections,
    written,
  };
}

/** How many rows have a rejection; a file that was rejected as a whole counts as one. */
export function countRows(rejections: readonly Rejection[]): number {
  const rows = new Set<string>();
  for (const rejection of rejections) for (const line of linesOf(rejection)) rows.add(`${line} ${rejection.file}`);
  return rows.size;
}
