import { useEffect, useLayoutEffect, useRef } from 'react';

/** How long the result may take to load. A server answers within 10 seconds or refuses. */
const PATIENCE_MS = 30_000;

/** Ends the wait for the last result that `focusResult` was called with; null if no result is awaited. */
let stopWaiting: (() => void) | null = null;

/**
 * Moves the focus to the result of a search, or to what takes the place of a pressed button, once the page shows it: to the element with
 * `data-result={key}`. Gives up when the reader moves the focus, when another result is awaited, or after 30 seconds.
 *
 * @param key `organization:ID`, `artifact:ID`, `incident:ID`, `transfer:ID`, `engagement:ID`, `imports`, or a part of the page such as `what-if:actions`
 */
export function focusResult(key: string): void {
  stopWaiting?.();
  const start = document.activeElement;
  const attempt = () => {
    const now = document.activeElement;
    const result = document.querySelector<HTMLElement>(`[data-result="${CSS.escape(key)}"]`);
    if (now !== start && !isFocusLost()) stop();
    else if (result !== null) {
      result.focus();
      stop();
    }
  };
  const observer = new MutationObserver(attempt);
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const frame = requestAnimationFrame(attempt);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    if (stopWaiting === stop) stopWaiting = null;
  };
  stopWaiting = stop;
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-result'] });
}

/**
 * Moves the focus back to where it was before a dialog opened, once the dialog is closed or removed. Mantine does so only for a dialog that
 * was on the page before it opened. A focus that is elsewhere by then stays there.
 */
export function useFocusBack(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const before = document.activeElement;
    return () => {
      // The dialog may stay for the time of its transition, and what closed it may move the focus itself.
      setTimeout(() => {
        const isInDialog = document.activeElement?.closest('[role="dialog"]') != null;
        if ((isFocusLost() || isInDialog) && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    };
  }, [isOpen]);
}

/** The time in which an act itself may move the focus. */
const KEPT_AFTER_MS = 100;

/**
 * While a view is shown, the focus never falls to the page: where the focused element has left it, the focus goes to what `find` finds. While
 * `focusResult` waits for its result, the focus is kept for that result, however late it comes.
 */
export function useFocusKept(find: () => HTMLElement | null): void {
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    let last = document.activeElement;
    const note = () => {
      if (!isFocusLost()) last = document.activeElement;
    };
    const isGone = () => isFocusLost() && last !== null && !last.isConnected;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = () => {
      timer = undefined;
      if (!isGone()) return;
      if (stopWaiting === null) latest.current()?.focus({ preventScroll: true });
      else later();
    };
    const later = () => {
      timer ??= setTimeout(check, KEPT_AFTER_MS);
    };
    const observer = new MutationObserver(() => isGone() && later());
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', note);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      document.removeEventListener('focusin', note);
    };
  }, []);
}

/** Whether nothing has the focus, as when the focused element has left the page, or the content as a whole, which stands in for it. */
export function isFocusLost(): boolean {
  const now = document.activeElement;
  return now === null || now === document.body || now.id === 'page';
}
