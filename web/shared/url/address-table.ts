import { readInstant, readNumber, readWindow, shortInstant, type TimeWindow, writeWindow } from './params.ts';

/**
 * The state of a view as parameters of its address: one entry for each field. Reading, writing, what is said of values that cannot be read,
 * and the replacement of ids follow from it. A malformed value counts as absent.
 */
export type AddressTable = Readonly<Record<string, Parameter<unknown>>>;

/** One field of a state in an address. */
export interface Parameter<T> {
  read(params: URLSearchParams): T;
  /** Writes nothing for the value that an address without the parameter has, so that one state has one short address. */
  write(params: URLSearchParams, value: T): void;
  /** Replaces the ids in the value. Absent: it holds none. */
  mapIds?(value: T, map: IdMap, state: Readonly<Record<string, unknown>>): T;
  /** Writes the field into the query of a REST route. Absent: no route has it. */
  writeRest?(params: URLSearchParams, value: T): void;
  /** The parameters that change the answer, with what is said of a value that cannot be read. */
  readonly checks?: readonly ValueCheck[];
}

/** The advice on the values of one parameter that cannot be read. */
export interface ValueCheck extends Advice {
  readonly name: string;
  /** Every value counts; of other parameters the first. */
  readonly isList: boolean;
  readonly isRead: (text: string) => boolean;
}

export interface Advice {
  /** The parameter in words, at the start of a sentence. */
  readonly words: string;
  /** The expected value in words. */
  readonly expected: string;
  /** A sentence: what the page uses instead. */
  readonly instead: (params: URLSearchParams) => string;
}

/** The state that a table describes. */
export type StateOf<Table extends AddressTable> = { readonly [Field in keyof Table]: Table[Field] extends Parameter<infer T> ? T : never };

export function readState<Table extends AddressTable>(table: Table, params: URLSearchParams): StateOf<Table> {
  return Object.fromEntries(Object.entries(table).map(([field, parameter]) => [field, parameter.read(params)])) as StateOf<Table>;
}

/** Adds the parameters of a state, in the order of its table. */
export function writeState<Table extends AddressTable>(
  table: Table,
  state: StateOf<Table>,
  params: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
  for (const [field, parameter] of Object.entries(table)) parameter.write(params, state[field]);
  return params;
}

/** A field with its parameter in the query of a REST route, which each value of a list repeats. Null writes nothing. */
export function inRest<T>(
  parameter: Parameter<T>,
  name: string,
  write: (value: NonNullable<T extends readonly (infer Each)[] | null ? Each : T>) => unknown = (each) => each,
): Parameter<T> {
  return {
    ...parameter,
    writeRest: (params, of) => {
      for (const each of of === null ? [] : Array.isArray(of) ? of : [of]) params.append(name, String(write(each)));
    },
  };
}

/** The query of a REST route, from `?` on: some fields of a state, after what stands in no address. */
export function restQuery<Table extends AddressTable, Field extends keyof Table & string>(
  table: Table,
  state: Pick<StateOf<Table>, Field>,
  fields: readonly Field[] = Object.keys(table) as Field[],
  more: Readonly<Record<string, string>> = {},
): string {
  const params = new URLSearchParams(more);
  for (const field of fields) table[field]?.writeRest?.(params, state[field]);
  return params.size === 0 ? '' : `?${params}`;
}

/** The state with its ids replaced. Equal ids become one. */
export function mapStateIds<Table extends AddressTable>(table: Table, state: StateOf<Table>, map: IdMap): StateOf<Table> {
  return Object.fromEntries(
    Object.entries(table).map(([field, { mapIds }]) => [field, mapIds === undefined ? state[field] : mapIds(state[field], map, state)]),
  ) as StateOf<Table>;
}

/** The advice on the parameters of a table. */
export function valueChecksOf(table: AddressTable): ValueCheck[] {
  return Object.values(table).flatMap(({ checks = [] }) => checks);
}

/** The text of one value. */
interface Text<T> {
  readonly read: (text: string) => T | null;
  readonly write?: (value: T) => string;
  readonly mapIds?: (value: T, map: IdMap, state: Readonly<Record<string, unknown>>) => T | null;
}

