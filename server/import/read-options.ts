import type { DetectedFile, TableKind } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import type { KnownFacts } from './mapping/mapped-file.ts';
import type { FileMapping } from './mapping/mapping-types.ts';

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
  /** How files that are not canonical are to be read. */
  readonly decisions?: MappingDocument | undefined;
  /** `assertedAt` is what a person said, and not the instant of reading. */
  readonly isDated?: boolean | undefined;
  /** Reads the facts of the store; called only if a file is not canonical. */
  readonly readKnown?: (() => Promise<KnownFacts>) | undefined;
}

/** A file of an import, with its mapping where it is not canonical. */
export interface ReadFile extends DetectedFile {
  readonly rowCount: number;
  /** The file was rejected as a whole: none of its rows counts. */
  readonly isFaulty: boolean;
  readonly mapping: FileMapping | null;
}
