import { useEffect } from 'react';
import { SharedValue, useShared } from '../ui/shared-value.ts';

const returns = new SharedValue(0);
let isAway = document.hidden || !document.hasFocus();

function leave(): void {
  isAway = true;
}

function comeBack(): void {
  if (!isAway || document.hidden) return;
  isAway = false;
  returns.set(returns.current + 1);
}

window.addEventListener('blur', leave);
window.addEventListener('focus', comeBack);
document.addEventListener('visibilitychange', () => (document.hidden ? leave() : comeBack()));

/** Calls back when the reader comes back to this tab. @returns a function that ends it */
export const onTabReturn = returns.subscribe;

/** A counter that rises when the reader comes back to this tab: for what changes without a new revision, such as drafts. */
export const useTabReturns = (): number => useShared(returns);

/** Calls back when the reader comes back to this tab. */
export function useTabReturn(callback: () => void): void {
  useEffect(() => onTabReturn(callback), [callback]);
}
