import { getHeapStatistics } from 'node:v8';
import type { FactStore } from '../store/fact-store.ts';
import type { AnswerDecisions } from './answers/answer-types.ts';
import { withAnswer } from './answers/with-answer.ts';
import type { SourceFile } from './csv/read-table.ts';
import type { EditionDecision } from './editions/edition-types.ts';
import { withEdition } from './editions/with-edition.ts';
import { noDecisions } from './mapping/decisions/mapping-document.ts';
import { withRemembered } from './mapping/decisions/remembered-mapping.ts';
import { readKnownFacts } from './mapping/known-facts.ts';
import type { ReadImport } from './read-import.ts';
import { readImport } from './read-import.ts';
import type { ReadOptions } from './read-options.ts';
import { FileFault } from './rows/file-fault.ts';
import { rejectFile } from './rows/reject-file.ts';

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
  const listed = await withinHeap(store, read, source, respondent, reading.limits?.heapBytes);
  const compared = await withEdition(store, listed, { source, assertedAt, decision: edition, decisions });
  return respondent === null ? compared : withAnswer(store, compared, respondent, answer);
}

/** Measured: a row that is compared with an earlier one is an object until the commit. */
const comparedBytes = 235;
const shareOfHeap = 1 / 5;

/**
 * A later edition of a source is compared with the last one, and an answer with the recorded facts. Both need each row as an object,
 * so a list that is too long for the heap is rejected as a whole.
 */
async function withinHeap(
  store: FactStore,
  read: ReadImport,
  source: string | null,
  respondent: string | null,
  heapBytes = getHeapStatistics().heap_size_limit * shareOfHeap,
): Promise<ReadImport> {
  if (read.assertions.length * comparedBytes <= heapBytes) return read;
  const isEdition = source !== null && (await store.listImports()).some((one) => one.source === source && one.state === 'COMMITTED');
  if (!isEdition && respondent === null) return read;
  const fault = new FileFault(
    'LIST_TOO_LARGE',
    1,
    `The files of this import hold more rows than can be compared with ${isEdition ? 'the last edition of their source' : 'the recorded facts'}. Import them without a source, or one after another.`,
  );
  const rejections = read.files.map(({ name }) => rejectFile(name, fault));
  return {
    ...read,
    assertions: [],
    files: read.files.map((file) => ({ ...file, isFaulty: true })),
    rejections: [...read.rejections, ...rejections],
  };
}
