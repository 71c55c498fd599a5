import { formatCsvRecord, unguardCell } from '../../csv/csv-record.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { PackedRows } from '../../domain/packed/packed-assertions.ts';
import type { DetectedFile, TableKind } from '../import-view.ts';
import type { RowDefaults, RowSink } from '../rows/fact-rows.ts';
import { FactRows } from '../rows/fact-rows.ts';
import type { IncidentRow } from '../rows/incident-rows.ts';
import { IncidentRows } from '../rows/incident-rows.ts';
import { kindOfHeader, kindOfName, parseHeader, unknownKind } from '../rows/parse-header.ts';
import type { Rejection } from '../rows/rejection.ts';
import { checkHeader, FileFault } from '../rows/rejection.ts';
import type { SoftwareTables } from '../rows/software-tables.ts';
import { SoftwareRows } from '../rows/software-tables.ts';
import { isSoftwareTable } from '../rows/table-fields.ts';
import { findDelimiter, notUtf8, recognizeText, Utf8Check } from './detect-file.ts';
import { readBytes } from './read-bytes.ts';
import { CsvScanner } from './scan-csv.ts';

/** A file on disk, with the name that the user knows. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
}

export interface TableSink extends RowSink {
  onIncident(row: IncidentRow): void;
}

export interface TableOptions extends RowDefaults {
  /** Undefined: by the file's name, else by its header. */
  readonly kind?: TableKind | undefined;
  /** Undefined: by the file's first line. */
  readonly delimiter?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((count: number) => void) | undefined;
  /** Cells that a person corrected, also in the header: read instead of the file's own. */
  readonly cells?: readonly FixedCell[] | undefined;
}

/** A corrected cell of a file. */
export interface FixedCell {
  /** The line on which the row begins; the first is 1. */
  readonly line: number;
  /** From 0. */
  readonly index: number;
  readonly text: string;
}

export interface ReadTable {
  readonly file: DetectedFile;
  readonly kind: TableKind | null;
  readonly rowCount: number;
  /** The reason why no row of the file can be imported; null if there is none. */
  readonly fault: Rejection | null;
}

const sampleRows = 20;
const sampleCharacters = 200;
const delimiterBytes = 65_536;

/**
 * Reads one file and gives its rows to the sink, one by one, as packed rows, incidents or rejections.
 *
 * A fault of the whole file is reported once: in `fault`, or to the sink if the header is at fault. The caller must discard
 * the rows that the sink received before a fault. The file is still read to its end, for its size and digest.
 *
 * Memory: a few MB, however long the file and its lines. Throws the errors of the file system, and the signal's reason.
 */
export async function readTable(
  source: SourceFile,
  options: TableOptions,
  packed: PackedRows,
  sink: TableSink,
  software: SoftwareTables,
): Promise<ReadTable> {
  const table = new TableReader(source.name, options, packed, sink, software);
  const pieces = readBytes(source.path);
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) {
      table.end();
      return {
        file: table.describe(next.value.sizeBytes, next.value.sha256),
        kind: table.kind,
        rowCount: table.rowCount,
        fault: table.fault,
      };
    }
    if (options.signal?.aborted === true) {
      await pieces.return({ sizeBytes: 0, sha256: '' });
      throw options.signal.reason;
    }
    table.push(next.value);
    options.onBytes?.(next.value.length);
  }
}

/** Runs the steps of reading on a file that arrives in pieces. */
class TableReader {
  fault: Rejection | null = null;
  kind: TableKind | null = null;
  readonly #name: string;
  readonly #options: TableOptions;
  readonly #packed: PackedRows;
  readonly #sink: TableSink;
  readonly #software: SoftwareTables;
  readonly #utf8 = new Utf8Check();
  #scanner: CsvScanner | undefined;
  #rows: FactRows | IncidentRows | SoftwareRows | undefined;
  /** True once the file or its header is rejected: later rows are ignored. */
  #isOver = false;
  #delimiter = ',';
  #headerLine = 1;
  #header: string[] = [];
  readonly #sample: string[][] = [];
  readonly #fixed = new Map<number, FixedCell[]>();

