import { readInstant } from './params.ts';

/** The instant as of whose records the page answers; null: now. It stands in the address of every view. */
export function readKnownAt(): string | null {
  return typeof window === 'undefined' ? null : readInstant(new URLSearchParams(window.location.search).get('knownAt'));
}
