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

/** ISO 3166-1 alpha-2 of a country, by its code or its name in English, German, French or Spanish; undefined for any other text. */
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
  for (const { code, name } of vocabularyRows('countries')) {
    if (code === nobodys) found.delete(toPlainCountry(name));
    else found.set(toPlainCountry(name), code);
  }
  return found;
}

/** The names in each language, by code. Loaded on demand: most commands read no country. */
function namesOfCountries(): [code: string, names: readonly string[]][] {
  const require = createRequire(import.meta.url);
  const languages: readonly Names[] = [
    require('i18n-iso-countries/langs/en.json'),
    require('i18n-iso-countries/langs/de.json'),
    require('i18n-iso-countries/langs/fr.json'),
    require('i18n-iso-countries/langs/es.json'),
  ];
  return languages
    .flatMap(({ countries }) => Object.entries(countries))
    .filter(([code]) => code !== notInIso)
    .map(([code, names]) => [code, [names].flat()]);
}
