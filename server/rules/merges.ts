/**
 * Merged organizations (semantics §1): from a merge on, one organization's id means another's, until another assertion ends it.
 */

/**
 * The id that each merged organization means, at the end of its chain of merges. Merges into an organization that does not exist
 * and circular merges are not applied.
 *
 * @param mergedInto by id
 * Complexity: O(merges x length of a chain).
 */
export function resolveMerges(mergedInto: ReadonlyMap<string, string>, exists: (id: string) => boolean): Map<string, string> {
  const roots = new Map<string, string>();
  for (const id of mergedInto.keys()) {
    const seen = new Set([id]);
    let root = id;
    for (let next = mergedInto.get(id); next !== undefined && exists(next); next = mergedInto.get(next)) {
      if (seen.has(next)) {
        root = id;
        break;
      }
      seen.add(next);
      root = next;
    }
    if (root !== id) roots.set(id, root);
  }
  return roots;
}

/** Whether a merge would be circular: `into` already means `id`, perhaps through other merges. */
export function isMergeCircular(mergedInto: ReadonlyMap<string, string>, id: string, into: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = into; at !== undefined && !seen.has(at); at = mergedInto.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}
