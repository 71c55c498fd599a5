import { useSyncExternalStore } from 'react';
import type { Pointed } from '../../../canvas/picture-props.ts';
import { type ArtifactRow, isEveryHolderKnown } from '../lanes-radius.ts';

let current: Pointed | null = null;
const listeners = new Set<() => void>();

/** Canvas and list share the target of the pointer or the keyboard's focus, and each dims everything that does not match. It is not in the view's state, because a mouse moves often. */
export function point(at: Pointed | null): void {
  if (JSON.stringify(at) === JSON.stringify(current)) return;
  current = at;
  for (const listener of listeners) listener();
}

export function usePointed(): Pointed | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => null,
  );
}

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
