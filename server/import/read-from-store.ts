import { getHeapStatistics } from 'node:v8';
import type { Assertion, FactValue, RecordedFact } from '../domain/assertions.ts';
import { isValueEqual } from '../domain/assertions.ts';
import { formatFactValue } from '../domain/canonical-values.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { PackedAssertions } from '../domain/packed/packed-assertions.ts';
import { mayRespondentChange, weakenOwnWord, withoutRepetition } from '../rules/own-answer.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { SourceFile } from './csv/read-table.ts';
import type { EditionDecision } from './editions/last-edition.ts';
import { withEdition } from './editions/with-edition.ts';
import { withRegister } from './editions/with-register.ts';
import type { AnswerDecisions, WaitingChange } from './import-view.ts';
import { noDecisions, withRemembered } from './mapping/decisions/mapping-document.ts';
import { readKnownFacts } from './mapping/known-facts.ts';
import type { ImportQuestion } from './mapping/mapping-types.ts';
import type { ReadImport } from './read-import.ts';
import { readImport } from './read-import.ts';
import type { ReadOptions } from './read-options.ts';
import { placeSoftware } from './rows/place-records.ts';
import { FileFault, rejectFile } from './rows/rejection.ts';

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
  const read = await withSoftware(store, await readFiles(files, { ...reading, decisions, readKnown: () => readKnownFacts(store) }));
  reading.signal?.throwIfAborted();
  onComparing?.();
  const listed = await withinHeap(store, await withRegister(store, read), source, respondent, reading.limits?.heapBytes);
  const compared = await withEdition(store, listed, { source, assertedAt, decision: edition, decisions });
  return respondent === null ? compared : withAnswer(store, compared, respondent, answer);
}

/** The facts of software files stand beside those of rows. */
async function withSoftware(store: FactStore, read: ReadImport): Promise<ReadImport> {
  const { software = [], ...others } = read;
  if (software.length === 0) return read;
  const { assertions, warnings } = await placeSoftware(store, software);
  return { ...others, assertions: PackedAssertions.of([...read.assertions, ...assertions]), warnings: [...read.warnings, ...warnings] };
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
    assertions: PackedAssertions.of([]),
    files: read.files.map((file) => ({ ...file, isFaulty: true })),
    rejections: [...read.rejections, ...rejections],
  };
}

const keysARead = 1000;

/** A field that an assertion states. */
interface StatedField {
  readonly field: number;
  readonly value: FactValue;
}

/**
 * An organization's own answer about itself. The organization is the source of every fact, whatever the file says. Its word is no
 * evidence: VERIFIED becomes ATTESTED, and evidence becomes SELF_ATTESTED. A repetition of a recorded deletion or of recorded evidence
 * states nothing, so it does not weaken the record.
 *
 * Three things take effect at once: new facts, the deletion of its own copies, and its own description. Every other change of a
 * recorded fact waits for an analyst: form, portion, sentAt and confidence, and whatever else decides a radius (semantics §12). A
 * declined or undecided change states nothing.
 *
 * Complexity: O(assertions), with one read for each thousand.
 */
async function withAnswer(store: FactStore, read: ReadImport, respondent: string, decisions: AnswerDecisions): Promise<ReadImport> {
  const recorded = await readRecorded(store, read.assertions);
  const waiting: WaitingChange[] = [];
  const assertions = Array.from(read.assertions, (given) => {
    const assertion = { ...given, source: respondent };
    if (given.isRetraction || given.file === null) return assertion;
    const known = recorded.get(given.kind)?.get(given.key);
    if (known === undefined) return { ...assertion, values: weaken(given.kind, given.values) };
    const stated = withoutRepetition(given, known);
    const values = weaken(given.kind, stated);
    const held = findHeld(given.kind, values, known, respondent);
    if (held.length === 0) return { ...assertion, values };
    const id = `${given.kind} ${given.key}`;
    const decision = decisions.changes?.[id] ?? decisions.all ?? null;
    waiting.push({ id, kind: given.kind, key: given.key, file: given.file, line: given.line, fields: describe(held, known), decision });
    if (decision === 'ACCEPT') return { ...assertion, values };
    const fields = new Set(held.map(({ field }) => field));
    return { ...assertion, values: values.map((value, field) => (fields.has(field) ? undefined : value)) };
  });
  return { ...read, assertions: PackedAssertions.of(assertions), waiting, questions: [...read.questions, ...askAnswer(waiting)] };
}

async function readRecorded(
  store: FactStore,
  assertions: PackedAssertions,
): Promise<ReadonlyMap<FactKind, ReadonlyMap<string, RecordedFact>>> {
  const keys = new Map<FactKind, string[]>();
  for (const { kind, key } of assertions) getOrInsert(keys, kind, () => []).push(key);
  const recorded = new Map<FactKind, Map<string, RecordedFact>>();
  for (const [kind, all] of keys) {
    const facts = getOrInsert(recorded, kind, () => new Map<string, RecordedFact>());
    for (let from = 0; from < all.length; from += keysARead) {
      const some = all.slice(from, from + keysARead);
      for (const fact of await store.readFactsByKey(kind, some)) facts.set(fact.key, fact);
      // A fact of a merged organization is recorded, too. It is not the respondent's own, so what changes it waits.
      const hidden = some.filter((key) => !facts.has(key));
      for (const fact of hidden.length === 0 ? [] : await store.unmerged.readFactsByKey(kind, hidden)) facts.set(fact.key, fact);
    }
  }
  return recorded;
}

function weaken(kind: FactKind, values: Assertion['values']): (FactValue | undefined)[] {
  return values.map((value, field) => weakenOwnWord(kind, field, value));
}

/** The changes of a recorded fact that wait for an analyst. */
function findHeld(kind: FactKind, values: Assertion['values'], known: RecordedFact, respondent: string): StatedField[] {
  return values.flatMap((value, field) => {
    if (value === undefined || isValueEqual(value, known.values[field] as FactValue)) return [];
    return mayRespondentChange(kind, field, known, respondent) ? [] : [{ field, value }];
  });
}

function describe(held: readonly StatedField[], { kind, values }: RecordedFact): WaitingChange['fields'] {
  return held.map(({ field, value }) => {
    const spec = factFields[kind][field] as (typeof factFields)[FactKind][number];
    return { field: spec.name, before: formatFactValue(spec, values[field] as FactValue), after: formatFactValue(spec, value) };
  });
}

/** One question for all changes without a decision. */
function askAnswer(waiting: readonly WaitingChange[]): ImportQuestion[] {
  const open = waiting.filter(({ decision }) => decision === null);
  const [first] = open;
  if (first === undefined) return [];
  const columns = new Set(
    open.flatMap(({ kind, fields }) => fields.map(({ field }) => factFields[kind].find(({ name }) => name === field)?.column ?? field)),
  );
  const count = open.length === 1 ? 'A change of a recorded fact waits' : `Changes of ${open.length} recorded facts wait`;
  return [
    {
      id: 'ANSWER',
      kind: 'ANSWER',
      file: null,
      index: null,
      message: `${count} for an analyst (${[...columns].join(', ')}; first: ${first.file}:${first.line}): accept what the organization says of itself?`,
      choices: ['accept', 'decline'],
      proposed: null,
      flag: '--accept-answer or --decline-answer',
    },
  ];
}
