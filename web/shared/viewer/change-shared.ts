import { StandInDocument } from '../generated/operations.ts';
import { client } from '../graphql/client.ts';
import { hrefOf, navigate } from '../url/location.ts';
import { shortInstant } from '../url/params.ts';
import { REDACT_HEADER } from '../url/redaction.ts';

/** Shows the records as known at an instant, in the present view and those opened from it; null: now. */
export function changeKnownAt(knownAt: string | null): void {
  const params = new URLSearchParams(window.location.search);
  params.set('knownAt', knownAt === null ? '' : shortInstant(knownAt));
  navigate(hrefOf(window.location.pathname, params));
}

/** Parameters that hold ids, keys of nodes or keys of links. */
const WITH_IDS: ReadonlySet<string> = new Set([
  'o',
  'lab',
  'holder',
  'without',
  'n',
  'x',
  'sel',
  'hide',
  'pin',
  'p',
  'group',
  'openGroup',
  'open',
  'scope',
  'w',
  'vsW',
]);

/** Stand-in -> id, for the way back; lost on reload. */
const realIds = new Map<string, string>();

/**
 * Hides names or shows them again. The address gets stand-ins in the place of ids, so that it can be shared. What cannot be translated, such as
 * the stand-ins of an address that somebody else shared, is left out.
 */
export async function changeRedaction(isRedacting: boolean): Promise<void> {
  const before = new URLSearchParams(window.location.search);
  const params = new URLSearchParams();
  for (const [name, value] of before) {
    if (!WITH_IDS.has(name)) params.append(name, value);
    else {
      const translated = await translateIds(value, isRedacting ? findStandIn : (id) => realIds.get(id));
      if (translated !== null) params.append(name, translated);
    }
  }
  params.set('redact', isRedacting ? 'names' : '');
  navigate(hrefOf(window.location.pathname, params));
}

/** Translates the ids in a value: an id, `organization:ID`, `artifact:ID@x,y`, or a JSON array of keys. Null where one is not known. */
async function translateIds(
  value: string,
  translate: (id: string) => string | undefined | Promise<string | undefined>,
): Promise<string | null> {
  if (value.startsWith('[')) {
    try {
      const parts = (JSON.parse(value) as readonly string[]).map((part) => (part.includes(':') ? translateIds(part, translate) : part));
      const done = await Promise.all(parts);
      return done.includes(null) ? null : JSON.stringify(done);
    } catch {
      return null;
    }
  }
  const [, prefix = '', id = '', suffix = ''] = /^((?:organization|artifact):)?(.*?)(@-?\d+,-?\d+)?$/s.exec(value) ?? [];
  const found = await translate(id);
  return found === undefined ? null : `${prefix}${found}${suffix}`;
}

async function findStandIn(id: string): Promise<string | undefined> {
  const { data } = await client.query({ query: StandInDocument, variables: { id }, context: { headers: REDACT_HEADER } });
  const standIn = data?.organization?.id ?? data?.artifact?.id;
  if (standIn !== undefined) realIds.set(standIn, id);
  return standIn;
}
