import type { Pointed } from '../../../canvas/picture-props.ts';
import { SharedValue, useShared } from '../../../shared/ui/shared-value.ts';
import { type ArtifactRow, isEveryHolderKnown } from '../lanes-radius.ts';

const pointed = new SharedValue<Pointed | null>(null);

/** Canvas and list share the target of the pointer or the keyboard's focus, and each dims everything that does not match. It is not in the view's state, because a mouse moves often. */
export function point(at: Pointed | null): void {
  if (JSON.stringify(at) !== JSON.stringify(pointed.current)) pointed.set(at);
}

export const usePointed = (): Pointed | null => useShared(pointed);

/** Whether a row of the list matches the target. A row with unknown holders matches every holder. */
export function doesFit(row: ArtifactRow, { artifactId, holderId, labId }: Pointed): boolean {
  if (artifactId !== null) return row.artifact.id === artifactId;
  if (labId !== null && row.artifact.owner.id !== labId) return false;
  return holderId === null || row.copiesByHolder.some(({ holder }) => holder.id === holderId) || !isEveryHolderKnown(row);
}

/** The organization that a selection brings into focus. */
export function focusOf(selection: string | null): string | null {
  return selection?.startsWith('organization:') ? selection.slice('organization:'.length) : null;
}
