import { StandInDocument } from '../generated/operations.ts';
import { client } from '../graphql/client.ts';
import { findIds, mapAddressIds } from '../url/addresses.ts';
import { hrefOf, navigate } from '../url/location.ts';
import { shortInstant } from '../url/params.ts';
import { REDACT_HEADER } from '../url/shared-parameters.ts';

/** Shows the records as known at an instant, in the present view and those opened from it; null: now. */
export function changeKnownAt(knownAt: string | null): void {
  const params = new URLSearchParams(window.location.search);
  params.set('knownAt', knownAt === null ? '' : shortInstant(knownAt));
  navigate(hrefOf(window.location.pathname, params));
}

/** Stand-in -> id, for the way back; lost on reload. */
const realIds = new Map<string, string>();

/**
 * Hides names or shows them again. The address gets stand-ins in the place of ids, so that it can be shared. What cannot be translated, such as
 * the stand-ins of an address that somebody else shared, is left out.
 */
export async function changeRedaction(isRedacting: boolean): Promise<void> {
  const location = { path: window.location.pathname, params: new URLSearchParams(window.location.search) };
  const translate = isRedacting ? findStandIn : (id: string) => realIds.get(id);
  const translated = new Map(await Promise.all(findIds(location).map(async (id) => [id, (await translate(id)) ?? null] as const)));
  const params = mapAddressIds(location, (id) => translated.get(id) ?? null);
  params.set('redact', isRedacting ? 'names' : '');
  navigate(hrefOf(location.path, params));
}

async function findStandIn(id: string): Promise<string | undefined> {
  const { data } = await client.query({ query: StandInDocument, variables: { id }, context: { headers: REDACT_HEADER } });
  const standIn = data?.organization?.id ?? data?.artifact?.id;
  if (standIn !== undefined) realIds.set(standIn, id);
  return standIn;
}
