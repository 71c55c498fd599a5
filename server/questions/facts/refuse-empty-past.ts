import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';

/**
 * What was known before anything was recorded is nothing at all, which is no answer: says when the first record was made.
 * Throws NOT_FOUND.
 *
 * @param projection the facts as known at `instant`
 */
export async function refuseEmptyPast(store: FactStore, projection: Projection, instant: number): Promise<void> {
  if (projection.revision > 0) return;
  const { totalCount } = await store.readHistory({ sinceRevision: 0 }, 0, 0);
  const [first] = totalCount === 0 ? [] : (await store.readHistory({ sinceRevision: 0 }, totalCount - 1, 1)).changes;
  const since = first === undefined || first.at === null ? 'Nothing is recorded yet' : `The first record is of ${formatInstant(first.at)}`;
  throw new ExposureError('NOT_FOUND', `Nothing was known at ${formatInstant(instant)}. ${since}; ask for a later instant.`);
}
