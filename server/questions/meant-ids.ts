import type { Projection } from '../projection/projection.ts';
import type { Meanings } from '../rules/meant-incident.ts';
import type { FactStore } from '../store/fact-store.ts';
import { readMeanings, readMerges } from '../store/merges/read-meanings.ts';

/*
 * The one place where an id in a question becomes the id that it means (semantics §1). A merge is applied when facts are read, so a projection
 * has no organization under a merged id: the id means the organization at the end of its chain of merges, at the revision of that projection.
 */

/** An asker, without its file: askers use this one. */
interface Asks {
  readonly questions: { readonly store: FactStore };
}

/** The meaning of the ids that the facts do not have. Reads nothing if they have all of them. */
export async function readMissing(store: FactStore, { organizations, revision }: Projection, ids: Iterable<string>): Promise<Meanings> {
  const missing = [...ids].filter((id) => organizations.id.find(id) < 0);
  return missing.length === 0 ? new Map() : readMeanings(store, missing, { revision });
}

/** The id that an id of an organization means. An id that no organization has comes back as it is. */
export async function meantId(asker: Asks, projection: Projection, id: string): Promise<string> {
  return (await readMissing(asker.questions.store, projection, [id])).get(id) ?? id;
}

/** The id that an id of an organization means in the store now. An id that no organization has comes back as it is. */
export async function meantNow(store: FactStore, id: string): Promise<string> {
  return (await readMeanings(store, [id])).get(id) ?? id;
}

/** The merged ids at the revision of some facts, with the id that each means. Reads all organizations. */
export function mergesOf(asker: Asks, { revision }: Projection): Promise<ReadonlyMap<string, string>> {
  return readMerges(asker.questions.store, { revision });
}

/** A question with the organizations that its ids mean. @param fields those that hold an id of an organization, or a list of ids */
export async function asMeant<Q extends object>(
  asker: Asks,
  projection: Projection,
  question: Q,
  fields: readonly (keyof Q)[],
): Promise<Q> {
  const ids = fields.flatMap((field) => idsIn(question[field]));
  const meanings = await readMissing(asker.questions.store, projection, ids);
  if (meanings.size === 0) return question;
  const mean = (id: string) => meanings.get(id) ?? id;
  const meant = fields.map((field) => {
    const value: unknown = question[field];
    return [field, Array.isArray(value) ? idsIn(value).map(mean) : typeof value === 'string' ? mean(value) : value];
  });
  return { ...question, ...Object.fromEntries(meant) };
}

function idsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
}
