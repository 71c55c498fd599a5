import { setImmediate } from 'node:timers/promises';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { keepLatest } from '../../domain/keep-latest.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { FactChange } from '../../store/fact-write.ts';
import { effects } from '../../store/fact-write.ts';
import type { PlannedFact } from '../../store/planned-reader.ts';
import type { ImportOutcome } from '../commit-import.ts';
import { fullReport, previewImport } from '../commit-import.ts';
import type { WaitingChange } from '../import-view.ts';
import type { ReadImport } from '../read-import.ts';
import { findSkipLoss } from '../rows/consequences.ts';
import type { Rejection } from '../rows/rejection.ts';
import type { TaskLimits } from './draft-files.ts';
import { orderOf, readDraft } from './draft-files.ts';
import type { ImportChoices } from './draft-folder.ts';
import { DraftFolder } from './draft-folder.ts';
import type { DraftRecord, Found } from './draft-record.ts';

/** Facts by kind and key. */
export interface UnlistedPage {
  readonly facts: ReadImport['unlisted'];
  readonly totalCount: number;
}

/** Changes of an answer, in the order of the rows. */
export interface WaitingPage {
  readonly changes: readonly WaitingChange[];
  readonly totalCount: number;
}

/** Drafts whose analysis stays in memory. It is as large as the files. */
const maxAnalyses = 32;

/** The analysis of a draft that was read last. */
interface Known {
  /** The file that holds its rejections. */
  readonly rejectionsIn: string;
  made?: Promise<DraftAnalysis>;
  rejections?: readonly Rejection[];
}

/**
 * The analyses of drafts. Report and rejections are written for all servers. The analysis itself is as large as the files, so each server
 * that needs the changes makes its own, and keeps the latest.
 */
export class DraftReports {
  readonly #folder: string;
  readonly #store: FactStore;
  readonly #now: () => number;
  /** By draft, ordered by use, the latest last. */
  readonly #known = new Map<string, Known>();

  /** @param folder of all drafts */
  constructor(folder: string, store: FactStore, now: () => number) {
    this.#folder = folder;
    this.#store = store;
    this.#now = now;
  }

