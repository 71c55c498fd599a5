/** `mapping`: how the files of a source are read, by the source's name. `import`: the names of imports, by their ids. */
export const documentCollections = ['incident', 'note', 'view', 'acceptance', 'token', 'audit', 'mapping', 'import'] as const;
export type DocumentCollection = (typeof documentCollections)[number];

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  /** The import that brought the document, unless somebody has saved it since. */
  readonly importId: string | null;
}
