import type { ColumnMapping } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { ConceptColumns } from './concept-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import type { ListShape } from './list-shapes.ts';
import { mapColumns } from './map-columns.ts';
import { recognizeColumn } from './recognize-columns.ts';

export interface RecognizedList {
  readonly shape: ListShape;
  readonly columns: readonly ColumnMapping[];
  /** Columns whose dates may be ends or only reminders. */
  readonly reminderColumns: readonly number[];
  /** Whether a person must confirm the shape, which is a guess. */
  readonly isUnsure: boolean;
}

/**
 * Recognizes the kind of a list and the meaning of its columns, from guesses about each column.
 *
 * @returns a sentence if the table is not a readable inventory
 */
export function recognizeList(evidence: ListEvidence): RecognizedList | string {
  const guesses = evidence.header.map((header, index) => recognizeColumn(header, evidence.profiles[index] as ColumnProfile));
  const columns = new ConceptColumns(guesses, evidence);
  const chosen = evidence.kinds === undefined ? columns.chooseShape() : { shape: columns.shapeOf(evidence.kinds), isUnsure: false };
  if (typeof chosen === 'string') return chosen;
  const { shape, isUnsure } = chosen;
  columns.prepare(shape);
  return { shape, isUnsure, ...mapColumns(columns, guesses, evidence, shape) };
}
