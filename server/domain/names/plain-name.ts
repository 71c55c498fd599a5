import { fromVocabulary, legalFormsOf } from '../../import/vocabulary/vocabulary-rows.ts';

/** Legal forms at the end of names, without dots; those of several words also without spaces. */
const legalForms = fromVocabulary(() => {
  const forms = legalFormsOf('END').map((form) => foldAccents(form).split(/\s+/).map(withoutSigns));
  const joined = (some: readonly string[][]) => new Set(some.map((words) => words.join('')));
  return { single: joined(forms.filter(({ length }) => length === 1)), spaced: joined(forms.filter(({ length }) => length > 1)) };
});
/** The legal forms in force, as one text: with others, other names are alike. */
export function listLegalForms(): string {
  const { single, spaced } = legalForms();
  return [...single, ...spaced].sort().join('\n');
}

/** The most words of a legal form. */
export const mostWords = 5;

/** Base letters that Unicode normalization does not find. */
const foldedLetters: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ŧ: 't', ı: 'i' };

/**
 * A name without case, accents and legal form, so that spellings of one organization's name compare equal (semantics §9). "Älpha,
 * Inc." and "ALPHA GmbH & Co. KG" both become "alpha". A name that is only a legal form keeps it.
 */
export function toPlainName(name: string): string {
  const words = foldAccents(name).split(/\s+/).filter(isNotEmpty);
  return words
    .slice(0, countOwnWords(words))
    .join(' ')
    .replace(/[,;]+$/, '');
}

/** A name as written, without its legal form: "Älpha, Inc." becomes "Älpha,". A name that is only a legal form keeps it. */
export function withoutLegalForm(name: string): string {
  const words = name.split(/\s+/).filter(isNotEmpty);
  return words.slice(0, countOwnWords(words.map(foldAccents))).join(' ');
}

const isNotEmpty = (word: string) => word !== '';

/** The number of words before the legal form. @param words folded */
function countOwnWords(words: readonly string[]): number {
  let end = words.length;
  for (let length = countLegalForm(words, end); length > 0; length = countLegalForm(words, end)) {
    end -= length;
    // Removes the joining word too: "& Co.", "and Company".
    while (end > 1 && /^(&|\+|and|und|et|y)$/.test(words[end - 1] as string)) end--;
  }
  return end;
}

/** Lower case, without accents. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøłđħŧı]/g, (letter) => foldedLetters[letter] as string);
}

/** The number of words before `end` that form a legal form. 0 if there is none, or if no other word would remain. */
function countLegalForm(words: readonly string[], end: number): number {
  const { spaced } = legalForms();
  for (let length = Math.min(mostWords, end - 1); length > 1; length--) {
    if (spaced.has(withoutSigns(words.slice(end - length, end).join('')))) return length;
  }
  return end > 1 && isLegalForm(words[end - 1] as string) ? 1 : 0;
}

/** Whether a folded word is a legal form: "inc.", "l.l.c.", "a/s,". */
export function isLegalForm(word: string): boolean {
  return legalForms().single.has(withoutSigns(word));
}

function withoutSigns(text: string): string {
  return text.replace(/[.,/()]/g, '');
}

const smallWord = /^(?:and|of|the|for|de|der|und|et|y|la|le)$/;

/** "aws" for Amazon Web Services; undefined below three words. Small words such as "of" do not count. @param words in lower case */
export function toInitials(words: readonly string[]): string | undefined {
  const telling = words.filter((word) => !smallWord.test(word));
  return telling.length < 3 ? undefined : telling.map((word) => word[0]).join('');
}

/** The host of a website without `www.` (semantics §9). Undefined if the text is not the address of a site. */
export function findDomain(website: string | null): string | undefined {
  if (website === null) return undefined;
  const address = website.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.replace(/\.$/, '').replace(/^www\./, '');
  // A host without a dot, such as "none", is not a site.
  return host.includes('.') ? host : undefined;
}
