import type { FindingKind, FindingRowFragment } from '../../shared/generated/operations.ts';

export interface CorrectProps {
  /** The facts of the finding. The first is the one to correct. */
  readonly facts: FindingRowFragment['facts'];
  readonly kind: FindingKind;
}
