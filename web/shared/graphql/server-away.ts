import { useSyncExternalStore } from 'react';

let isAway = false;
let check = () => {};
const listeners = new Set<() => void>();

/** Notes whether the server can be reached. The notice of the frame says so for the whole page. */
export function noteServerAway(isLost: boolean): void {
  if (isAway === isLost) return;
  isAway = isLost;
  for (const listener of listeners) listener();
}

/** Takes the server for away after a question without an answer, until the check of the page says otherwise. */
export function doubtServer(): void {
  if (isAway) return;
  noteServerAway(true);
  check();
}

/** Calls back to check at once whether the server can be reached. */
export function onServerDoubt(callback: () => void): void {
  check = callback;
}

/** Whether the server cannot be reached, as far as the page knows. */
export function useServerAway(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isAway,
  );
}
