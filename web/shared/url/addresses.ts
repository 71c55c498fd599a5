import {
  type AddressTable,
  type IdMap,
  knownAt,
  mapStateIds,
  readState,
  type ValueCheck,
  valueChecksOf,
  writeState,
} from './address-table.ts';
import { BLAST } from './blast-radius-url.ts';
import { EXPLORE } from './explore-url.ts';
import { IMPORT } from './import-url.ts';
import { FROM_ADVISORY, INCIDENT, isAdvisoryPath, NEW_INCIDENT } from './incidents-url.ts';
import type { PageLocation } from './location.ts';
import { isMergePath, MERGE } from './quality-url.ts';
import { RANKINGS } from './rankings-url.ts';

/** A value of the address that the page cannot read, and so answers without. */
export interface UnreadValue {
  readonly name: string;
  readonly value: string;
  /** Says what is wrong with the value, and what the page uses instead. */
  readonly sentence: string;
}

/** The parameters that every view keeps. */
const SHARED = { knownAt };
const LONGEST = 80;

/** The parameters of a view whose address names organizations or artifacts; null: no other view's does. */
function tableOf(path: string): AddressTable | null {
  if (path === '/explore') return EXPLORE;
  if (path === '/blast') return BLAST;
  if (path === '/rankings') return RANKINGS;
  if (path === '/import') return { ...SHARED, ...IMPORT };
  if (path === '/incidents/new') return { ...SHARED, ...NEW_INCIDENT };
  if (isAdvisoryPath(path)) return { ...SHARED, ...FROM_ADVISORY };
  if (path.startsWith('/incidents/')) return { ...SHARED, ...INCIDENT };
  return isMergePath(path) ? { ...SHARED, ...MERGE } : null;
}

/** The organizations and artifacts that an address names: their ids. */
export function findIds(location: PageLocation): readonly string[] {
  const found = new Set<string>();
  mapAddressIds(location, (id) => {
    found.add(id);
    return id;
  });
  return [...found];
}

/** The parameters of an address with its ids replaced. Parameters that its view does not have are left out: they may hold anything. */
export function mapAddressIds({ path, params }: PageLocation, map: IdMap): URLSearchParams {
  const table = tableOf(path);
  return table === null ? new URLSearchParams(params) : writeState(table, mapStateIds(table, readState(table, params), map));
}

/** The values of an address that would change the question, and that the page cannot read. */
export function findUnreadValues({ path, params }: PageLocation): UnreadValue[] {
  const checks = new Map<string, ValueCheck>(
    [...valueChecksOf(SHARED), ...valueChecksOf(tableOf(path) ?? {})].map((each) => [each.name, each]),
  );
  return [...checks.values()].flatMap(({ name, words, expected, isRead, isList, instead }) =>
    [...new Set(params.getAll(name).slice(0, isList ? undefined : 1))]
      .filter((value) => value !== '' && !isRead(value))
      .map((value) => {
        const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
        return { name, value, sentence: `${words} “${shown}” of this link cannot be read: expected ${expected}. ${instead(params)}` };
      }),
  );
}

/** The parameters without the values that cannot be read. */
export function withoutUnreadValues(location: PageLocation): URLSearchParams {
  const params = new URLSearchParams(location.params);
  for (const { name, value } of findUnreadValues(location)) params.delete(name, value);
  return params;
}
