import { useLayoutEffect } from 'react';

/** How long the result may take to load. */
const PATIENCE_MS = 10_000;

/**
 * Moves the focus to the result of a search, or to what takes the place of a pressed button, once the page shows it: to the element with
 * `data-result={key}`. Gives up when the reader moves the focus, or after 10 seconds.
 *
 * @param key `organization:ID`, `artifact:ID`, `incident:ID`, `imports`, or a part of the page such as `what-if:actions`
 */
export function focusResult(key: string): void {
  const start = document.activeElement;
  const attempt = () => {
    const now = document.activeElement;
    const result = document.querySelector<HTMLElement>(`[data-result="${CSS.escape(key)}"]`);
    if (now !== start && now !== document.body) stop();
    else if (result !== null) {
      result.focus();
      stop();
    }
  };
  const observer = new MutationObserver(attempt);
  const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-result'] });
  requestAnimationFrame(attempt);
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

/** Whether nothing has the focus, as when the focused element has left the page. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
