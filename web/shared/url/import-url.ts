import { id as idIn, readState, type StateOf, word, writeState } from './address-table.ts';
import { hrefOf } from './location.ts';
import { decodeSafely } from './params.ts';

export const IMPORT_STEPS = ['upload', 'list', 'questions', 'names', 'preview', 'commit'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

export const IMPORT = {
  /** Null: the step that matches the state of the import. */
  step: word('step', IMPORT_STEPS, null),
  show: word('show', ['changes', 'rejects'], 'changes'),
  /** The organization whose answer a new import takes; null: not stated. */
  respondent: idIn('respondent', 'organization'),
};

/** `/import` shows the drop zone and the history; `/import/ID` shows one import; `/import?respondent=ID` starts with the answer of an organization. */
export type ImportPlace = StateOf<typeof IMPORT> & { readonly id: string | null };

export function parseImportPlace(path: string, params: URLSearchParams): ImportPlace {
  const id = /^\/import\/([^/]+)$/.exec(path)?.[1];
  const place = readState(IMPORT, params);
  return id === undefined ? { ...place, id: null } : { ...place, id: decodeSafely(id), respondent: null };
}

export function importHref(id: string | null, step: ImportStep | null = null, show: ImportPlace['show'] = 'changes'): string {
  return id === null ? '/import' : hrefOf(`/import/${encodeURIComponent(id)}`, writeState(IMPORT, { step, show, respondent: null }));
}

/** The start of an import of an organization's own answer. */
export function answerHref(respondent: string): string {
  return `/import?${new URLSearchParams({ respondent })}`;
}
