import anyAscii from 'any-ascii';
import { isLegalForm, toInitials } from '../domain/names/plain-name.ts';

/** A searchable text of an organization besides its name, id and aliases. */
export interface FurtherText {
  /** `software`: a product of another organization that this one runs. `id`: a merged id that means this one. */
  readonly field: 'attribute' | 'software' | 'id';
  readonly text: string;
}

export interface SearchField {
  readonly name: 'name' | 'alias' | 'id' | 'contactEmail' | 'note' | 'subject' | 'summary' | 'package' | 'version' | FurtherText['field'];
  /** Folded. */
  readonly text: string;
  /** "aws" also finds "Amazon Web Services, Inc.". Only names and aliases have initials; '' if there are none. */
  readonly initials: string;
}

/** A record that a search can find. */
export interface Searchable {
  readonly kind:
    | 'organization'
    | 'artifact'
    | 'incident'
    | 'view'
    | 'transfer'
    | 'engagement'
    | 'softwareList'
    | 'advisory'
    | 'package'
    | 'value';
  /** The index of a fact of the projection, or the position of any other record in its list. */
  readonly index: number;
  readonly fields: readonly SearchField[];
  /** Breaks ties. */
  readonly name: string;
  readonly id: string;
}

/** The text of a search. A record must match every word except legal forms. A matching legal form only raises its rank. */
export interface TypedText {
  readonly text: string;
  readonly words: readonly string[];
  readonly legalForms: readonly string[];
}

/** The number of records that one step folds or compares. */
export const stepSize = 50;

export function toSearchable(
  kind: Searchable['kind'],
  index: number,
  id: string,
  name: string,
  more: readonly SearchField[] = [],
): Searchable {
  return { kind, index, id, name, fields: [toField('name', name), toField('id', id), ...more] };
}

export function toField(name: SearchField['name'], original: string): SearchField {
  const text = fold(original);
  const hasInitials = name === 'name' || name === 'alias';
  const initials = hasInitials ? toInitials(splitWords(text).filter((word) => !isLegalForm(word))) : undefined;
  return { name, text, initials: initials ?? '' };
}

/** Lower case, without accents, in Latin letters, on one line. */
function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: most names are ASCII throughout and need no folding.
  const latin = /^[\x00-\x7f]*$/.test(text) ? text : anyAscii(text);
  return latin.toLowerCase().replaceAll('\n', ' ').trim();
}

/** Runs of letters and digits. */
export function splitWords(text: string): string[] {
  return text.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** The words of a text, and then all of them as one, if there are several: "quillmark" also finds "Quill Mark". */
export function withJoined(words: readonly string[]): readonly string[] {
  return words.length > 1 ? [...words, words.join('')] : words;
}

/** Splits the text of a search into words. A text of only legal forms or only punctuation is searched as it is. */
export function readTyped(original: string): TypedText {
  const text = fold(original);
  const parts = text.split(/\s+/).filter((part) => part !== '');
  const legalForms = parts.filter(isLegalForm);
  const words = parts.filter((part) => !isLegalForm(part)).flatMap(splitWords);
  if (words.length > 0) return { text, words, legalForms };
  const all = splitWords(text);
  return { text, words: all.length > 0 ? all : [text].filter((word) => word !== ''), legalForms: [] };
}
