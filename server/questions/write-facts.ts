import type { FactWrite, WriteOutcome } from '../store/fact-store.ts';
import type { Asker } from './asker.ts';

/** Commits an edit. The rest of the request sees it. Throws as the store's `commit`. */
export async function writeFacts(asker: Asker, write: FactWrite): Promise<WriteOutcome> {
  const outcome = await asker.questions.store.commit(write);
  asker.seeWrites();
  return outcome;
}

/** The store's current revision, which may be later than the revision of the asker's facts. */
export function askRevision(asker: Asker): Promise<number> {
  return asker.questions.store.readRevision();
}
