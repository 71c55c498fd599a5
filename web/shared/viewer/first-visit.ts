/** Whether the sentences on the first radius are open or closed in this browser; null: nobody has been here yet. */
export type FirstVisit = 'open' | 'over' | null;

const storageKey = 'exposure-first-visit';

export function firstVisit(): FirstVisit {
  try {
    return localStorage.getItem(storageKey) as FirstVisit;
  } catch {
    // Without storage, each visit would be the first.
    return 'over';
  }
}

/** Call it only if `firstVisit` did not answer `over`: storage is then available. */
export function setFirstVisit(visit: 'open' | 'over'): void {
  localStorage.setItem(storageKey, visit);
}
