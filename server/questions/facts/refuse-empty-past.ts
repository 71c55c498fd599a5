import { ExposureError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';

/**
 * Refuses an instant before the first record, because an empty answer would mislead. The message gives the first record's instant.
 * Throws NOT_FOUND.
 *
 * @param projection the facts as known at `instant`
 */
export async function refuseEmptyPast(
  store: Pick<FactStore, 'readHistory'>,
  projection: Pick<Projection, 'revision'>,
  instant: number,
): Promise<void> {
  if (projection.revision > 0) return;
  const { totalCount } = await store.readHistory({ sinceRevision: 0 }, 0, 0);
  const [first] = totalCount === 0 ? [] : (await store.readHistory({ sinceRevision: 0 }, totalCount - 1, 1)).changes;
  const since =
    first === undefined || first.at === null ? 'Nothing is recorded yet' : `The first record was made at ${formatInstant(first.at)}`;
  throw new ExposureError('NOT_FOUND', `No facts were known at ${formatInstant(instant)}. ${since}; choose a later instant.`);
}
