import { mapAddressIds } from '../../shared/url/addresses.ts';
import { hrefOf, type PageLocation } from '../../shared/url/location.ts';
import { isMergePath } from '../../shared/url/quality-url.ts';

/**
 * Replaces merged ids in the address by resolved ids. So a link or a saved view made before a merge selects, filters and names the same rows
 * as a new one. Null if the address names no merged organization, and for the view that takes a merge back.
 *
 * @param resolvedIds merged id -> resolved id
 */
export function findResolvedAddress(location: PageLocation, resolvedIds: ReadonlyMap<string, string>): string | null {
  if (resolvedIds.size === 0 || isMergePath(location.path)) return null;
  const write = (ids: ReadonlyMap<string, string>) =>
    hrefOf(
      location.path,
      mapAddressIds(location, (id, kind) => (kind === 'organization' ? (ids.get(id) ?? id) : id)),
    );
  // An address may write its state in another way than the page does. Only a changed meaning is worth a change.
  const now = write(resolvedIds);
  return now === write(new Map()) ? null : now;
}
