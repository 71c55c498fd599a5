import type { Projection } from '../../projection/projection.ts';
import type { StoredPlace } from '../../store/fact-store.ts';
import { openStoreReader } from '../../store/open/open-store.ts';
import type { SeenRevision } from './find-last-change.ts';
import { findLastChange } from './find-last-change.ts';
import { selectVisibleFacts } from './visible-facts.ts';

/** Asks for the last change of a view. */
export interface LastChangeQuestion {
  readonly place: StoredPlace;
  /** The ids that the person is bound to. */
  readonly bound: readonly string[];
  readonly known: SeenRevision | undefined;
}

/** Runs `findLastChange` in a worker thread, which reads the store itself and blocks no request. */
export async function findInThread(whole: Projection, { place, bound, known }: LastChangeQuestion): Promise<number> {
  const { reader, close } = await openStoreReader(place);
  try {
    return (await findLastChange(await selectVisibleFacts(reader, whole, bound), {
      facts: reader,
      unmerged: reader.unmerged,
      bound,
      known,
    })) as number;
  } finally {
    await close();
  }
}
