import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { readValue, unreadable } from '../values/read-values.ts';

/** All that a list shows of itself. */
export interface ListEvidence {
  /** Unique names of the columns. */
  readonly names: readonly string[];
  /** The unchanged headers of the file; empty texts without a header. */
  readonly header: readonly string[];
  readonly profiles: readonly ColumnProfile[];
  /** File name, sheet and preamble. */
  readonly title: string;
  /** The kinds that a person chose; undefined without a decision. */
  readonly kinds: readonly FactKind[] | undefined;
}

/** The share of a column's distinct values that can be read as a field. */
export function shareRead(kind: FactKind, field: string, { distinct }: ColumnProfile): number {
  const spec = factFields[kind].find(({ name }) => name === field) as (typeof factFields)[FactKind][number];
  const values = [...distinct.keys()];
  return values.length === 0 ? 1 : values.filter((value) => readValue(spec, value, null) !== unreadable).length / values.length;
}

/** Whether the distinct values are fewer than `most` of the filled cells. */
export function isRepeated({ hasMoreValues, distinct, filled }: ColumnProfile, most: number): boolean {
  return !hasMoreValues && distinct.size < filled * most;
}
