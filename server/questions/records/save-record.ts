import { ExposureError } from '../../domain/errors.ts';
import type { DocumentCollection, StoredDocument } from '../../store/stored-document.ts';
import type { Asker } from '../asker.ts';

/** Attempts to save a record while others save it too. */
const maxAttempts = 50;

/** The record to save. If it has faults, nothing is saved. */
export interface PlannedRecord<R, Fault> {
  readonly record: R;
  readonly faults: readonly Fault[];
}

/** A record beside the facts: a document of one collection. */
export interface SavePlan<R, Fault> {
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
