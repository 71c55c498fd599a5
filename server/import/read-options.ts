import type { DetectedFile, TableKind } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import type { KnownFacts } from './mapping/mapped-file.ts';
import type { FileMapping } from './mapping/mapping-types.ts';
import type { RowLimits } from './row-budget.ts';

export interface ReadOptions {
  /** Epoch ms: the assertion time of facts without a date, and the creation time of incidents. */
  readonly assertedAt: number;
  /** The import's named source. Facts without a source of their own get it too. */
  readonly source: string | null;
  /** The kind of all files; undefined: by each file's name, else by its header. */
  readonly kind?: TableKind | undefined;
  readonly delimiter?: string | undefined;
  /** The memory that the rows may need; default: as the machine has. */
  readonly limits?: RowLimits | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes read so far. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined;
  /** The decisions about files that are not canonical. */
  readonly decisions?: MappingDocument | undefined;
  /** Whether a person stated `assertedAt`. Otherwise it is the instant of reading. */
  readonly isDated?: boolean | undefined;
  /** Reads the facts of the store; called only if a file is not canonical. */
  readonly readKnown?: (() => Promise<KnownFacts>) | undefined;
}

/** A file of an import, with its mapping if it is not canonical. */
export interface ReadFile extends DetectedFile {
  readonly rowCount: number;
  /** Whether the file was rejected as a whole, so that none of its rows counts. */
  readonly isFaulty: boolean;
  readonly mapping: FileMapping | null;
}

/** A file of which nothing is known but its bytes. */
export function blankFile(name: string, digest: { readonly sizeBytes: number; readonly sha256: string }): ReadFile {
  const form = { encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { name, ...digest, ...form, rowCount: 0, isFaulty: false, mapping: null };
}