  constructor(name: string, options: TableOptions, packed: PackedRows, sink: TableSink, software: SoftwareTables) {
    this.#name = name;
    this.#options = options;
    this.#packed = packed;
    this.#sink = sink;
    this.#software = software;
    for (const cell of options.cells ?? []) getOrInsert(this.#fixed, cell.line, () => []).push(cell);
  }

  get rowCount(): number {
    return this.#rows?.rowCount ?? 0;
  }

  push(piece: Buffer): void {
    if (!this.#isOver) this.#guard(() => this.#read(piece));
  }

  end(): void {
    if (this.#isOver) return;
    this.#guard(() => {
      if (this.#scanner === undefined) recognizeText(Buffer.alloc(0));
      if (!this.#utf8.isComplete()) throw notUtf8(0xff, this.#scanner?.lineAfterRest() ?? 1);
      this.#scanner?.end();
      if (this.#header.length === 0) {
        throw new FileFault('EMPTY_FILE', 1, 'The file holds no header line. A canonical CSV begins with the names of its columns.');
      }
    });
  }

  describe(sizeBytes: number, sha256: string): DetectedFile {
    return {
      name: this.#name,
      sizeBytes,
      sha256,
      encoding: 'utf-8',
      delimiter: this.#delimiter,
      headerLine: this.#headerLine,
      preamble: [],
      header: this.#header,
      sample: this.#sample,
    };
  }

  #read(piece: Buffer): void {
    let text = piece;
    if (this.#scanner === undefined) {
      text = piece.subarray(recognizeText(piece));
      this.#delimiter = this.#options.delimiter ?? findDelimiter(text.subarray(0, delimiterBytes));
      this.#scanner = new CsvScanner(this.#delimiter, (row) => this.#onRow(row));
    }
    const valid = this.#utf8.countValid(text);
    this.#scanner.push(valid === text.length ? text : text.subarray(0, valid));
    if (valid < text.length && !this.#isOver) throw notUtf8(text[valid] as number, this.#scanner.lineAfterRest());
  }

  /** Scans a row with corrected cells anew, as the line that it should have been. */
  #onRow(row: CsvScanner): void {
    const fixed = this.#fixed.get(row.line);
    if (fixed === undefined) {
      this.#onLine(row);
      return;
    }
    const cells = cellsOf(row).map(unguardCell);
    for (const { index, text } of fixed) {
      while (cells.length <= index) cells.push('');
      cells[index] = text;
    }
    const scanner = new CsvScanner(',', (corrected) => {
      corrected.line = row.line;
      this.#onLine(corrected);
    });
    scanner.push(Buffer.from(formatCsvRecord(cells)));
    scanner.end();
  }

  #onLine(row: CsvScanner): void {
    if (this.#isOver) return;
    if (this.#header.length === 0) {
      this.#onHeader(row);
      return;
    }
    if (this.#sample.length < sampleRows) this.#sample.push(cellsOf(row).map((cell) => cell.slice(0, sampleCharacters)));
    this.#rows?.read(row);
  }

  #onHeader(row: CsvScanner): void {
    const header = cellsOf(row);
    checkHeader(header, row.line);
    this.#header = header;
    this.#headerLine = row.line;
    const kind = this.#options.kind ?? kindOfName(this.#name) ?? kindOfHeader(this.#header);
    if (kind === undefined) {
      this.#refuse([unknownKind(this.#name, row.line, this.#header)]);
      return;
    }
    this.kind = kind;
    const result = parseHeader(this.#name, row.line, this.#header, kind);
    if ('rejections' in result) {
      this.#refuse(result.rejections);
      return;
    }
    const sink = this.#sink;
    if (isSoftwareTable(kind)) {
      this.#rows = new SoftwareRows(this.#name, kind, result.columns, this.#options, this.#software);
      return;
    }
    this.#rows =
      kind === 'INCIDENT'
        ? new IncidentRows(
            this.#name,
            result.columns,
            this.#options.assertedAt,
            (incident) => sink.onIncident(incident),
            (rejection) => sink.onRejection(rejection),
          )
        : new FactRows(this.#name, kind, result.columns, this.#packed, this.#options, sink);
  }

  #refuse(rejections: readonly Rejection[]): void {
    this.#isOver = true;
    for (const rejection of rejections) this.#sink.onRejection(rejection);
  }

  #guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      this.#isOver = true;
      this.fault = {
        file: this.#name,
        line: error.line ?? this.#scanner?.lineAfterRest() ?? 1,
        column: error.column,
        code: error.code,
        message: error.message,
        value: error.value,
      };
    }
  }
}

function cellsOf(row: CsvScanner): string[] {
  const cells: string[] = [];
  for (let cell = 0; cell < row.cellCount; cell++) cells.push(row.text(cell));
  return cells;
}
