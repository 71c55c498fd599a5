import { ExposureError } from '../domain/errors.ts';
import type { FactStore } from '../store/fact-store.ts';
import { readKnownFacts } from './mapping/known-facts.ts';

/**
 * The id of the organization that a text names: its id, else a name or alias that it alone has. Throws BAD_USER_INPUT.
 */
export async function findRespondent(store: FactStore, text: string): Promise<string> {
  const { organizations } = await readKnownFacts(store);
  const found =
    organizations.find(({ id, mergedIds = [] }) => id === text || mergedIds.includes(text)) ??
    findOnly(organizations.filter(({ name, aliases }) => name === text || aliases.includes(text)));
  if (found !== undefined) return found.id;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The respondent ${JSON.stringify(text.slice(0, 80))} is no organization's id, and not the name of exactly one. Name a recorded organization by its id.`,
  );
}

function findOnly<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
