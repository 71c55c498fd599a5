import { useSyncExternalStore } from 'react';

let epoch = 0;
const listeners = new Set<() => void>();

/** To be called after every write: all questions on the screen are asked again. */
export function factsChanged(): void {
  epoch += 1;
  for (const listener of listeners) listener();
}

/** Rises with each write of this page; a question that depends on it is asked again. */
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