/** One value; null: not stated. */
export function value<T>(name: string, { read, write = String, mapIds }: Text<T>, advice?: Advice): Parameter<T | null> {
  return {
    read: (params) => {
      const text = params.get(name);
      return text === null ? null : read(text);
    },
    write: (params, of) => {
      if (of !== null) params.set(name, write(of));
    },
    ...(mapIds && { mapIds: (of, map, state) => (of === null ? null : mapIds(of, map, state)) }),
    ...(advice && { checks: [{ name, ...advice, isList: false, isRead: (text) => read(text) !== null }] }),
  };
}

/** Values that repeat their parameter, because an id may contain any character. */
export function list<T>(name: string, { read, write = String, mapIds }: Text<T>): Parameter<readonly T[]> {
  return {
    read: (params) => [...new Set(params.getAll(name))].flatMap((text) => (text === '' ? [] : (read(text) ?? []))),
    write: (params, all) => {
      for (const one of all) params.append(name, write(one));
    },
    ...(mapIds && {
      mapIds: (all, map, state) => {
        const mapped = all.flatMap((one) => mapIds(one, map, state) ?? []);
        return [...new Map(mapped.map((one) => [write(one), one])).values()];
      },
    }),
  };
}

/** A list that may be unstated: null without a value. One empty value states that there is none. */
export function statedList<T>(name: string, text: Text<T>, advice?: Advice): Parameter<readonly T[] | null> {
  const { read, write, mapIds } = list(name, text);
  return {
    read: (params) => {
      const all = read(params);
      return all.length > 0 || params.getAll(name).includes('') ? all : null;
    },
    write: (params, all) => {
      if (all?.length === 0) params.set(name, '');
      write(params, all ?? []);
    },
    ...(mapIds && { mapIds: (all, map, state) => (all === null ? null : mapIds(all, map, state)) }),
    ...(advice && { checks: [{ name, ...advice, isList: true, isRead: (one) => text.read(one) !== null }] }),
  };
}

/** A field that no address holds, because people share addresses: free text. */
export function unshared<T>(absent: T): Parameter<T> {
  return { read: () => absent, write: () => undefined };
}

const asWritten = { read: (text: string) => text };
const anyText = { read: (text: string) => (text === '' ? null : text) };

/** A text without ids of organizations and artifacts, such as the id of an incident; null if absent or empty. */
export const text = (name: string): Parameter<string | null> => value(name, anyText);

/** As `text`, with the empty text as a value of its own. */
export const exactText = (name: string): Parameter<string | null> => value(name, asWritten);

const idText = (kind: IdKind) => ({ ...anyText, mapIds: (id: string, map: IdMap) => map(id, kind) });
const keyText = { ...anyText, mapIds: mapKey };

export const id = (name: string, kind: IdKind): Parameter<string | null> => value(name, idText(kind));
export const ids = (name: string, kind: IdKind): Parameter<readonly string[]> => list(name, idText(kind));
/** Ids of organizations; null: not stated. */
export const statedIds = (name: string): Parameter<readonly string[] | null> => statedList(name, idText('organization'));

/** A key of a node, a group or a link. */
export const key = (name: string): Parameter<string | null> => value(name, keyText);
export const keys = (name: string): Parameter<readonly string[]> => list(name, keyText);

/** Texts of fixed forms. */
export const texts = (name: string, pattern?: RegExp): Parameter<readonly string[]> =>
  list(name, { read: (each) => (pattern === undefined || pattern.test(each) ? each : null) });

/** One of the words, or what an address without the parameter means. */
export function word<T extends string, Otherwise extends T | null>(
  name: string,
  words: readonly T[],
  otherwise: Otherwise,
): Parameter<T | Otherwise> {
  return {
    read: (params) => words.find((each) => each === params.get(name)) ?? otherwise,
    write: (params, of) => {
      if (of !== otherwise) params.set(name, String(of));
    },
  };
}

/** Some of the words, in their order. */
export function words<T extends string>(name: string, all: readonly T[]): Parameter<readonly T[]> {
  return {
    read: (params) => {
      const given = new Set(params.getAll(name));
      return all.filter((each) => given.has(each));
    },
    write: (params, some) => {
      for (const each of some) params.append(name, each);
    },
  };
}

