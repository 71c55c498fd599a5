import { readInstant } from './params.ts';

/** The instant as of whose records the page answers; null: now. It stands in the address of every view. */
export function readKnownAt(): string | null {
  return typeof window === 'undefined' ? null : readInstant(new URLSearchParams(window.location.search).get('knownAt'));
}

/** The name of the parameter, in the page's addresses and in those of exports. */
const NAME = 'redact';
const NAMES = 'names';

export const REDACT_HEADER = { 'X-Exposure-Redact': NAMES } as const;

/** Whether names are hidden: the address of every view says so. */
export function isRedacting(): boolean {
  return typeof window !== 'undefined' && new URLSearchParams(window.location.search).get(NAME) === NAMES;
}

/** The address of an export with the same names hidden as on the page. */
export function exportHref(href: string): string {
  return isRedacting() ? `${href}${href.includes('?') ? '&' : '?'}${NAME}=${NAMES}` : href;
}
