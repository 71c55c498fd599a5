import { Refused, sendChange } from '../../../shared/changes/ask-change.ts';
import { DiscardImportDocument, RemoveImportFileDocument } from '../../../shared/generated/operations.ts';

/** Discards a draft. @returns the refusal, or null */
export async function discardDraft(id: string): Promise<string | null> {
  const discarded = await sendChange(DiscardImportDocument, { input: { id } }, (data) => data.discardImport);
  return discarded instanceof Refused ? discarded.sentence : null;
}

/** Removes a file from a draft. @returns the refusal, or null */
export async function removeDraftFile(id: string, file: string): Promise<string | null> {
  const removed = await sendChange(RemoveImportFileDocument, { input: { import: id, file } }, (data) => data.removeImportFile);
  return removed instanceof Refused ? removed.sentence : null;
}