/** @param written the value that means yes; '': any */
export function flag(name: string, written = ''): Parameter<boolean> {
  return {
    read: (params) => (written === '' ? params.has(name) : params.get(name) === written),
    write: (params, isSet) => {
      if (isSet) params.set(name, written);
    },
  };
}

/** A number from `min` to `max`, both included. */
export function number(name: string, min: number, max: number, advice: Advice, isWhole = true): Parameter<number | null> {
  return value(name, { read: (each) => readNumber(each, min, max, isWhole) }, advice);
}

export function instant(name: string, advice: Advice): Parameter<string | null> {
  return value(name, { read: readInstant, write: shortInstant }, advice);
}

export function timeWindow(name: string, words: string, instead: Advice['instead']): Parameter<TimeWindow | null> {
  const expected = 'two times, the earlier first, such as 2026-09-01..2026-09-24';
  return value(name, { read: readWindow, write: writeWindow }, { words, expected, instead });
}

/** A node that the reader placed by hand, in whole pixels of its picture. */
export interface Pin {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

const placed = list<Pin>('pin', {
  read: (each) => {
    const [, pinned, x, y] = /^(.+)@(-?\d{1,6}),(-?\d{1,6})$/s.exec(each) ?? [];
    return pinned === undefined ? null : { key: pinned, x: Number(x), y: Number(y) };
  },
  write: ({ key: pinned, x, y }) => `${pinned}@${Math.round(x)},${Math.round(y)}`,
  mapIds: (pin, map) => {
    const mapped = mapKey(pin.key, map);
    return mapped === null ? null : { ...pin, key: mapped };
  },
});

/** Of two nodes that become one, the first keeps its place. */
export const pins: Parameter<readonly Pin[]> = {
  ...placed,
  mapIds: (all, map, state) => {
    const mapped = placed.mapIds?.(all, map, state) ?? all;
    return mapped.filter((pin, place) => mapped.findIndex((other) => other.key === pin.key) === place);
  },
};

/** The fields of a state within a state. */
export function nested<Table extends AddressTable>(table: Table): Parameter<StateOf<Table>> {
  return {
    read: (params) => readState(table, params),
    write: (params, state) => void writeState(table, state, params),
    mapIds: (state, map) => mapStateIds(table, state, map),
    checks: valueChecksOf(table),
  };
}

export const KNOWN_AT_ADVICE: Advice = {
  words: 'The time “known at”',
  expected: 'a time, such as 2026-09-24T08:30Z',
  instead: () => 'The latest records are used instead.',
};

/** The instant as of whose records a view answers; null: now. */
export const knownAt = inRest(instant('knownAt', KNOWN_AT_ADVICE), 'knownAt');

/** A required sensitivity of 1 to 5. */
export const minSensitivity = inRest(
  number('minSensitivity', 1, 5, {
    words: 'The lowest sensitivity',
    expected: 'a whole number from 1 to 5',
    instead: () => 'All are shown instead.',
  }),
  'minSensitivity',
);

/** The kind of thing that an id in an address names. An access or another fact is a record. */
type IdKind = 'organization' | 'artifact' | 'record';

/** The id to write in the place of another; null: leave it out. */
export type IdMap = (id: string, kind: IdKind) => string | null;

/**
 * Replaces the ids in a key: of a node (`organization:ID`, `artifact:ID`), of a group (`group:` before the key of its first node), or of a
 * link (a JSON array of its kind and the keys of its ends). A key of another form holds no id.
 *
 * @returns null if one of the ids is to be left out
 */
export function mapKey(key: string, map: IdMap): string | null {
  if (key.startsWith('[')) return mapLinkKey(key, map);
  const [, prefix, kind, id] = /^((?:group:)?(organization|artifact):)(.+)$/s.exec(key) ?? [];
  if (id === undefined) return key;
  const mapped = map(id, kind as 'organization' | 'artifact');
  return mapped === null ? null : `${prefix}${mapped}`;
}

function mapLinkKey(key: string, map: IdMap): string | null {
  try {
    const mapped = (JSON.parse(key) as readonly unknown[]).map((part) => mapKey(String(part), map));
    return mapped.includes(null) ? null : JSON.stringify(mapped);
  } catch {
    return null;
  }
}
