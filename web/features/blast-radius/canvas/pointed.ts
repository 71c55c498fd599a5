import { useSyncExternalStore } from 'react';
import type { Pointed } from '../../../canvas/picture-props.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';

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

/** The organizations with a copy in reach, by artifact id. Null if the answer leaves out a part of the graph, so that the holders are not fully known. */
export function holdersByArtifact({ subgraph }: RadiusAnswer): ReadonlyMap<string, ReadonlySet<string>> | null {
  if (subgraph === null || subgraph.omittedCount > 0) return null;
  const holders = new Map<string, Set<string>>();
  for (const { link } of subgraph.links) {
    if (link.kind !== 'HOLDS') continue;
    const artifact = link.source.slice('artifact:'.length);
    const own = holders.get(artifact) ?? new Set<string>();
    own.add(link.target.slice('organization:'.length));
    holders.set(artifact, own);
  }
  return holders;
}

/** Whether a row of the list matches the target. A row with unknown holders matches every holder. */
export function doesFit(
  row: { readonly artifact: { readonly id: string; readonly owner: { readonly id: string } } },
  { artifactId, holderId, labId }: Pointed,
  holders: ReadonlyMap<string, ReadonlySet<string>> | null,
): boolean {
  if (artifactId !== null) return row.artifact.id === artifactId;
  if (labId !== null && row.artifact.owner.id !== labId) return false;
  return holderId === null || holders === null || holders.get(row.artifact.id)?.has(holderId) === true;
}

/** The organization that a selection brings into focus. */
export function focusOf(selection: string | null): string | null {
  return selection?.startsWith('organization:') ? selection.slice('organization:'.length) : null;
}
