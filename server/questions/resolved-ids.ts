import type { Projection } from '../projection/projection.ts';
import type { Meanings } from '../rules/merges.ts';
import type { FactStore } from '../store/fact-store.ts';

/*
 * The one place that resolves merged ids in a question (semantics §1). The store applies merges when it reads facts, so a projection has no
 * organization under a merged id. A merged id resolves to the end of its chain of merges, at the revision of the projection.
 */

/** The part of an asker that this file needs. An import of `Asker` would be a cycle. */
interface Asks {
  readonly questions: { readonly store: FactStore };
}

/** The resolved ids of the ids that the projection lacks. Reads nothing if it has all of them. */
export async function readMissing(store: FactStore, { organizations, revision }: Projection, ids: Iterable<string>): Promise<Meanings> {
  const missing = [...ids].filter((id) => organizations.id.find(id) < 0);
  return missing.length === 0 ? new Map() : store.readMeanings(missing, { revision });
}

/** Resolves the id of an organization at the revision of the projection. Returns an unknown id unchanged. */
export async function resolveMergedId(asker: Asks, projection: Projection, id: string): Promise<string> {
  return (await readMissing(asker.questions.store, projection, [id])).get(id) ?? id;
}

/** Resolves the id of an organization at the store's latest revision. Returns an unknown id unchanged. */
export async function resolveCurrentId(store: FactStore, id: string): Promise<string> {
  return (await store.readMeanings([id])).get(id) ?? id;
}

/** Merged id -> resolved id, at the revision of the projection. Reads all organizations. */
export function mergesOf(asker: Asks, { revision }: Projection): Promise<ReadonlyMap<string, string>> {
  return asker.questions.store.readMeanings(null, { revision });
}

/** Resolves the merged ids in a question. @param fields those that hold the id of an organization, or a list of ids */
export async function resolveMergedIds<Q extends object>(
  asker: Asks,
  projection: Projection,
  question: Q,
  fields: readonly (keyof Q)[],
): Promise<Q> {
  const ids = fields.flatMap((field) => idsIn(question[field]));
  const meanings = await readMissing(asker.questions.store, projection, ids);
  if (meanings.size === 0) return question;
  const resolve = (id: string) => meanings.get(id) ?? id;
  const resolved = fields.map((field) => {
    const value: unknown = question[field];
    return [field, Array.isArray(value) ? idsIn(value).map(resolve) : typeof value === 'string' ? resolve(value) : value];
  });
  return { ...question, ...Object.fromEntries(resolved) };
}

function idsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
}
