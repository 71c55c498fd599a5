/** What an id in an address names. An access or another fact is a record. */
export type IdKind = 'organization' | 'artifact' | 'record';

/** The id to write in the place of another; null: leave it out. */
export type IdMap = (id: string, kind: IdKind) => string | null;

/**
 * Replaces the ids in a key: of a node (`organization:ID`, `artifact:ID`), of a group (`group:` before the key of its first node), or of a
 * link (a JSON array of its kind and the keys of its ends). A key of another form holds no id.
 *
 * @returns null if one of the ids is to be left out
 */
export function mapKey(key: string, map: IdMap): string | null {
  if (key.startsWith('[')) return mapLinkKey(key, map);
  const [, prefix, kind, id] = /^((?:group:)?(organization|artifact):)(.+)$/s.exec(key) ?? [];
  if (id === undefined) return key;
  const mapped = map(id, kind as 'organization' | 'artifact');
  return mapped === null ? null : `${prefix}${mapped}`;
}

function mapLinkKey(key: string, map: IdMap): string | null {
  try {
    const mapped = (JSON.parse(key) as readonly unknown[]).map((part) => mapKey(String(part), map));
    return mapped.includes(null) ? null : JSON.stringify(mapped);
  } catch {
    return null;
  }
}
