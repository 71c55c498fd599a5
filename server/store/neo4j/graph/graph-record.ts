import type { RecordedFact } from '../../../domain/assertions.ts';

/** A fact as the graph keeps it. Events are numbered by their `seq`. */
export interface GraphRecord {
  /** The graph does not keep its importId and assertedBy: they come from `write`. */
  readonly fact: RecordedFact;
  /** The event that last changed a value. */
  readonly write: number;
  /** The latest event with an assertion about it. */
  readonly touched: number;
  /** The fields that its only assertion states, as the store numbers them (stored-fields.ts). Null if it has several. */
  readonly said: number | null;
  /** The writes of all its assertions, undone or not, ascending. Null if it has one assertion, which belongs to `write`. */
  readonly writes: readonly number[] | null;
}
