import { compareCodePoints } from '../../domain/compare.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { View } from '../../domain/records/view.ts';
import { maxViews, parseView } from '../../domain/records/view.ts';
import type { StoredDocument } from '../../store/stored-document.ts';
import type { Asker } from '../asker.ts';
import { saveRecord } from './save-record.ts';

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
