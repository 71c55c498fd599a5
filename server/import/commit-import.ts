import { ExposureError } from '../domain/errors.ts';
import { describeHidden } from '../domain/text/hidden-characters.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { FactWrite } from '../store/fact-write.ts';
import type { ImportOutcome } from './import-outcome.ts';
import { countRows, describeOutcome } from './import-outcome.ts';
import type { RejectPolicy } from './import-view.ts';
import { rememberMapping } from './mapping/decisions/mapping-document.ts';
import type { ReadImport } from './read-import.ts';
import type { PlacedIncidents } from './rows/place-records.ts';
import { placeIncidents } from './rows/place-records.ts';

/** The identity of an import and of its author. */
export interface ImportOrder {
  readonly id: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** As that of a write. */
  readonly clock?: () => number;
  readonly createdAt: number;
  /** Given by a person; absent or null: none. */
  readonly name?: string | null;
  readonly source: string | null;
  /** The inventory's own date, if one was given. */
  readonly assertedAt: number | null;
  /** As that of a write. */
  readonly retractsOnlyOf?: string;
}

/** The outcome of a commit, with every row's fault, including faults that only the store can find. Writes nothing. */
export async function previewImport(store: FactStore, all: ReadImport, order: ImportOrder): Promise<ImportOutcome> {
  const read = await withPossibleClosings(store, all, order);
  const written = await store.preview(buildWrite(read, order, undefined, true));
  const incidents = await placeIncidents(store, read, written, order);
  return { ...describeOutcome(read, written, incidents), isWritten: false };
}

/**
 * Commits an import in one transaction. Under ALL_OR_NOTHING, one rejected row blocks the write, and the outcome lists all
 * rejections. Under SKIP_REJECTED, all other rows are written.
 *
 * The store plans the import once. It plans again only if it refuses rows of an import with incidents, because the incidents that
 * name refused facts must be left out.
 *
 * Throws as the store's `commit`.
 *
 * @param writer writes to the store
 */
export async function commitImport(
  store: FactStore,
  read: ReadImport,
  order: ImportOrder,
  policy: RejectPolicy,
  writer: Pick<FactStore, 'commit'> = store,
): Promise<ImportOutcome> {
  const outcome = await writeImport(store, read, order, policy, writer);
  if (outcome.isWritten) {
    await rememberMapping(store, order.source, read.mappingDocument);
    if (typeof order.name === 'string') await saveImportName(store, order.id, order.name);
  }
  return outcome;
}

async function writeImport(
  store: FactStore,
  all: ReadImport,
  order: ImportOrder,
  policy: RejectPolicy,
  writer: Pick<FactStore, 'commit'>,
): Promise<ImportOutcome> {
  const read = await withPossibleClosings(store, all, order);
  const isSkipping = policy === 'SKIP_REJECTED';
  // Incidents may name facts of this import. Assume that the store refuses none of them.
  const supposed = await placeIncidents(store, read, undefined, order);
  if (!isSkipping && read.rejections.length + supposed.rejections.length > 0) return previewImport(store, read, order);
  const mayRetry = isSkipping && read.incidents.length > 0;
  const first = await writer.commit(buildWrite(read, order, supposed, isSkipping && !mayRetry));
  if (first.isWritten || read.incidents.length === 0) return describeOutcome(read, first, supposed);
  const incidents = await placeIncidents(store, read, first, order);
  if (!mayRetry) return describeOutcome(read, first, incidents);
  return describeOutcome(read, await writer.commit(buildWrite(read, order, incidents, true)), incidents);
}

/**
 * Leaves out closings of unlisted facts that would break a rule: a retraction of a fact that others still name, or an end before the
 * start. No row of the list states these facts, so no row is at fault.
 */
async function withPossibleClosings(store: FactStore, all: ReadImport, order: ImportOrder): Promise<ReadImport> {
  let read = all;
  while (read.closingCount > 0) {
    const first = read.assertions.length - read.closingCount;
    const { violations } = await store.preview(buildWrite(read, order, undefined, true));
    const refused = new Set(violations.map(({ assertion }) => assertion).filter((index) => index >= first));
    if (refused.size === 0) break;
    read = {
      ...read,
      assertions: [...read.assertions].filter((_, index) => !refused.has(index)),
      closingCount: read.closingCount - refused.size,
    };
  }
  const kept = all.closingCount - read.closingCount;
  if (kept === 0) return read;
  const [facts, name] =
    kept === 1 ? ['One fact that is no longer listed stays', 'names it'] : [`${kept} facts that are no longer listed stay`, 'names them'];
  return { ...read, warnings: [...read.warnings, `${facts}: another fact ${name}, or the end would come before the start.`] };
}

function buildWrite(read: ReadImport, order: ImportOrder, incidents: PlacedIncidents | undefined, skipRefused: boolean): FactWrite {
  return {
    by: order.by,
    at: order.at,
    ...(order.clock && { clock: order.clock }),
    ...(order.retractsOnlyOf !== undefined && { retractsOnlyOf: order.retractsOnlyOf }),
    assertions: read.assertions,
    rejectedKeys: read.rejectedKeys,
    skipRefused,
    import: {
      id: order.id,
      source: order.source,
      assertedAt: order.assertedAt,
      createdAt: order.createdAt,
      files: read.files.map(({ name, sizeBytes, sha256, rowCount }) => ({ name, sizeBytes, sha256, rowCount })),
      rejectedCount: countRows([...read.rejections, ...(incidents?.rejections ?? [])]),
      incidents: incidents?.documents ?? new Map(),
    },
  };
}

const collection = 'import';
const maxLength = 200;

/** The names that people gave to committed imports, by the id of the import. */
export async function readImportNames(store: FactStore): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.listDocuments(collection)).map(({ id, json }) => [id, nameIn(json)]));
}

/** The name of one committed import; null if nobody gave it one. */
export async function findImportName(store: FactStore, id: string): Promise<string | null> {
  const found = await store.findDocument(collection, id);
  return found === undefined ? null : nameIn(found.json);
}

/** Names a committed import. The latest name counts. */
export async function saveImportName(store: FactStore, id: string, name: string): Promise<void> {
  await store.saveDocument(collection, id, JSON.stringify({ name }));
}

/** Returns the name without outer blanks. Throws BAD_USER_INPUT if it cannot be the name of an import. */
export function checkImportName(text: string): string {
  const name = text.trim();
  const hidden = describeHidden('name', name);
  if (hidden !== undefined) throw new ExposureError('BAD_USER_INPUT', hidden);
  if (name.length > 0 && name.length <= maxLength && !/\p{Cs}/u.test(name)) return name;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The name ${JSON.stringify(name.slice(0, 60))} cannot be used. Expected 1 to ${maxLength} characters on one line, such as "Vendor register, June".`,
  );
}

/** Throws BAD_USER_INPUT for a new source that holds hidden characters. Further editions of a recorded one are imported as before. */
export async function checkSource(store: FactStore, source: string): Promise<string> {
  const hidden = describeHidden('source', source);
  if (hidden === undefined || (await store.listImports()).some((one) => one.source === source)) return source;
  throw new ExposureError('BAD_USER_INPUT', hidden);
}

function nameIn(json: string): string {
  return (JSON.parse(json) as { readonly name: string }).name;
}
