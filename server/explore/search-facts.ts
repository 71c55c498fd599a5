import { compareCodePoints, firstIndex } from '../domain/compare.ts';
import { sortById } from '../projection/columns/order-rows.ts';
import type { TextColumn } from '../projection/columns/text-column.ts';
import type { Projection } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';
import type { Searchable } from './searchable.ts';
import { readTyped, stepSize, toField, toSearchable } from './searchable.ts';

/** A text that several facts share, with their number. */
export interface SharedValue {
  readonly kind: 'CHANNEL' | 'COUNTRY';
  readonly value: string;
  readonly count: number;
}

/** The most transfers and engagements whose ids begin with the text. */
const mostOfPrefix = 100;

/**
 * The transfers and engagements that a text may mean: by the beginning of their id, as typed, in capitals or in small letters; engagements by
 * a word of their service too. These are few, so a search ranks them one by one.
 *
 * Complexity: O(log transfers + engagements).
 */
export function* findFactsOfText(projection: Projection, text: string, hasTransfers: boolean): Steps<Searchable[]> {
  const { engagements } = projection;
  const found = new Map<string, Searchable>();
  const add = (kind: 'transfer' | 'engagement', index: number, id: string, name: string) => {
    const key = `${kind} ${index}`;
    if (!found.has(key)) found.set(key, toSearchable(kind, index, id, name));
  };
  for (const prefix of spellingsOf(text)) {
    if (hasTransfers)
      for (const index of transfersWithPrefix(projection, prefix)) add('transfer', index, projection.transfers.id.get(index), '');
    for (const index of withPrefix(engagements.id, prefix, (place) => place))
      add('engagement', index, engagements.id.get(index), engagements.service.get(index) ?? '');
  }
  const { words } = readTyped(text);
  for (let index = 0; index < engagements.count; index++) {
    if (index % stepSize === 0) yield;
    const service = engagements.service.get(index);
    if (service === null || !words.some((word) => service.toLowerCase().includes(word))) continue;
    add('engagement', index, engagements.id.get(index), service);
  }
  return [...found.values()];
}

function spellingsOf(text: string): ReadonlySet<string> {
  const trimmed = text.trim();
  return new Set([trimmed, trimmed.toUpperCase(), trimmed.toLowerCase()].filter((prefix) => prefix !== ''));
}

/** The first transfers whose ids begin so, by id: the first ones of all parts' first ones. */
function transfersWithPrefix({ memory, transfers }: Projection, prefix: string): Int32Array {
  const found: number[] = [];
  for (const [place, { idOrder, transfers: ofPart }] of memory.parts.entries()) {
    const [first] = transfers.ranges[place] as readonly [number, number];
    for (const row of withPrefix(ofPart.id, prefix, (at) => idOrder[at] as number)) found.push(first + row);
  }
  return sortById(transfers, found).subarray(0, mostOfPrefix);
}

/** The first records whose ids begin so. @param rowAt the record at a place in the order of ids */
function* withPrefix(ids: TextColumn, prefix: string, rowAt: (place: number) => number): Generator<number> {
  const first = firstIndex(ids.length, (place) => compareCodePoints(ids.get(rowAt(place)), prefix) >= 0);
  for (let place = first; place < Math.min(ids.length, first + mostOfPrefix); place++) {
    const row = rowAt(place);
    if (!ids.get(row).startsWith(prefix)) return;
    yield row;
  }
}

/**
 * The channels of transfers and the countries of organizations, with the number of facts that have each. Channels by value, then countries by first use.
 *
 * @param hasTransfers false: the projection holds no transfers, so no channel is listed
 */
export function* listSharedValues(projection: Projection, hasTransfers: boolean): Steps<SharedValue[]> {
  const { organizations } = projection;
  const counts = new Map<string, number>();
  for (const [first, end] of hasTransfers ? projection.transfers.ranges : []) {
    for (let i = first; i < end; i++) {
      const channel = projection.transfers.channel.get(i);
      if (channel !== null) counts.set(channel, (counts.get(channel) ?? 0) + 1);
    }
    yield;
  }
  const values: SharedValue[] = [...counts]
    .map(([value, count]): SharedValue => ({ kind: 'CHANNEL', value, count }))
    .sort((a, b) => compareCodePoints(a.value, b.value));
  const countries = new Map<string, number>();
  for (let i = 0; i < organizations.count; i++) {
    if (i % valueStep === 0) yield;
    const country = organizations.country.get(i);
    if (country !== null) countries.set(country, (countries.get(country) ?? 0) + 1);
  }
  for (const [value, count] of countries) values.push({ kind: 'COUNTRY', value, count });
  return values;
}

/** The number of facts that one step looks at. */
const valueStep = 5000;

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The values that have a word of the text, a country also in the words of its name. @param values their positions are the indexes of the result */
export function* findValuesOfText(values: readonly SharedValue[], text: string): Steps<Searchable[]> {
  const { words } = readTyped(text);
  const found: Searchable[] = [];
  for (const [index, { kind, value }] of values.entries()) {
    if (index % stepSize === 0) yield;
    const name = kind === 'COUNTRY' ? nameOfCountry(value) : undefined;
    const folded = `${value} ${name ?? ''}`.toLowerCase();
    if (!words.some((word) => folded.includes(word))) continue;
    found.push(toSearchable('value', index, `${kind} ${value}`, value, name === undefined ? [] : [toField('alias', name)]));
  }
  return found;
}

function nameOfCountry(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? countryNames.of(code) : undefined;
}
