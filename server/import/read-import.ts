import type { Assertion } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { PackedAssertions } from '../domain/packed/packed-assertions.ts';
import type { SoftwareReading } from '../software/read/read-software.ts';
import { isCanonical } from './csv/detect-file.ts';
import { digestFile } from './csv/read-bytes.ts';
import type { SourceFile } from './csv/read-table.ts';
import { readTable } from './csv/read-table.ts';
import { holdsTables, isArchive } from './documents/file-names.ts';
import { withUnpacked } from './documents/unpack-archive.ts';
import type { DriftCounts, TableKind, WaitingChange } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import { decisionsFor, noDecisions } from './mapping/decisions/mapping-document.ts';
import { addKnownRows } from './mapping/known-facts.ts';
import type { MappedOutcome } from './mapping/mapped-import.ts';
import { MappedImport } from './mapping/mapped-import.ts';
import type { ImportQuestion, ValueMapping } from './mapping/mapping-types.ts';
import type { CellReport } from './mapping/rows/cell-ledger.ts';
import { noCells } from './mapping/rows/cell-ledger.ts';
import type { PartyMatch } from './matching/matching-types.ts';
import { addList, readDocument } from './read-lists.ts';
import type { ReadFile, ReadOptions } from './read-options.ts';
import { blankFile } from './read-options.ts';
import { CollectedRows, findWarnings } from './rows/collected-rows.ts';
import type { IncidentRow } from './rows/incident-rows.ts';
import type { Rejection } from './rows/rejection.ts';
import { FileFault, rejectFile } from './rows/rejection.ts';
import { SoftwareTables } from './rows/software-tables.ts';
import { isSoftwareTable } from './rows/table-fields.ts';
import type { SoftwareFacts } from './software-files.ts';
import { mayHoldSoftware, readSoftwareFile, toSoftwareFacts } from './software-files.ts';
import type { ReadableFile } from './split-corrected.ts';
import { withCorrected } from './split-corrected.ts';

/** The contents of all files of an import, not yet compared with the store. */
export interface ReadImport {
  readonly files: readonly ReadFile[];
  readonly assertions: PackedAssertions;
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
  /** The authors of those of these facts that a retraction would remove, each once. */
  readonly retractable: readonly string[];
  /** Changes in an organization's own answer that need an analyst's decision, in the order of the rows. */
  readonly waiting: readonly WaitingChange[];
  /** The number of assertions at the end of the list that end or retract unlisted facts. They do not come from a row. */
  readonly closingCount: number;
  /** The outcome for the cells of the lists. */
  readonly cells: CellReport;
  /** The assertions of software files, not yet placed beside what is recorded (rows/place-records.ts). Absent: none. */
  readonly software?: readonly Assertion[];
  /** Absent: the first edition of its source, or a file that could not be read. */
  readonly drift?: DriftCounts;
}

/**
 * Reads the files of an import: bytes -> text -> table -> header -> rows -> assertions or rejections -> across rows.
 *
 * Returns bad data as rejections, never as an exception. Throws the errors of the file system, and the signal's reason.
 * Complexity: O(bytes). Memory: the assertions, and a few MB.
 */
export async function readImport(files: readonly SourceFile[], options: ReadOptions): Promise<ReadImport> {
  return withUnpacked(files, (unpacked) =>
    withCorrected(unpacked, async (readable) => {
      const read = await readFiles(readable, options);
      const uploads = new Map(readable.map(({ name, uploaded }) => [name, uploaded]));
      return { ...read, files: read.files.map((file) => ({ ...file, ...uploads.get(file.name) })) };
    }),
  );
}

async function readFiles(files: readonly ReadableFile[], options: ReadOptions): Promise<ReadImport> {
  const reader = new ImportReader(options, files.length === 1);
  for (const source of files) await reader.read(source);
  return reader.finish();
}

/** The codes of files that are no lists. */
const noList: readonly Rejection['code'][] = ['NOT_TEXT', 'UNKNOWN_KIND', 'EMPTY_FILE'];

/** Texts of lists have a budget of their own (mapping/list-budget.ts). */
const mappedBytes = 0;

/** Reads canonical files at once, and lists in two steps: what they are, then, after the last file, their rows. */
class ImportReader {
  readonly #options: ReadOptions;
  readonly #isOnlyFile: boolean;
  readonly #rows: CollectedRows;
  readonly #software: SoftwareTables;
  readonly #lists: MappedImport;
  readonly #files: ReadFile[] = [];
  readonly #warnings: string[] = [];
  /** Files of archives that are no lists, with the reason. */
  readonly #unused: { readonly archive: string; readonly rejection: Rejection }[] = [];
  /** Software lists and advisories, as read. */
  readonly #softwareFiles: { readonly file: ReadFile; readonly reading: SoftwareReading }[] = [];
  #doneBytes = 0;

