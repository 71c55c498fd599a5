import { vocabularyRows } from './vocabulary-rows.ts';

/** Where a legal form is looked for, in legal-forms.csv. README.md explains each use. */
export const legalFormUses = ['END', 'FRONT', 'LISTED', 'COMMA', 'GLUED'] as const;

/** The legal forms of a use, as they stand in legal-forms.csv, in its order. */
export function legalFormsOf(use: (typeof legalFormUses)[number]): string[] {
  return vocabularyRows('legal-forms').flatMap((row) => (row.use === use ? [row.form] : []));
}
