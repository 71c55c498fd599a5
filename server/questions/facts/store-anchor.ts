import type { FactStore } from '../../store/fact-store.ts';

type History = Pick<FactStore, 'readRevision' | 'readFingerprint'>;

/** A revision of a store with the fingerprint of its history. What was read from the store since then is kept only while both belong together. */
export interface StoreAnchor {
  readonly revision: number;
  readonly fingerprint: string;
}

/** The store as it is now; undefined if it has no fingerprint. */
export async function readAnchor(store: History): Promise<StoreAnchor | undefined> {
  const revision = await store.readRevision();
  const fingerprint = await store.readFingerprint(revision);
  return fingerprint === undefined ? undefined : { revision, fingerprint };
}

/** Whether the store still has the history of the anchor. An erasure, also by another program, gives it another one. Without an anchor: false. */
export async function hasHistoryOf(store: History, anchor: StoreAnchor | undefined): Promise<boolean> {
  return anchor !== undefined && (await store.readFingerprint(anchor.revision)) === anchor.fingerprint;
}
