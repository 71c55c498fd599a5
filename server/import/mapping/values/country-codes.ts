import { createRequire } from 'node:module';
import { fromVocabulary, vocabularyRows } from '../../vocabulary/vocabulary-rows.ts';
import { cacheReadings } from './cache-readings.ts';

interface Names {
  readonly countries: Readonly<Record<string, string | readonly string[]>>;
}

/** Kosovo's code: in use, and not in ISO 3166-1. */
const notInIso = 'XK';
/** In countries.csv, the code of a name that several countries have. */
const nobodys = '-';

/** ISO 3166-1 alpha-2 of a country, by its code or its name in one of nine languages; undefined for any other text. */
export function findCountry(text: string): string | undefined {
  return reader()(text);
}

const reader = fromVocabulary(() => {
  const codes = buildCodes();
  // The register of information writes eba_GA:DE.
  return cacheReadings((text) => codes.get(toPlainCountry(text.replace(/^eba_GA:/i, ''))));
});

export function toPlainCountry(text: string): string {
  return text
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

function buildCodes(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [code, names] of namesOfCountries()) {
    found.set(code.toLowerCase(), code);
    for (const name of names) found.set(toPlainCountry(name), code);
  }
  addFurtherNames(found);
  for (const { code, name } of vocabularyRows('countries')) {
    if (code === nobodys) found.delete(toPlainCountry(name));
    else found.set(toPlainCountry(name), code);
  }
  return found;
}

/** Adds names in languages that a list may be in without a page of ours in them. A name of two countries is none. */
function addFurtherNames(found: Map<string, string>): void {
  const further = new Map<string, string>();
  for (const [code, names] of namesIn(['pt', 'pl', 'ru', 'ja', 'zh'])) {
    for (const name of names.map(toPlainCountry)) {
      const other = further.get(name);
      further.set(name, other === undefined || other === code ? code : nobodys);
    }
  }
  for (const [name, code] of further) if (code !== nobodys && !found.has(name)) found.set(name, code);
}

/** The names in each language, by code. Loaded on demand: most commands read no country. */
function namesOfCountries(): [code: string, names: readonly string[]][] {
  return namesIn(['en', 'de', 'fr', 'es']);
}

/** The lists of names, by language. */
const lists: Readonly<Record<string, (require: NodeJS.Require) => Names>> = {
  en: (require) => require('i18n-iso-countries/langs/en.json'),
  de: (require) => require('i18n-iso-countries/langs/de.json'),
  fr: (require) => require('i18n-iso-countries/langs/fr.json'),
  es: (require) => require('i18n-iso-countries/langs/es.json'),
  pt: (require) => require('i18n-iso-countries/langs/pt.json'),
  pl: (require) => require('i18n-iso-countries/langs/pl.json'),
  ru: (require) => require('i18n-iso-countries/langs/ru.json'),
  ja: (require) => require('i18n-iso-countries/langs/ja.json'),
  zh: (require) => require('i18n-iso-countries/langs/zh.json'),
};

function namesIn(languages: readonly string[]): [code: string, names: readonly string[]][] {
  const require = createRequire(import.meta.url);
  return languages
    .flatMap((language) => lists[language]?.(require) ?? [])
    .flatMap(({ countries }) => Object.entries(countries))
    .filter(([code]) => code !== notInIso)
    .map(([code, names]) => [code, [names].flat()]);
}
