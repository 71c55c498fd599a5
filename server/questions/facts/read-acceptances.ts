import type { Acceptance } from '../../domain/acceptance.ts';
import { parseAcceptance } from '../../domain/acceptance.ts';
import type { FactStore } from '../../store/fact-store.ts';

/** The acceptances of findings that are in force at an instant, by the finding's id. */
export async function readAcceptances(store: FactStore, instant: number): Promise<ReadonlyMap<string, Acceptance>> {
  const all = (await store.listDocuments('acceptance')).map(({ id, json }) => [id, parseAcceptance(json)] as const);
  return new Map(all.filter(([, { until }]) => until === null || until > instant));
}
