/** An incident of the store: its text, and where the text comes from. */
export interface OwnedIncident {
  readonly json: string;
  /** The import that stated the text. Null: a person saved it. */
  readonly importId: string | null;
  /** The last text that a person saved before an import replaced it. Null: none. */
  readonly savedJson: string | null;
}

/**
 * Plans one incident of an import. An incident with the same text keeps its owner. A different text is replaced, and the last text that a person
 * saved is kept for an undo of the import.
 *
 * @returns undefined: it stays as it is
 */
export function afterImport(before: OwnedIncident | undefined, importId: string, json: string): OwnedIncident | undefined {
  if (before === undefined) return { json, importId, savedJson: null };
  if (before.json === json) return undefined;
  return { json, importId, savedJson: before.importId === null ? before.json : before.savedJson };
}

/**
 * Plans one incident of an undo. An incident with the text of the undone import gets the text of another import, else the last text of a person.
 *
 * @param other the latest other import that states the incident and is not undone
 * @returns null: the incident goes
 */
export function afterUndo({ savedJson }: OwnedIncident, other: Pick<OwnedIncident, 'json' | 'importId'> | undefined): OwnedIncident | null {
  if (other !== undefined) return { ...other, savedJson };
  return savedJson === null ? null : { json: savedJson, importId: null, savedJson: null };
}
