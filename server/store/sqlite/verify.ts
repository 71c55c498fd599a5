import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import BetterSqlite3 from 'better-sqlite3';
import type { RecordedFact } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { namedKinds } from '../../domain/fact-fields.ts';
import { findFactFaults } from '../../domain/fact-rules.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { doesWriteRaise } from '../../rules/revision.ts';
import { startThread } from '../../threads/start-thread.ts';
import type { VerifyScope } from '../fact-store.ts';
import { FactStates } from '../plan/fact-states.ts';
import type { StoredDocument } from '../store-record.ts';
import { kindTables } from './kind-table.ts';
import type { Snapshot } from './open-database.ts';
import { createSchema, openDatabase, openReader, openSnapshot } from './open-database.ts';
import type { Ledger } from './read/ledger.ts';
import { readFactPages } from './read/read-assertions.ts';
import { checkSeals, checkSomeSeals, isSmall, LastChangeFile } from './seals.ts';
import { reasonOf, translateError } from './translate-error.ts';
import { listDocuments } from './write/write-records.ts';

/** The most sentences. More would not help. */
const maxSentences = 100;

/**
 * The faults of the file, of the records of writes, and of the facts (semantics §1). Empty for a sound store. Damage can make any
 * statement fail, so every failure except an unavailable store also counts as a fault.
 */
export async function verifyFile(path: string, scope: VerifyScope = 'all'): Promise<string[]> {
  let snapshot: Snapshot | undefined;
  try {
    snapshot = openSnapshot(path);
    const { database, ledger } = snapshot;
    if (scope === 'all') return await verifyAll(database, ledger);
    const isWhole = scope === 'content' || isSmall(database);
    return [...(isWhole ? checkContent(database) : checkSample(database, ledger))];
  } catch (error) {
    const translated = translateError(error, path);
    if ((translated as { code?: unknown }).code === 'STORE_UNAVAILABLE') throw translated;
    return [`The file is damaged: ${reasonOf(error)}.`];
  } finally {
    snapshot?.close();
  }
}

async function verifyAll(database: Database, ledger: Ledger): Promise<string[]> {
  const sentences: string[] = [];
  for await (const sentence of checkAll(database, ledger)) {
    sentences.push(sentence);
    if (sentences.length < maxSentences) continue;
    sentences.push(`There are more problems than these ${maxSentences}; the rest was not checked.`);
    break;
  }
  return sentences;
}

async function* checkAll(database: Database, ledger: Ledger): AsyncGenerator<string> {
  yield* checkContent(database);
  yield* checkWrites(database, ledger);
  yield* checkFacts(database, ledger);
}

function* checkContent(database: Database): Generator<string> {
  yield* checkSchema(database);
  yield* checkFile(database);
  yield* checkSeals(database);
}

function* checkSample(database: Database, ledger: Ledger): Generator<string> {
  yield* checkSchema(database);
  yield* checkSomeSeals(database, ledger);
}

function* checkFile(database: Database): Generator<string> {
  const problems = database.pragma(`integrity_check(${maxSentences})`) as { integrity_check: string }[];
  for (const { integrity_check: problem } of problems) {
    if (problem !== 'ok') yield `The file is damaged: ${problem.replaceAll(/\s+/g, ' ')}.`;
  }
  for (const { table, parent } of (database.pragma('foreign_key_check') as { table: string; parent: string }[]).slice(0, maxSentences)) {
    yield `A row of ${table} belongs to a row of ${parent} that is missing.`;
  }
}

function* checkWrites(database: Database, ledger: Ledger): Generator<string> {
  const revision = database.prepare('SELECT "revision" FROM meta').pluck().get() as number | undefined;
  const latest = ledger.findRevision();
  if (revision !== latest) yield `The store says revision ${revision ?? 'nothing'}, and its writes come to revision ${latest}.`;

  const counts = new Map<number, number[]>();
  for (const table of kindTables.values()) {
    const rows = database.prepare(`SELECT "write", "effect", count(*) FROM ${table.name} GROUP BY "write", "effect"`).raw().all() as [
      number,
      number,
      number,
    ][];
    for (const [seq, effect, count] of rows) {
      const tally = counts.get(seq) ?? [0, 0, 0, 0];
      tally[effect] = (tally[effect] ?? 0) + count;
      counts.set(seq, tally);
    }
  }
  let before = 0;
  for (const write of ledger.writes) {
    const { seq, unchanged, created, updated, retracted } = write;
    const tally = counts.get(seq) ?? [0, 0, 0, 0];
    const stated = [unchanged, created, updated, retracted];
    if (stated.some((count, i) => count !== tally[i])) {
      yield `Write ${seq} of ${write.by} states ${stated.join('/')} assertions (unchanged/created/updated/retracted), but has ${tally.join('/')}.`;
    }
    if (write.revision < before || (doesWriteRaise(write) && write.revision === before))
      yield `Write ${seq} has a lower revision than ${before}, the revision before it.`;
    before = write.revision;
  }
}

async function* checkFacts(database: Database, ledger: Ledger): AsyncGenerator<string> {
  const states = new FactStates();
  const live = ledger.findLive();
  for (const kind of factKinds) {
    for (const facts of readFactPages(database, kind, ledger, live)) {
      for (const fact of facts) {
        if (namedKinds.has(kind)) states.note(kind, fact.key, fact);
        yield* describeFaults(kind, fact, states);
      }
      await nextTurn();
    }
  }
}

