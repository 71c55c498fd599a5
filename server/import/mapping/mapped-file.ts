import type { KnownOrganization } from '../matching/matching-types.ts';
import type { FileMapping } from './mapping-types.ts';
import type { MeasuredTable } from './measure-table.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import type { MappedRows } from './rows/mapped-rows.ts';
import type { TableSource } from './table/table-rows.ts';

/** The facts that the store and the canonical files of the import already hold. */
export interface KnownFacts {
  readonly organizations: readonly KnownOrganization[];
  /** An id, or a name that only one artifact has -> the artifact's id. */
  readonly artifacts: ReadonlyMap<string, string>;
}

/** A mapped file. */
export interface MappedFile extends MeasuredTable {
  readonly name: string;
  readonly source: TableSource;
  readonly list: RecognizedList;
  readonly mapping: FileMapping;
  readonly proposedClient: string | null;
  readonly assertedAt: number;
  /** A date of the title that has two readings; null: none, or another date is decided. */
  readonly openAsOf: string | null;
  readonly rows: MappedRows;
}
