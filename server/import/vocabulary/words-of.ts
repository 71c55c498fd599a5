import { vocabularyRows } from './vocabulary-rows.ts';

/** What words of lists are used for, in words.csv. README.md explains each use. */
export const wordUses = [
  'PRIVATE',
  'VAGUE',
  'FILLER',
  'CONTROL_FILLER',
  'NO_MISSPELLING',
  'VENDOR_LIST',
  'OTHER_REGISTER',
  'LIST',
  'JOINING',
  'CLIENT_NAME',
  'NO_LAB',
  'AFFILIATE',
  'NO_NAME',
] as const;

/** The words of a use, as they stand in words.csv, in its order. */
export function wordsOf(use: (typeof wordUses)[number]): string[] {
  return vocabularyRows('words').flatMap((row) => (row.use === use ? [row.words] : []));
}