function* describeFaults(kind: FactKind, fact: RecordedFact, states: FactStates): Generator<string> {
  for (const { message } of findFactFaults(kind, fact.values, states)) yield `${describeKey(kind, fact.key)}: ${message}`;
}

/**
 * Compares the columns and indexes of a store with those that this version creates; a sentence for each that differs. Neither SQLite nor
 * the seals notice a renamed column that holds nothing, or one of another type: the next question about it would fail, and the next
 * write would store another value.
 */
function* checkSchema(database: Database): Generator<string> {
  const found = describeSchema(database);
  const sound = new BetterSqlite3(':memory:');
  try {
    createSchema(sound);
    for (const [name, definition] of describeSchema(sound)) {
      if (found.get(name) !== definition) yield `The file is damaged: ${name} is not as it was created.`;
    }
  } finally {
    sound.close();
  }
}

/** Each column and index as SQLite understands it, by its name. Defaults don't count: an upgrade needs one for a column that it adds. */
function describeSchema(database: Database): Map<string, string> {
  const described = new Map<string, string>();
  const columns = database.prepare(
    `SELECT t."name" AS "table", c."name", c."type", c."notnull", c."pk"
     FROM sqlite_schema AS t, pragma_table_info(t."name") AS c WHERE t."type" = 'table'`,
  );
  for (const { table, name, ...definition } of columns.all() as { table: string; name: string }[]) {
    described.set(`the column ${name} of the table ${table}`, JSON.stringify(definition));
  }
  const indexes = database.prepare(
    `SELECT i."name", i."sql", json_group_array(c."name") AS "columns"
     FROM sqlite_schema AS i, pragma_index_xinfo(i."name") AS c WHERE i."type" = 'index' GROUP BY i."name"`,
  );
  for (const { name, ...definition } of indexes.all() as { name: string }[]) described.set(`the index ${name}`, JSON.stringify(definition));
  return described;
}

type OnAudit = ((documents: readonly StoredDocument[]) => void) | undefined;

/** A check that runs while the store is in use. */
export interface BackgroundCheck {
  /** Resolves with the problems; empty for a sound store, and for one that a sample checks as a whole. */
  readonly problems: Promise<readonly string[]>;
  stop(): Promise<unknown>;
}

/** Checks the content of an open store in a thread, because that takes seconds for millions of facts. The promise rejects with STORE_UNAVAILABLE. */
export function checkInBackground(path: string): BackgroundCheck {
  const reader = openReader(path);
  try {
    if (isSmall(reader)) return { problems: Promise.resolve([]), stop: async () => undefined };
  } finally {
    reader.close();
  }
  const thread = startThread('store/sqlite/verify-thread');
  const problems = new Promise<readonly string[]>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', (error) =>
      reject(new ExposureError('STORE_UNAVAILABLE', `The store ${path} cannot be checked now (${error.message}).`, { cause: error })),
    );
  }).finally(() => thread.terminate());
  thread.postMessage(path);
  return { problems, stop: () => thread.terminate() };
}

/**
 * Verifies the store in a file, and writes nothing beside it.
 *
 * SQLite cannot open a store without creating files beside it, unless another process has it open. A store that nobody uses is
 * therefore verified in a temporary copy, which also works on a read-only disk.
 *
 * @param onAudit gets the documents of the collection `audit`, unless the store is damaged
 * @returns sentences, empty for a sound store. Throws STORE_UNAVAILABLE.
 */
export async function verifyAt(path: string, onAudit?: OnAudit): Promise<string[]> {
  try {
    new LastChangeFile(path).refuseEmptyStore();
    if (!existsSync(path)) throw new ExposureError('STORE_UNAVAILABLE', `There is no store at ${path}. Name one in EXPOSURE_STORE.`);
    if (!statSync(path).isFile())
      throw new ExposureError('STORE_UNAVAILABLE', `${path} is not a file. Name the file of the store in EXPOSURE_STORE.`);
    return existsSync(`${path}-shm`) ? await verifyInPlace(path, onAudit) : await verifyCopy(path, onAudit);
  } catch (thrown) {
    const error = translateError(thrown, path);
    if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
    return [error instanceof ExposureError ? error.message : `The store ${path} is damaged (${reasonOf(error)}).`];
  }
}

async function verifyInPlace(path: string, onAudit: OnAudit): Promise<string[]> {
  const reader = openReader(path);
  try {
    new LastChangeFile(path).refuseLostChanges(reader);
    onAudit?.(listDocuments(reader, 'audit'));
  } finally {
    reader.close();
  }
  return verifyFile(path);
}

async function verifyCopy(path: string, onAudit: OnAudit): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-verify-'));
  try {
    const copy = join(folder, basename(path));
    copyStore(path, copy, folder);
    // An older store is upgraded here, and a log that a crash left behind is read.
    openDatabase(copy).close();
    return (await verifyInPlace(copy, onAudit)).map((sentence) => sentence.replaceAll(copy, path));
  } catch (error) {
    if (!(error instanceof ExposureError)) throw error;
    throw new ExposureError(error.code, error.message.replaceAll(join(folder, basename(path)), path), { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyStore(path: string, copy: string, folder: string): void {
  try {
    for (const suffix of ['', '-wal', '.last-change']) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The store ${path} cannot be copied to ${folder} to be verified (${reason}). Set TMPDIR to a folder with enough room.`,
      { cause: error },
    );
  }
}
