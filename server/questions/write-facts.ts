import type { PrepareAnswers } from '../projection/refresh/refresh.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { FactWrite, UndoOutcome, UndoWatch, WriteOutcome } from '../store/fact-write.ts';
import type { Asker } from './asker.ts';
import type { Questions } from './questions.ts';

/**
 * Commits an edit. The rest of the request sees it, and so does each later question: it waits for the renewal of the facts. If an import is
 * about to be shown, the edit is shown and acknowledged with it (docs/decisions/imports.md). Throws as the store's `commit`.
 */
export async function writeFacts(asker: Asker, write: FactWrite): Promise<WriteOutcome> {
  const { store, current } = asker.questions;
  try {
    const outcome = await store.commit(write);
    if (current.isShowing && isRaising(outcome)) await current.show(outcome.revision);
    return outcome;
  } finally {
    // A refusal may tell of facts that are not shown yet, too.
    await current.shown();
    asker.seeWrites();
  }
}

/** The revision that questions are answered at, which may be later than the revision of the asker's facts. */
export function askRevision(asker: Asker): Promise<number> {
  return asker.questions.current.readRevision();
}

/** A write of fewer assertions is shown as soon as the facts are renewed: what is prepared would take longer than the write. */
const fewAssertions = 2000;

/**
 * Writes imports. A commit or an undo ends once questions see it. Meanwhile they are answered from the facts before it, and don't wait
 * (docs/decisions/imports.md).
 *
 * This holds for an embedded store, which has one server. Other servers of a database would show a commit at once, so there every question
 * waits for it, as it does for a commit of another program. It also does if incidents come or go with the import, because these are not
 * facts of a revision.
 *
 * The recent lists are prepared before a large write is shown, so that no request waits for them after it.
 */
export class ShownWrites implements Pick<FactStore, 'commit' | 'undoImport'> {
  readonly #questions: Pick<Questions, 'store' | 'current' | 'standing'>;

  constructor(questions: Pick<Questions, 'store' | 'current' | 'standing'>) {
    this.#questions = questions;
  }

  async commit(write: FactWrite): Promise<WriteOutcome> {
    const { store, current } = this.#questions;
    const hasIncidents = (write.import?.incidents.size ?? 0) > 0;
    let shown: Promise<void> | undefined;
    const committed = store.commit(write, (revision) => {
      if (!hasIncidents) shown = current.show(revision, committed, this.#prepareAfter(write.assertions.length));
    });
    const outcome = await committed;
    await shown;
    return outcome;
  }

  async undoImport(importId: string, by: string, at: number, watch?: UndoWatch): Promise<UndoOutcome> {
    const { store, current } = this.#questions;
    const hasIncidents = (await store.listDocuments('incident')).some((incident) => incident.importId === importId);
    const outcome = await store.undoImport(importId, by, at, watch);
    // Without a revision of its own, the revision may be another program's.
    const isRaising = outcome.outcome === 'undone' && outcome.isRaising;
    if (store.kind === 'sqlite' && !hasIncidents && isRaising)
      await current.show(outcome.revision, undefined, this.#prepareAfter(outcome.changedCount));
    return outcome;
  }

  #prepareAfter(count: number): PrepareAnswers | undefined {
    const { standing } = this.#questions;
    return count < fewAssertions ? undefined : (next, signal) => standing.prepare(next, signal);
  }
}

/** A write that changes no fact has the revision of an earlier one, perhaps of another program. */
function isRaising({ isWritten, counts }: WriteOutcome): boolean {
  return isWritten && doesWriteRaise({ created: counts.CREATED, updated: counts.UPDATED, retracted: counts.RETRACTED });
}
