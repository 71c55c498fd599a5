import { readWord } from './params.ts';

export const IMPORT_STEPS = ['upload', 'list', 'questions', 'names', 'preview', 'commit'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** `/import` shows the drop zone and the history; `/import/ID` shows one import; `/import?respondent=ID` starts with the answer of an organization. */
export interface ImportPlace {
  readonly id: string | null;
  /** Null: the step that matches the state of the import. */
  readonly step: ImportStep | null;
  readonly show: 'changes' | 'rejects';
  /** The organization whose answer a new import takes; null: not stated. */
  readonly respondent: string | null;
}

export function parseImportPlace(path: string, params: URLSearchParams): ImportPlace {
  const id = /^\/import\/([^/]+)$/.exec(path)?.[1];
  return {
    id: id === undefined ? null : decodeSafely(id),
    step: readWord(params, 'step', IMPORT_STEPS),
    show: readWord(params, 'show', ['changes', 'rejects'] as const) ?? 'changes',
    respondent: id === undefined ? params.get('respondent') : null,
  };
}

export function importHref(id: string | null, step: ImportStep | null = null, show: ImportPlace['show'] = 'changes'): string {
  if (id === null) return '/import';
  const params = new URLSearchParams();
  if (step !== null) params.set('step', step);
  if (show !== 'changes') params.set('show', show);
  const query = params.toString();
  return `/import/${encodeURIComponent(id)}${query === '' ? '' : `?${query}`}`;
}

/** The start of an import of an organization's own answer. */
export function answerHref(respondent: string): string {
  return `/import?${new URLSearchParams({ respondent })}`;
}

/** Keeps a malformed id as it is; no import has it, so the page shows that it was not found. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
