import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import { ExposureError } from '../../../domain/errors.ts';
import type { DocumentCollection, StoredDocument } from '../../fact-store.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import type { Row, Transaction } from '../connection/connection.ts';

/** A document's node. */
interface DocumentNode extends StoredDocument {
  /** What a person had saved last before an import replaced it. */
  readonly savedJson: string | null;
}

const columns = 'd.id, d.version, d.json, d.importId';

/** By id, in code points. */
export async function listDocuments(transaction: Transaction, collection: DocumentCollection): Promise<StoredDocument[]> {
  // The second condition is what lets the index find the collection.
  const rows = await transaction.run(`MATCH (d:ExposureDocument) WHERE d.collection = $collection AND d.id IS NOT NULL RETURN ${columns}`, {
    collection,
  });
  return rows.map(toDocument).sort((a, b) => compareCodePoints(a.id, b.id));
}

export async function findDocument(
  transaction: Transaction,
  collection: DocumentCollection,
  id: string,
): Promise<StoredDocument | undefined> {
  const [row] = await transaction.run(`MATCH (d:ExposureDocument {collection: $collection, id: $id}) RETURN ${columns}`, {
    collection,
    id,
  });
  return row && toDocument(row);
}

/** Throws CONFLICT where it has another version than is expected (0: it must not exist). */
export async function saveDocument(
  transaction: Transaction,
  collection: DocumentCollection,
  id: string,
  json: string,
  ifVersion: number | undefined,
): Promise<StoredDocument> {
  const version = (await lockDocuments(transaction, collection, [id])).get(id)?.version ?? 0;
  if (ifVersion !== undefined && ifVersion !== version) {
    throw new ExposureError(
      'CONFLICT',
      version === 0
        ? `There is no ${collection} ${id} any more. Save it as a new one.`
        : `The ${collection} ${id} was changed meanwhile: it has version ${version}, and not ${ifVersion}. Look at it again, then repeat the change.`,
    );
  }
  const saved = { id, version: version + 1, json, importId: null };
  await putDocuments(transaction, collection, [{ ...saved, savedJson: null }]);
  return saved;
}

export async function deleteDocument(transaction: Transaction, collection: DocumentCollection, id: string): Promise<boolean> {
  const [row] = await transaction.run('MATCH (d:ExposureDocument {collection: $collection, id: $id}) DETACH DELETE d RETURN count(*)', {
    collection,
    id,
  });
  return (row?.[0] as number) > 0;
}

/**
 * Whether a document is as it was to be saved (undefined: deleted). To be asked in a transaction that is not kept: it locks
 * the document, so that what still waits to be committed is waited for.
 */
export async function isSaved(
  transaction: Transaction,
  collection: DocumentCollection,
  id: string,
  saved: StoredDocument | undefined,
): Promise<boolean> {
  const found = (await lockDocuments(transaction, collection, [id])).get(id);
  return found?.version === saved?.version && found?.json === saved?.json;
}

/**
 * Puts the incidents of an import in place. One that is there with the same text stays whose it was; another is replaced,
 * and what a person had saved last is kept for the day when the import is taken back.
 */
export async function addIncidents(transaction: Transaction, importId: string, incidents: ReadonlyMap<string, string>): Promise<void> {
  if (incidents.size === 0) return;
  const present = await lockDocuments(transaction, 'incident', [...incidents.keys()]);
  const changed = [...incidents].flatMap(([id, json]): DocumentNode[] => {
    const before = present.get(id);
    if (before === undefined) return [{ id, version: 1, json, importId, savedJson: null }];
    if (before.json === json) return [];
    const savedJson = before.importId === null ? before.json : before.savedJson;
    return [{ id, version: before.version + 1, json, importId, savedJson }];
  });
  await putDocuments(transaction, 'incident', changed);
}

/**
 * Takes the incidents of an import away, unless somebody saved them since: what another import or a person said is back.
 *
 * @param ledger all writes, where this import may already be taken back
 */
