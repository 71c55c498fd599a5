import type { CopyForm, DeletionState } from '../domain/facts.ts';
import { copyForms, deletionStates } from '../domain/facts.ts';
import type { Projection } from './projection.ts';
import { copyKinds } from './projection.ts';

/** OWNED and implied copies are PLAINTEXT (semantics §2). */
export function formOf({ copies, transfers }: Projection, copy: number): CopyForm {
  if (copyKinds[copies.kind.at(copy)] !== 'TRANSFERRED') return 'PLAINTEXT';
  return copyForms[transfers.form.at(copies.transfer.at(copy))] as CopyForm;
}

/** OWNED and implied copies are never deleted (semantics §2). */
export function deletionStateOf({ copies, transfers }: Projection, copy: number): DeletionState {
  if (copyKinds[copies.kind.at(copy)] !== 'TRANSFERRED') return 'NONE';
  return deletionStates[transfers.deletionState.at(copies.transfer.at(copy))] as DeletionState;
}
