import { useEffect, useState } from 'react';

const SLOW_MS = 1000;
const QUICK_MS = 200;

/** Whether a task has been running for longer than `patienceMs`. */
export function useSlow(isGoingOn: boolean, patienceMs = SLOW_MS): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isGoingOn) return;
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isGoingOn, patienceMs]);
  return isSlow;
}

/** Whether the picture before an answer is to be marked as not current. A quick answer marks nothing: it would flicker and be drawn twice. */
export function useStaleMark(isStale: boolean): boolean {
  return useSlow(isStale, QUICK_MS);
}
