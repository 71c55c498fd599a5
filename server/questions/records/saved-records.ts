import { createHash } from 'node:crypto';
import { compareCodePoints } from '../../domain/compare.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { Note, NoteSubject, View } from '../../domain/records/saved-texts.ts';
import { maxViews, parseNote, parseView } from '../../domain/records/saved-texts.ts';
import type { DocumentCollection, StoredDocument } from '../../store/store-record.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../resolved-ids.ts';

/** Attempts to save a record while others save it too. */
const maxAttempts = 50;

/** The record to save. If it has faults, nothing is saved. */
export interface PlannedRecord<R, Fault> {
  readonly record: R;
  readonly faults: readonly Fault[];
}

/** A record beside the facts: a document of one collection. */
interface SavePlan<R, Fault> {
  readonly collection: DocumentCollection;
  readonly id: string;
  /** Whether the caller says that the record exists. */
  readonly isKnown: boolean;
  /** Makes the record from its latest version. Throws CONFLICT if the caller looked at an earlier one. */
  readonly plan: (before: StoredDocument | undefined) => PlannedRecord<R, Fault> | Promise<PlannedRecord<R, Fault>>;
}

/**
 * Saves a note, a view or an incident. If another save comes in between, plans again.
 *
 * Throws NOT_FOUND, CONFLICT, STORE_UNAVAILABLE, and the errors of the plan.
 */
export async function saveRecord<R, Fault>(
  asker: Asker,
  { collection, id, isKnown, plan }: SavePlan<R, Fault>,
): Promise<{ saved: StoredDocument | null; faults: readonly Fault[] }> {
  const { store } = asker.questions;
  for (let attempt = 1; ; attempt++) {
    const before = isKnown ? await store.findDocument(collection, id) : undefined;
    if (isKnown && before === undefined) {
      throw new ExposureError('NOT_FOUND', `There is no ${collection} "${id.slice(0, 80)}"; it may have been deleted.`);
    }
    const { record, faults } = await plan(before);
    if (faults.length > 0) return { saved: null, faults };
    try {
      return { saved: await store.saveDocument(collection, id, JSON.stringify(record), before?.version ?? 0), faults };
    } catch (error) {
      const isRace = error instanceof ExposureError && error.code === 'CONFLICT';
      if (!isRace || attempt >= maxAttempts) throw error;
    }
  }
}

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

export interface SavedView {
  readonly id: string;
  readonly view: View;
}

const toSavedView = ({ id, json }: StoredDocument): SavedView => ({ id, view: parseView(json) });

export async function findView(asker: Asker, id: string): Promise<SavedView | undefined> {
  const found = await asker.questions.store.findDocument('view', id);
  return found && toSavedView(found);
}

/** By name, then id. */
export async function listViews(asker: Asker): Promise<SavedView[]> {
  const views = (await asker.questions.store.listDocuments('view')).map(toSavedView);
  return views.sort((a, b) => compareCodePoints(a.view.name, b.view.name));
}

/** Saves a new view, or replaces one. A note that is left out stays. Throws NOT_FOUND (a view that does not exist), LIMIT_EXCEEDED, STORE_UNAVAILABLE. */
export async function saveView(
  asker: Asker,
  id: string,
  isKnown: boolean,
  { note, ...view }: Omit<View, 'note'> & { readonly note?: string | null | undefined },
): Promise<SavedView> {
  if (!isKnown && (await asker.questions.store.listDocuments('view')).length >= maxViews) {
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      `There are ${maxViews.toLocaleString('en-US')} saved views, which is the maximum. Delete one that nobody needs, then save again.`,
    );
  }
  const { saved } = await saveRecord<View, never>(asker, {
    collection: 'view',
    id,
    isKnown,
    plan: (before) => ({
      record: { ...view, note: note === undefined ? (before === undefined ? null : parseView(before.json).note) : note },
      faults: [],
    }),
  });
  return toSavedView(saved as StoredDocument);
}

/** Returns whether there was one. */
export function deleteView(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('view', id);
}
