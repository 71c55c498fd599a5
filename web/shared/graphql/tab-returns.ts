import { useEffect, useSyncExternalStore } from 'react';

let count = 0;
let isAway = document.hidden || !document.hasFocus();
const listeners = new Set<() => void>();

function leave(): void {
  isAway = true;
}

function comeBack(): void {
  if (!isAway || document.hidden) return;
  isAway = false;
  count += 1;
  for (const listener of listeners) listener();
}

window.addEventListener('blur', leave);
window.addEventListener('focus', comeBack);
document.addEventListener('visibilitychange', () => (document.hidden ? leave() : comeBack()));

/** Calls back when the reader comes back to this tab. @returns a function that ends it */
export function onTabReturn(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A counter that rises when the reader comes back to this tab: for what changes without a new revision, such as drafts. */
export function useTabReturns(): number {
  return useSyncExternalStore(onTabReturn, () => count);
}

/** Calls back when the reader comes back to this tab. */
export function useTabReturn(callback: () => void): void {
  useEffect(() => onTabReturn(callback), [callback]);
}
