import { cacheReadings } from './cache-readings.ts';

const languages = ['en', 'de', 'fr', 'es'] as const;

/** Names that are missing from standard tables. */
const others: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  'united states of america': 'US',
  'vereinigte staaten von amerika': 'US',
  'etats unis d amerique': 'US',
  'ee uu': 'US',
  eeuu: 'US',
  uk: 'GB',
  'u k': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  grossbritannien: 'GB',
  'grande bretagne': 'GB',
  'gran bretana': 'GB',
  'republic of ireland': 'IE',
  korea: 'KR',
  'republic of korea': 'KR',
  'south korea': 'KR',
  'czech republic': 'CZ',
  tschechien: 'CZ',
  'the netherlands': 'NL',
  holland: 'NL',
  turkey: 'TR',
  uae: 'AE',
  'hong kong': 'HK',
  'hong kong sar': 'HK',
  taiwan: 'TW',
  russia: 'RU',
  vietnam: 'VN',
  'viet nam': 'VN',
};

let codes: ReadonlyMap<string, string> | undefined;

/** ISO 3166-1 alpha-2 of a country, by its code or its name in English, German, French or Spanish; undefined for any other text. */
export const findCountry: (text: string) => string | undefined = cacheReadings((text) => {
  codes ??= buildCodes();
  // The register of information writes eba_GA:DE.
  return codes.get(toPlain(text.replace(/^eba_GA:/i, '')));
});

function toPlain(text: string): string {
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
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (let first = 65; first <= 90; first++) {
      for (let second = 65; second <= 90; second++) {
        const code = String.fromCharCode(first, second);
        if (notCountries.has(code)) continue;
        const name = names.of(code);
        if (name === undefined) continue;
        found.set(toPlain(name), code);
        found.set(code.toLowerCase(), code);
      }
    }
  }
  for (const [name, code] of Object.entries(others)) found.set(name, code);
  return found;
}

/** Codes with a name that are not countries: unions, reserved codes and former codes. */
const notCountries = new Set('EU EZ UN XA XB XK ZZ UK AN BU CS DD FX NT QO SU TP YD YU ZR AC CP DG EA IC TA CQ'.split(' '));
