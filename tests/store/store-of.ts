import type { FactStore } from '../../server/store/fact-store.ts';

/** Returns the store of the running test. */
export type StoreOf = () => FactStore;
