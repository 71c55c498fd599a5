import type { RecordedFact } from '../../../domain/assertions.ts';

/** A fact as it stands in the graph. Numbers of events are their `seq`. */
export interface GraphRecord {
  /** Its importId and assertedBy are not in the graph: they are those of `write`. */
  readonly fact: RecordedFact;
  /** The event that last changed a value. */
  readonly write: number;
  /** The event that last spoke of it. */
  readonly touched: number;
  /** Where it has one assertion alone, that of `write`: bit i is set where field i is spoken of. Else null. */
  readonly said: number | null;
  /** Else the writes of all its assertions, taken back or not, ascending. */
  readonly writes: readonly number[] | null;
}