  constructor(options: ReadOptions, isOnlyFile: boolean) {
    this.#options = options;
    this.#isOnlyFile = isOnlyFile;
    this.#rows = new CollectedRows(options.limits);
    this.#software = new SoftwareTables(this.#rows);
    this.#lists = new MappedImport({
      decisions: options.decisions ?? noDecisions,
      kinds: listKindsOf(options.kind),
      assertedAt: options.assertedAt,
      isDated: options.isDated === true,
      source: options.source,
    });
  }

  async read(source: ReadableFile): Promise<void> {
    const { archive, fault } = source;
    const outlets = {
      onFile: (file: ReadFile) => this.#addFile(file, archive),
      onRejections: (rejections: readonly Rejection[]) => this.#reject(rejections, archive),
      onBytes: (count: number) => this.#onBytes(count),
      onWarning: (warning: string) => void this.#warnings.push(warning),
    };
    const { name, path, kind = this.#options.kind } = source;
    if (fault !== undefined) {
      this.#rows.reject(rejectFile(name, fault));
      this.#files.push({ ...blankFile(name, await digestFile(path)), isFaulty: true });
    } else if (await this.#readSoftware(source)) {
      // Its facts are made at the end, when the organizations of all files are known.
    } else if (holdsTables(name)) {
      await readDocument(source, this.#lists, this.#options, { ...outlets, readCanonical: (sheet) => this.#readCanonical(sheet) });
    } else if (await isCanonical(name, path, kind, this.#delimiterOf(source))) await this.#readCanonical(source);
    else await addList(source, this.#lists, this.#options, this.#isOnlyFile, outlets);
  }

  #addFile(file: ReadFile, archive: string | undefined): void {
    if (archive === undefined || !file.isFaulty || !this.#unused.some(({ rejection }) => rejection.file === file.name))
      this.#files.push(file);
  }

  /** A file of an archive that is no list waits for the others. */
  #reject(rejections: readonly Rejection[], archive: string | undefined): void {
    for (const rejection of rejections) {
      if (archive !== undefined && noList.includes(rejection.code)) this.#unused.push({ archive, rejection });
      else this.#rows.reject(rejection);
    }
  }

  /** Leaves out what an archive holds beside its lists. If it holds none, each of its files is rejected. */
  async #leaveOut(): Promise<void> {
    for (const { archive, rejection } of this.#unused) {
      const { file, message } = rejection;
      if (this.#files.some(({ name, isFaulty }) => name.startsWith(`${archive}#`) && !isFaulty)) {
        this.#warnings.push(`The file ${file} was left out: ${message}`);
        continue;
      }
      this.#rows.reject(rejection);
      this.#files.push({ ...blankFile(file, { sizeBytes: 0, sha256: '' }), isFaulty: true });
    }
  }

  async finish(): Promise<ReadImport> {
    await this.#leaveOut();
    const outcome = await this.#readLists();
    const software = await this.#placeSoftware();
    this.#software.finish();
    const { oddities, ...rows } = this.#rows.finish();
    const counts = [...(outcome?.counts.values() ?? [])];
    const repeatedCount = rows.repeatedCount + sum(counts.map(({ repeated }) => repeated));
    return {
      ...rows,
      ...(software.assertions.length === 0 ? {} : { software: software.assertions }),
      files: this.#files.map((file) => ({
        ...file,
        rowCount: outcome?.counts.get(file.name)?.read ?? file.rowCount,
        mapping: this.#lists.files.find(({ name }) => name === file.name)?.mapping ?? file.mapping,
      })),
      warnings: [...findWarnings(oddities, repeatedCount), ...this.#warnings, ...(outcome?.warnings ?? []), ...software.warnings],
      mappedCount: sum(counts.map(({ used }) => used)),
      repeatedCount,
      leftOutCount: sum(counts.flatMap(({ leftOut }) => [...leftOut.values()].map((lines) => lines.length))),
      questions: [...(outcome?.questions ?? []), ...software.questions],
      values: outcome?.values ?? [],
      matches: outcome?.matches ?? [],
      mappingDocument: outcome?.document ?? null,
      described: outcome?.described ?? new Set(),
      unlisted: [],
      retractable: [],
      waiting: [],
      closingCount: 0,
      cells: outcome?.cells ?? noCells,
    };
  }

  /** Whether the file is a software list or an advisory. A damaged one is rejected as a whole. */
  async #readSoftware({ name, path, archive }: ReadableFile): Promise<boolean> {
    // Archives of other lists are unpacked before.
    if (!mayHoldSoftware(name) && !isArchive(name)) return false;
    const digest = await digestFile(path);
    try {
      const reading = await readSoftwareFile(name, path);
      if (reading === undefined) return false;
      const file = blankFile(name, digest);
      this.#files.push(file);
      this.#softwareFiles.push({ file, reading });
      this.#rows.hold(digest.sizeBytes);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      this.#reject([rejectFile(name, error)], archive);
      this.#addFile({ ...blankFile(name, digest), isFaulty: true }, archive);
    }
    this.#onBytes(digest.sizeBytes);
    return true;
  }

  async #placeSoftware(): Promise<Omit<SoftwareFacts, 'rows'>> {
    const facts = { assertions: [] as Assertion[], questions: [] as ImportQuestion[], warnings: [] as string[] };
    if (this.#softwareFiles.length === 0) return facts;
    const { organizations, artifacts } = addKnownRows(this.#rows.packed, await this.#options.readKnown?.());
    for (const { file, reading } of this.#softwareFiles) {
      const decisions = decisionsFor(this.#options.decisions ?? noDecisions, file.name, [], this.#isOnlyFile);
      const { assertedAt, source } = this.#options;
      const made = toSoftwareFacts({ name: file.name, reading, decisions, known: organizations, artifacts, assertedAt, source });
      for (const assertion of made.assertions) facts.assertions.push(assertion);
      for (const row of made.rows) {
        this.#rows.packed.pack(row);
        this.#rows.onRow(row.kind, 1, mappedBytes);
      }
      facts.questions.push(...made.questions);
      facts.warnings.push(...made.warnings);
    }
    return facts;
  }

  async #readCanonical(source: ReadableFile): Promise<void> {
    const { mark } = this.#rows;
    const { cells } = decisionsFor(this.#options.decisions ?? noDecisions, source.name, [], this.#isOnlyFile);
    const form = { kind: source.kind ?? this.#options.kind, delimiter: this.#delimiterOf(source), cells };
    const options = { ...this.#options, ...form, onBytes: (count: number) => this.#onBytes(count) };
    const { file, rowCount, fault } = await readTable(source, options, this.#rows.packed, this.#rows, this.#software);
    if (fault !== null) {
      this.#reject([fault], source.archive);
      this.#rows.forgetFrom(mark);
      this.#software.forget(source.name);
    }
    this.#addFile({ ...file, rowCount, isFaulty: fault !== null, mapping: null }, source.archive);
  }

  /** The rows of all lists. They may name organizations and artifacts of the store and of the import's canonical files. */
  async #readLists(): Promise<MappedOutcome | undefined> {
    if (this.#lists.files.length + this.#lists.openKinds.length === 0) return undefined;
    const { mark, packed } = this.#rows;
    try {
      const known = addKnownRows(packed, await this.#options.readKnown?.());
      return await this.#lists.finish(
        known,
        (assertion) => {
          packed.pack(assertion);
          this.#rows.onRow(assertion.kind, assertion.line ?? 1, mappedBytes);
        },
        (rejection) => this.#rows.onRejection(rejection),
      );
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      this.#rows.forgetFrom(mark);
      const names = new Set(this.#lists.files.map(({ name }) => name));
      for (const [index, file] of this.#files.entries()) if (names.has(file.name)) this.#files[index] = { ...file, isFaulty: true };
      this.#rows.reject(...[...names].map((name) => rejectFile(name, error)));
      return undefined;
    }
  }

  /** A file that this program made from a download of rejected rows has commas. */
  #delimiterOf({ uploaded }: ReadableFile): string | undefined {
    return uploaded === undefined ? this.#options.delimiter : ',';
  }

  #onBytes(count: number): void {
    this.#doneBytes += count;
    this.#options.onProgress?.(Math.round(this.#doneBytes));
  }
}

/** The kinds that a list is read as; undefined: recognized. Lists hold no incidents and no facts of software. */
function listKindsOf(kind: TableKind | undefined): FactKind[] | undefined {
  return kind === undefined || kind === 'INCIDENT' || isSoftwareTable(kind) ? undefined : [kind];
}

/** Whether every file is canonical CSV. Reads the first lines of each. */
export async function isAllCanonical(files: readonly SourceFile[]): Promise<boolean> {
  for (const { name, path } of files)
    if (holdsTables(name) || mayHoldSoftware(name) || !(await isCanonical(name, path, undefined, undefined))) return false;
  return true;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
