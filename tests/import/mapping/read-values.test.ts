import { factFields } from '../../../server/domain/fact-fields.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { readDate } from '../../../server/import/mapping/values/read-dates.ts';
import { isEvidence, readAnswer, readNumber, readValue, unreadable } from '../../../server/import/mapping/values/read-values.ts';
import { describe, expect, it } from '../../support/test.ts';

const spec = (kind: FactKind, name: string) =>
  factFields[kind].find((field) => field.name === name) as (typeof factFields)[FactKind][number];
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('a date', () => {
  it.each([
    ['2025-03-04', '2025-03-04'],
    ['2025/3/4', '2025-03-04'],
    ['04.03.2025', '2025-03-04'],
    ['25/03/2025', '2025-03-25'],
    ['3/25/25', '2025-03-25'],
    ['March 4, 2025', '2025-03-04'],
    ['4. März 2025', '2025-03-04'],
    ['4 de marzo de 2025', '2025-03-04'],
    ['4 août 2025', '2025-08-04'],
    ['04-Mar-25', '2025-03-04'],
    ['45720', '2025-03-04'],
    ['3/3/2025', '2025-03-03'],
  ])('[I1] %s has one reading', (text, means) => {
    expect(readDate(text, null)).toEqual({ at: day(means) });
  });

  it('[I1] of ambiguous order is never guessed', () => {
    expect(readDate('03/04/2025', null)).toBe('OPEN_ORDER');
    expect(readDate('03/04/2025', 'DAY_FIRST')).toEqual({ at: day('2025-04-03') });
    expect(readDate('03/04/2025', 'MONTH_FIRST')).toEqual({ at: day('2025-03-04') });
  });

  it('[S1065] with a Japanese era has the year of the era', () => {
    const read = ['令和8年2月4日', '平成30年12月1日', '令和元年5月1日'].map((text) => readDate(text, null));
    expect(read).toEqual([{ at: day('2026-02-04') }, { at: day('2018-12-01') }, { at: day('2019-05-01') }]);
    for (const text of ['8年2月4日', '元年5月1日', '令和2026年2月4日', '令和8年13月1日']) expect(readDate(text, null)).toBe('UNREADABLE');
  });

  it('[I1] far in the future, or "open", means no end; "n/a" counts as empty', () => {
    for (const text of ['9999-12-31', '31.12.9999', 'open', 'Ongoing', 'unbefristet', 'indéterminée', 'indefinido'])
      expect(readDate(text, null)).toBe('NO_END');
    for (const text of ['', '-', 'N/A', 'unknown', 'unbekannt', 'TBD']) expect(readDate(text, null)).toBe('UNKNOWN');
    expect(readValue(spec('ENGAGEMENT', 'endsAt'), '9999-12-31', null)).toBeNull();
    expect(readValue(spec('ENGAGEMENT', 'endsAt'), 'n/a', null)).toBeUndefined();
  });

  it('[I1] as an end covers the whole day, and a month covers the whole month', () => {
    expect(readValue(spec('ENGAGEMENT', 'endsAt'), '2025-03-04', null)).toBe(day('2025-03-05'));
    expect(readValue(spec('ENGAGEMENT', 'endsAt'), 'Mar 2025', null)).toBe(day('2025-04-01'));
    for (const month of ['03/2025', '3-2025', '03.2025', '2025年3月'])
      expect(readValue(spec('ENGAGEMENT', 'endsAt'), month, null)).toBe(day('2025-04-01'));
    expect(readValue(spec('ENGAGEMENT', 'endsAt'), '2025', null)).toBe(day('2026-01-01'));
    expect(readValue(spec('ENGAGEMENT', 'startsAt'), '2025', null)).toBe(day('2025-01-01'));
    expect(readValue(spec('ENGAGEMENT', 'startsAt'), 'Mar 2025', null)).toBe(day('2025-03-01'));
  });
});

describe('a value', () => {
  it('[I2] unknown is not no, and only yes is evidence', () => {
    expect(['Yes', 'TRUE', 'ja', 'Oui', 'sí', '1'].map(readAnswer)).toEqual([true, true, true, true, true, true]);
    expect(['No', 'false', 'nein', '0'].map(readAnswer)).toEqual([false, false, false, false]);
    expect(['Unknown', 'N/A', '-', ''].map(readAnswer)).toEqual([undefined, undefined, undefined, undefined]);
    expect(['Yes', 'Certified', 'Type II', 'Yes (2024)'].map(isEvidence)).toEqual([true, true, true, true]);
    expect(['No', 'Partial', 'In progress', 'Unknown', 'N/A', '-', 'Planned Q3'].map(isEvidence)).toEqual(new Array(7).fill(false));
    expect(isEvidence('see notes')).toBe(unreadable);
  });

  it('[I2] numbers are read with their signs and separators if only one reading is possible', () => {
    expect(readNumber('$3,117,226')?.value).toBe(3_117_226);
    expect(readNumber('1.234.567,5 €')?.value).toBe(1_234_567.5);
    expect(readNumber('35%')?.value).toBe(0.35);
    expect(readNumber('$1.5M')?.value).toBe(1_500_000);
    expect(readNumber('1.234')).toBeUndefined();
    expect(readNumber('twelve')).toBeUndefined();
    expect(readValue(spec('ARTIFACT', 'valueHighUsd'), '5,000 €', null)).toBe(unreadable);
  });

  it('[I2] words of four languages mean the values of the field table', () => {
    expect(readValue(spec('ARTIFACT', 'type'), 'Preference scheme', null)).toBe('PREFERENCE_SCHEME');
    expect(readValue(spec('ORGANIZATION', 'roles'), 'Lab; Anbieter', null)).toEqual(['LAB', 'VENDOR']);
    expect(readValue(spec('ORGANIZATION', 'status'), 'inaktiv', null)).toBe('ENDED');
    for (const text of ['US', 'USA', 'United States', 'Vereinigte Staaten', 'États-Unis', 'Estados Unidos']) {
      expect(readValue(spec('ORGANIZATION', 'country'), text, null)).toBe('US');
    }
    expect(readValue(spec('ORGANIZATION', 'country'), 'EMEA', null)).toBe(unreadable);
  });
});
