import { SharedValue, useShared } from '../ui/shared-value.ts';

const away = new SharedValue(false);
let check = () => {};

/** Notes whether the server can be reached. The notice of the frame says so for the whole page. */
export const noteServerAway = (isAway: boolean): void => away.set(isAway);

/** Takes the server for away after a question without an answer, until the check of the page says otherwise. */
export function doubtServer(): void {
  if (away.current) return;
  away.set(true);
  check();
}

/** Calls back to check at once whether the server can be reached. */
export function onServerDoubt(callback: () => void): void {
  check = callback;
}

/** Whether the server cannot be reached, as far as the page knows. */
export const useServerAway = (): boolean => useShared(away);
