import type { Acceptance } from '../../domain/acceptance.ts';
import { parseAcceptance } from '../../domain/acceptance.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { resolveFindings } from '../rankings/resolved-findings.ts';

/**
 * The acceptances of findings that are in force at an instant, by the finding's id. One that names a merged organization is about the one that
 * its id means (semantics §12); an acceptance of that one's own finding comes first, then that of the smallest id.
 *
 * @param projection the facts that answer
 */
export async function readAcceptances(store: FactStore, projection: Projection, instant: number): Promise<ReadonlyMap<string, Acceptance>> {
  const all = (await store.listDocuments('acceptance')).map(({ id, json }) => [id, parseAcceptance(json)] as const);
  const accepted = new Map(all.filter(([, { until }]) => until === null || until > instant));
  const resolved = await resolveFindings(store, projection, accepted.keys());
  for (const [id, other] of [...resolved].sort(([a], [b]) => compareCodePoints(a, b))) {
    if (!accepted.has(other)) accepted.set(other, accepted.get(id) as Acceptance);
  }
  return accepted;
}
