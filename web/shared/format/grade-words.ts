import type { SoftwareGrade } from '../generated/operations.ts';

/** Each grade in two words (semantics §13.3). */
export const GRADE_WORDS: Readonly<Record<SoftwareGrade, string>> = {
  PRESENT: 'Present',
  PRESENT_UNDATED: 'Present, undated',
  VERSION_UNKNOWN: 'Version unknown',
  BETWEEN_LISTS: 'Between lists',
  NAME_ONLY: 'Name only',
  RULED_OUT_BY_LISTS: 'Ruled out',
  NO_LIST: 'No list',
};
