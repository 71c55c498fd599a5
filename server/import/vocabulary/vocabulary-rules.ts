import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { mostWords } from '../../domain/names/plain-name.ts';
import { conceptNames, concepts, controlOfHeader, namedConceptsOf, privateHeaders } from '../mapping/column-synonyms.ts';
import { findCountry, toPlainCountry } from '../mapping/values/country-codes.ts';
import { toDateText } from '../mapping/values/read-dates.ts';
import { toPlainPhrase } from '../mapping/values/read-values.ts';
import { brandRelations, familyOf, keyOfBrand } from '../matching/brand-families.ts';
import { findNearest } from '../rows/find-nearest.ts';
import { legalFormUses } from './legal-forms-of.ts';
import type { VocabularyFile, VocabularyRow } from './vocabulary-rows.ts';
import { wordUses } from './words-of.ts';

/** The rule of a row in a vocabulary file. */
interface RowRule<F extends VocabularyFile> {
  /** What is wrong with the row, and the way out: a sentence without its point. Undefined for a row that is right. */
  readonly fault: (row: VocabularyRow<F>) => string | undefined;
  /** A text that may mean one thing only, and what the row makes of it. Undefined: the text may mean several things. */
  readonly claim?: (row: VocabularyRow<F>) => readonly [text: string, meaning: string];
}

const dateMeanings = [...Array.from({ length: 12 }, (_, month) => String(month + 1)), 'NO_END', 'UNKNOWN', 'SKIP'];
/** Columns of answers, and of evidence of controls, have words of their own. */
const valuesBesideFields: Readonly<Record<string, readonly string[]>> = { answer: ['YES', 'NO'], evidence: ['NONE', 'LIMITED', 'GIVEN'] };

/**
 * The rules of the vocabulary's rows, by file. A row may add a text, and give none of ours another meaning: such a row would take away what lists of
 * today are recognized by.
 */
