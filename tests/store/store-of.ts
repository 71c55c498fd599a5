import type { FactStore } from '../../server/store/fact-store.ts';

/** Gives the store of the test that runs. */
export type StoreOf = () => FactStore;
