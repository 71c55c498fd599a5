import type { FactStore } from '../store/fact-store.ts';
import type { AnswerDecisions } from './answers/answer-types.ts';
import { withAnswer } from './answers/with-answer.ts';
import type { SourceFile } from './csv/read-table.ts';
import type { EditionDecision } from './editions/edition-types.ts';
import { withEdition } from './editions/with-edition.ts';
import type { ReadImport } from './import-files.ts';
import { readImport } from './import-files.ts';
import { noDecisions } from './mapping/decisions/mapping-document.ts';
import { withRemembered } from './mapping/decisions/remembered-mapping.ts';
import { readKnownFacts } from './mapping/known-facts.ts';
import type { ReadOptions } from './read-options.ts';

export interface StoreReadOptions extends Omit<ReadOptions, 'readKnown'> {
  /** Reads the files; default: in this thread. */
  readonly read?: typeof readImport;
  readonly edition: EditionDecision;
  /** The organization whose own answer the files are; null: none. */
  readonly respondent?: string | null;
  readonly answer?: AnswerDecisions;
  /** Called before the import is compared with the last edition of its source. */
  readonly onComparing?: () => void;
}

/**
 * Reads the files of an import with the store's organizations, the decisions for the source, and its last edition. An organization's
 * own answer is compared with the recorded facts.
 */
export async function readFromStore(store: FactStore, files: readonly SourceFile[], options: StoreReadOptions): Promise<ReadImport> {
  const { read: readFiles = readImport, edition, onComparing, respondent = null, answer = {}, ...reading } = options;
  const { source, assertedAt } = reading;
  const decisions = await withRemembered(store, source, reading.decisions ?? noDecisions);
  const read = await readFiles(files, { ...reading, decisions, readKnown: () => readKnownFacts(store) });
  reading.signal?.throwIfAborted();
  onComparing?.();
  const compared = await withEdition(store, read, { source, assertedAt, decision: edition, decisions });
  return respondent === null ? compared : withAnswer(store, compared, respondent, answer);
}
