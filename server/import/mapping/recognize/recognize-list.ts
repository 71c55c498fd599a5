import type { ColumnMapping } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import type { ChosenShape } from './choose-shape.ts';
import { chooseShape, shapeOfKinds } from './choose-shape.ts';
import { ConceptColumns } from './concept-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import { mapColumns } from './map-columns.ts';
import { placeConcepts } from './place-concepts.ts';
import { recognizeColumn } from './recognize-columns.ts';

export interface RecognizedList extends ChosenShape {
  readonly columns: readonly ColumnMapping[];
  /** Columns whose dates may be ends or only reminders. */
  readonly reminderColumns: readonly number[];
}

/**
 * Recognizes the kind of a list and the meaning of its columns, from guesses about each column.
 *
 * @returns a sentence if the table is not a readable inventory
 */
export function recognizeList(evidence: ListEvidence): RecognizedList | string {
  const guesses = evidence.header.map((header, index) => recognizeColumn(header, evidence.profiles[index] as ColumnProfile));
  const columns = new ConceptColumns(guesses, evidence);
  const chosen =
    evidence.kinds === undefined ? chooseShape(columns, evidence) : { shape: shapeOfKinds(evidence.kinds, columns), isUnsure: false };
  if (typeof chosen === 'string') return chosen;
  placeConcepts(columns, chosen.shape, evidence);
  return { ...chosen, ...mapColumns(columns, guesses, evidence, chosen.shape) };
}
