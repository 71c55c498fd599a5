import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import { afterImport, afterUndo } from '../../plan/imported-incidents.ts';
import type { DocumentCollection, StoredDocument } from '../../store-record.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { refuseStaleDocument } from '../../write-ledger.ts';
import type { Row, Transaction } from '../connection/connection.ts';

/** The node of a document. */
interface DocumentNode extends StoredDocument {
  /** The last text that a person saved before an import replaced it. */
  readonly savedJson: string | null;
}

const columns = 'd.id, d.version, d.json, d.importId';

/** All documents of a collection, by id in code points. */
export async function listDocuments(transaction: Transaction, collection: DocumentCollection): Promise<StoredDocument[]> {
  // The index is used only with a condition on both of its properties.
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

/** Throws CONFLICT if the document has another version than `ifVersion` (0: it must not exist). */
export async function saveDocument(
  transaction: Transaction,
  collection: DocumentCollection,
  id: string,
  json: string,
  ifVersion: number | undefined,
): Promise<StoredDocument> {
  const version = (await lockDocuments(transaction, collection, [id])).get(id)?.version ?? 0;
  refuseStaleDocument(collection, id, version, ifVersion);
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
 * Whether a document is stored as `saved` says (undefined: deleted). Run it in a transaction that is rolled back. It locks the
 * document, and so waits for a commit that is still under way.
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

/** Saves the incidents of an import (`afterImport`). */
export async function addIncidents(transaction: Transaction, importId: string, incidents: ReadonlyMap<string, string>): Promise<void> {
  if (incidents.size === 0) return;
  const present = await lockDocuments(transaction, 'incident', [...incidents.keys()]);
  const changed = [...incidents].flatMap(([id, json]): DocumentNode[] => {
    const before = present.get(id);
    const after = afterImport(before, importId, json);
    return after === undefined ? [] : [{ id, version: (before?.version ?? 0) + 1, ...after }];
  });
  await putDocuments(transaction, 'incident', changed);
}

/**
 * Removes the incidents of an undone import, except those that somebody has saved since (`afterUndo`).
 *
 * @param ledger all writes; the import may be undone in it already
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
  const changed = own.flatMap((incident): DocumentNode[] => {
    const after = afterUndo(incident, others.get(incident.id));
    return after === null ? [] : [{ id: incident.id, version: incident.version + 1, ...after }];
  });
  await putDocuments(transaction, 'incident', changed);
  const kept = new Set(changed.map(({ id }) => id));
  for (const { id } of own) if (!kept.has(id)) await deleteDocument(transaction, 'incident', id);
}

/** The text of each incident by the latest other import that is not undone. */
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

/** Incidents as a property of their import's event; null if there are none. */
export function encodeIncidents(incidents: ReadonlyMap<string, string>): string | null {
  return incidents.size === 0 ? null : JSON.stringify([...incidents]);
}

export function decodeIncidents(text: string | null): Map<string, string> {
  return new Map(text === null ? [] : (JSON.parse(text) as [string, string][]));
}

/** Locks documents until the transaction ends, and returns those that exist. The others can then be created by this transaction alone. */
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
  // A statement of its own reads them, so that it reads nothing from before the lock.
  const rows = await transaction.run(
    `UNWIND $ids AS id MATCH (d:ExposureDocument {collection: $collection, id: id}) WHERE d.version > 0 RETURN ${columns}, d.savedJson`,
    parameters,
  );
  return new Map(rows.map((row) => [row[0] as string, { ...toDocument(row), savedJson: row[4] as string | null }]));
}

/** Saves documents that this transaction has locked. */
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
