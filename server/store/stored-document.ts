/**
 * `mapping`: how the files of a source are read, by the source's name. `import`: the names of imports, by their ids. `inbox`: the events of an
 * owner of watches, by a digest of its name. `person` and `group`: what an identity provider keeps here. `endpoint`: where webhooks go; a backup holds
 * none of its secrets. `delivery`: what waits to go there.
 */
export const backupCollections = [
  ...(['incident', 'note', 'view', 'acceptance', 'token', 'audit', 'mapping', 'import'] as const),
  ...(['watch', 'event', 'inbox', 'endpoint', 'delivery', 'person', 'group'] as const),
] as const;
export type BackupCollection = (typeof backupCollections)[number];

/** `draft`: imports that are being prepared. `batch`: attached results. Their files lie in folders beside the store, so a backup holds none of them. */
export const documentCollections = [...backupCollections, 'draft', 'batch'] as const;
export type DocumentCollection = (typeof documentCollections)[number];

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  /** The import that brought the document, unless somebody has saved it since. */
  readonly importId: string | null;
}
