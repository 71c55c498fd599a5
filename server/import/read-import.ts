import type { AssertionList } from '../domain/assertion-list.ts';
import type { FactKind } from '../domain/facts.ts';
import type { WaitingChange } from './answers/answer-types.ts';
import type { ReadableFile } from './corrected/split-corrected.ts';
import { withCorrected } from './corrected/split-corrected.ts';
import { isCanonical } from './csv/is-canonical.ts';
import type { SourceFile } from './csv/read-table.ts';
import { readTable } from './csv/read-table.ts';
import type { DriftCounts } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import { decisionsFor, noDecisions } from './mapping/decisions/mapping-document.ts';
import { addKnownRows } from './mapping/known-facts.ts';
import type { MappedOutcome } from './mapping/mapped-import.ts';
import { MappedImport } from './mapping/mapped-import.ts';
import type { ImportQuestion, ValueMapping } from './mapping/mapping-types.ts';
import type { PartyMatch } from './matching/matching-types.ts';
import { addList, readWorkbook } from './read-lists.ts';
import type { ReadFile, ReadOptions } from './read-options.ts';
import { CollectedRows } from './rows/collected-rows.ts';
import { FileFault } from './rows/file-fault.ts';
import { findWarnings } from './rows/import-warnings.ts';
import type { IncidentRow } from './rows/incident-rows.ts';
import { rejectFile } from './rows/reject-file.ts';
import type { Rejection } from './rows/rejection.ts';
import { isWorkbook } from './workbook/open-workbook.ts';

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
  /** The authors of those of these facts that a retraction would remove, each once. */
  readonly retractable: readonly string[];
  /** Changes in an organization's own answer that need an analyst's decision, in the order of the rows. */
  readonly waiting: readonly WaitingChange[];
  /** The number of assertions at the end of the list that end or retract unlisted facts. They do not come from a row. */
  readonly closingCount: number;
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
  return withCorrected(files, async (readable) => {
    const read = await readFiles(readable, options);
    const uploads = new Map(readable.map(({ name, uploaded }) => [name, uploaded]));
    return { ...read, files: read.files.map((file) => ({ ...file, ...uploads.get(file.name) })) };
  });
}

async function readFiles(files: readonly ReadableFile[], options: ReadOptions): Promise<ReadImport> {
  const reader = new ImportReader(options, files.length === 1);
  for (const source of files) await reader.read(source);
  return reader.finish();
}

/** Texts of lists have a budget of their own (mapping/list-budget.ts). */
const mappedBytes = 0;

/** Reads canonical files at once, and lists in two steps: what they are, then, after the last file, their rows. */
class ImportReader {
  readonly #options: ReadOptions;
  readonly #isOnlyFile: boolean;
  readonly #rows: CollectedRows;
  readonly #lists: MappedImport;
  readonly #files: ReadFile[] = [];
  readonly #warnings: string[] = [];
  #doneBytes = 0;

  constructor(options: ReadOptions, isOnlyFile: boolean) {
    this.#options = options;
    this.#isOnlyFile = isOnlyFile;
    this.#rows = new CollectedRows(options.limits, options.backgroundWrite);
    this.#lists = new MappedImport({
      decisions: options.decisions ?? noDecisions,
      kinds: options.kind === undefined || options.kind === 'INCIDENT' ? undefined : [options.kind],
      assertedAt: options.assertedAt,
      isDated: options.isDated === true,
      source: options.source,
    });
  }

  async read(source: ReadableFile): Promise<void> {
    const outlets = {
      onFile: (file: ReadFile) => void this.#files.push(file),
      onRejections: (rejections: readonly Rejection[]) => this.#rows.reject(...rejections),
      onBytes: (count: number) => this.#onBytes(count),
      onWarning: (warning: string) => void this.#warnings.push(warning),
    };
    const { name, path, kind = this.#options.kind } = source;
    if (isWorkbook(name)) {
      await readWorkbook(source, this.#lists, this.#options, { ...outlets, readCanonical: (sheet) => this.#readCanonical(sheet) });
    } else if (await isCanonical(name, path, kind, this.#delimiterOf(source))) await this.#readCanonical(source);
    else await addList(source, this.#lists, this.#options, this.#isOnlyFile, outlets);
  }

  async finish(): Promise<ReadImport> {
    const outcome = await this.#readLists();
    const { oddities, ...rows } = this.#rows.finish();
    const counts = [...(outcome?.counts.values() ?? [])];
    const repeatedCount = rows.repeatedCount + sum(counts.map(({ repeated }) => repeated));
    return {
      ...rows,
      files: this.#files.map((file) => ({
        ...file,
        rowCount: outcome?.counts.get(file.name)?.read ?? file.rowCount,
        mapping: this.#lists.files.find(({ name }) => name === file.name)?.mapping ?? file.mapping,
      })),
      warnings: [...findWarnings(oddities, repeatedCount), ...this.#warnings, ...(outcome?.warnings ?? [])],
      mappedCount: sum(counts.map(({ used }) => used)),
      repeatedCount,
      leftOutCount: sum(counts.flatMap(({ leftOut }) => [...leftOut.values()].map((lines) => lines.length))),
      questions: outcome?.questions ?? [],
      values: outcome?.values ?? [],
      matches: outcome?.matches ?? [],
      mappingDocument: outcome?.document ?? null,
      described: outcome?.described ?? new Set(),
      unlisted: [],
      retractable: [],
      waiting: [],
      closingCount: 0,
    };
  }

  async #readCanonical(source: ReadableFile): Promise<void> {
    const { mark } = this.#rows;
    const { cells } = decisionsFor(this.#options.decisions ?? noDecisions, source.name, [], this.#isOnlyFile);
    const form = { kind: source.kind ?? this.#options.kind, delimiter: this.#delimiterOf(source), cells };
    const options = { ...this.#options, ...form, onBytes: (count: number) => this.#onBytes(count) };
    const { file, rowCount, fault } = await readTable(source, options, this.#rows.packed, this.#rows);
    if (fault !== null) {
      this.#rows.reject(fault);
      this.#rows.forgetFrom(mark);
    }
    this.#files.push({ ...file, rowCount, isFaulty: fault !== null, mapping: null });
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

/** Whether every file is canonical CSV. Reads the first lines of each. */
export async function isAllCanonical(files: readonly SourceFile[]): Promise<boolean> {
  for (const { name, path } of files) if (isWorkbook(name) || !(await isCanonical(name, path, undefined, undefined))) return false;
  return true;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