export async function removeIncidents(transaction: Transaction, ledger: WriteLedger, importId: string): Promise<void> {
  const ids = await transaction.run(
    "MATCH (d:ExposureDocument) WHERE d.collection = 'incident' AND d.id IS NOT NULL AND d.importId = $importId RETURN d.id",
    { importId },
  );
  if (ids.length === 0) return;
  const present = await lockDocuments(
    transaction,
    'incident',
    ids.map(([id]) => id as string),
  );
  const own = [...present.values()].filter((incident) => incident.importId === importId);
  const others = await readIncidentsOfOthers(transaction, ledger, importId);
  const changed = own.flatMap(({ id, version, savedJson }): DocumentNode[] => {
    const other = others.get(id);
    if (other !== undefined) return [{ id, version: version + 1, ...other, savedJson }];
    return savedJson === null ? [] : [{ id, version: version + 1, json: savedJson, importId: null, savedJson: null }];
  });
  await putDocuments(transaction, 'incident', changed);
  const kept = new Set(changed.map(({ id }) => id));
  for (const { id } of own) if (!kept.has(id)) await deleteDocument(transaction, 'incident', id);
}

/** What the latest of the other imports that still count says of each incident. */
async function readIncidentsOfOthers(
  transaction: Transaction,
  ledger: WriteLedger,
  importId: string,
): Promise<Map<string, { json: string; importId: string }>> {
  const seqs = ledger.writes.filter((write) => write.importId !== null && write.importId !== importId && write.undo === null);
  const rows = await transaction.run(
    `UNWIND $seqs AS seq MATCH (event:ExposureWrite {seq: seq}) WHERE event.incidents IS NOT NULL
     RETURN event.importId, event.incidents ORDER BY seq`,
    { seqs: seqs.map(({ seq }) => int(seq)) },
  );
  const latest = new Map<string, { json: string; importId: string }>();
  for (const [by, incidents] of rows as [string, string][]) {
    for (const [id, json] of decodeIncidents(incidents)) latest.set(id, { json, importId: by });
  }
  return latest;
}

/** As they are kept on the event of their import; null where there are none. */
export function encodeIncidents(incidents: ReadonlyMap<string, string>): string | null {
  return incidents.size === 0 ? null : JSON.stringify([...incidents]);
}

export function decodeIncidents(text: string | null): Map<string, string> {
  return new Map(text === null ? [] : (JSON.parse(text) as [string, string][]));
}

/** Those that exist, each locked until the transaction ends; so are the others, which can then only be made by us. */
async function lockDocuments(
  transaction: Transaction,
  collection: DocumentCollection,
  ids: readonly string[],
): Promise<Map<string, DocumentNode>> {
  const parameters = { collection, ids: [...ids].sort(compareCodePoints) };
  await transaction.run(
    `UNWIND $ids AS id MERGE (d:ExposureDocument {collection: $collection, id: id})
     ON CREATE SET d.version = 0, d.json = '' ON MATCH SET d.id = id`,
    parameters,
  );
  // Read by a statement of its own, so that nothing of it was read before it was locked.
  const rows = await transaction.run(
    `UNWIND $ids AS id MATCH (d:ExposureDocument {collection: $collection, id: id}) WHERE d.version > 0 RETURN ${columns}, d.savedJson`,
    parameters,
  );
  return new Map(rows.map((row) => [row[0] as string, { ...toDocument(row), savedJson: row[4] as string | null }]));
}

/** Of documents that are locked. */
async function putDocuments(transaction: Transaction, collection: DocumentCollection, documents: readonly DocumentNode[]): Promise<void> {
  if (documents.length === 0) return;
  await transaction.run(
    `UNWIND $rows AS row MATCH (d:ExposureDocument {collection: $collection, id: row.id})
     SET d.version = row.version, d.json = row.json, d.importId = row.importId, d.savedJson = row.savedJson`,
    { collection, rows: documents.map((document) => ({ ...document, version: int(document.version) })) },
  );
}

function toDocument([id, version, json, importId]: Row): StoredDocument {
  return { id: id as string, version: version as number, json: json as string, importId: importId as string | null };
}