export const vocabularyRules: { readonly [F in VocabularyFile]: RowRule<F> } = {
  headers: {
    fault: ({ concept, header }) => {
      const [kind = '', field = ''] = concept.split('.');
      const named = namedConceptsOf(kind, field);
      if (named.length > 0) return `"${concept}" has a concept of its own; write ${listOf(named)}`;
      return (
        refuseUnknown('concept', concept, conceptNames()) ??
        refuseEmpty(header, toPlainHeader(header)) ??
        refuseTaken(header, controlOfHeader().get(toPlainHeader(header)), 'names the control') ??
        (privateHeaders().has(toPlainHeader(header)) ? `"${header}" is left out as private data; leave the row out` : undefined)
      );
    },
  },
  controls: {
    fault: ({ control, header }) =>
      (/^[A-Z][A-Z0-9_]{1,59}$/.test(control)
        ? undefined
        : `"${control}" is no name of a control; write 2 to 60 capitals, digits and _, such as ISO_27001`) ??
      refuseEmpty(header, toPlainHeader(header)) ??
      refuseTaken(header, conceptOfHeader(header), 'names the concept'),
    claim: ({ control, header }) => [toPlainHeader(header), control],
  },
  words: {
    fault: ({ use, words }) =>
      refuseUnknown('use', use, wordUses) ??
      (use === 'NO_NAME' ? undefined : refuseEmpty(words, toPlainHeader(words))) ??
      (use === 'PRIVATE' ? refuseTaken(words, conceptOfHeader(words), 'names the concept') : undefined),
  },
  values: {
    fault: ({ field, value, phrase }) => {
      const values = valuesByField();
      return (
        refuseUnknown('field with phrases', field, [...values.keys()]) ??
        refuseUnknown(`value of ${field}`, value, values.get(field) ?? []) ??
        refuseEmpty(phrase, field === 'evidence' ? toPlainHeader(phrase) : toPlainPhrase(phrase)) ??
        refuseTaken(
          phrase,
          values.get(field)?.find((one) => one !== value && toPlainHeader(one) === toPlainHeader(phrase)),
          'means',
        )
      );
    },
    claim: ({ field, value, phrase }) => [`${field} ${toPlainPhrase(phrase)}`, value],
  },
  dates: {
    fault: ({ meaning, words }) => {
      const isOneWord = /^\p{L}+$/u.test(toDateText(words));
      return (
        refuseUnknown('meaning', meaning, dateMeanings) ??
        (isOneWord || meaning === 'NO_END' || meaning === 'UNKNOWN'
          ? undefined
          : `"${words}" is not one word of letters; write the name of a month, or a word that dates have beside it`)
      );
    },
    claim: ({ meaning, words }) => [toDateText(words), meaning],
  },
  'legal-forms': {
    fault: ({ use, form }) =>
      refuseUnknown('use', use, legalFormUses) ??
      (/\p{L}/u.test(form) ? undefined : `"${form}" has no letter; write a legal form such as Oyj`) ??
      (form.split(/\s+/).length > mostWords ? `"${form}" has more than ${mostWords} words; write the shorter form` : undefined),
  },
  brands: {
    fault: ({ name, relation, other, source }) =>
      refuseUnknown('relation', relation, Object.keys(brandRelations)) ??
      [name, other].map((text) => refuseEmpty(text, keyOfBrand(text))).find((fault) => fault !== undefined) ??
      (keyOfBrand(name) === keyOfBrand(other) ? `"${name}" and "${other}" are one name; write two` : undefined) ??
      refuseTaken(name, familyOf(keyOfBrand(name))?.evidence, '') ??
      (relation !== 'PARENT' && isBrand(other) ? `"${other}" has rows of its own; write it as the name, with PARENT` : undefined) ??
      (/^https?:\/\/\S+$/.test(source)
        ? undefined
        : `"${source}" is no address; write the page that says so, such as https://example.org/about`),
    claim: ({ name, relation, other }) =>
      relation === 'PARENT'
        ? [`the owner of ${keyOfBrand(name)}`, keyOfBrand(other)]
        : [keyOfBrand(other), `a name of ${keyOfBrand(name)}`],
  },
  countries: {
    fault: ({ code, name }) => {
      if (code !== '-' && (!/^[A-Z]{2}$/.test(code) || findCountry(code) !== code))
        return `"${code}" is no code of ISO 3166-1; write two capitals, such as DE`;
      const known = findCountry(name);
      return refuseEmpty(name, toPlainCountry(name)) ?? (known === code ? undefined : refuseTaken(name, known, 'means'));
    },
    claim: ({ code, name }) => [toPlainCountry(name), code],
  },
};

function valuesByField(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>(Object.entries(valuesBesideFields));
  for (const spec of Object.values(factFields).flat()) if (spec.type === 'enum' || spec.type === 'enums') found.set(spec.name, spec.values);
  return found;
}

/** Whether a name is the main name of a family of ours. */
function isBrand(name: string): boolean {
  const family = familyOf(keyOfBrand(name));
  return family !== undefined && family.evidence === undefined;
}

function conceptOfHeader(header: string): string | undefined {
  const plain = toPlainHeader(header);
  return [...concepts()].find(([, { headers }]) => headers.includes(plain))?.[0];
}

function refuseUnknown(what: string, given: string, known: readonly string[]): string | undefined {
  if (known.includes(given)) return undefined;
  const nearest = findNearest(given, known);
  return `"${given}" is no ${what}; ${nearest === undefined ? `write ${listOf(known)}` : `did you mean ${nearest}?`}`;
}

function refuseEmpty(text: string, plain: string): string | undefined {
  return plain === '' ? `"${text}" has no letter or digit; write a text that has one` : undefined;
}

function refuseTaken(text: string, meaning: string | undefined, verb: string): string | undefined {
  return meaning === undefined ? undefined : `"${text}" ${verb} ${meaning} already; leave the row out`.replace('  ', ' ');
}

function listOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
