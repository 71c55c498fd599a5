import type { FindingKind, FindingRowFragment } from '../../shared/generated/operations.ts';

export interface CorrectProps {
  /** What the finding is about, the first being what to put right. */
  readonly facts: FindingRowFragment['facts'];
  readonly kind: FindingKind;
}
