import type { Assertion, FactValue } from '../domain/assertions.ts';

/** A fact that a commit would create, change or retract. */
export interface PlannedFact {
  readonly assertion: Assertion;
  readonly isCreated: boolean;
  /** Undefined: retracted. */
  readonly values: readonly FactValue[] | undefined;
}
