import { createHash } from 'node:crypto';
import type { Note, NoteSubject } from '../../domain/records/note.ts';
import { parseNote } from '../../domain/records/note.ts';
import type { StoredDocument } from '../../store/stored-document.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../resolved-ids.ts';
import { saveRecord } from './save-record.ts';

export interface SavedNote {
  readonly id: string;
  readonly version: number;
  readonly note: Note;
}

const toSavedNote = ({ id, version, json }: StoredDocument): SavedNote => ({ id, version, note: parseNote(json) });

/**
 * The notes on one organization or artifact, the latest first, then by id. A note stays when its node is retracted. While an organization is
 * merged into another, its notes are on the other one, too.
 */
export async function listNotes(asker: Asker, { kind, id }: NoteSubject): Promise<SavedNote[]> {
  const all = (await asker.questions.store.listDocuments('note')).map(toSavedNote).filter(({ note }) => note.on.kind === kind);
  const ids = kind === 'organization' ? [id, ...all.map(({ note }) => note.on.id)] : [];
  const meanings = await readMissing(asker.questions.store, await asker.facts(), ids);
  const resolve = (one: string) => meanings.get(one) ?? one;
  return all.filter(({ note }) => resolve(note.on.id) === resolve(id)).sort((a, b) => b.note.at - a.note.at);
}

/** Changes whenever a note of the list does. */
export function versionOfNotes(notes: readonly SavedNote[]): string {
  const versions = notes.map(({ id, version }) => [id, version]);
  return createHash('sha256').update(JSON.stringify(versions)).digest('base64url').slice(0, 16);
}

/** Saves a new note, or replaces one. Throws NOT_FOUND (a note that does not exist), STORE_UNAVAILABLE. */
export async function saveNote(asker: Asker, id: string, isKnown: boolean, note: Note): Promise<SavedNote> {
  const { saved } = await saveRecord(asker, { collection: 'note', id, isKnown, plan: () => ({ record: note, faults: [] }) });
  return toSavedNote(saved as StoredDocument);
}

/** Returns whether there was one. */
export function deleteNote(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('note', id);
}