  folderOf({ id }: Pick<DraftRecord, 'id'>): DraftFolder {
    return new DraftFolder(this.#folder, id);
  }

  /** Reads the files and asks the store for the changes. */
  async analyze(record: DraftRecord, limits: TaskLimits): Promise<DraftAnalysis> {
    const at = this.#now();
    const read = await readDraft(this.folderOf(record), record, at, limits, this.#store);
    limits.onProgress?.({ step: 'comparing', done: 0, total: read.assertions.length });
    const outcome = await previewImport(this.#store, read, orderOf(record, at, record.createdBy));
    limits.signal.throwIfAborted();
    return buildAnalysis(read, outcome);
  }

  /** Writes the large parts of an analysis to the folder. @returns what the draft's document tells of it */
  async keep(record: DraftRecord, analysis: DraftAnalysis): Promise<Found> {
    const folder = this.folderOf(record);
    const { read, outcome } = analysis;
    const { rejections } = outcome;
    const rejectionsIn = await folder.write('rejections', rejections);
    Object.assign(this.#knownOf(record, { rejectionsIn }), { made: Promise.resolve(analysis), rejections });
    const loss = findSkipLoss(rejections, read.files);
    const { unlisted, waiting, retractable, values, matches, questions, mappingDocument: document } = read;
    const hasSheets = read.files.some(({ name }) => name.includes('#'));
    const isMapped = document !== null || questions.length > 0 || hasSheets;
    const files = read.files.map(({ name, encoding, delimiter, headerLine, preamble, header, sample, mapping }) => ({
      name,
      form: { encoding, delimiter, headerLine, preamble, header, sample },
      mapping,
    }));
    return {
      report: fullReport(read, outcome),
      rejectionsIn,
      ...(loss !== null && { skipLoss: loss }),
      ...(unlisted.length > 0 && {
        unlisted: { count: unlisted.length, unlistedIn: await folder.write('unlisted', unlisted), retractable },
      }),
      ...(waiting.length > 0 && { waiting: { count: waiting.length, waitingIn: await folder.write('waiting', waiting) } }),
      ...(isMapped && { mapped: { questions, document, files, choicesIn: await folder.write('choices', { values, matches }) } }),
    };
  }

  /** Values and organizations that a person may decide about. */
  async readChoices(record: DraftRecord, { mapped }: Found): Promise<ImportChoices> {
    return mapped === undefined ? { values: [], matches: [] } : this.folderOf(record).read(mapped.choicesIn);
  }

  /** A page of the facts that the source no longer lists. */
  async readUnlisted(record: DraftRecord, { unlisted }: Found, offset: number, limit: number): Promise<UnlistedPage> {
    if (unlisted === undefined) return { facts: [], totalCount: 0 };
    const facts = await this.folderOf(record).read<ReadImport['unlisted']>(unlisted.unlistedIn);
    return { facts: facts.slice(offset, offset + limit), totalCount: unlisted.count };
  }

  /** A page of the changes of an answer that need a decision. */
  async readWaiting(record: DraftRecord, { waiting }: Found, offset: number, limit: number): Promise<WaitingPage> {
    if (waiting === undefined) return { changes: [], totalCount: 0 };
    const changes = await this.folderOf(record).read<readonly WaitingChange[]>(waiting.waitingIn);
    return { changes: changes.slice(offset, offset + limit), totalCount: waiting.count };
  }

  async readRejections(record: DraftRecord, found: Found): Promise<readonly Rejection[]> {
    const known = this.#knownOf(record, found);
    known.rejections ??= await this.folderOf(record).read<readonly Rejection[]>(found.rejectionsIn);
    return known.rejections;
  }

  /** The first call reads the files. Undefined after a commit has begun, because the store may already have the changes. */
  async readChanges(
    record: DraftRecord,
    found: Found,
    limits: TaskLimits,
    { kinds, offset, limit }: { readonly kinds: readonly FactKind[] | undefined; readonly offset: number; readonly limit: number },
  ): Promise<{ changes: FactChange[]; totalCount: number } | undefined> {
    return this.#using(record, found, limits, (analysis) => changesOf(analysis, kinds, offset, limit));
  }

  /** Every fact that a commit would change. Otherwise as `readChanges`. */
  async readPlanned(record: DraftRecord, found: Found, limits: TaskLimits): Promise<PlannedFact[] | undefined> {
    return this.#using(record, found, limits, plannedFacts);
  }

  async #using<T>(record: DraftRecord, found: Found, limits: TaskLimits, use: (analysis: DraftAnalysis) => T): Promise<T | undefined> {
    const known = this.#knownOf(record, found);
    if (known.made === undefined && record.phase.state === 'COMMITTING') return undefined;
    known.made ??= this.analyze(record, limits);
    const { made } = known;
    try {
      return use(await made);
    } catch (error) {
      if (known.made === made) delete known.made;
      throw error;
    }
  }

  /** Frees the memory of an analysis. */
  forget({ id }: DraftRecord): void {
    this.#known.delete(id);
  }

  #knownOf({ id }: DraftRecord, { rejectionsIn }: Pick<Found, 'rejectionsIn'>): Known {
    const before = this.#known.get(id);
    const known = before?.rejectionsIn === rejectionsIn ? before : { rejectionsIn };
    keepLatest(this.#known, id, known, maxAnalyses);
    return known;
  }
}

/** The changes that a commit of the draft would make. */
interface DraftAnalysis {
  readonly outcome: ImportOutcome;
  readonly read: ReadImport;
  /** Indexes of the assertions that change a fact, by file and line. */
  readonly changed: Uint32Array;
}

/** The event loop turns between pieces of the work, however many facts change. */
export async function buildAnalysis(read: ReadImport, outcome: ImportOutcome): Promise<DraftAnalysis> {
  const [unchanged, refused] = [effects.indexOf('UNCHANGED'), effects.indexOf('REFUSED')];
  const { effects: made } = outcome.written;
  const changed = new Uint32Array(made.length);
  let count = 0;
  for (let index = 0; index < made.length; index++) if (made[index] !== unchanged && made[index] !== refused) changed[count++] = index;
  const sorted = changed.slice(0, count);
  const ranks = new Map(['', ...read.files.map(({ name }) => name).sort()].map((name, rank) => [name, rank]));
  await sortInTurns(sorted, (index) => {
    const { file, line } = read.assertions.at(index);
    return (ranks.get(file ?? '') ?? 0) * 2 ** 32 + (line ?? 0);
  });
  return { outcome, read, changed: sorted };
}

/** Facts of which the effect on findings can be computed. */
const mostPlanned = 2_000_000;

/** Every fact that a commit would change, by file and line. O(changes). Throws LIMIT_EXCEEDED. */
function plannedFacts({ changed, read, outcome: { written } }: DraftAnalysis): PlannedFact[] {
  if (changed.length > mostPlanned) {
    const message = `The import changes ${changed.length} facts; its effect is computed for at most ${mostPlanned}. Commit it, and ask for findings then.`;
    throw new ExposureError('LIMIT_EXCEEDED', message);
  }
  const created = effects.indexOf('CREATED');
  return Array.from(changed, (index) => ({
    assertion: read.assertions.at(index),
    isCreated: written.effects[index] === created,
    values: written.readValues(index),
  }));
}

/** A page of the changes of a commit, by file and line. O(changes) with a filter by kind, otherwise O(limit). */
function changesOf(
  analysis: DraftAnalysis,
  kinds: readonly FactKind[] | undefined,
  offset: number,
  limit: number,
): { changes: FactChange[]; totalCount: number } {
  const { changed, read, outcome } = analysis;
  const asked = kinds === undefined ? changed : changed.filter((index) => kinds.includes(read.assertions.at(index).kind));
  const page = [...asked.subarray(offset, offset + limit)];
  return { changes: page.length === 0 ? [] : outcome.written.readChanges(page), totalCount: asked.length };
}

/** Small enough that a piece takes a few milliseconds. */
const pieceLength = 20_000;

/**
 * Sorts numbers in place by keys. The event loop turns between pieces of 20,000. Equal keys keep their order. Numbers that are in order
 * already, as those of an unmerged file are, cost one pass.
 *
 * @param keyOf called a few times for each number
 * Complexity: O(n log n); O(n) if they are in order.
 */
export async function sortInTurns(numbers: Uint32Array, keyOf: (number: number) => number): Promise<void> {
  const { length } = numbers;
  const keys = new Float64Array(length);
  let isSorted = true;
  for (let at = 0; at < length; at++) {
    keys[at] = keyOf(numbers[at] as number);
    if (at > 0 && (keys[at] as number) < (keys[at - 1] as number)) isSorted = false;
    if (at % pieceLength === pieceLength - 1) await setImmediate();
  }
  if (isSorted) return;
  // `places` is sorted; the numbers follow.
  let places = Uint32Array.from(numbers, (_, at) => at);
  const compare = (a: number, b: number) => (keys[a] as number) - (keys[b] as number) || a - b;
  for (let from = 0; from < length; from += pieceLength) {
    places.subarray(from, from + pieceLength).sort(compare);
    await setImmediate();
  }
  for (let width = pieceLength; width < length; width *= 2) places = await mergePieces(places, width, compare);
  const sorted = Uint32Array.from(places, (at) => numbers[at] as number);
  numbers.set(sorted);
}

/** One round of a merge sort: pieces of `width` become pieces of twice that. */
async function mergePieces(
  places: Uint32Array,
  width: number,
  compare: (a: number, b: number) => number,
): Promise<Uint32Array<ArrayBuffer>> {
  const merged = new Uint32Array(places.length);
  let at = 0;
  for (let from = 0; from < places.length; from += 2 * width) {
    const middle = Math.min(from + width, places.length);
    const end = Math.min(from + 2 * width, places.length);
    for (let [left, right] = [from, middle]; left < middle || right < end; ) {
      const takesLeft = right >= end || (left < middle && compare(places[left] as number, places[right] as number) <= 0);
      merged[at++] = takesLeft ? (places[left++] as number) : (places[right++] as number);
      if (at % pieceLength === 0) await setImmediate();
    }
  }
  return merged;
}
