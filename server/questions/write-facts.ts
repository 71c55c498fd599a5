import type { FactWrite, WriteOutcome } from '../store/fact-store.ts';
import type { Asker } from './asker.ts';

/** Commits an edit; the rest of the request sees it. Errors as those of the store's `commit`. */
export async function writeFacts(asker: Asker, write: FactWrite): Promise<WriteOutcome> {
  const outcome = await asker.questions.store.commit(write);
  asker.seeWrites();
  return outcome;
}

/** The store's revision now, which may be later than that of the asker's facts. */
export function askRevision(asker: Asker): Promise<number> {
  return asker.questions.store.readRevision();
}
