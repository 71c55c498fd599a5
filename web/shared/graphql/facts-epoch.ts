import { SharedValue, useShared } from '../ui/shared-value.ts';

const epoch = new SharedValue(0);

/** Refetches every query on the screen. Call it after every write. */
export const factsChanged = (): void => epoch.set(epoch.current + 1);

/** A counter that rises with each write; a query that depends on it refetches. */
export const useFactsEpoch = (): number => useShared(epoch);
