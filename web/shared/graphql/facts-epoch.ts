import { useSyncExternalStore } from 'react';

let epoch = 0;
const listeners = new Set<() => void>();

/** Refetches every query on the screen. Call it after every write. */
export function factsChanged(): void {
  epoch += 1;
  for (const listener of listeners) listener();
}

/** A counter that rises with each write; a query that depends on it refetches. */
export function useFactsEpoch(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => epoch,
    () => epoch,
  );
}
